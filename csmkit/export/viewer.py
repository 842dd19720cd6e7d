# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""viewer.json.gz: what the page's 3D viewer loads."""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence

from csmkit.export.pieces import Piece, as_item
from csmkit.geometry.viewer import viewer_data


def viewer_gz(name: str, pieces: Sequence[Piece]) -> bytes:
    """An assembly for three-cad-viewer, compressed.

    Args:
        name: of the root of the viewer's tree: the kit.
        pieces: with at least one place each.
    Returns: gzip of JSON that the viewer's `decodeInstancedFormat` reads; without clock and file name.
    """
    return gz(viewer_data(name, [as_item(piece) for piece in pieces]))


def gz(data: bytes) -> bytes:
    """Gzip that says neither when nor on which system it was made."""
    stream = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=stream, mtime=0) as out:
        out.write(data)
    return stream.getvalue()
