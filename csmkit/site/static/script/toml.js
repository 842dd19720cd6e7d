// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Reads the part of TOML that workshop files are written in: tables, lists of tables, strings in one line,
// numbers, true and false, lists over several lines. Dates, dotted keys and inline tables become text or are left.

import { _ } from "./texts.js";

/** The file's data. Throws an Error that names the line. */
export function readToml(text) {
  const data = {};
  let table = data;
  const lines = text.split(/\r?\n/);
  for (let n = 0; n < lines.length; n++) {
    const start = n + 1;
    let line = bare(lines[n]);
    if (!line) continue;
    const list = line.match(/^\[\[\s*([\w.-]+)\s*\]\]$/);
    const head = line.match(/^\[\s*([\w.-]+)\s*\]$/);
    if (list) {
      const parent = inside(data, list[1].split(".").slice(0, -1));
      const name = list[1].split(".").at(-1);
      table = {};
      (parent[name] ??= []).push(table);
    } else if (head) table = inside(data, head[1].split("."));
    else {
      const pair = line.match(/^("[^"]*"|[\w.-]+)\s*=\s*(.*)$/);
      if (!pair) throw new Error(_("line %(n)s", { n: start }));
      let value = pair[2];
      while (depth(value) > 0 && n + 1 < lines.length) value += ` ${bare(lines[++n])}`;
      table[pair[1].replaceAll('"', "")] = read(value.trim(), start);
    }
  }
  return data;
}

/** A line without its comment. */
function bare(line) {
  const found = line.match(/^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*/);
  return found[0].trim();
}

function inside(data, path) {
  let table = data;
  for (const name of path) {
    table = table[name] ??= {};
    if (Array.isArray(table)) table = table.at(-1);
  }
  return table;
}

/** Brackets that are still open, those in strings left out. */
function depth(value) {
  const marks = value.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "");
  return (marks.match(/[[{]/g) || []).length - (marks.match(/[\]}]/g) || []).length;
}

function read(value, line) {
  if (value === "true" || value === "false") return value === "true";
  if (/^"(?:[^"\\]|\\.)*"$/.test(value)) return JSON.parse(value);
  if (/^'[^']*'$/.test(value)) return value.slice(1, -1);
  if (/^[+-]?\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?$/.test(value)) return Number(value.replaceAll("_", ""));
  if (value.startsWith("[") && value.endsWith("]")) return items(value.slice(1, -1)).map((item) => read(item, line));
  if (value.startsWith("{") && value.endsWith("}")) return value;
  throw new Error(_("line %(n)s", { n: line }));
}

/** What stands between the commas of the outer list. */
function items(text) {
  const found = [""];
  for (const mark of text.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^"']/g) || []) {
    if (mark === "," && depth(found.at(-1)) === 0) found.push("");
    else found[found.length - 1] += mark;
  }
  return found.map((item) => item.trim()).filter(Boolean);
}
