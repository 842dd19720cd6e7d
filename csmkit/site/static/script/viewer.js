// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The 3D viewer over the still of a kit. Nothing of it is fetched before somebody opens it.
import { onPick, pick } from "./pick.js";
import { _ } from "./texts.js";
import { looks, stepOfCopies, stepsOfPage } from "./viewer_steps.js";
import { Tools } from "./viewer_tools.js";

const MOVE_MS = 700; // that a part takes to its place
const HOLD_MS = 1500; // that a played step stands before the next comes
let leave = () => {};

/** Called on each page that has a model. */
export function start() {
  leave();
  const figure = document.querySelector("[data-model]");
  const frame = document.querySelector("#csm-viewer");
  if (!figure || !frame || !("DecompressionStream" in window)) return;
  const viewer = new Viewer(figure, frame);
  leave = () => viewer.leave();
}

class Viewer {
  constructor(figure, frame) {
    this.figure = figure;
    this.frame = frame;
    this.at = { picked: null, hidden: new Set(), step: null, coming: 0, apart: 0 };
    this.button = figure.querySelector(".csm-model-open");
    this.button.hidden = false;
    this.listeners = new AbortController();
    this.on(this.button, "click", () => this.open());
    this.on(document, "csm:show", (event) => this.show(event.detail));
    this.unpick = onPick("viewer", (item) => this.picked(item));
    for (const li of document.querySelectorAll(".csm-steps > li[id^='step-']")) this.offer(li);
  }

  on(target, kind, heard) {
    target.addEventListener(kind, heard, { signal: this.listeners.signal });
  }

  /** A step's link to the model. */
  offer(li) {
    const link = document.createElement("button");
    link.type = "button";
    link.className = "csm-show";
    link.textContent = _("Show in 3D");
    this.on(link, "click", () => this.show({ step: Number(li.id.slice("step-".length)), from: link }));
    (li.querySelector(".csm-note") || li).append(" ", link);
  }

  async show({ step = null, item = null, from = null }) {
    await this.open(from);
    if (!this.scene) return;
    this.figure.scrollIntoView({ block: "nearest", behavior: "instant" });
    if (step !== null) this.tools.play(true, step);
    if (item !== null) this.picked(item);
  }

  open(from = this.button) {
    this.back = from || this.button;
    this.opening ??= this.load().catch((error) => this.failed(error));
    return this.opening.then(() => {
      if (!this.stage) return;
      this.stage.hidden = false;
      this.button.hidden = true;
      this.scene.resize();
      this.paint();
      this.tools.focus();
    });
  }

  async load() {
    this.button.disabled = true;
    this.button.textContent = _("Loading the model …");
    const [{ load }, { start }] = await Promise.all([import("./viewer_data.js"), import("./viewer_scene.js")]);
    const model = await load(this.figure.dataset.model);
    const stage = this.frame.content.firstElementChild.cloneNode(true);
    this.figure.append(stage);
    const host = stage.querySelector(".csm-stage-view");
    this.model = model;
    this.steps = stepsOfPage();
    this.stepOf = stepOfCopies(model.copies, this.steps);
    this.stage = stage;
    this.tools = new Tools(this, stage);
    this.scene = await start(host, model, isDark());
    this.scene.onTap((copy) => this.tapped(copy));
    this.sized = new ResizeObserver(() => this.scene.resize());
    this.sized.observe(host);
    this.themed = new MutationObserver(() => this.scene.theme(isDark()));
    this.themed.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.button.disabled = false;
    this.button.textContent = _("Turn it in 3D");
  }

  /** The still stays; the button says why. */
  failed(error) {
    console.warn("3D viewer:", error);
    this.stage?.remove();
    this.stage = null;
    this.button.textContent = _("The model can't be shown here");
  }

  paint() {
    this.scene.paint(looks(this.model.copies, this.stepOf, this.at));
  }

  tapped(copy) {
    if (this.tools.isMeasuring) return;
    const item = copy === null ? null : this.model.copies[copy].item;
    this.picked(item === this.at.picked ? null : item);
    pick(this.at.picked, "viewer");
  }

  picked(item) {
    this.at.picked = item;
    if (!this.scene) return;
    if (item !== null && !this.model.items.some(({ name }) => name === item)) this.at.picked = null;
    this.tools.mark(this.at.picked);
    this.paint();
  }

  /** Show the model as it is after a step; what the step adds moves in. Null: everything. */
  step(number) {
    cancelAnimationFrame(this.moving);
    Object.assign(this.at, { step: number, coming: 0, picked: null });
    this.tools.mark(null);
    if (number === null || isCalm()) return this.paint();
    return this.moved((share) => (this.at.coming = 1 - share));
  }

  explode(isOn) {
    const from = this.at.apart;
    const to = isOn ? 1 : 0;
    if (isCalm()) {
      this.at.apart = to;
      return this.paint();
    }
    return this.moved((share) => (this.at.apart = from + (to - from) * share));
  }

  /** Draws while `set` is called with 0 to 1; slow at the end. */
  moved(set) {
    cancelAnimationFrame(this.moving);
    const began = performance.now();
    const draw = (now) => {
      const share = Math.min(Math.max(now - began, 0) / MOVE_MS, 1);
      set(1 - (1 - share) ** 3);
      this.paint();
      if (share < 1) this.moving = requestAnimationFrame(draw);
    };
    draw(began);
  }

  get holdMs() {
    return MOVE_MS + HOLD_MS;
  }

  close() {
    if (!this.stage || this.stage.hidden) return;
    this.tools.stop();
    if (document.fullscreenElement) document.exitFullscreen();
    this.figure.classList.remove("csm-large");
    this.stage.hidden = true;
    this.button.hidden = false;
    this.back.focus();
  }

  leave() {
    this.listeners.abort();
    this.unpick();
    this.tools?.stop();
    this.sized?.disconnect();
    this.themed?.disconnect();
    cancelAnimationFrame(this.moving);
    this.scene?.close();
  }
}

function isDark() {
  return document.body.getAttribute("data-md-color-scheme") === "slate";
}

function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
