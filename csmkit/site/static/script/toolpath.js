// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A program's moves as its file under moves/ tells them, and where the cutter is at a time. Nothing here draws.
// Lengths in mm, times in s, angles in radians; x and y as the program has them, y up.

const FORMAT = 1;
const PER_MM = 100;
const PER_S = 1000;

/** The file's columns as sums: place and time of each row's end. Row 0 begins at (0, 0, 0). */
export function decode(data) {
  if (data.format !== FORMAT) throw new Error(`moves of format ${data.format}; known is ${FORMAT}`);
  const { kind, wait, run } = data.rows;
  const count = kind.length;
  const begin = new Float64Array(count);
  const end = new Float64Array(count);
  let time = 0;
  for (let n = 0; n < count; n++) {
    begin[n] = (time += wait[n]) / PER_S;
    end[n] = (time += run[n]) / PER_S;
  }
  const [x, y, z] = ["x", "y", "z"].map((axis) => summed(data.rows[axis]));
  const arcs = centres(data.rows, x, y);
  return { ...data, kind, count, begin, end, x, y, z, ...arcs };
}

/** Ends along an axis: place n is the begin of row n, place n + 1 its end. */
function summed(steps) {
  const places = new Float64Array(steps.length + 1);
  let at = 0;
  steps.forEach((step, n) => {
    at += step;
    places[n + 1] = at / PER_MM;
  });
  return places;
}

/** Centre, angle of the begin and turn of each arc. */
function centres({ kind, i, j }, x, y) {
  const count = kind.length;
  const [cx, cy, from, turn] = [0, 1, 2, 3].map(() => new Float64Array(count));
  let arc = 0;
  for (let n = 0; n < count; n++) {
    if (kind[n] !== "A" && kind[n] !== "C") continue;
    cx[n] = x[n] + i[arc] / PER_MM;
    cy[n] = y[n] + j[arc] / PER_MM;
    arc += 1;
    from[n] = Math.atan2(y[n] - cy[n], x[n] - cx[n]);
    const swept = Math.atan2(y[n + 1] - cy[n], x[n + 1] - cx[n]) - from[n];
    const whole = 2 * Math.PI;
    turn[n] = kind[n] === "A" ? ((swept % whole) + whole) % whole : -(((-swept % whole) + whole) % whole);
  }
  return { cx, cy, from, turn };
}

/** The row of a time: the last that has begun, and how much of it is done, 0 to 1; 1 while the machine stands. */
export function rowAt(program, time) {
  let [low, high] = [0, program.count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (program.begin[middle] <= time) low = middle;
    else high = middle - 1;
  }
  const takes = program.end[low] - program.begin[low];
  const done = takes > 0 ? Math.min(Math.max((time - program.begin[low]) / takes, 0), 1) : 1;
  return { row: low, done, stands: time > program.end[low] };
}

/** Where the cutter's tip is when so much of a row is done. */
export function placeAt(program, { row, done }) {
  const { x, y, z, cx, cy, from, turn, kind } = program;
  const height = z[row] + (z[row + 1] - z[row]) * done;
  if (kind[row] === "A" || kind[row] === "C") {
    const radius = Math.hypot(x[row] - cx[row], y[row] - cy[row]);
    const angle = from[row] + turn[row] * done;
    return { x: cx[row] + radius * Math.cos(angle), y: cy[row] + radius * Math.sin(angle), z: height };
  }
  return { x: x[row] + (x[row + 1] - x[row]) * done, y: y[row] + (y[row + 1] - y[row]) * done, z: height };
}

/** What is being done in a row: cutter, kind of cut, part; `index` counts the works. */
export function workAt(program, row) {
  const { works } = program;
  let [low, high] = [0, works.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (works[middle].row <= row) low = middle;
    else high = middle - 1;
  }
  return { ...works[low], index: low, cutter: program.cutters[works[low].cutter] };
}

/** How wide a cutter cuts at a depth, mm; a V-bit is as wide as it has gone in. */
export function widthAt(cutter, depth) {
  if (cutter.kind !== "vbit") return cutter.diameter;
  return Math.max(cutter.diameter * Math.min(depth / cutter.flute_length, 1), 0.3);
}
