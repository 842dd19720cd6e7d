# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""How surfaces take the light, as GLSL: wood with its grain, the layers of plywood, metals, plastics.

Every pattern is a function of the place within the part, so that the grain runs as it does in the workshop:
grain.x mm along it, grain.y mm across, grain.z mm through the thickness, grain.w the thickness itself.
"""

from __future__ import annotations

PATTERNS = ("", "wood", "ply", "film", "board", "stone")  # the shader's numbers for them are their places

VERTEX_NAMES = """
in vec4 grain;
out vec4 grainVSOutput;
out vec3 placeVSOutput;
out vec3 outwardVSOutput;
"""

VERTEX_VALUES = """
grainVSOutput = grain;
placeVSOutput = vertexMC.xyz;
outwardVSOutput = normalMC;
"""

FRAGMENT_NAMES = """
in vec4 grainVSOutput;
in vec3 placeVSOutput;
in vec3 outwardVSOutput;

float chance(ivec2 cell) {  // 0 to 1, by integers: the same on every driver
  uint h = uint(cell.x) * 374761393u + uint(cell.y) * 668265263u;
  h = (h ^ (h >> 13u)) * 1274126177u;
  return float((h ^ (h >> 16u)) & 65535u) / 65535.0;
}

float noise(vec2 p) {  // smooth, -1 to 1
  vec2 whole = floor(p), part = p - whole;
  ivec2 cell = ivec2(whole);
  vec2 s = part * part * (3.0 - 2.0 * part);
  float low = mix(chance(cell), chance(cell + ivec2(1, 0)), s.x);
  float high = mix(chance(cell + ivec2(0, 1)), chance(cell + ivec2(1, 1)), s.x);
  return mix(low, high, s.y) * 2.0 - 1.0;
}

float streaks(vec2 p, float w) {  // long and narrow, w mm wide
  float fine = noise(vec2(p.x / (14.0 * w), p.y / (0.45 * w)) + 71.0);
  return 0.6 * noise(vec2(p.x / (30.0 * w), p.y / w)) + 0.4 * fine;
}

float rings(vec3 p, float w) {  // yearly, w mm apart, about a pith beside the board, wavy along the grain
  vec2 pith = vec2(-4.0 * w, 5.0 * w);
  float wave = 1.1 * noise(vec2(p.x / (38.0 * w), p.y / (9.0 * w)));
  wave += 0.35 * noise(vec2(p.x / (9.0 * w), 3.7));
  float r = length(p.yz - pith) / w + wave;
  float s = r - floor(r);
  return smoothstep(0.0, 0.75, s) - smoothstep(0.82, 1.0, s);  // slow to dark, quick to light
}

vec3 looks(vec3 base, vec4 g) {  // colour of a place, linear
  if (pattern == 1) {
    float fine = 0.5 + 0.5 * streaks(g.xy + g.zz, max(1.2, 2.5 * pixelSize));
    float dark = 0.65 * rings(g.xyz, max(5.0, 5.0 * pixelSize)) + 0.35 * fine;
    return base * mix(vec3(1.12), vec3(0.80, 0.70, 0.60), dark);
  }
  if (pattern == 2 || pattern == 3) {
    vec3 change = fwidth(g.xyz);
    bool onFace = change.z < 0.02 * (change.x + change.y);
    if (onFace && pattern == 3) return base * (1.0 + 0.05 * noise(g.xy / max(2.0, 2.0 * pixelSize)));
    if (onFace) {
      float w = max(7.0, 7.0 * pixelSize);
      float wave = 0.8 * noise(vec2(g.x / (22.0 * w), g.y / (5.0 * w)));
      float figure = 0.5 + 0.5 * sin(6.2832 * (g.y / (2.2 * w) + 1.6 * wave));
      float fine = 0.5 + 0.5 * streaks(g.xy, max(2.0, 2.5 * pixelSize));
      return base * mix(vec3(1.10, 1.09, 1.08), vec3(0.84, 0.76, 0.66), 0.45 * figure * figure + 0.55 * fine);
    }
    vec3 wood = pattern == 3 ? vec3(0.76, 0.56, 0.32) : base;
    float plies = 2.0 * floor(0.5 * g.w / max(1.4, 2.4 * pixelSize)) + 1.0;
    float layer = floor(g.z / g.w * plies);
    float dark = mod(layer, 2.0) > 0.5 ? 0.62 : 0.98;
    return wood * dark * (1.0 + 0.10 * noise(vec2((g.x + g.y) / max(2.0, 2.0 * pixelSize), layer)));
  }
  if (pattern == 4) return base * (1.0 + 0.10 * noise(g.xy / max(1.0, 1.6 * pixelSize) + g.z));
  if (pattern == 5) return base * (1.0 + 0.05 * noise(g.xy / max(3.0, 3.0 * pixelSize) + g.z));
  return base;
}

vec3 around(vec3 d, float rough) {  // a bright studio: what a metal mirrors from a direction
  float sky = smoothstep(-0.55 - rough, 0.75 + rough, d.z);
  float lamp = smoothstep(0.72 - 0.4 * rough, 0.98, dot(d, normalize(vec3(-0.45, -0.65, 0.75))));
  float window = smoothstep(0.80 - 0.4 * rough, 1.0, dot(d, normalize(vec3(0.95, 0.05, 0.35))));
  vec3 room = mix(vec3(0.24, 0.23, 0.22), vec3(0.90, 0.94, 0.98), sky);
  return room + (1.1 * lamp + 0.5 * window) * (1.0 - 0.6 * rough);
}
"""

FRAGMENT_VALUES = """
vec3 n = normalize(outwardVSOutput);
vec3 v = normalize(eyeAt - placeVSOutput);
if (dot(n, v) < 0.0) n = -n;
vec3 base = looks(colour, grainVSOutput);
vec3 lamp = normalize(vec3(-0.45, -0.75, 1.0));
vec3 ambient = mix(vec3(0.30, 0.28, 0.26), vec3(0.56, 0.58, 0.61), 0.5 + 0.5 * n.z);
float lit = max(dot(n, lamp), 0.0);
float fill = max(dot(n, normalize(vec3(0.9, -0.2, 0.35))), 0.0);
vec3 dull = base * (ambient + 0.62 * lit + 0.16 * fill);
float away = pow(1.0 - max(dot(n, v), 0.0), 5.0);
vec3 mirrored = around(reflect(-v, n), roughness);
vec3 metal = base * (0.62 * mirrored * (0.75 + 0.25 * lit) + 0.55 * (ambient + 0.6 * lit)) + away * 0.2;
float shine = pow(max(dot(n, normalize(lamp + v)), 0.0), mix(90.0, 8.0, roughness));
vec3 coated = dull + (1.0 - roughness) * (0.30 * shine + 0.25 * away * mirrored);
vec3 light = mix(coated, metal, metallic);
light = light / (1.0 + 0.12 * light);
vec3 bright = 1.055 * pow(max(light, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055;  // sRGB, IEC 61966-2-1
light = mix(12.92 * light, bright, step(0.0031308, light));
gl_FragData[0] = vec4(clamp(light, 0.0, 1.0), 1.0);
"""
