// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A printed book leads here with its sizes in the address, "?width=820&material=…": say how to build exactly them.
// Names that the kit does not have, and values beyond its limits, are left out; nothing becomes HTML.

/** What an address asks for, by the rows of the table of parameters. */
export function asked(query, rows) {
  const wanted = [];
  for (const { param, kind, unit, value, minimum, maximum, options } of rows) {
    const given = query.get(param);
    if (given === null) continue;
    const read = reading(given, kind, { minimum, maximum, options });
    if (read !== null && read !== value) wanted.push({ param, value: read, unit });
  }
  return wanted;
}

/** A value as `--set` takes it, or null: not of this kind, or beyond the limits. */
function reading(given, kind, { minimum, maximum, options }) {
  if (kind === "choice") return JSON.parse(options).includes(given) ? given : null;
  if (kind === "flag") return { true: "true", yes: "true", false: "false", no: "false" }[given] ?? null;
  const size = given.trim() === "" ? NaN : Number(given);
  const fits = Number.isFinite(size) && size >= Number(minimum) && size <= Number(maximum);
  return fits && (kind !== "count" || Number.isInteger(size)) ? String(size) : null;
}

export function start() {
  const place = document.querySelector(".csm-sizes");
  const query = new URLSearchParams(location.search);
  const rows = [...document.querySelectorAll("tr[data-param]")].map((row) => row.dataset);
  const wanted = asked(query, rows);
  place.hidden = !wanted.length;
  place.querySelector("ul").replaceChildren(
    ...wanted.map(({ param, value, unit }) => {
      const item = document.createElement("li");
      const name = document.createElement("code");
      name.textContent = param;
      item.append(name, ` ${value} ${unit}`);
      return item;
    }),
  );
  const settings = wanted.map(({ param, value }) => `--set ${param}=${value}`);
  place.querySelector("pre code").textContent = [place.dataset.command, ...settings].join(" ");
}
