# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts in a drawing: which outline is a part, which a hole or pocket of it, by layers or by nesting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from shapely import STRtree

from csmkit.errors import CsmError
from csmkit.export.dxf.drawing import Drawing
from csmkit.export.dxf.features import features
from csmkit.export.dxf.shapes import CHORD, OVERLAP, Shape, misdrawn, sound_shapes
from csmkit.geometry.trim import canonical
from csmkit.model import Feature, FlatPattern, Pose, Region
from csmkit.model.outline import Point
from csmkit.model.workshop import LayerRule

Role = Literal["part", "hole", "pocket", "none"]


def find_parts(
    drawing: Drawing, name: str, thickness: float, rules: Sequence[LayerRule] = ()
) -> tuple[tuple[FlatPattern, ...], tuple[str, ...]]:
    """Flat patterns of the parts in a drawing, from left to right.

    An outline on a layer that says "outside" is a part; where no layer says so, the outermost outlines are.
    What lies within a part is a hole through it, unless its layer tells a depth. Layers that aren't cut don't
    count.

    Args:
        drawing: its outlines.
        name: of the file, for errors.
        thickness: real thickness of the sheet, mm.
        rules: of the workshop for layers that are named in another way.
    Returns: the patterns, without grain, and remarks on what was left out.
    Raises: CsmError: an outline is open or crosses itself or another, a hole lies in no part, or there is no
        part at all.
    """
    placed, remarks = placed_parts(drawing, name, thickness, rules)
    return tuple(pattern for pattern, _ in placed), remarks


def placed_parts(
    drawing: Drawing, name: str, thickness: float, rules: Sequence[LayerRule] = ()
) -> tuple[tuple[tuple[FlatPattern, Point], ...], tuple[str, ...]]:
    """As `find_parts`, with the place of each pattern's lower left corner in the drawing, mm."""
    shapes, remarks = sound_shapes(drawing, name, thickness, rules)
    roles = _roles(shapes, name)
    remarks += [
        f"an outline on layer {s.layer!r} is no part's and isn't cut"
        for s, role in zip(shapes, roles, strict=True)
        if role == "none"
    ]
    parts = [s for s, role in zip(shapes, roles, strict=True) if role == "part"]
    if not parts:
        seen = ", ".join(sorted(drawing.outlines)) or "none"
        raise CsmError(
            f"shows no closed outline of a part (layers with outlines: {seen})",
            kit=name,
            remedy="draw the part's outline as a closed polyline, seen from above",
        )
    tree = STRtree([s.area for s in parts])
    owned: dict[int, list[Shape]] = {i: [] for i in range(len(parts))}
    for shape, role in zip(shapes, roles, strict=True):
        if role in ("hole", "pocket"):
            near = [int(i) for i in tree.query(shape.area)]
            owned[_owner(shape, {i: parts[i] for i in sorted(near)}, name)].append(shape)
    patterns = [_pattern(part, owned[i], thickness, name) for i, part in enumerate(parts)]
    places = [tuple(round(v, 3) for v in part.outline.bounds) for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (places[i], i))
    return tuple((patterns[i], parts[i].outline.bounds[:2]) for i in order), tuple(remarks)


def _roles(shapes: Sequence[Shape], name: str) -> list[Role]:
    """What each outline is: rims by their layer, or by how many rims lie around them."""
    rims = [s for s in shapes if s.is_rim]
    _check_crossing(rims, name)
    is_told = any(s.spec is not None and s.spec.operation == "cut-outside" for s in rims)
    rims.sort(key=lambda s: -s.area.area)
    tree = STRtree([s.area for s in rims])
    known: dict[int, Role] = {}
    for place, rim in enumerate(rims):
        around = sorted((int(i) for i in tree.query(rim.area) if i < place), reverse=True)  # smallest first
        parent = next((rims[i] for i in around if rims[i].holds(rim)), None)
        inside = "none" if parent is None else known[id(parent)]
        if rim.is_free:
            known[id(rim)] = "hole" if inside == "part" else "none" if is_told else "part"
        else:
            assert rim.spec is not None
            known[id(rim)] = "part" if rim.spec.operation == "cut-outside" else "hole"
    return [known.get(id(s), "pocket") for s in shapes]


def _check_crossing(rims: Sequence[Shape], name: str) -> None:
    if not rims:
        return
    tree = STRtree([s.area for s in rims])
    for i, j in sorted((int(i), int(j)) for i, j in tree.query([s.area for s in rims], "intersects").T):
        one, other = rims[i], rims[j]
        if i >= j or one.holds(other) or other.holds(one):
            continue
        shared = one.area.intersection(other.area)
        if shared.area > OVERLAP + CHORD * min(one.outline.length, other.outline.length):
            x, y = shared.representative_point().coords[0]
            problem = f"two outlines overlap (layers {one.layer} and {other.layer})"
            remedy = "draw parts side by side, holes within them, and what isn't cut on a layer NOTES"
            raise misdrawn(problem, name, "", (x, y), remedy)


def _owner(shape: Shape, parts: Mapping[int, Shape], name: str) -> int:
    """The part that a hole or pocket is cut in: the smallest that has most of it."""
    size = shape.area.area
    sizes = [
        (part.area.area, i)
        for i, part in parts.items()
        if part.area.area >= size and part.area.intersection(shape.area).area > size / 2
    ]
    if sizes:
        return min(sizes)[1]
    x, y = shape.area.centroid.coords[0]
    remedy = "draw the part's outline around it on a layer CUT-OUTSIDE-<thickness>MM"
    raise misdrawn("an outline lies in no part", name, shape.layer, (x, y), remedy)


def _pattern(part: Shape, cuts: Sequence[Shape], thickness: float, name: str) -> FlatPattern:
    drawn = part.spec.depth if part.spec and part.spec.depth else thickness
    x, y = part.outline.bounds[:2]
    found = [_moved(f, -x, -y) for f in features(cuts, thickness, drawn)]
    pattern = FlatPattern(
        canonical(part.outline.moved(-x, -y)), tuple(sorted(found, key=_order)), thickness, None, Pose()
    )
    if pattern.volume <= 0:
        raise CsmError(
            "its holes and pockets take all of the part", kit=name, remedy="look for outlines drawn twice"
        )
    return pattern


def _moved(feature: Feature, x: float, y: float) -> Feature:
    islands = sorted((canonical(i.moved(x, y)) for i in feature.region.islands), key=lambda o: o.vertices)
    region = Region(canonical(feature.region.outline.moved(x, y)), tuple(islands))
    return Feature(feature.kind, feature.side, feature.depth, region, feature.through)


def _order(feature: Feature) -> tuple[object, ...]:
    """From the top first, shallow before deep, through last: as in flat patterns of solids."""
    return (feature.side == "bottom", feature.kind, feature.depth, feature.region.outline.vertices)
