// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Rows of tables and steps that stand for a part: a click picks it, and what is picked is highlighted.
import { foldsAround, named, onPick, pick } from "./pick.js";
import { _, ngettext } from "./texts.js";

const PICKED = "csm-picked";
const ROWS = "tr[data-item], li[data-item]"; // drawings of sheets look after themselves
const CUBE = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5v6"/></svg>';
let leave = () => {};

/** Called on each page that has rows of parts. */
export function start() {
  leave();
  const told = document.querySelector(".csm-told");
  const listeners = new AbortController();
  const opened = new Set(); // folded lists, for what is picked
  const unpick = onPick("page", (item, source) => {
    highlight(item, told);
    if (source === "viewer") unfold(item, opened); // elsewhere the row that was touched would move away
  });
  leave = () => {
    listeners.abort();
    unpick();
  };
  document.querySelector(".md-content")?.addEventListener(
    "click",
    ({ target }) => {
      const row = target.closest(ROWS);
      if (!row || target.closest("a, button, input, select, summary")) return;
      toggle(row.dataset.item, told);
    },
    { signal: listeners.signal },
  );
  if (document.querySelector("[data-model]")) offerAll([...document.querySelectorAll("tr[data-item] > th")], told);
}

/** Some at a time, while the browser has nothing else to do: a large kit has hundreds of rows. */
function offerAll(heads, told) {
  idle((deadline) => {
    while (heads.length && deadline.timeRemaining() > 1) offer(heads.shift(), told);
    if (heads.length) offerAll(heads, told);
  });
}

function idle(work) {
  if (window.requestIdleCallback) requestIdleCallback(work);
  else setTimeout(() => work({ timeRemaining: () => Infinity }));
}

/** A small cube that shows the part in the model; with the keyboard too. */
function offer(head, told) {
  if (head.querySelector(".csm-in-model")) return;
  const { item } = head.parentElement.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "csm-in-model";
  button.innerHTML = CUBE;
  button.title = _("Show %(item)s in 3D", { item: named(item) });
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", () => {
    pick(item, "page");
    highlight(item, told);
    document.dispatchEvent(new CustomEvent("csm:show", { detail: { item, from: button } }));
  });
  (head.querySelector("small") || head).insertAdjacentElement(head.querySelector("small") ? "beforebegin" : "beforeend", button);
}

function toggle(item, told) {
  const isPicked = document.querySelector(`.${PICKED}`)?.dataset.item === item;
  highlight(isPicked ? null : item, told);
  pick(isPicked ? null : item, "page");
}

function highlight(item, told) {
  for (const row of document.querySelectorAll(ROWS)) row.classList.toggle(PICKED, row.dataset.item === item);
  if (told) told.textContent = item === null ? "" : sentence(item);
}

/** Open the lists in which a part stands, and close those that another pick has opened. */
function unfold(item, opened) {
  const rows = [...document.querySelectorAll("tr[data-item]")].filter((row) => row.dataset.item === item);
  const wanted = new Set(rows.flatMap(foldsAround));
  for (const fold of [...opened].filter((one) => !wanted.has(one))) {
    fold.open = false;
    opened.delete(fold);
  }
  for (const fold of [...wanted].filter((one) => !one.open)) {
    fold.open = true;
    opened.add(fold);
  }
}

/** "end-wall, 2 ×, step 4": how many there are, and where they are added. */
function sentence(item) {
  const adds = [...document.querySelectorAll(".csm-steps [data-item][data-count]")].filter((li) => li.dataset.item === item);
  const steps = [...new Set(adds.map((li) => li.closest("[id^='step-']").id.slice("step-".length)))];
  if (!steps.length) return named(item);
  const count = adds.reduce((sum, li) => sum + Number(li.dataset.count), 0);
  const values = { item: named(item), count, steps: steps.join(", ") };
  return ngettext("%(item)s, %(count)s ×, step %(steps)s", "%(item)s, %(count)s ×, steps %(steps)s", steps.length, values);
}
