// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// What gcode-toolpath (npm) makes of a program: node gcode_toolpath.js FILE -> JSON, one entry a move.
const Toolpath = require("gcode-toolpath");

const moves = [];
const place = (v) => [v.x, v.y, v.z];
const toolpath = new Toolpath({
  addLine: (modal, start, end) => moves.push([modal.motion, place(start), place(end), null]),
  addArcCurve: (modal, start, end, center) =>
    moves.push([modal.motion, place(start), place(end), [center.x, center.y]]),
});
toolpath.loadFromStringSync(require("fs").readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(moves));
