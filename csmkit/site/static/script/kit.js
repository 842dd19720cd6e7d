// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A kit's page: its own navigation, and what is fetched only for a visitor who needs it.
import { foldsAround } from "./pick.js";

let watch;
let leave = () => {};

export function start() {
  markSections();
  openTargets();
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

/** What a link leads to comes out of the fold that holds it; most browsers see to that themselves. */
function openTargets() {
  leave();
  const listeners = new AbortController();
  leave = () => listeners.abort();
  const reveal = (hash) => {
    const target = document.getElementById(hash.slice(1));
    const closed = target ? foldsAround(target).filter((fold) => !fold.open) : [];
    for (const fold of closed) fold.open = true;
    if (closed.length) target.scrollIntoView();
  };
  const clicked = ({ target }) => {
    const link = target.closest("a[href]"); // the theme makes every address a whole one
    if (link?.pathname === location.pathname) reveal(link.hash);
  };
  addEventListener("hashchange", () => reveal(location.hash), { signal: listeners.signal });
  document.querySelector(".md-content")?.addEventListener("click", clicked, { signal: listeners.signal });
  reveal(location.hash);
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
