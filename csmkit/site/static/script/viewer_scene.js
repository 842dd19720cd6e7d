// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// The model in three-cad-viewer, without its own bars and tree: what is shown, faded, coloured, moved and cut.

import { _, decimals } from "./texts.js";

const VENDOR = new URL("../viewer/", import.meta.url);
const LIGHT = { ambientIntensity: 0.75, directIntensity: 0.75 };
const LENS = 22; // degrees of height, as three-cad-viewer's camera has it
const MARGIN = 1.06;
const FADED = 0.1;
const ADDED = "#d9730d"; // what a step adds, and what is picked
const CUTS = [[-1, 0, 0], [0, 1, 0], [0, 0, -1]]; // what is kept lies on this side of a cut across x, y, z
const STEEPEST = 1.5; // radians: beyond it the camera would turn over
const OTHER = 0.15; // of the picture's aspect, as a logarithm: so much changes when a list opens or the view grows
const STILL = 6; // pixels that a finger moves while it taps

/** Starts the viewer in an element; resolves to a Scene. */
export async function start(host, model, isDark) {
  const viewer = await import(new URL("three-cad-viewer.esm.min.js", VENDOR));
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  root.replaceChildren();
  await styled(root);
  const box = document.createElement("div");
  root.append(box);
  return new Scene(viewer, box, host, model, isDark);
}

/** Its style sheet stays in here: it would change the page's own fields and buttons. */
function styled(root) {
  const own = document.createElement("style");
  own.textContent = `
    :host { display: block; position: relative; }
    .tcv_cad_viewer, .tcv_cad_body, .tcv_cad_view { position: static !important; margin: 0 !important; padding: 0 !important; border: 0 !important; background: none !important; box-shadow: none !important; }
    .tcv_cad_toolbar, .tcv_cad_navigation, .tcv_cad_help, .tcv_tick_size, .tcv_status_line, .tcv_cad_animation { display: none !important; }
    .tcv_distance_measurement_panel { max-width: calc(100% - 8px); font-size: 12px; }
    .tcv_measure_header, .tcv_distance_measurement_panel tr:nth-child(n+3) { display: none !important; }
    canvas { display: block; outline: 0; touch-action: none; }`;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("three-cad-viewer.css", VENDOR);
  const loaded = new Promise((done) => {
    sheet.addEventListener("load", done, { once: true });
    sheet.addEventListener("error", done, { once: true });
  });
  root.append(sheet, own);
  return loaded;
}

class Scene {
  constructor({ Display, Viewer }, box, host, model, isDark) {
    this.model = model;
    this.host = host;
    this.isMeasuring = false;
    this.jigs = []; // those that are shown
    this.shown = new Map(); // what each copy looked like when it was drawn last
    const keys = ["axes", "axes0", "grid", "gridxy", "perspective", "transparent", "blackedges", "zscale", "reset",
      "resize", "iso", "front", "rear", "top", "bottom", "left", "right", "explode", "distance", "properties",
      "select", "help", "play", "stop", "tree", "clip", "material", "zebra", "studio"];
    const options = {
      cadWidth: host.clientWidth, height: host.clientHeight, treeWidth: 0, treeHeight: 0, glass: true, tools: false,
      pinning: false, theme: isDark ? "dark" : "light", measureTools: true, selectTool: false, explodeTool: false,
      zscaleTool: false, zebraTool: false, studioTool: false, keymap: Object.fromEntries(keys.map((k) => [k, undefined])),
    };
    const { center } = model;
    this.display = new Display(box, options);
    this.viewer = new Viewer(this.display, { ...options, up: "Z" }, () => {});
    this.viewer.render(
      model.tree,
      { ...LIGHT, metalness: 0.15, roughness: 0.7, edgeColor: 0x5b5148, defaultOpacity: 0.5, normalLen: 0 },
      { up: "Z", control: "orbit", ortho: false, position: center.map((c, i) => c + 10 * model.eye[i]), target: center, clipObjectColors: true },
    );
    this.viewer.setPickHandler(false);
    this.viewer.pickingController.hoverPreselectActive = () => this.isMeasuring; // else the mouse colours what it passes
    this.groups = model.copies.map((copy) => copy.leaves.map((leaf) => this.viewer.nestedGroup.groups[leaf.id]));
    Object.assign(this.viewer.cadTools.distanceMeasurement, { measurementLineColor: ADDED, connectingLineColor: 0x8d8d8d });
    this.tellMeasures(box.querySelector(".tcv_distance_measurement_panel"));
    this.finish();
    this.whole();
  }

  /** The panel in the words of the page, to a tenth of a mm: arcs are chords in here. */
  tellMeasures(panel) {
    const words = { distance: _("distance, mm"), "(min)": _("(nearest)"), "(center)": _("(between centres)") };
    const told = new MutationObserver(() => {
      for (const cell of panel.querySelectorAll("th, td")) {
        const said = cell.textContent;
        const text = /^\d+\.\d+$/.test(said) ? decimals(Number(said).toFixed(1)) : (words[said] ?? said);
        if (text !== said) cell.textContent = text;
      }
    });
    told.observe(panel, { childList: true, subtree: true });
  }

  get canvas() {
    return this.viewer.renderer.domElement;
  }

  /** Metals are a little smoother than woods; without a room to mirror, more would be black. */
  finish() {
    this.model.copies.forEach((copy, c) =>
      copy.leaves.forEach((leaf, l) => {
        this.groups[c][l].setMetalness(0.35 * leaf.metallic);
        this.groups[c][l].setRoughness(leaf.roughness);
      }),
    );
  }

  /** The camera of the still: everything in the picture, seen from the same side. */
  whole() {
    this.fit(0, this.model.eye);
  }

  /** Everything in the picture, pulled apart by a share; from where one looks, or from another direction. */
  fit(apart, towardsEye = null) {
    const { center } = this.model;
    this.apart = apart;
    this.aspect = this.host.clientWidth / this.host.clientHeight;
    const now = this.viewer.getCameraPosition().map((c, i) => c - this.viewer.getCameraTarget()[i]);
    const axes = axesOf(towardsEye || now);
    const shown = [...this.model.copies.filter((copy) => !copy.isJig), ...this.jigs];
    const points = shown.flatMap((copy) => copy.box.map((c) => c.map((v, i) => v + apart * copy.apart[i])));
    const seen = points.map((point) => axes.map((axis) => dot(point, axis)));
    const tall = Math.tan((LENS / 2) * (Math.PI / 180)) / MARGIN;
    const wide = tall * this.aspect;
    const [x, xAway] = between(seen, 0, wide);
    const [y, yAway] = between(seen, 1, tall);
    const at = (away) => [0, 1, 2].map((i) => x * axes[0][i] + y * axes[1][i] + away * axes[2][i]);
    this.viewer.setCameraLocationSettings(at(Math.max(xAway, yAway)), null, at(dot(center, axes[2])), null);
  }

  /** Turn the camera, degrees to the left and up, and come nearer by a factor. */
  turn(left, up, nearer = 1) {
    const target = this.viewer.getCameraTarget();
    const [x, y, z] = this.viewer.getCameraPosition().map((c, i) => c - target[i]);
    const away = Math.hypot(x, y, z) / nearer;
    const around = Math.atan2(y, x) - (left * Math.PI) / 180;
    const high = Math.min(Math.max(Math.asin(z / Math.hypot(x, y, z)) + (up * Math.PI) / 180, -STEEPEST), STEEPEST);
    const flat = away * Math.cos(high);
    const back = [flat * Math.cos(around), flat * Math.sin(around), away * Math.sin(high)];
    this.viewer.setCameraLocationSettings(target.map((t, i) => t + back[i]), null, target, null);
  }

  /** To the size of its element; where its shape is quite another, everything is brought into the picture. */
  resize() {
    const { clientWidth, clientHeight } = this.host;
    if (!clientWidth || !clientHeight) return;
    this.viewer.resizeCadView(clientWidth, 0, clientHeight, true);
    const aspect = clientWidth / clientHeight;
    if (Math.abs(Math.log(aspect / this.aspect)) > OTHER) this.fit(this.apart);
  }

  theme(isDark) {
    this.display.setTheme(isDark ? "dark" : "light");
  }

  /** Jigs lie beside the thing: they are brought into the picture when they are shown. */
  frame(looks) {
    const jigs = this.model.copies.filter((copy, c) => copy.isJig && looks[c].visible);
    if (jigs.length === this.jigs.length && jigs.every((copy, n) => copy === this.jigs[n])) return;
    this.jigs = jigs;
    this.fit(this.apart);
  }

  /** Show each copy as `looks[n]` says: { visible, faded, added, apart, coming: 0 to 1 of these ways }. */
  paint(looks) {
    this.model.copies.forEach((copy, c) => {
      const look = looks[c];
      const before = this.shown.get(c) || {};
      this.groups[c].forEach((group, l) => {
        if (look.apart !== before.apart || look.coming !== before.coming)
          group.position.set(...copy.home.map((h, i) => h + look.apart * copy.apart[i] + look.coming * copy.comes[i]));
        if (look.visible !== before.visible) this.see(group, look.visible);
        if (look.faded !== before.faded) this.fade(group, look.faded);
        if (look.added !== before.added) this.colour(group, look.added ? ADDED : copy.leaves[l].color);
      });
      this.shown.set(c, look);
    });
    if (this.viewer.renderer.localClippingEnabled) this.viewer.nestedGroup.setBackVisible(true);
    this.viewer.idPicker.setDirty();
    this.viewer.update(true, false);
  }

  see(group, isVisible) {
    group.setShapeVisible(isVisible);
    group.setEdgesVisible(isVisible);
  }

  fade(group, isFaded) {
    group.opacity = FADED;
    group.setTransparent(isFaded);
    if (!group.edgeMaterial) return;
    group.edgeMaterial.opacity = isFaded ? 0.15 : 1;
    group.edgeMaterial.needsUpdate = true;
  }

  colour(group, colour) {
    for (const mesh of [group.front, group.back]) mesh?.material.color.set(colour);
    group.originalColor?.set(colour);
  }

  /** Cut away what is nearer: `axis` 0 from the right, 1 from the front, 2 from above; `share` 0 to 1; null: not. */
  cut(axis, share) {
    const isCut = axis !== null;
    const half = this.model.size.map((side) => side / 2);
    this.viewer._suppressUpdate = true; // each of these would draw the whole
    try {
      if (isCut !== (this.viewer.state.get("activeTab") === "clip")) this.viewer.setActiveTab(isCut ? "clip" : "tree");
      if (isCut && axis !== this.axis)
        CUTS.forEach((normal, i) => this.viewer.setClipNormal(i, normal, i === axis ? half[i] : 4 * Math.max(...half)));
      if (isCut) this.viewer.setClipSlider(axis, half[axis] * (1 - 2 * share));
    } finally {
      this.viewer._suppressUpdate = false;
    }
    this.axis = axis;
    this.viewer.idPicker.setDirty();
    this.viewer.update(true, false);
  }

  measure(isOn) {
    this.isMeasuring = isOn;
    if (isOn !== (this.viewer.state.get("activeTool") === "distance")) this.display.setTool("distance", isOn);
    this.viewer.update(true, false);
  }

  /** Calls `heard(copy or null, event)` when a copy is clicked or tapped, not when the model is turned. */
  onTap(heard) {
    let from = null;
    this.canvas.addEventListener("pointerdown", (event) => {
      from = event.isPrimary ? [event.clientX, event.clientY] : null;
      // A finger hovers nowhere: tell where it is, for measuring.
      Object.assign(this.viewer.pickingController, { idHoverClientX: event.clientX, idHoverClientY: event.clientY, idHoverInside: true });
    });
    this.canvas.addEventListener("pointerup", (event) => {
      if (!from || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > STILL) return;
      const frame = this.canvas.getBoundingClientRect();
      heard(this.copyAt(event.clientX - frame.left, event.clientY - frame.top));
    });
  }

  /** Number of the copy that is seen at a place of the canvas, or null. */
  copyAt(x, y) {
    const found = this.viewer.idPicker.pickAt(x, y);
    if (!found) return null;
    const id = found.info.solidPath ?? found.info.path;
    const copy = Number.parseInt(id.split("/")[2], 10);
    return this.shown.get(copy)?.visible === false ? null : copy;
  }

  close() {
    this.viewer.dispose();
    this.display.dispose();
  }
}

function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Right, up and back of a picture that is seen from a direction. */
function axesOf(towardsEye) {
  const length = Math.hypot(...towardsEye);
  const back = towardsEye.map((c) => c / length);
  const flat = Math.hypot(back[0], back[1]) || 1;
  const right = [-back[1] / flat, back[0] / flat, 0];
  return [right, [-back[2] * right[1], back[2] * right[0], back[0] * right[1] - back[1] * right[0]], back];
}

/** Place across and distance of the nearest eye that has all points between its two side planes. */
function between(points, axis, slope) {
  let [high, low] = [-Infinity, -Infinity];
  for (const point of points) {
    high = Math.max(high, point[axis] + slope * point[2]);
    low = Math.max(low, slope * point[2] - point[axis]);
  }
  return [(high - low) / 2, (high + low) / (2 * slope)];
}
