// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The 3D viewer over the still of a kit. Nothing of it is fetched before somebody opens it.
import { onPick, pick } from "./pick.js";
import { _ } from "./texts.js";

const MOVE_MS = 700; // that a part takes to its place
const HOLD_MS = 1500; // that a played step stands before the next comes
let leave = () => {};

/** Called on each page that has a model. */
export function start() {
  leave();
  leave = () => {};
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
    this.button = figure.querySelector(".csm-3d-open");
    this.button.hidden = false;
    this.listeners = new AbortController();
    this.on(this.button, "click", () => this.open());
    this.on(document, "csm:show", (event) => this.show(event.detail));
    this.unpick = onPick("viewer", (item) => this.picked(item));
    for (const li of document.querySelectorAll(".csm-steps > li[id^='step-']")) this.offer(li);
    if (/Android/.test(navigator.userAgent)) import("./viewer_room.js").then((room) => room.offer(figure));
  }

  on(target, kind, heard) {
    target.addEventListener(kind, heard, { signal: this.listeners.signal });
  }

  /** A step's link to the model. */
  offer(li) {
    const link = document.createElement("button");
    link.type = "button";
    link.className = "csm-3d-step";
    link.textContent = _("Show in 3D");
    this.on(link, "click", () => this.show({ step: Number(li.id.slice("step-".length)), from: link }));
    (li.querySelector(".csm-note") || li).append(" ", link);
  }

  async show({ step = null, item = null, from = null }) {
    await this.open(from);
    if (!this.isOpen) return;
    this.figure.scrollIntoView({ block: "center", behavior: "instant" });
    if (step !== null) this.tools.play(true, step);
    if (item !== null) this.picked(item);
  }

  get isOpen() {
    return Boolean(this.scene) && !this.stage.hidden;
  }

  /** Over the still; `from` gets the focus back when it is closed. */
  async open(from = null) {
    this.back = from || this.button;
    this.opening ??= this.load().catch((error) => this.failed(error));
    await this.opening;
    if (!this.scene) return;
    const wasOpen = this.button.hidden;
    this.stage.hidden = false;
    this.button.hidden = true;
    this.scene.resize();
    this.paint();
    if (!wasOpen) this.tools.focus();
  }

  async load() {
    this.button.disabled = true;
    this.button.textContent = _("Loading the model …");
    const [{ load }, { start }, { Tools }, steps] = await Promise.all([
      import("./viewer_data.js"),
      import("./viewer_scene.js"),
      import("./viewer_tools.js"),
      import("./viewer_steps.js"),
    ]);
    this.model = await load(this.figure.dataset.model);
    this.steps = steps.stepsOfPage();
    const stepOf = steps.stepOfCopies(this.model.copies, this.steps);
    this.looks = () => steps.looks(this.model.copies, stepOf, this.at);
    this.stage = this.frame.content.firstElementChild.cloneNode(true);
    this.figure.append(this.stage);
    this.tools = new Tools(this, this.stage);
    const host = this.stage.querySelector(".csm-3d-view");
    this.scene = await start(host, this.model, isDark());
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
    this.scene = null;
    this.button.textContent = _("The model can't be shown here");
  }

  paint() {
    const looks = this.looks();
    this.scene.frame(looks);
    this.scene.paint(looks);
  }

  /** A click on a copy, or beside all (null). */
  tapped(copy) {
    if (this.tools.isOn("measure")) return;
    this.choose(copy === null ? null : this.model.copies[copy].item);
  }

  /** Picked in here: the whole page is told. What is picked already is let go. */
  choose(item) {
    this.picked(item === this.at.picked ? null : item);
    pick(this.at.picked, "viewer");
  }

  picked(item) {
    const isKnown = this.model?.items.some(({ name }) => name === item);
    this.at.picked = this.model && !isKnown ? null : item;
    if (!this.isOpen) return;
    this.tools.mark(this.at.picked);
    this.paint();
  }

  /** Show the model as it is after a step; what the step adds moves in. Null: everything. */
  step(number) {
    cancelAnimationFrame(this.moving);
    Object.assign(this.at, { step: number, coming: 0, picked: null });
    this.tools.mark(null);
    if (number === null || isCalm()) this.paint();
    else this.moved((share) => (this.at.coming = 1 - share));
  }

  explode(isOn) {
    const from = this.at.apart;
    const to = isOn ? 1 : 0;
    this.moved((share) => {
      this.at.apart = from + (to - from) * share;
      this.scene.fit(this.at.apart);
    });
  }

  /** Draws while `set` is called with 0 to 1, slower at the end; for those who want it calm, with 1 at once. */
  moved(set) {
    cancelAnimationFrame(this.moving);
    const began = performance.now() - (isCalm() ? MOVE_MS : 0);
    const draw = (now) => {
      const share = Math.min(Math.max(now - began, 0) / MOVE_MS, 1);
      set(1 - (1 - share) ** 3);
      this.paint();
      if (share < 1) this.moving = requestAnimationFrame(draw);
    };
    draw(isCalm() ? began + MOVE_MS : began);
  }

  get holdMs() {
    return MOVE_MS + HOLD_MS;
  }

  close() {
    if (!this.isOpen) return;
    this.tools.stop();
    cancelAnimationFrame(this.moving);
    if (document.fullscreenElement) document.exitFullscreen();
    this.figure.classList.remove("csm-3d-large");
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
