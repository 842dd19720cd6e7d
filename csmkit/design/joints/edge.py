# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A joint's own frame laid onto the edge of a part.

Every edge joint is described along the x axis: the part lies below it (y < 0), the edge runs from (0, 0) to
(length, 0), y points away from the part. On a part, the edge is named by the points P and Q where x = 0 and
x = length: **the part lies on the right of the way from P to Q**. The top edge of a board runs from left to
right, its bottom edge from right to left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from csmkit.errors import CsmError
from csmkit.model import Outline, Point, Vertex

_NEAR = 1e-6  # mm


def on_edge(outline: Outline, p: Point, q: Point) -> Outline:
    """An outline of the joint's frame, laid onto the edge from P to Q.

    Args:
        outline: of the joint: a slot, a hole.
        p, q: where x = 0 and x = length come to lie on the part, mm.
    Example:
        side = prism(Outline.rectangle(0, 0, 300, 260), ply.thickness)
        joint = TabSlot(length=200, tabbed=ply, slotted=ply, cutter=shop.cutter)
        for slot in joint.slots:
            side -= prism(on_edge(slot, (50, 100), (250, 100)), ply.thickness)
    """
    return outline.moved(p[0], p[1], math.degrees(math.atan2(q[1] - p[1], q[0] - p[0])))


def with_edge(board: Outline, p: Point, q: Point, path: Sequence[Vertex]) -> Outline:
    """A board whose straight edge between P and Q is replaced by a joint's edge.

    Args:
        board: counter-clockwise outline of the part.
        p, q: ends of one of its straight edges, the part on the right of the way from P to Q, mm.
        path: the edge in the joint's frame, from x = 0 to x = |PQ|: `joint.edge`.
    Returns: the new outline, counter-clockwise.
    Raises: CsmError: the board has no such edge, or the joint is not as long as the edge.
    Example:
        joint = TabSlot(length=200, tabbed=ply, slotted=ply, cutter=shop.cutter)
        board = Outline.rectangle(0, 0, 200, 120)
        rail = prism(with_edge(board, (0, 120), (200, 120), joint.edge), ply.thickness)
    """
    length = math.dist(p, q)
    if abs(path[-1][0] - path[0][0] - length) > _NEAR:
        raise CsmError(
            f"a joint of {path[-1][0] - path[0][0]:.2f} mm does not fit an edge of {length:.2f} mm",
            remedy="give the joint the edge's length",
            where=(p, q),
        )
    vertices = board.vertices
    for i, v in enumerate(vertices):
        after = vertices[(i + 1) % len(vertices)]
        if math.dist(v[:2], q) < _NEAR and math.dist(after[:2], p) < _NEAR and v[2] == 0:
            laid = on_edge(Outline(tuple(path)), p, q).vertices
            back = _walked_back(laid)
            rest = [vertices[(i + 1 + k) % len(vertices)] for k in range(len(vertices))]
            return Outline(_simplified([*back, *rest[:-1]]))
    raise CsmError(
        f"the part has no straight edge from ({p[0]:g}, {p[1]:g}) to ({q[0]:g}, {q[1]:g})",
        remedy="name both ends, the part on the right of the way",
        where=(p, q),
    )


def _walked_back(path: Sequence[Vertex]) -> list[Vertex]:
    """An open path from its last point to its first; the last bulge is that of the edge which follows."""
    bulges = [*(-v[2] for v in reversed(path[:-1])), 0.0]
    return [(v[0], v[1], b) for v, b in zip(reversed(path), bulges, strict=True)]


def _simplified(vertices: Sequence[Vertex]) -> tuple[Vertex, ...]:
    """Without repeated vertices and without vertices in the middle of a straight side."""
    apart = [v for v, after in _pairs(vertices) if math.dist(v[:2], after[:2]) > _NEAR]
    before, after = [apart[-1], *apart[:-1]], [*apart[1:], apart[0]]
    return tuple(
        v
        for v, a, b in zip(apart, before, after, strict=True)
        if v[2] != 0 or a[2] != 0 or _off_line(v, a, b) > _NEAR
    )


def _pairs(vertices: Sequence[Vertex]) -> list[tuple[Vertex, Vertex]]:
    return list(zip(vertices, [*vertices[1:], vertices[0]], strict=True))


def _off_line(v: Vertex, a: Vertex, b: Vertex) -> float:
    """Distance of v from the straight line through a and b, mm."""
    area = (b[0] - a[0]) * (v[1] - a[1]) - (b[1] - a[1]) * (v[0] - a[0])
    return abs(area) / max(math.dist(a[:2], b[:2]), _NEAR)
