// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Filters the cards of the catalog. Without scripts all cards show and the form stays hidden.
import { _ } from "./texts.js";

export function start() {
  const form = document.querySelector(".csm-filter");
  if (!form) return;
  const cards = [...document.querySelectorAll(".csm-cards .csm-card")];
  const found = form.querySelector(".csm-found");
  const filter = () => {
    const chosen = new FormData(form);
    const words = (chosen.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const shown = cards.filter((card) => {
      const { skill, tags, text } = card.dataset;
      const fits =
        (!chosen.get("skill") || skill === chosen.get("skill")) &&
        (!chosen.get("tag") || tags.split("|").includes(chosen.get("tag"))) &&
        words.every((word) => text.includes(word));
      card.hidden = !fits;
      return fits;
    });
    found.textContent = shown.length === cards.length ? "" : _("%(shown)s of %(all)s", { shown: shown.length, all: cards.length });
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
