// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// What is picked on a page: a part or bought thing, by its name. Model, tables, sheets and steps tell one another.

const EVENT = "csm:pick";

/** Tell everybody. `item` is a name as in data-item, null for none; `source` is who says so. */
export function pick(item, source) {
  document.dispatchEvent(new CustomEvent(EVENT, { detail: { item, source } }));
}

/** Call `heard(item, source)` when somebody other than `source` picks; returns a function that ends it. */
export function onPick(source, heard) {
  const listener = ({ detail }) => {
    if (detail.source !== source) heard(detail.item, detail.source);
  };
  document.addEventListener(EVENT, listener);
  return () => document.removeEventListener(EVENT, listener);
}

/** What an item is called in the language of the page. */
export function named(item) {
  const row = document.querySelector(`[data-item="${CSS.escape(item)}"][data-name]`);
  return row ? row.dataset.name : item;
}

/** The folded lists that hold an element, the innermost first. */
export function foldsAround(element) {
  const fold = element.parentElement?.closest("details");
  return fold ? [fold, ...foldsAround(fold)] : [];
}
