// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// Plays a program over its sheet: time, speed, what is cut by which cutter.

import { calledOf } from "./sheets_parts.js";
import { decimals } from "./texts.js";
import { decode, placeAt, rowAt, workAt } from "./toolpath.js";
import { painter } from "./toolpath_paint.js";

const SAY_MS = 100; // texts change no more often than that
const STEP_MS = 1000; // from cut to cut for those who want no motion
const PLAYERS = new WeakMap();

/** Open the player of a button's program below the sheet; another program of the sheet takes its place. */
export async function play(stage, button) {
  PLAYERS.get(stage)?.close();
  const box = document.getElementById("csm-cut-player").content.cloneNode(true).firstElementChild;
  box.classList.add("csm-waits");
  stage.after(box);
  button.setAttribute("aria-expanded", "true");
  let player = null;
  const close = () => {
    player?.end();
    box.remove();
    button.removeAttribute("aria-expanded");
    PLAYERS.delete(stage);
  };
  PLAYERS.set(stage, { close });
  box.querySelector("[data-act=close]").addEventListener("click", () => {
    close();
    button.focus();
  });
  const answer = await fetch(button.dataset.moves);
  if (!answer.ok) {
    close();
    throw new Error(`${button.dataset.moves}: ${answer.status}`);
  }
  const program = decode(await answer.json());
  if (!box.isConnected) return; // closed meanwhile
  const { x = "0", y = "0", turned } = button.dataset;
  player = run(stage, box, painter(stage, program, { x: +x, y: +y, turned: turned !== undefined }), program);
  box.classList.remove("csm-waits");
  player.toggle();
  box.querySelector("[data-act=play]").focus({ preventScroll: true });
}

function run(stage, box, paint, program) {
  const slider = box.querySelector("input");
  const speed = box.querySelector("select");
  const button = box.querySelector("[data-act=play]");
  const labels = [button.getAttribute("aria-label"), button.dataset.pause];
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)");
  const tell = teller(box, program);
  let time = 0;
  let isPlaying = false;
  let last = 0;
  let said = 0;

  const show = (to, isFinal = true) => {
    time = Math.min(Math.max(to, 0), program.seconds);
    paint.draw(time);
    if (!isFinal && performance.now() - said < SAY_MS) return;
    said = performance.now();
    slider.value = String(Math.round(time));
    tell(time);
  };
  const frame = (stamp) => {
    if (!isPlaying || !box.isConnected) return;
    if (isStill.matches) {
      if (stamp - last >= STEP_MS) {
        last = stamp;
        show(cutFrom(program, time, 1));
      }
    } else {
      show(time + (Math.min(stamp - last, 250) / 1000) * Number(speed.value), false);
      last = stamp;
    }
    if (time >= program.seconds) toggle();
    else requestAnimationFrame(frame);
  };
  const toggle = () => {
    isPlaying = !isPlaying;
    box.classList.toggle("csm-cut-playing", isPlaying);
    button.setAttribute("aria-label", labels[Number(isPlaying)]);
    if (!isPlaying) return show(time);
    if (time >= program.seconds) show(0);
    last = performance.now();
    requestAnimationFrame(frame);
  };
  slider.max = String(Math.ceil(program.seconds));
  slider.addEventListener("input", () => show(Number(slider.value)));
  button.addEventListener("click", toggle);
  box.querySelector("[data-act=back]").addEventListener("click", () => show(cutFrom(program, time, -1)));
  box.querySelector("[data-act=next]").addEventListener("click", () => show(cutFrom(program, time, 1)));
  show(0);
  return {
    toggle,
    end() {
      isPlaying = false;
      paint.end();
    },
  };
}

/** When the next cut begins, or the one before; the end after the last. */
function cutFrom(program, time, step) {
  const { index } = workAt(program, rowAt(program, time).row);
  const begin = (work) => program.begin[program.works[work].row];
  if (step > 0) return index + 1 < program.works.length ? begin(index + 1) : program.seconds;
  return time - begin(index) > 2 ? begin(index) : begin(Math.max(index - 1, 0));
}

/** Writes what happens at a time. */
function teller(box, program) {
  const says = Object.fromEntries([...box.querySelectorAll("[data-says]")].map((spot) => [spot.dataset.says, spot]));
  const slider = box.querySelector("input");
  const total = clock(program.seconds);
  const titles = JSON.parse(says.tool.dataset.titles ?? "{}"); // where the page is in another language
  says.total.textContent = total;
  says.thickness.textContent = `${short(program.thickness)} mm`;
  return (time) => {
    const at = rowAt(program, time);
    const { cutter, kind, part } = workAt(program, at.row);
    const { x, y, z } = placeAt(program, at);
    const { dataset } = says.work;
    const work = at.stands ? dataset.stands : program.kind[at.row] === "R" ? dataset.rapid : (dataset[kind] ?? "");
    says.elapsed.textContent = clock(time);
    says.place.textContent = `X ${tenth(x)}  Y ${tenth(y)}  Z ${tenth(z)}`;
    says.work.textContent = work;
    says.part.textContent = part ? called(part.slice(part.indexOf("/") + 1)) : "";
    says.tool.textContent = `${titles[cutter.key] ?? cutter.title} (⌀ ${short(cutter.diameter)} mm)`;
    slider.setAttribute("aria-valuetext", `${clock(time)} / ${total}, ${work} ${says.part.textContent}`);
  };
}

/** What the page calls a copy of a part: "side 1". */
function called(copy) {
  const [, item, number] = /^(.*?)( \d+)?$/.exec(copy);
  return calledOf(item) + (number ?? "");
}

function clock(seconds) {
  const whole = Math.floor(seconds + 1e-6);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function tenth(value) {
  return decimals(value.toFixed(1)).replace("-", "\u2212");
}

function short(value) {
  return decimals(String(Math.round(value * 1000) / 1000));
}
