// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A kit's page: its own navigation, and what is fetched only for a visitor who needs it.

let watch;

export function start() {
  markSections();
  startUnits();
  if (location.search && document.querySelector(".csm-sizes")) import("./sizes.js").then((sizes) => sizes.start());
  if (kept("csmkit:workshop")) import("./fit.js").then((fit) => fit.start());
}

/** Mark in the navigation which section is being read. */
function markSections() {
  watch?.disconnect();
  const links = new Map();
  for (const link of document.querySelectorAll(".csm-sections a")) {
    const heading = document.getElementById(link.hash.slice(1));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  const mark = () => {
    const here = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).at(-1);
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  headings.forEach((heading) => watch.observe(heading));
}

/** The switch that writes inches beside the millimetres. */
function startUnits() {
  const button = document.querySelector(".csm-units");
  const change = (wanted) => {
    button.setAttribute("aria-pressed", String(wanted));
    import("./units.js").then((units) => units.show(wanted));
  };
  button.hidden = false;
  button.onclick = () => {
    const wanted = button.getAttribute("aria-pressed") !== "true";
    keep("csmkit:inches", wanted ? "yes" : "no");
    change(wanted);
  };
  if (kept("csmkit:inches") === "yes") change(true);
}

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // storage is switched off: the choice holds for this page
  }
}
