// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Starts what a page needs. A feature is a module that exports start(); it is fetched where its element stands.

const FEATURES = {
  ".csm-filter": "./catalog.js",
  ".csm-layouts": "./sheets.js",
  ".csm-sections": "./kit.js",
  "tr[data-item], li[data-item]": "./picked.js",
  "[data-model]": "./viewer.js",
};

/** What scrolls sideways can be reached with the keyboard. */
function reachScrolling() {
  for (const box of document.querySelectorAll("pre > code, .md-typeset__scrollwrap"))
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

function begin() {
  setTimeout(reachScrolling); // behind what is urgent, since it lays the page out
  for (const [selector, module] of Object.entries(FEATURES)) {
    if (document.querySelector(selector)) import(module).then((feature) => feature.start());
  }
}

// With instant navigation the page changes without being loaded anew.
if (window.document$) window.document$.subscribe(begin);
else begin();
