// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// "What can my workshop make?": the form of a workshop, and what each card and row says of it.

import { _ } from "./texts.js";
import { encode, mayFit, misfit, reason } from "./workshop.js";
import { workshopOf } from "./workshop_file.js";

const BEDS = { router: ["x", "y"], laser: ["x", "y"], printer: ["x", "y", "z"] };

/** Listen to the form; `changed(shop, fits)` hears every change, null for a forgotten workshop. */
export function startShop({ shop: panel }, tables, signal, changed) {
  const form = panel.querySelector("form");
  const said = form.querySelector(".csm-shop-file");
  const fits = form.elements.fits;
  if (location.hash === `#${panel.id}`) panel.open = true;
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener("change", async (event) => {
    if (event.target.name !== "file") return changed(shopOf(form), fits.checked);
    const [file] = event.target.files;
    if (!file) return;
    try {
      const read = workshopOf(await file.text(), tables, form.elements.welder.checked);
      said.textContent = _("Read. It stayed in your browser.");
      changed(read, fits.checked);
    } catch (error) {
      said.textContent = _("This is no workshop file: %(line)s", { line: error.message });
    }
  }, { signal });
  form.querySelector(".csm-forget").addEventListener("click", () => {
    form.reset();
    changed(null, false);
  }, { signal });
}

function shopOf(form) {
  const value = (name) => Number(form.elements[name].value);
  const bed = (name) => {
    const sizes = BEDS[name].map((axis) => value(`${name}-${axis}`)).sort((a, b) => b - a);
    return form.elements[name].checked && sizes.at(-1) > 0 ? sizes : null;
  };
  const thick = form.elements.thicknesses.value.split(/[,;\s]+/).map(Number).filter((one) => one > 0);
  const sheet = [value("sheet-x"), value("sheet-y")].sort((a, b) => b - a);
  return {
    router: bed("router"),
    laser: bed("laser"),
    metal: form.elements.metal.checked,
    printer: bed("printer"),
    welder: form.elements.welder.checked,
    thicknesses: thick.length ? thick : null,
    sheet: sheet[1] > 0 ? sheet : null,
  };
}

/** Fill the form, and say at each kit and preset whether the workshop can make it. */
export function showShop({ shop: panel, cards, table, rows }, kits, { shop, fits }) {
  fill(panel.querySelector("form"), shop, fits);
  for (const cell of table.querySelectorAll(".csm-own")) cell.hidden = !shop;
  let able = 0;
  let more = 0;
  for (const kit of kits) {
    const looked = shop ? kit.presets.map((preset) => look(preset, shop, rows.get(kit.key).get(preset.key))) : [];
    if (looked.some(({ why }) => !why)) able += 1;
    else if (looked.some(({ why }) => mayFit(why))) more += 1;
    for (const { why, row } of looked) verdict(row.querySelector(".csm-own"), why);
    showCard(cards.get(kit.key).querySelector(".csm-verdict"), looked);
  }
  panel.querySelector(".csm-shop-said").textContent = shop
    ? summed({ count: able, all: kits.length, more })
    : _("Say what you have; each kit then says whether it fits.");
}

function summed(counts) {
  if (!counts.more) return _("%(count)s of %(all)s kits can be made in some size.", counts);
  return _("%(count)s of %(all)s kits can be made in some size, %(more)s more perhaps from another sheet.", counts);
}

function look(preset, shop, row) {
  return { why: misfit(preset.needs, shop), row };
}

/** What a card says: all presets fit, some, or the reason why the first one does not. */
function showCard(place, looked) {
  place.hidden = !looked.length;
  if (!looked.length) return;
  const able = looked.filter(({ why }) => !why);
  if (!able.length) return verdict(place, (looked.find(({ why }) => mayFit(why)) || looked[0]).why);
  verdict(place, null);
  if (able.length === looked.length) return;
  const presets = able.map(({ row }) => row.querySelector("a").textContent).join(" · ");
  place.textContent = _("Your workshop can make: %(presets)s", { presets });
}

function verdict(place, why) {
  place.textContent = why ? reason(why) : _("Fits your workshop");
  place.classList.toggle("is-fit", !why);
  place.classList.toggle("is-misfit", !mayFit(why));
}

function fill(form, shop, fits) {
  form.elements.fits.checked = fits;
  if (!shop || encode(shop) === encode(shopOf(form))) return;
  for (const [name, axes] of Object.entries(BEDS)) {
    form.elements[name].checked = shop[name] !== null;
    for (const [n, axis] of axes.entries()) if (shop[name]) form.elements[`${name}-${axis}`].value = shop[name][n];
  }
  form.elements.metal.checked = shop.metal;
  form.elements.welder.checked = shop.welder;
  form.elements.thicknesses.value = (shop.thicknesses || []).join(", ");
  form.elements["sheet-x"].value = shop.sheet?.[0] ?? "";
  form.elements["sheet-y"].value = shop.sheet?.[1] ?? "";
}
