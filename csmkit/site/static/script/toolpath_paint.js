// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Paints a program over its sheet: what is cut so far, coloured by depth, and the cutter. Two canvases lie exactly
// over the drawing: on the lower one rows that are done are painted once, the upper one is new each time.

import { placeAt, rowAt, widthAt, workAt } from "./toolpath.js";

const SHADES = 16;
const WIDEST = 4096; // pixels of a canvas
const AT_ONCE = 48; // rows in one stroke: longer ones take longer to fill
const SHALLOW = [255, 205, 96];
const DEEP = [168, 42, 96]; // seen on pale parts and on a dark page

/** Colour of a depth from 0 (top of the stock) to 1 (through), as the page's legend shows it. */
export function shade(depth) {
  const share = Math.round(Math.min(Math.max(depth, 0), 1) * SHADES) / SHADES;
  return `rgb(${SHALLOW.map((from, n) => Math.round(from + (DEEP[n] - from) * share)).join(" ")})`;
}

/** From the program's frame to the sheet's: of a turned sheet, of a panel that lies turned on the machine. */
function onSheet(program, panel) {
  const [side, from] = program.side === "bottom" ? [-1, program.size[0]] : [1, 0];
  if (panel.turned) return [0, -side, 1, 0, panel.x, program.size[0] - from + panel.y];
  return [side, 0, 0, 1, from + panel.x, panel.y];
}

/**
 * Canvases over a stage. `draw(time)` shows the program at a time, `end()` takes them away.
 * `panel`: where its lower left corner lies on the sheet, and whether it is turned by 90° on the machine.
 */
export function painter(stage, program, panel) {
  const svg = stage.querySelector("svg");
  const [groove, cutter] = ["csm-groove", "csm-cutter"].map((name) => {
    const canvas = document.createElement("canvas");
    canvas.className = name;
    canvas.setAttribute("aria-hidden", "true");
    svg.after(canvas);
    return canvas;
  });
  stage.append(cutter);
  let painted = 0; // rows
  let now = 0;
  let unit = 1; // mm of a CSS pixel

  const fit = () => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    const box = svg.getBoundingClientRect();
    if (!box.width) return;
    const ratio = Math.min(window.devicePixelRatio || 1, WIDEST / box.width);
    const scale = (box.width * ratio) / width; // pixels of a mm
    unit = width / box.width;
    for (const canvas of [groove, cutter]) {
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round((box.width * ratio * height) / width);
      const [a, b, c, d, e, f] = onSheet(program, panel);
      canvas
        .getContext("2d")
        .setTransform(a * scale, -b * scale, c * scale, -d * scale, (e - x) * scale, (-f - y) * scale);
    }
    painted = 0;
    draw(now);
  };

  const draw = (time) => {
    now = time;
    const at = rowAt(program, time);
    if (at.row < painted) {
      clear(groove);
      painted = 0;
    }
    paintRows(groove.getContext("2d"), program, painted, at.row, unit);
    painted = at.row;
    clear(cutter);
    paintCutter(cutter.getContext("2d"), program, at, unit);
  };
  const sized = new ResizeObserver(fit);
  sized.observe(svg);
  fit();
  return {
    draw,
    end() {
      sized.disconnect();
      groove.remove();
      cutter.remove();
    },
  };
}

function clear(canvas) {
  const pen = canvas.getContext("2d");
  pen.save();
  pen.resetTransform();
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.restore();
}

/** How a row shows: a groove of a width and a depth, a rapid, or not at all. */
function look(program, row, cutter) {
  const { kind, x, y, z, thickness } = program;
  const deepest = Math.min(z[row], z[row + 1]);
  if (kind[row] === "R") return x[row] === x[row + 1] && y[row] === y[row + 1] ? null : { rapid: true, key: "R" };
  if (deepest >= -1e-6) return null;
  const width = widthAt(cutter, -deepest);
  const colour = shade(-deepest / thickness);
  return { rapid: false, width, colour, key: `${width} ${colour}` };
}

/** Rows from `first` to before `last`, those that look alike in one stroke. */
function paintRows(pen, program, first, last, unit) {
  pen.lineCap = "round";
  pen.lineJoin = "round";
  let open = null;
  let rows = 0;
  let work = null;
  for (let row = first; row < last; row++) {
    if (!work || row >= (program.works[work.index + 1]?.row ?? Infinity)) work = workAt(program, row);
    const next = look(program, row, work.cutter);
    if (open && (next?.key !== open.key || rows >= AT_ONCE)) {
      stroke(pen, open, unit);
      open = null;
    }
    if (!next) continue;
    if (!open) {
      pen.beginPath();
      rows = 0;
      open = next;
    }
    if (!rows || program.kind[row] === "R") pen.moveTo(program.x[row], program.y[row]);
    trace(pen, program, row, 1);
    rows += 1;
  }
  if (open) stroke(pen, open, unit);
}

function stroke(pen, { rapid, width, colour }, unit) {
  pen.setLineDash(rapid ? [5 * unit, 4 * unit] : []);
  pen.lineWidth = rapid ? unit : Math.max(width, unit);
  pen.strokeStyle = rapid ? "rgb(110 110 110 / .7)" : colour;
  pen.stroke();
}

/** The way of a row, as far as it is done; a plunge is a dot. */
function trace(pen, program, row, done) {
  const { x, y, cx, cy, from, turn, kind } = program;
  if (kind[row] === "A" || kind[row] === "C") {
    const radius = Math.hypot(x[row] - cx[row], y[row] - cy[row]);
    pen.arc(cx[row], cy[row], radius, from[row], from[row] + turn[row] * done, turn[row] < 0);
    return;
  }
  const end = placeAt(program, { row, done });
  const isDot = end.x === x[row] && end.y === y[row];
  pen.lineTo(end.x + (isDot ? 1e-3 : 0), end.y);
}

function paintCutter(pen, program, at, unit) {
  const { cutter } = workAt(program, at.row);
  const place = placeAt(program, at);
  const now = look(program, at.row, cutter);
  if (now) {
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(program.x[at.row], program.y[at.row]);
    trace(pen, program, at.row, at.done);
    stroke(pen, now, unit);
  }
  pen.setLineDash([]);
  const isDown = place.z < 0;
  for (const [radius, width, colour] of [
    [cutter.diameter / 2, 3 * unit, "rgb(255 255 255 / .9)"],
    [cutter.diameter / 2, 1.5 * unit, isDown ? "#c1121f" : "#1d6fb8"],
    [Math.max(cutter.diameter / 2, 7 * unit) + 3 * unit, 1.5 * unit, isDown ? "#c1121f" : "#1d6fb8"],
  ]) {
    pen.beginPath();
    pen.arc(place.x, place.y, radius, 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}
