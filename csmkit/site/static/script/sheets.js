// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Nested sheets and bars: the picture becomes part of the page when it comes near the window, so that its parts
// can be pointed at. Large view and toolpaths are fetched when somebody asks for them.

import { nameParts } from "./sheets_parts.js";

const NEAR = "400px";
let ended = () => {};

/** Make every sheet of the page interactive. */
export function start() {
  ended();
  const figures = [...document.querySelectorAll(".csm-layout")];
  const parts = nameParts();
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) come(target);
    },
    { rootMargin: NEAR },
  );
  const come = (figure) => {
    near.unobserve(figure);
    return stageOf(figure, parts);
  };
  for (const figure of figures) {
    near.observe(figure);
    figure.addEventListener("click", (event) => clicked(event, figure, come));
  }
  ended = () => {
    near.disconnect();
    parts.end();
  };
}

const STAGES = new WeakMap();

/** The figure's drawing as part of the page, once it is there. */
function stageOf(figure, parts) {
  if (!STAGES.has(figure)) {
    const made = makeStage(figure, parts);
    STAGES.set(figure, made);
    made.catch(() => STAGES.delete(figure)); // asked again with the next touch; the picture stays
  }
  return STAGES.get(figure);
}

async function makeStage(figure, parts) {
  const link = figure.querySelector("a.csm-sheet");
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(`${link.href}: ${answer.status}`);
  const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  if (read.querySelector("parsererror")) throw new Error(`${link.href} is no drawing`);
  const box = document.createElement("div");
  box.className = "csm-sheet-box";
  const stage = document.createElement("div");
  stage.className = "csm-sheet-stage";
  stage.append(document.importNode(read.documentElement, true));
  box.append(stage);
  link.replaceWith(box);
  parts.add(stage);
  return stage;
}

async function clicked(event, figure, come) {
  const button = event.target.closest("button[data-large], button[data-moves]");
  if (!button) return;
  const stage = await come(figure);
  if (button.matches("[data-large]")) {
    (await import("./sheets_large.js")).showLarge(stage.parentElement, button);
  } else {
    (await import("./toolpath_player.js")).play(stage, button);
  }
}
