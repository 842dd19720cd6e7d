// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// What scripts say, in the language of the page. English is the key: a page in another language carries a table.

let table;

function found(english) {
  table ??= JSON.parse(document.querySelector("#csm-texts")?.textContent || "{}");
  return table[english] || english;
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

/** `_("%(n)s of %(all)s", { n: 3, all: 8 })`: a text of the page, its values put in. */
export function _(english, values = {}) {
  return filled(found(english), values);
}

/** The same where it depends on a number: `ngettext("%(n)s kit", "%(n)s kits", 3, { n: 3 })`. */
export function ngettext(one, many, count, values = {}) {
  const forms = found(one);
  if (!Array.isArray(forms)) return filled(count === 1 ? one : many, values);
  const rules = new Intl.PluralRules(document.documentElement.lang);
  const known = rules.resolvedOptions().pluralCategories;
  const order = ["zero", "one", "two", "few", "many", "other"].filter((form) => known.includes(form));
  return filled(forms[Math.min(order.indexOf(rules.select(count)), forms.length - 1)], values);
}

/** A figure with the decimal sign of the page: "12,5". */
export function decimals(figure) {
  const [, sign] = new Intl.NumberFormat(document.documentElement.lang).formatToParts(0.5).map((part) => part.value);
  return figure.replace(".", sign);
}
