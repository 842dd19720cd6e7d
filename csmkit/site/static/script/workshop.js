// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The visitor's workshop, and whether it can make a preset. It stays in this browser: nothing is sent.
//
// A workshop is
//   { router: [1300, 900] | null, laser: [1300, 900] | null,   reach of the bed, mm; the laser's for wood
//     metal: bool,                                             laser or plasma for metal, own or ordered
//     printer: [250, 210, 220] | null, welder: bool,
//     thicknesses: [12, 18] | null,                            of wooden sheets, nominal, mm; null: can buy any
//     sheet: [2440, 1220] | null }                             largest wooden sheet, mm; null: can buy any
// A hand saw and bits for a drill are taken for granted.
//
// Another page asks, with `needs` of one preset as catalog.json has them (docs: catalog-json):
//   import { misfit, reason, savedWorkshop } from "./workshop.js";
//   const shop = savedWorkshop();                              null: the visitor has said nothing
//   const found = misfit(needs, shop);                         null: it fits; mayFit(found): or from another sheet
//   text = found ? reason(found) : _("Fits your workshop");

import { _ } from "./texts.js";

const KEPT = "csmkit:workshop";
const SAME_NOMINAL = 0.04; // of the thickness: 14.6 is 15, but 22 is not 21
const MACHINE_OF = { router: "router", mill: "router", print: "printer" };

/** The workshop that this browser keeps; null if none. */
export function savedWorkshop() {
  try {
    return decode(localStorage.getItem(KEPT));
  } catch {
    return null; // storage is switched off
  }
}

/** Keep a workshop, or with null forget it. */
export function saveWorkshop(shop) {
  try {
    if (shop) localStorage.setItem(KEPT, encode(shop));
    else localStorage.removeItem(KEPT);
  } catch {
    // storage is switched off: the address still has it
  }
}

/** A workshop as one word for an address: "router-1300x900_welder_thick-12-18"; "hand" without machines. */
export function encode(shop) {
  const words = [
    shop.router && `router-${shop.router.join("x")}`,
    shop.laser && `laser-${shop.laser.join("x")}`,
    shop.metal && "metal",
    shop.printer && `printer-${shop.printer.join("x")}`,
    shop.welder && "welder",
    shop.thicknesses && `thick-${shop.thicknesses.join("-")}`,
    shop.sheet && `sheet-${shop.sheet.join("x")}`,
  ].filter(Boolean);
  return words.join("_") || "hand";
}

/** The workshop that such a word means; null for an empty one. */
export function decode(word) {
  if (!word) return null;
  const said = new Map(word.split("_").map((part) => part.split(/-(.*)/s).slice(0, 2)));
  return {
    router: sizes(said.get("router"), 2),
    laser: sizes(said.get("laser"), 2),
    metal: said.has("metal"),
    printer: sizes(said.get("printer"), 3),
    welder: said.has("welder"),
    thicknesses: numbers(said.get("thick"), "-"),
    sheet: sizes(said.get("sheet"), 2),
  };
}

function numbers(text, separator) {
  const found = (text || "").split(separator).map(Number).filter((value) => value > 0);
  return found.length ? found : null;
}

function sizes(text, count) {
  const found = numbers(text, "x");
  return found && found.length === count ? found.sort((a, b) => b - a) : null;
}

/**
 * Why a workshop can't make a preset: the first reason, what can't be had before what is too small. Null: it can.
 * Last comes "other": it may well, from another sheet that the kit's parameters offer.
 */
export function misfit(needs, shop) {
  const found = [...misfits(needs, shop)];
  const order = ["lacks", "bed", "printer", "sheet", "thickness", "other"];
  const [first] = found.sort((a, b) => order.indexOf(a.why) - order.indexOf(b.why));
  if (first?.why !== "other") return first || null;
  return { ...first, settings: [...new Set(found.flatMap((one) => one.settings))] };
}

/** Whether the workshop can make it, as it stands or perhaps from another sheet. */
export function mayFit(found) {
  return !found || found.why === "other";
}

function* misfits(needs, shop) {
  if (needs.machines.includes("welder") && !shop.welder) yield { why: "lacks", machine: "welder" };
  for (const cut of needs.cuts) {
    const machine = machineMisfit(cut, shop);
    if (machine) yield machine;
    if (!cut.metal) yield* sheetMisfits(cut, shop);
  }
  for (const bar of needs.bars) {
    const machine = MACHINE_OF[bar.way];
    if (machine && !shop[machine]) yield { why: "lacks", machine };
    else if (machine && bar.long > shop.router[0])
      yield { why: "bed", part: bar.longest, size: bar.long, limit: shop.router[0] };
  }
  for (const print of needs.prints) {
    if (!shop.printer) yield { why: "lacks", machine: "printer" };
    else {
      const n = print.size.findIndex((size, i) => size > shop.printer[i]);
      if (n >= 0) yield { why: "printer", part: print.largest, size: print.size[n], limit: shop.printer[n] };
    }
  }
}

/** Null if one of the ways to cut these parts is at hand. */
function machineMisfit(cut, shop) {
  const tried = cut.ways.map((way) => {
    if (way === "saw" || way === "hand") return null;
    if (cut.metal && (way === "laser" || way === "plasma")) return shop.metal ? null : { why: "lacks", machine: "metal" };
    if (!shop[way]) return { why: "lacks", machine: way };
    return bedMisfit(cut, shop[way]);
  });
  if (tried.includes(null)) return null;
  return tried.find((one) => one.why === "bed") || tried[0];
}

/** Largest sides against the bed's reach, turned as it fits: the same as `csm check` with a workshop. */
function bedMisfit(cut, [long, short]) {
  if (cut.long > long) return { why: "bed", part: cut.longest, size: cut.long, limit: long };
  if (cut.short > short) return { why: "bed", part: cut.widest, size: cut.short, limit: short };
  return null;
}

function* sheetMisfits(cut, shop) {
  if (shop.thicknesses && !has(shop, cut.thickness)) yield thicknessMisfit(cut, shop);
  if (!shop.sheet) return;
  const [long, short] = shop.sheet.map((side) => side - cut.margin);
  const [along, across] = cut.grained || [0, 0]; // a sheet's face grain runs along it
  if (Math.max(cut.long, along) > long) yield { why: "sheet", part: cut.longest, size: cut.long, limit: long };
  else if (cut.short > short) yield { why: "sheet", part: cut.widest, size: cut.short, limit: short };
  else if (across > short) yield { why: "sheet", part: cut.widest, size: across, limit: short };
}

/** Whether it has sheets of a nominal thickness; who writes 14.6, as measured, has 15. */
function has(shop, thickness) {
  return shop.thicknesses.some((one) => Math.abs(one - thickness) <= SAME_NOMINAL * thickness);
}

function thicknessMisfit(cut, shop) {
  const sheet = cut.other?.sheets.find((one) => has(shop, one.thickness));
  if (!sheet) return { why: "thickness", stock: cut.stock };
  return { why: "other", stock: sheet.stock, settings: cut.other.params.map((param) => `${param}=${sheet.key}`) };
}

/** A reason in words. */
export function reason({ why, machine, part, size, limit, stock, settings }) {
  if (why === "other") return _("May fit, of %(stock)s: set %(settings)s", { stock, settings: settings.join(", ") });
  const values = { part, stock, size: Math.round(size), limit: Math.round(limit) };
  if (why === "bed") return _("Part %(part)s: %(size)s mm, the bed has %(limit)s mm", values);
  if (why === "printer") return _("Part %(part)s: %(size)s mm, the printer prints %(limit)s mm", values);
  if (why === "sheet") return _("Part %(part)s: %(size)s mm, a sheet has %(limit)s mm within its edges", values);
  if (why === "thickness") return _("Needs %(stock)s", values);
  if (machine === "router") return _("Needs a CNC router");
  if (machine === "laser") return _("Needs a laser cutter");
  if (machine === "metal") return _("Needs a laser or plasma cutter for metal");
  if (machine === "printer") return _("Needs a 3D printer");
  if (machine === "welder") return _("Needs a welder");
  return _("Needs another machine: %(machine)s", { machine });
}
