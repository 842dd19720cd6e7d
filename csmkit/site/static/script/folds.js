// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Long lists are folded. What a link leads to, and the row of a part that is picked in the model, comes out of its fold.
import { onPick } from "./pick.js";

const ROW = "tr[data-item]";
let leave = () => {};

/** Called on each page that folds something. */
export function start() {
  leave();
  const listeners = new AbortController();
  const opened = new Set(); // by us, for what is picked
  const unpick = onPick("folds", (item, source) => {
    if (source === "viewer") showPicked(item, opened); // elsewhere the row that was touched would move away
  });
  leave = () => {
    listeners.abort();
    unpick();
  };
  const { signal } = listeners;
  addEventListener("hashchange", () => reveal(location.hash), { signal });
  document.querySelector(".md-content")?.addEventListener(
    "click",
    ({ target }) => {
      const link = target.closest("a[href]"); // the theme makes every address a whole one
      if (link?.pathname === location.pathname) reveal(link.hash);
    },
    { signal },
  );
  reveal(location.hash);
}

function around(element) {
  const fold = element.parentElement?.closest("details");
  return fold ? [fold, ...around(fold)] : [];
}

/** Open what holds the target of a link; most browsers do so themselves. */
function reveal(hash) {
  const target = document.getElementById(hash.slice(1));
  const closed = target ? around(target).filter((fold) => !fold.open) : [];
  for (const fold of closed) fold.open = true;
  if (closed.length) target.scrollIntoView();
}

/** Open the lists in which a part stands, and close those that another pick has opened. */
function showPicked(item, opened) {
  const rows = [...document.querySelectorAll(ROW)].filter((row) => row.dataset.item === item);
  const wanted = new Set(rows.flatMap(around));
  for (const fold of opened) if (!wanted.has(fold)) fold.open = false;
  for (const fold of [...opened]) if (!wanted.has(fold)) opened.delete(fold);
  for (const fold of wanted) {
    if (fold.open) continue;
    fold.open = true;
    opened.add(fold);
  }
}
