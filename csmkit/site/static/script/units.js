// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Inches beside the millimetres, where the reader wants them; the choice stays in this browser.

import { _ } from "./texts.js";

const KEPT = "csm:inches";
const MM = 25.4;
const FINE_BELOW = 305; // mm, a foot: fractions of 1/32″ below it, of 1/16″ above

/** Inches to a hundredth: "34.65". */
export function decimal(mm) {
  return String(Number((mm / MM).toFixed(2)));
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

function isWanted() {
  try {
    return localStorage.getItem(KEPT) === "yes";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function keep(wanted) {
  try {
    localStorage.setItem(KEPT, wanted ? "yes" : "no");
  } catch {
    // the choice holds for this page alone
  }
}

function show(wanted) {
  document.querySelectorAll(".csm-inch").forEach((element) => element.remove());
  if (!wanted) return;
  for (const length of document.querySelectorAll(".csm-mm")) {
    const element = document.createElement("small");
    element.className = "csm-inch";
    element.textContent = ` ${inches(length.dataset.mm.split(" ").map(Number))}`;
    length.append(element);
  }
}

export function start() {
  const button = document.querySelector(".csm-units");
  const change = (wanted) => {
    button?.setAttribute("aria-pressed", String(wanted));
    show(wanted);
  };
  change(isWanted());
  if (!button) return;
  button.hidden = false;
  button.onclick = () => {
    const wanted = button.getAttribute("aria-pressed") !== "true";
    keep(wanted);
    change(wanted);
  };
}
