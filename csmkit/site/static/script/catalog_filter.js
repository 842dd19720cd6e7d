// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Which kits of catalog.json a choice leaves, in which order, and how the choice stands in the address.
//
// Ticks of one question are alternatives, questions narrow one another; what is asked of machines, materials, price
// and time has to hold for one and the same preset.

import { decode, encode, mayFit, misfit } from "./workshop.js";

export const QUESTIONS = ["material", "machine", "without", "skill", "maturity", "tag"];
const TEXTS = ["text", "cost", "hours", "sort"];
const SKILLS = ["beginner", "intermediate", "advanced"];

/** Nothing chosen. */
export function nothing() {
  const choice = { compare: [], fits: false, shop: null };
  for (const name of QUESTIONS) choice[name] = [];
  for (const name of TEXTS) choice[name] = "";
  return choice;
}

/** The choice in an address: "?material=steel&material=plywood&cost=200". */
export function fromAddress(search) {
  const given = new URLSearchParams(search);
  const choice = nothing();
  for (const name of [...QUESTIONS, "compare"]) choice[name] = given.getAll(name);
  for (const name of TEXTS) choice[name] = given.get(name) || "";
  choice.shop = decode(given.get("shop"));
  choice.fits = given.has("fits") && choice.shop !== null;
  return choice;
}

/** The address of a choice, with its question mark; "" of nothing. */
export function toAddress(choice) {
  const said = new URLSearchParams();
  for (const name of TEXTS) if (choice[name]) said.set(name, choice[name]);
  for (const name of [...QUESTIONS, "compare"]) for (const value of choice[name]) said.append(name, value);
  if (choice.shop) said.set("shop", encode(choice.shop));
  if (choice.fits) said.set("fits", "1");
  return said.size ? `?${said}` : "";
}

/** The presets of a kit that a choice leaves; `texts`: key of a kit to what its search looks in, lower case. */
export function left(kit, choice, texts) {
  const is = (name, value) => !choice[name].length || choice[name].includes(value);
  if (!is("skill", kit.skill) || !is("maturity", kit.maturity)) return [];
  if (choice.tag.length && !choice.tag.some((tag) => kit.tags.includes(tag))) return [];
  if (!choice.text.toLowerCase().split(/\s+/).every((word) => texts.get(kit.key).includes(word))) return [];
  return kit.presets.filter((preset) => presetIsLeft(preset, choice));
}

function presetIsLeft(preset, choice) {
  const { machines, materials, tools } = preset.needs;
  const any = (wanted, has) => !wanted.length || wanted.some((value) => has.includes(value));
  return (
    any(choice.material, materials) &&
    any(choice.machine, machines) &&
    !choice.without.some((tool) => machines.includes(tool) || tools.includes(tool)) &&
    (!choice.cost || Number(preset.price) <= Number(choice.cost)) &&
    (!choice.hours || preset.labour_minutes <= Number(choice.hours) * 60) &&
    (!choice.fits || mayFit(misfit(preset.needs, choice.shop)))
  );
}

/** Kits that are left with the presets that are, in order: [{kit, presets}]. */
export function found(kits, choice, texts) {
  const rows = kits.map((kit) => ({ kit, presets: left(kit, choice, texts) })).filter((row) => row.presets.length);
  const by = ORDERS[choice.sort];
  return by ? rows.map((row) => [by(row), row]).sort(([a], [b]) => compare(a, b)).map(([, row]) => row) : rows;
}

const least = (row, of) => Math.min(...row.presets.map(of));
const ORDERS = {
  price: (row) => least(row, (p) => Number(p.price)),
  time: (row) => least(row, (p) => p.labour_minutes),
  sheets: (row) => least(row, (p) => p.sheets),
  mass: (row) => least(row, (p) => p.mass),
  skill: (row) => SKILLS.indexOf(row.kit.skill),
  title: (row) => row.kit.title,
};

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b) : a - b;
}

/** How many kits one more tick would leave, were it the only one of its question; `without` adds to its others. */
export function countWith(kits, choice, texts, name, value) {
  const values = name === "without" ? [...new Set([...choice.without, value])] : [value];
  return found(kits, { ...choice, [name]: values, sort: "" }, texts).length;
}
