// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Parts of the sheets say what they are: pointed at, tapped, or reached with the keyboard. What they say stands
// in the cut list's row of the part. A picked part is picked on the whole page.

import { onPick, pick } from "./pick.js";

const SOURCE = "sheets";
const HEADER = 110; // pixels at the top of the window that the header and its bar may cover
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** What the page's sheets share: `add(stage)` for each drawing, `end()` when the page goes. */
export function nameParts() {
  const stages = new Set();
  const tip = makeTip();
  let picked = null;
  let pointed = null;

  const mark = () => {
    for (const stage of stages) {
      stage.classList.toggle("csm-has-marked", Boolean(picked ?? pointed));
      for (const part of partsOf(stage)) {
        const { item } = part.dataset;
        part.classList.toggle("csm-marked", item === picked || item === pointed);
        part.setAttribute("aria-pressed", String(item === picked));
      }
    }
  };
  const point = (part) => {
    if ((part?.dataset.item ?? null) === pointed && (!part || tip.part === part)) return;
    pointed = part?.dataset.item ?? null;
    if (part) tip.show(part, false);
    else if (!tip.isKept) tip.hide();
    mark();
  };
  const choose = (part) => {
    const item = part?.dataset.item ?? null;
    picked = item;
    if (part) tip.show(part, true);
    else tip.hide();
    mark();
    pick(item, SOURCE);
  };
  const endPick = onPick(SOURCE, (item) => {
    picked = item;
    tip.hide();
    mark();
  });
  const outside = (event) => {
    if (event.type === "keydown" ? event.key === "Escape" : !event.target.closest(".csm-sheet-stage, .csm-sheet-box")) {
      if (tip.isKept) tip.hide();
    }
  };
  document.addEventListener("pointerdown", outside);
  document.addEventListener("keydown", outside);

  return {
    add(stage) {
      stages.add(stage);
      prepare(stage);
      stage.addEventListener("pointerover", (event) => {
        if (event.pointerType !== "touch" && !tip.isKept) point(partAt(event));
      });
      stage.addEventListener("pointerleave", () => point(null));
      stage.addEventListener("focusin", (event) => {
        if (event.target.matches(":focus-visible")) point(partAt(event));
      });
      stage.addEventListener("focusout", () => point(null));
      stage.addEventListener("click", (event) => {
        if (event.target.closest(".csm-tip")) return;
        const part = partAt(event);
        event.stopPropagation(); // rows elsewhere on the page are picked by another script
        if (part) choose(part.dataset.item === picked && tip.part === part && tip.isKept ? null : part);
        else if (picked) choose(null);
      });
      stage.addEventListener("keydown", (event) => pressed(event, stage, choose));
      mark();
    },
    end() {
      endPick();
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", outside);
    },
  };
}

function partsOf(stage) {
  return [...stage.querySelectorAll("svg [data-item]")];
}

function partAt(event) {
  return event.target.closest?.("svg [data-item]") ?? null;
}

/** For keyboards and screen readers: the drawing is one stop, arrows go from part to part. */
function prepare(stage) {
  stage.querySelector("svg").setAttribute("role", "group");
  partsOf(stage).forEach((part, n) => {
    const title = part.querySelector("title");
    part.setAttribute("role", "button");
    part.setAttribute("tabindex", n ? "-1" : "0");
    part.setAttribute("aria-label", title?.textContent ?? part.dataset.item);
    title?.remove(); // the browser would show it over ours
  });
}

function pressed(event, stage, choose) {
  const part = partAt(event);
  if (!part) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(part);
  } else if (event.key in KEYS) {
    event.preventDefault();
    const parts = partsOf(stage);
    const to = Math.min(Math.max(parts.indexOf(part) + KEYS[event.key], 0), parts.length - 1);
    for (const one of parts) one.setAttribute("tabindex", one === parts[to] ? "0" : "-1");
    parts[to].focus();
  }
}

/** The one label of the page; it stands in the stage of its part. */
function makeTip() {
  const box = document.createElement("div");
  box.className = "csm-tip";
  box.setAttribute("role", "status");
  return {
    part: null,
    isKept: false,
    show(part, isKept) {
      const stage = part.closest(".csm-sheet-stage");
      if (this.part !== part) box.replaceChildren(...words(part));
      this.part = part;
      this.isKept = isKept;
      box.classList.toggle("csm-kept", isKept);
      if (box.parentElement !== stage) stage.append(box);
      place(box, part, stage);
    },
    hide() {
      box.remove();
      this.part = null;
      this.isKept = false;
    },
  };
}

/** A part's row in the cut list. */
function rowOf(item) {
  return document.querySelector(`tr[data-item="${CSS.escape(item)}"]:has([data-tip])`);
}

/** What the page calls a part, in its language. */
export function calledOf(item) {
  return rowOf(item)?.querySelector("th").firstChild.textContent.trim() ?? item;
}

/** Name, and what the cut list says of the part: labels and cells of its row. */
function words(part) {
  const { item, copy } = part.dataset;
  const called = calledOf(item);
  const name = document.createElement("b");
  name.textContent = copy ? `${called} ${copy}` : called;
  const facts = document.createElement("dl");
  for (const cell of rowOf(item)?.querySelectorAll("[data-tip]") ?? []) {
    const label = document.createElement("dt");
    label.textContent = cell.dataset.label;
    const value = document.createElement("dd");
    value.append(...[...cell.cloneNode(true).childNodes]);
    if (value.textContent.trim()) facts.append(label, value);
  }
  return [name, facts];
}

/** Above the part, or below it where there is no room; never beyond the sides. */
function place(box, part, stage) {
  const within = stage.getBoundingClientRect();
  const of = part.getBoundingClientRect();
  const { offsetWidth: wide, offsetHeight: high } = box;
  const left = Math.min(Math.max((of.left + of.right - wide) / 2 - within.left, 0), Math.max(within.width - wide, 0));
  const above = of.top - within.top - high - 6;
  const isRoomAbove = of.top - high - 6 > HEADER;
  const top = isRoomAbove ? above : Math.min(of.bottom - within.top + 6, Math.max(within.height - high, 0));
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
