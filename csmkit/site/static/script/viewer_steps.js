// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The steps as the page tells them, and how each copy looks at a step.

/** [{ number, title, adds: [{ item, count }] }], from the list in the section on assembly. */
export function stepsOfPage() {
  return [...document.querySelectorAll(".csm-steps > li[id^='step-']")].map((li) => ({
    number: Number(li.id.slice("step-".length)),
    title: li.querySelector("h3")?.firstChild?.textContent.trim() || "",
    adds: [...li.querySelectorAll("[data-item][data-count]")].map(({ dataset }) => ({
      item: dataset.item,
      count: Number(dataset.count),
    })),
  }));
}

/** The step that adds each copy; where the build has not said, an item's places are filled in their order. */
export function stepOfCopies(copies, steps) {
  const waiting = new Map();
  copies.forEach((copy, c) => waiting.set(copy.item, [...(waiting.get(copy.item) || []), c]));
  const found = copies.map((copy) => copy.step ?? 0); // what no step adds is there from the beginning
  if (copies.some((copy) => copy.step !== undefined)) return found;
  for (const step of steps)
    for (const { item, count } of step.adds)
      for (const c of (waiting.get(item) || []).splice(0, count)) found[c] = step.number;
  return found;
}

/**
 * How each copy looks.
 * `at`: picked (item or null), hidden (Set of items), step (number or null), coming (how far what the step adds
 * has still to go, 1 to 0), apart (0 to 1).
 */
export function looks(copies, stepOf, at) {
  return copies.map((copy, c) => {
    const isLater = at.step !== null && stepOf[c] > at.step;
    const isAdded = at.step !== null && stepOf[c] === at.step;
    const isPicked = at.picked === copy.item;
    const isAside = copy.isJig && at.step === null && !isPicked; // jigs come with their steps
    return {
      visible: !isLater && !isAside && !at.hidden.has(copy.item),
      faded: at.picked !== null && !isPicked,
      added: isPicked || (isAdded && at.picked === null),
      apart: at.apart,
      coming: isAdded ? at.coming : 0,
    };
  });
}
