// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Whether the workshop that the visitor has told the catalog of can make this preset.

import { _ } from "./texts.js";
import { mayFit, misfit, reason, savedWorkshop } from "./workshop.js";

export function start() {
  const place = document.querySelector(".csm-fit");
  const shop = savedWorkshop();
  if (!place || !shop) return;
  const found = misfit(JSON.parse(place.dataset.needs), shop);
  place.classList.toggle("csm-misfit", !mayFit(found));
  place.textContent = found ? _("Your workshop: %(reason)s", { reason: reason(found) }) : _("Fits your workshop");
  place.hidden = false;
}
