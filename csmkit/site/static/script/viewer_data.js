// SPDX-FileCopyrightText: 2026 csmkit contributors
// SPDX-License-Identifier: Apache-2.0
// viewer.json.gz as three-cad-viewer wants it. csmkit/export/viewer.py writes it: whole numbers, each as its
// step from the one before.

const NORMAL = 60; // length of a normal
const ROOT = "/kit";

/**
 * Fetch and read a model: { items, tree, eye, center, size, copies }, mm.
 * A copy: { item, leaves of the tree, box (corners in the kit), home, apart (how far it goes, pulled apart), step
 * (that adds it, if the build has said so), comes (from how far off), isJig (no part of the finished thing) }.
 */
export async function load(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return model(JSON.parse(await unpacked(new Uint8Array(await answer.arrayBuffer()))));
}

/** Some servers have unpacked it already. */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function model(data) {
  const shapes = data.shapes.map((shape) => decoded(shape, data.grid));
  const boxes = shapes.map((shape) => boxOf(shape.vertices));
  const copies = [];
  const corners = [];
  for (const item of data.items) {
    item.poses.forEach((pose, n) => {
      const leaves = item.solids.map((solid, s) => leaf(copies.length, s, solid, pose, shapes[solid.shape]));
      const box = item.solids.flatMap((solid) => cornersOf(boxes[solid.shape], pose));
      const comes = item.comes?.[n] ?? item.apart[n];
      copies.push({ item: item.name, leaves, box, home: pose.slice(0, 3), apart: item.apart[n], step: item.steps?.[n], comes, isJig: item.jigs?.includes(n) ?? false });
      corners.push(...box);
    });
  }
  const low = [0, 1, 2].map((i) => corners.reduce((least, c) => Math.min(least, c[i]), Infinity));
  const high = [0, 1, 2].map((i) => corners.reduce((most, c) => Math.max(most, c[i]), -Infinity));
  const tree = {
    version: 3, id: ROOT, name: ROOT.slice(1), loc: [[0, 0, 0], [0, 0, 0, 1]], normal_len: 0,
    parts: copies.flatMap((copy) => copy.leaves),
    bb: { xmin: low[0], xmax: high[0], ymin: low[1], ymax: high[1], zmin: low[2], zmax: high[2] },
  };
  const center = low.map((l, i) => (l + high[i]) / 2);
  const size = low.map((l, i) => high[i] - l);
  return { items: data.items, tree, eye: data.eye, center, size, copies };
}

/** One solid of one copy; all of them stand side by side below the root. */
function leaf(copy, s, solid, pose, shape) {
  const name = `${copy}.${s}`;
  return {
    id: `${ROOT}/${name}`, name, type: "shapes", subtype: "solid", shape, state: [1, 1], color: solid.colour,
    alpha: 1, loc: [pose.slice(0, 3), pose.slice(3)], renderback: false, accuracy: null, bb: null, texture: null,
    metallic: solid.metallic, roughness: solid.roughness,
  };
}

function decoded(packed, grid) {
  const axes = packed.points.map(summed);
  const at = (list, scale) => {
    const made = new Float32Array(list.length * 3);
    list.forEach((p, i) => axes.forEach((axis, k) => (made[3 * i + k] = axis[p] * scale)));
    return made;
  };
  const normals = packed.normals.map(summed);
  const count = normals[0].length;
  const turned = new Float32Array(count * 3);
  for (let i = 0; i < count; i += 1) {
    const length = Math.hypot(normals[0][i], normals[1][i], normals[2][i]) || NORMAL;
    for (let k = 0; k < 3; k += 1) turned[3 * i + k] = normals[k][i] / length;
  }
  return {
    vertices: at(summed(packed.vertices), grid),
    normals: turned,
    triangles: Uint32Array.from(summed(packed.triangles)),
    triangles_per_face: Uint32Array.from(packed.faces),
    face_types: Uint32Array.from(packed.face_types),
    edges: at(segments(summed(packed.edges), packed.segments), grid),
    segments_per_edge: Uint32Array.from(packed.segments),
    edge_types: Uint32Array.from(packed.edge_types),
    obj_vertices: at(summed(packed.corners), grid),
  };
}

function summed(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** Ends of all segments: an edge's points are chained. */
function segments(points, counts) {
  const ends = [];
  let at = 0;
  for (const count of counts.filter(Boolean)) {
    for (let i = 0; i < count; i += 1) ends.push(points[at + i], points[at + i + 1]);
    at += count + 1;
  }
  return ends;
}

function boxOf(vertices) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  vertices.forEach((v, i) => {
    low[i % 3] = Math.min(low[i % 3], v);
    high[i % 3] = Math.max(high[i % 3], v);
  });
  return [low, high];
}

function cornersOf([low, high], pose) {
  const found = [];
  for (const x of [low[0], high[0]])
    for (const y of [low[1], high[1]]) for (const z of [low[2], high[2]]) found.push(placed([x, y, z], pose));
  return found;
}

/** A point of a copy's own frame in the kit's: turned by the quaternion, then shifted. */
function placed([x, y, z], [a, b, c, qx, qy, qz, qw]) {
  const [tx, ty, tz] = [2 * (qy * z - qz * y), 2 * (qz * x - qx * z), 2 * (qx * y - qy * x)];
  return [
    a + x + qw * tx + qy * tz - qz * ty,
    b + y + qw * ty + qz * tx - qx * tz,
    c + z + qw * tz + qx * ty - qy * tx,
  ];
}
