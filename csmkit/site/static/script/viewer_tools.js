// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The viewer's bar in plain words, its list of steps and parts, and the player of the steps.
import { named, pick } from "./pick.js";
import { _ } from "./texts.js";

const WIDE = 560; // pixels of stage from which the list stands beside the model
const TURNS = { ArrowLeft: [-15, 0], ArrowRight: [15, 0], ArrowUp: [0, 15], ArrowDown: [0, -15] }; // degrees
const NEARER = { "+": 1.25, "=": 1.25, "-": 0.8 };

export class Tools {
  constructor(viewer, stage) {
    this.viewer = viewer;
    this.stage = stage;
    this.list = stage.querySelector(".csm-3d-list");
    this.player = stage.querySelector(".csm-3d-player");
    this.listed();
    for (const button of stage.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do](button));
    }
    stage.querySelector(".csm-3d-explode input").addEventListener("input", ({ target }) => {
      viewer.at.apart = Number(target.value);
      viewer.paint();
    });
    for (const field of stage.querySelectorAll(".csm-3d-cut select, .csm-3d-cut input")) {
      field.addEventListener("input", () => this.cutAs());
    }
    stage.addEventListener("keydown", (event) => this.key(event));
    this.showList(viewer.figure.clientWidth >= WIDE);
  }

  button(name) {
    return this.stage.querySelector(`[data-do="${name}"]`);
  }

  focus() {
    this.button("parts").focus({ preventScroll: true });
  }

  key(event) {
    const isModel = event.target.classList.contains("csm-3d-view");
    if (event.key === "Escape") this.back();
    else if (isModel && TURNS[event.key]) this.viewer.scene.turn(...TURNS[event.key]);
    else if (isModel && NEARER[event.key]) this.viewer.scene.turn(0, 0, NEARER[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** One thing less: the large view, then the viewer. */
  back() {
    if (this.isLarge) this.large();
    else this.viewer.close();
  }

  /* The list: steps with what they add, then what no step adds. */

  listed() {
    const { model, steps } = this.viewer;
    const groups = steps
      .map(({ number, title, adds }) => ({ number, title, adds: adds.filter((a) => model.items.some((i) => i.name === a.item)) }))
      .filter(({ adds }) => adds.length);
    const added = new Set(groups.flatMap(({ adds }) => adds.map(({ item }) => item)));
    const rest = model.items.filter(({ name }) => !added.has(name)).map(({ name, poses }) => ({ item: name, count: poses.length }));
    if (rest.length) groups.push({ number: null, title: _("Everything else"), adds: rest });
    const tree = this.list.querySelector("ol");
    for (const group of groups) tree.append(this.branch(group));
  }

  branch({ number, title, adds }) {
    const branch = document.createElement("li");
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = number === null ? title : `${number}. ${title}`;
    const leaves = document.createElement("ul");
    for (const { item, count } of adds) leaves.append(this.leaf(item, count));
    details.append(summary, leaves);
    branch.append(details);
    return branch;
  }

  leaf(item, count) {
    const leaf = document.createElement("li");
    const shown = document.createElement("input");
    shown.type = "checkbox";
    shown.checked = true;
    shown.dataset.shows = item;
    shown.setAttribute("aria-label", _("Show %(item)s", { item: named(item) }));
    shown.addEventListener("change", () => this.hide(item, !shown.checked));
    const name = document.createElement("button");
    name.type = "button";
    name.dataset.picks = item;
    name.textContent = count > 1 ? `${count} × ${named(item)}` : named(item);
    name.setAttribute("aria-pressed", "false");
    name.addEventListener("click", () => this.viewer.choose(item));
    leaf.append(shown, name);
    return leaf;
  }

  hide(item, isHidden) {
    const { hidden } = this.viewer.at;
    if (isHidden) hidden.add(item);
    else hidden.delete(item);
    for (const box of this.list.querySelectorAll("[data-shows]")) if (box.dataset.shows === item) box.checked = !isHidden;
    this.viewer.paint();
  }

  /** Which item is picked: its rows here say so, and come into sight. */
  mark(item) {
    for (const name of this.list.querySelectorAll("[data-picks]")) {
      const isPicked = name.dataset.picks === item;
      name.setAttribute("aria-pressed", String(isPicked));
      if (isPicked && !this.list.hidden) {
        name.closest("details").open = true;
        name.scrollIntoView({ block: "nearest" });
      }
    }
  }

  parts() {
    this.showList(this.list.hidden);
  }

  showList(isShown) {
    this.list.hidden = !isShown;
    this.button("parts").setAttribute("aria-expanded", String(isShown));
    this.viewer.scene?.resize();
  }

  /* The steps. */

  steps() {
    this.play(this.player.hidden);
  }

  /** Open or close the player, at a step. */
  play(isOpen, number = this.viewer.steps[0]?.number ?? null) {
    this.stop();
    this.player.hidden = !isOpen;
    this.button("steps").setAttribute("aria-pressed", String(isOpen));
    this.go(isOpen ? number : null);
  }

  go(number) {
    const { steps } = this.viewer;
    const step = steps.find((s) => s.number === number);
    if (step) {
      this.player.querySelector(".csm-3d-player-count").textContent = _("Step %(n)s of %(all)s", { n: number, all: steps.length });
      this.player.querySelector(".csm-3d-player-title").textContent = step.title;
      this.button("previous").disabled = number === steps[0].number;
      this.button("next").disabled = number === steps.at(-1).number;
    }
    this.viewer.step(step ? number : null);
  }

  by(offset) {
    const { steps, at } = this.viewer;
    const next = steps[steps.findIndex((s) => s.number === at.step) + offset];
    if (next) this.go(next.number);
    return Boolean(next);
  }

  previous() {
    this.stop();
    this.by(-1);
  }

  next() {
    this.stop();
    this.by(1);
  }

  run() {
    if (this.timer) return this.stop();
    const { steps, at } = this.viewer;
    if (at.step === steps.at(-1).number) this.go(steps[0].number);
    this.button("run").setAttribute("aria-pressed", "true");
    this.timer = setInterval(() => this.by(1) || this.stop(), this.viewer.holdMs);
    return this.timer;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.button("run").setAttribute("aria-pressed", "false");
  }

  /* The other tools. */

  toggled(name, isOn) {
    this.button(name).setAttribute("aria-pressed", String(isOn));
    const fields = this.stage.querySelector(`.csm-3d-${name}`);
    if (fields) fields.hidden = !isOn;
    return isOn;
  }

  isOn(name) {
    return this.button(name).getAttribute("aria-pressed") === "true";
  }

  explode() {
    const isOn = this.toggled("explode", !this.isOn("explode"));
    this.stage.querySelector(".csm-3d-explode input").value = isOn ? 1 : 0;
    this.viewer.explode(isOn);
  }

  cut() {
    const isOn = this.toggled("cut", !this.isOn("cut"));
    if (isOn && this.isOn("measure")) this.measure();
    this.cutAs();
  }

  cutAs() {
    const axis = Number(this.stage.querySelector(".csm-3d-cut select").value);
    const share = Number(this.stage.querySelector(".csm-3d-cut input").value);
    this.viewer.scene.cut(this.isOn("cut") ? axis : null, share);
  }

  measure() {
    const isOn = this.toggled("measure", !this.isOn("measure"));
    if (isOn && this.isOn("cut")) this.cut();
    if (isOn) this.viewer.picked(null);
    this.viewer.scene.measure(isOn);
  }

  /** Everything as it was at the beginning. */
  whole() {
    for (const name of ["explode", "cut", "measure"]) if (this.isOn(name)) this[name]();
    if (!this.player.hidden) this.play(false);
    for (const item of [...this.viewer.at.hidden]) this.hide(item, false);
    this.viewer.picked(null);
    pick(null, "viewer");
    this.viewer.scene.whole();
  }

  get isLarge() {
    const { figure } = this.viewer;
    return document.fullscreenElement === figure || figure.classList.contains("csm-3d-large");
  }

  /** Over the whole screen; where a browser can't, over the whole page. */
  large() {
    const { figure } = this.viewer;
    const { isLarge } = this;
    if (!isLarge && figure.requestFullscreen) return figure.requestFullscreen().catch(() => figure.classList.add("csm-3d-large"));
    if (document.fullscreenElement) return document.exitFullscreen();
    return figure.classList.toggle("csm-3d-large", !isLarge);
  }

  close() {
    this.viewer.close();
  }
}
