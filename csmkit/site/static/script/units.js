// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Inches beside the millimetres, where the reader wants them.

import { _, decimals } from "./texts.js";

const MM = 25.4;
const FINE_BELOW = 305; // mm, a foot: fractions of 1/32″ below it, of 1/16″ above

/** Inches to a hundredth: "34.65", with the decimal sign of the page. */
export function decimal(mm) {
  return decimals(String(Number((mm / MM).toFixed(2))));
}

/** Inches to the nearest mark of a tape measure: "34 5/8", "15/32". */
export function fraction(mm) {
  let parts = mm < FINE_BELOW ? 32 : 16;
  let marks = Math.round((mm / MM) * parts);
  const whole = Math.floor(marks / parts);
  marks -= whole * parts;
  if (!marks) return String(whole);
  while (marks % 2 === 0) [marks, parts] = [marks / 2, parts / 2];
  return `${whole ? `${whole} ` : ""}${marks}/${parts}`;
}

/** What stands behind "880 × 644 × 12 mm": "(34.65 × 25.35 × 0.47″, about 34 5/8 × …″)". */
export function inches(lengths) {
  const exact = lengths.map(decimal).join(" × ");
  const near = lengths.map(fraction).join(" × ");
  return exact === near ? `(${exact}″)` : _("(%(exact)s″, about %(near)s″)", { exact, near });
}

/** Write inches behind every marked length, or take them away. */
export function show(wanted) {
  document.querySelectorAll(".csm-inch").forEach((element) => element.remove());
  if (!wanted) return;
  for (const length of document.querySelectorAll(".csm-mm")) {
    const element = document.createElement("small");
    element.className = "csm-inch";
    element.textContent = ` ${inches(length.dataset.mm.split(" ").map(Number))}`;
    length.append(element);
  }
}
