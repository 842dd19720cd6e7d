// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A workshop.toml as the catalog's question needs it; the file never leaves the browser.

import { readToml } from "./toml.js";

/**
 * The workshop that a file describes, as in workshop.js. Welders are not in such files: `welder` is kept.
 *
 * text: of the file. tables: of catalog.json, for what the file names by key. Throws an Error with the line.
 */
export function workshopOf(text, tables, welder) {
  const file = readToml(text);
  const machines = machinesOf(file, tables);
  const reach = (process, count) => {
    const beds = machines.filter((m) => m[0] === process).map((m) => downward(m.slice(1, 1 + count)));
    return largest(beds);
  };
  const goods = { ...tables.sheets };
  for (const sheet of file.sheet || []) goods[sheet.key] = ["", sheet.nominal ?? goods[sheet.key]?.[1], false];
  const wood = (piece) => piece.sheet in goods && !goods[piece.sheet][2];
  const sheets = (file.stock_sheet || []).filter(wood);
  const pieces = [...sheets, ...(file.offcut || []).filter(wood)];
  const thick = new Set(pieces.map((piece) => goods[piece.sheet][1]).filter(Boolean));
  return {
    router: reach("router", 2),
    laser: reach("laser", 2),
    metal: machines.some((m) => m[0] === "plasma"),
    printer: reach("print", 3),
    welder,
    thicknesses: thick.size ? [...thick].sort((a, b) => a - b) : null,
    sheet: largest(sheets.filter((s) => s.size).map((s) => downward(s.size))),
  };
}

/** [process, x, y, z] of the machines that it has: those listed, else its own before the usual ones. */
function machinesOf(file, tables) {
  const known = { ...tables.machines };
  for (const { key, process, envelope } of file.machine || []) {
    const [usual, ...sides] = known[key] || [];
    known[key] = [process || usual, ...(envelope || sides)];
  }
  const own = (file.machine || []).map((machine) => machine.key);
  const keys = file.machines || [...own, ...tables.usual_machines];
  return keys.filter((key) => key in known).map((key) => known[key]);
}

function downward(sizes) {
  return [...sizes].sort((a, b) => b - a);
}

function largest(sizes) {
  return sizes.sort((a, b) => b[0] * b[1] - a[0] * a[1])[0] || null;
}
