// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// "View in your room": on phones with Android and AR, a link that Google's Scene Viewer opens. Before the tap
// nothing is loaded from anybody else. Its app fetches the model from this site, so the site must be public.

/** Shows the link of a figure where the phone can do it. */
export async function offer(figure) {
  const link = figure.querySelector(".csm-3d-room");
  const { room } = figure.dataset;
  if (!link || !room || location.protocol !== "https:") return;
  const hasAR = await navigator.xr?.isSessionSupported("immersive-ar").catch(() => false);
  if (!hasAR) return;
  link.href = address(new URL(room, location.href), document.title, location.href);
  link.hidden = false;
}

/**
 * What opens Scene Viewer with a model at its true size; a phone without it stays on the page.
 * Source: Google, "Use Scene Viewer to display interactive 3D models in AR from an Android app or browser".
 */
export function address(model, title, page) {
  const asked = new URLSearchParams({ file: model.href, mode: "ar_preferred", resizable: "false", title });
  return (
    `intent://arvr.google.com/scene-viewer/1.0?${asked}#Intent;scheme=https;` +
    "package=com.google.android.googlequicksearchbox;action=android.intent.action.VIEW;" +
    `S.browser_fallback_url=${encodeURIComponent(page)};end;`
  );
}
