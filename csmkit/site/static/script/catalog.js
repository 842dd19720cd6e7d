// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The list of kits: the choice made in its form stands in the address, the cards that it leaves are shown in order.

import { QUESTIONS, countWith, found, fromAddress, nothing, toAddress } from "./catalog_filter.js";
import { showShop, startShop } from "./catalog_shop.js";
import { _, ngettext } from "./texts.js";
import { saveWorkshop, savedWorkshop } from "./workshop.js";

let leave = null; // ends the listeners of the page before

export async function start() {
  leave?.abort();
  const form = document.querySelector("#csm-filter");
  if (!form) return;
  leave = new AbortController();
  const { signal } = leave;
  const answer = await fetch(form.dataset.catalog);
  const data = await answer.json();
  if (!signal.aborted) begin(form, data, signal);
}

function begin(form, data, signal) {
  const page = pageOf(form);
  const kits = data.kits;
  let choice = fromAddress(location.search);
  choice.shop ??= savedWorkshop();

  const show = () => {
    const rows = found(kits, choice, page.texts);
    showForm(page, choice);
    showCounts(page, kits, choice);
    showCards(page, rows, kits.length);
    showChips(page, choice, drop);
    showAdvice(page, rows, kits, choice, drop);
    showTable(page, rows, choice);
    showCompared(page, choice);
    showShop(page, kits, choice);
  };
  const choose = (changes, isTyped) => {
    choice = { ...choice, ...changes };
    const address = location.pathname + toAddress(choice) + location.hash;
    if (address !== location.pathname + location.search + location.hash)
      history[isTyped ? "replaceState" : "pushState"](history.state, "", address);
    show();
  };
  const drop = (name, value) => choose({ [name]: without(choice[name], value) });

  const input = (event) => choose(fromForm(form, choice), event.target.matches("input:not([type=checkbox])"));
  form.addEventListener("input", input, { signal });
  for (const outside of page.outside) outside.addEventListener("input", input, { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose({ ...nothing(), shop: choice.shop });
  }, { signal });
  page.open.addEventListener("click", () => {
    const isOpen = form.classList.toggle("is-open");
    page.open.setAttribute("aria-expanded", String(isOpen));
  }, { signal });
  for (const button of page.all) button.addEventListener("click", () => choose({ compare: [] }), { signal });
  page.comparing.querySelector("[data-leads]").addEventListener("click", ({ target }) => {
    document.getElementById(target.dataset.leads).scrollIntoView(); // a link would take the choice out of the address
  }, { signal });
  startShop(page, data.tables, signal, (shop, fits) => {
    saveWorkshop(shop);
    choose({ shop, fits: fits && shop !== null });
  });
  addEventListener("popstate", () => {
    if (!form.isConnected) return;
    choice = fromAddress(location.search);
    choice.shop ??= savedWorkshop();
    show();
  }, { signal });
  show();
  form.dataset.ready = "";
}

function pageOf(form) {
  const all = document.querySelector(".csm-catalog");
  const find = (selector) => all.querySelector(selector);
  const cards = [...all.querySelectorAll(".csm-cards > .csm-card")];
  const bodies = [...find(".csm-side").tBodies];
  const rows = new Map(
    bodies.map((body) => [body.dataset.key, new Map([...body.rows].map((row) => [row.dataset.preset, row]))]),
  );
  return {
    form,
    list: find(".csm-cards"),
    cards: new Map(cards.map((card) => [card.dataset.key, card])),
    outside: [find("[name=sort]"), ...all.querySelectorAll("[name=compare]")],
    open: find(".csm-filter-open"),
    count: find(".csm-found"),
    chips: find(".csm-chosen"),
    none: find(".csm-none"),
    table: find(".csm-side"),
    all: all.querySelectorAll(".csm-uncompare"),
    comparing: find(".csm-comparing"),
    shop: find(".csm-shop"),
    rows,
    texts: new Map(cards.map((card) => [card.dataset.key, textOf(card, rows.get(card.dataset.key))])),
  };
}

/** What a search looks in: title, summary, tags and presets, as the page says them. */
function textOf(card, rows) {
  const presets = [...rows.values()].map((row) => row.querySelector("a").textContent);
  const [title, summary] = card.querySelectorAll(".csm-card-body > p");
  return [title.textContent, summary.textContent, card.dataset.tags, ...presets].join(" ").toLowerCase();
}

function without(chosen, value) {
  return Array.isArray(chosen) ? chosen.filter((one) => one !== value) : typeof chosen === "boolean" ? false : "";
}

function fromForm(form, choice) {
  const given = new FormData(form);
  const lists = Object.fromEntries([...QUESTIONS, "compare"].map((name) => [name, given.getAll(name)]));
  // What no box stands for, from an older link, stays until its chip is taken away.
  for (const name of QUESTIONS)
    lists[name].push(...choice[name].filter((value) => !box(form, name, value)));
  const texts = ["text", "cost", "hours", "sort"].map((name) => [name, String(given.get(name) || "").trimStart()]);
  return { ...lists, ...Object.fromEntries(texts) };
}

function box(form, name, value) {
  return [...form.elements].find((field) => field.name === name && field.value === value);
}

function showForm({ form }, choice) {
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = choice[field.name].includes(field.value);
    else if (field.name in choice && field.value.trimStart() !== choice[field.name]) field.value = choice[field.name];
  }
}

function showCounts({ form, texts }, kits, choice) {
  for (const field of form.querySelectorAll(".csm-facet [type=checkbox]")) {
    const count = countWith(kits, choice, texts, field.name, field.value);
    const label = field.closest("label");
    label.querySelector("small").textContent = count;
    label.classList.toggle("is-empty", count === 0 && !field.checked);
  }
}

function showCards({ cards, list, count }, rows, all) {
  const shown = rows.map(({ kit }) => cards.get(kit.key));
  const rest = [...cards.values()].filter((card) => !shown.includes(card));
  for (const card of cards.values()) card.hidden = !shown.includes(card);
  const order = [...shown, ...rest];
  if (order.some((card, n) => card !== list.children[n])) list.append(...order);
  const counts = { count: all, shown: rows.length, all };
  const text =
    rows.length === all ? ngettext("%(count)s kit", "%(count)s kits", all, counts) : _("%(shown)s of %(all)s kits", counts);
  if (count.textContent !== text) count.textContent = text;
}

/** Every narrowing part of a choice: [name, value, words]. */
function parts({ form }, choice) {
  const of = (name, value) => {
    const field = box(form, name, value);
    const legend = field?.closest("fieldset")?.querySelector("legend").textContent;
    return [name, value, field ? `${legend}: ${field.closest("label").querySelector("span").textContent}` : value];
  };
  const texts = ["text", "cost", "hours"].filter((name) => choice[name]).map((name) => {
    const label = form.elements[name]?.closest("label").querySelector("span").textContent ?? name;
    return [name, choice[name], name === "text" ? `“${choice.text}”` : `${label} ≤ ${choice[name]}`];
  });
  const fits = document.querySelector(".csm-shop [name=fits]").closest("label").textContent.trim();
  return [
    ...texts,
    ...QUESTIONS.flatMap((name) => choice[name].map((value) => of(name, value))),
    ...(choice.fits ? [["fits", "1", fits]] : []),
  ];
}

function showChips(page, choice, drop) {
  const chosen = parts(page, choice);
  page.open.classList.toggle("is-narrowed", chosen.length > 0);
  page.chips.replaceChildren(
    ...chosen.map(([name, value, words]) => {
      const chip = button(words, () => drop(name, value));
      chip.className = "csm-chip";
      chip.setAttribute("aria-label", _("Remove the filter %(name)s", { name: words }));
      return chip;
    }),
  );
}

/** With nothing left: what each part of the choice alone keeps away. */
function showAdvice(page, rows, kits, choice, drop) {
  page.none.hidden = rows.length > 0;
  if (rows.length) return;
  const list = page.none.querySelector("ul");
  const ways = parts(page, choice).map(([name, value, words]) => {
    const less = { ...choice, [name]: without(choice[name], value) };
    return { name, value, words, count: found(kits, less, page.texts).length };
  });
  ways.sort((a, b) => b.count - a.count);
  const helpful = ways[0]?.count ? ways.filter(({ count }) => count) : ways;
  list.replaceChildren(
    ...helpful.map(({ name, value, words, count }) => {
      const line = document.createElement("li");
      line.append(button(lineOf(words, count), () => drop(name, value)));
      return line;
    }),
  );
}

function lineOf(name, count) {
  return ngettext("%(name)s: %(count)s kit without it", "%(name)s: %(count)s kits without it", count, { name, count });
}

/** While kits are ticked, a bar at the window's lower edge leads to them. */
function showCompared({ comparing, all }, { compare }) {
  const count = compare.length;
  for (const button of all) button.hidden = !count;
  comparing.hidden = !count;
  const said = count ? ngettext("%(count)s kit to compare", "%(count)s kits to compare", count, { count }) : "";
  comparing.querySelector("output").textContent = said;
}

function showTable({ table }, rows, choice) {
  const left = new Map(rows.map(({ kit, presets }) => [kit.key, new Set(presets.map((p) => p.key))]));
  for (const body of table.tBodies) {
    const { key } = body.dataset;
    const isCompared = choice.compare.includes(key);
    body.hidden = choice.compare.length ? !isCompared : !left.has(key);
    for (const row of body.rows) row.hidden = !isCompared && !left.get(key)?.has(row.dataset.preset);
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
