// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// A sheet over the whole window: the same drawing, moved into a dialog, where it can be made larger and be pushed
// about. Closed, it goes back to its place.

const MOST = 8;
const STEP = 1.5;
const UPRIGHT = 1.5; // how much higher the window is than the whole drawing
const BEGIN = 2.5; // at most, so that one sees where in the drawing one is
const STILL = 4; // pixels that a hand moves while it clicks

/** Show a sheet's box large; `opener` gets the focus back. */
export function showLarge(box, opener) {
  const shown = document.getElementById("csm-sheet-large").content.cloneNode(true);
  const dialog = shown.querySelector("dialog");
  const view = dialog.querySelector(".csm-sheet-large-view");
  const place = document.createElement("div");
  place.style.height = `${box.offsetHeight}px`;
  box.replaceWith(place);
  document.body.append(dialog);
  const stage = box.querySelector(".csm-sheet-stage");
  view.append(box);
  const zoom = zoomOf(view, stage);

  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom.by(STEP ** Number(button.dataset.zoom));
    else if (event.target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") zoom.by(STEP);
    if (event.key === "-") zoom.by(1 / STEP);
  });
  dialog.addEventListener("close", () => {
    zoom.end();
    place.replaceWith(box);
    dialog.remove();
    opener.focus();
  });
  dialog.showModal();
  zoom.begin();
}

/** How large the drawing is in its view: 1 shows it whole. */
function zoomOf(view, stage) {
  let zoom = 1;
  const { width, height } = stage.querySelector("svg").viewBox.baseVal;
  const player = () => view.querySelector(".csm-cut-player")?.offsetHeight ?? 0;
  const whole = () => Math.min(view.clientWidth, (Math.max(view.clientHeight - player() - 8, 100) * width) / height);
  const set = (value, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const next = Math.min(Math.max(value, 1), MOST);
    const before = stage.getBoundingClientRect();
    const at = view.getBoundingClientRect();
    const [u, v] = [(at.left + x - before.left) / before.width, (at.top + y - before.top) / before.height];
    zoom = next;
    stage.style.width = `${whole() * zoom}px`;
    const after = stage.getBoundingClientRect();
    view.scrollBy(after.left + u * after.width - at.left - x, after.top + v * after.height - at.top - y);
  };
  const wheel = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = view.getBoundingClientRect();
    set(zoom * 2 ** (-event.deltaY / 300), event.clientX - at.left, event.clientY - at.top);
  };
  let pinch = null;
  const touched = (event) => {
    if (event.touches.length !== 2) {
      pinch = null;
      return;
    }
    event.preventDefault();
    const [a, b] = event.touches;
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const at = view.getBoundingClientRect();
    if (pinch) set((pinch.zoom * apart) / pinch.apart, (a.clientX + b.clientX) / 2 - at.left, (a.clientY + b.clientY) / 2 - at.top);
    else pinch = { apart, zoom };
  };
  const sized = () => set(zoom);
  view.addEventListener("wheel", wheel, { passive: false });
  view.addEventListener("touchstart", touched, { passive: false });
  view.addEventListener("touchmove", touched, { passive: false });
  view.addEventListener("touchend", touched);
  const drag = dragOf(view);
  window.addEventListener("resize", sized);
  return {
    by: (factor) => set(zoom * factor),
    /** Whole, or as high as the window where that shows it much larger: on a phone that is held upright. */
    begin() {
      const high = (whole() * height) / width;
      const fill = (view.clientHeight - player() - 8) / high;
      set(fill < UPRIGHT ? 1 : Math.min(fill, BEGIN));
      view.scrollTo(0, 0);
    },
    end() {
      window.removeEventListener("resize", sized);
      drag.end();
      stage.style.width = "";
    },
  };
}

/** With a mouse the drawing is pushed about; fingers do that by themselves. */
function dragOf(view) {
  let from = null;
  let isDragged = false;
  const down = (event) => {
    isDragged = false;
    if (event.pointerType === "mouse" && event.button === 0 && event.target.closest(".csm-sheet-stage")) {
      from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    }
  };
  const move = (event) => {
    if (!from) return;
    const [x, y] = [from.x - event.clientX, from.y - event.clientY];
    isDragged ||= Math.hypot(x - view.scrollLeft, y - view.scrollTop) > STILL;
    if (isDragged) view.scrollTo(x, y);
  };
  const up = () => {
    from = null;
  };
  const click = (event) => {
    if (isDragged) event.stopPropagation(); // who pushes the drawing picks no part
  };
  view.addEventListener("pointerdown", down);
  view.addEventListener("click", click, { capture: true });
  view.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  return { end: () => window.removeEventListener("pointerup", up) };
}
