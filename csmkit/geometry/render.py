# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Shaded pictures of triangles and edges on a transparent ground, by VTK, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csmkit.errors import CsmError
from csmkit.geometry.camera import LENS, Camera
from csmkit.geometry.opengl import OSMESA, REMEDY, loads
from csmkit.geometry.shading import (
    FRAGMENT_NAMES,
    FRAGMENT_VALUES,
    PATTERNS,
    VERTEX_NAMES,
    VERTEX_VALUES,
)

Colour = tuple[float, float, float]
LINE = 1.1  # pixels of an edge
EDGE_SHARE = 0.42  # of a surface's own colour: edges are darker, not black


@dataclass(frozen=True)
class Look:
    """How a surface takes the light.

    Args:
        colour: sRGB, 0 to 1.
        metallic, roughness: 0 to 1.
        pattern: one of `shading.PATTERNS`.
    """

    colour: Colour
    metallic: float = 0.0
    roughness: float = 0.8
    pattern: str = ""


@dataclass(frozen=True)
class Surface:
    """Triangles of one look, in the scene's frame; mm.

    Args:
        vertices, normals: (n, 3).
        triangles: (m, 3) indices.
        grain: (n, 4): along the grain, across it, through the thickness, and the thickness.
        edges: (k, 2, 3) segments that are drawn as lines.
    """

    look: Look
    vertices: NDArray[np.float32]
    normals: NDArray[np.float32]
    triangles: NDArray[np.uint32]
    grain: NDArray[np.float32]
    edges: NDArray[Any]


@dataclass(frozen=True)
class Shot:
    """A picture, top row first.

    Args:
        colours: (h, w, 3), 0 to 255.
        depth: (h, w), mm from the eye along its look; infinite where nothing is.
    """

    colours: NDArray[np.uint8]
    depth: NDArray[np.float32]


def shoot(surfaces: Sequence[Surface], camera: Camera, width: int, finer: int = 1) -> Shot:
    """Draw surfaces and their edges; the same bytes every time on one machine.

    Args:
        surfaces: in the scene's frame.
        camera: see `camera.framed`.
        width: pixels.
        finer: so many of them will be one pixel in the end; lines and grain are as wide as that asks.
    Raises: CsmError: this machine can draw nothing without a screen.
    """
    from vtkmodules.vtkRenderingCore import vtkRenderer

    height = round(width / camera.aspect)
    renderer = vtkRenderer()
    renderer.SetBackground(1.0, 1.0, 1.0)
    renderer.SetActiveCamera(_vtk_camera(camera))
    for surface in surfaces:
        renderer.AddActor(_shaded(surface, camera, camera.pixel(height) * finer))
        if len(surface.edges):
            renderer.AddActor(_lined(surface, LINE * finer))
    window = _window(width, height)
    try:
        window.AddRenderer(renderer)
        window.Render()
        return _read(window, camera, width, height)
    finally:
        window.RemoveRenderer(renderer)
        window.Finalize()


def _window(width: int, height: int) -> Any:
    """A window that no screen shows.

    Raises: CsmError: there is no OpenGL for one.
    """
    if not _can_draw():
        raise CsmError("this machine can draw no pictures: it has neither EGL nor OSMesa", remedy=REMEDY)
    window = _unseen()
    window.SetSize(width, height)
    return window


def _unseen() -> Any:
    import vtkmodules.vtkRenderingOpenGL2  # noqa: F401  brings the window's real class
    from vtkmodules.vtkRenderingCore import vtkRenderWindow

    window = vtkRenderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    return window


@cache
def _can_draw() -> bool:
    """Found out once: it opens a window of its own."""
    from vtkmodules.vtkCommonCore import vtkLogger, vtkObject

    vtkLogger.SetStderrVerbosity(vtkLogger.VERBOSITY_OFF)  # it tells of every way that it tries in vain
    vtkObject.GlobalWarningDisplayOff()
    window = _unseen()
    try:
        return bool(window.SupportsOpenGL()) and _is_usable(window.GetClassName())
    finally:
        window.Finalize()


def _is_usable(window_class: str) -> bool:
    """VTK's last resort is OSMesa, and it crashes where that is not installed."""
    return window_class != "vtkOSOpenGLRenderWindow" or any(map(loads, OSMESA))


def _vtk_camera(camera: Camera) -> Any:
    from vtkmodules.vtkRenderingCore import vtkCamera

    made = vtkCamera()
    made.SetPosition(*camera.eye)
    middle = (camera.near + camera.far) / 2
    made.SetFocalPoint(*(e - middle * b for e, b in zip(camera.eye, camera.back, strict=True)))
    made.SetViewUp(*camera.up)
    made.SetViewAngle(LENS)
    made.SetClippingRange(camera.near, camera.far)
    return made


def _shaded(surface: Surface, camera: Camera, pixel: float) -> Any:
    from vtkmodules.util.numpy_support import numpy_to_vtk
    from vtkmodules.vtkCommonDataModel import vtkDataObject
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

    data = _poly_data(surface.vertices)
    data.SetPolys(_cells(surface.triangles))
    data.GetPointData().SetNormals(numpy_to_vtk(surface.normals, deep=True))
    grain = numpy_to_vtk(surface.grain, deep=True)
    grain.SetName("grain")
    data.GetPointData().AddArray(grain)
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(data)
    mapper.ScalarVisibilityOff()
    mapper.SetVBOShiftScaleMethod(0)  # the shader wants places in mm
    mapper.SetResolveCoincidentTopologyToPolygonOffset()
    mapper.MapDataArrayToVertexAttribute("grain", "grain", vtkDataObject.FIELD_ASSOCIATION_POINTS, -1)
    actor = vtkActor()
    actor.SetMapper(mapper)
    shader = actor.GetShaderProperty()
    shader.AddVertexShaderReplacement(
        "//VTK::Normal::Dec", True, f"//VTK::Normal::Dec\n{VERTEX_NAMES}", False
    )
    shader.AddVertexShaderReplacement(
        "//VTK::Normal::Impl", True, f"//VTK::Normal::Impl\n{VERTEX_VALUES}", False
    )
    shader.AddFragmentShaderReplacement(
        "//VTK::Normal::Dec", True, f"//VTK::Normal::Dec\n{FRAGMENT_NAMES}", False
    )
    shader.AddFragmentShaderReplacement("//VTK::Light::Impl", True, FRAGMENT_VALUES, False)
    values = shader.GetFragmentCustomUniforms()
    values.SetUniform3f("colour", [_linear(c) for c in surface.look.colour])
    values.SetUniform3f("eyeAt", list(camera.eye))
    values.SetUniformf("metallic", surface.look.metallic)
    values.SetUniformf("roughness", surface.look.roughness)
    values.SetUniformf("pixelSize", pixel)
    values.SetUniformi("pattern", PATTERNS.index(surface.look.pattern))
    return actor


def _lined(surface: Surface, width: float) -> Any:
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

    points = surface.edges.reshape(-1, 3).astype(np.float32)
    data = _poly_data(points)
    data.SetLines(_cells(np.arange(len(points)).reshape(-1, 2)))
    mapper = vtkPolyDataMapper()
    mapper.SetInputData(data)
    mapper.ScalarVisibilityOff()
    actor = vtkActor()
    actor.SetMapper(mapper)
    shown = actor.GetProperty()
    shown.LightingOff()
    shown.SetColor(*(EDGE_SHARE * c for c in surface.look.colour))
    shown.SetLineWidth(width)
    return actor


def _poly_data(points: NDArray[np.float32]) -> Any:
    from vtkmodules.util.numpy_support import numpy_to_vtk
    from vtkmodules.vtkCommonCore import vtkPoints
    from vtkmodules.vtkCommonDataModel import vtkPolyData

    places, data = vtkPoints(), vtkPolyData()
    places.SetData(numpy_to_vtk(points, deep=True))
    data.SetPoints(places)
    return data


def _cells(indices: NDArray[Any]) -> Any:
    from vtkmodules.util.numpy_support import numpy_to_vtkIdTypeArray
    from vtkmodules.vtkCommonDataModel import vtkCellArray

    cells = vtkCellArray()
    count, corners = indices.shape
    flat = numpy_to_vtkIdTypeArray(indices.astype(np.int64).ravel(), deep=True)
    starts = numpy_to_vtkIdTypeArray(np.arange(count + 1, dtype=np.int64) * corners, deep=True)
    cells.SetData(starts, flat)
    return cells


def _read(window: Any, camera: Camera, width: int, height: int) -> Shot:
    from vtkmodules.vtkCommonCore import vtkFloatArray, vtkUnsignedCharArray

    pixels, depths = vtkUnsignedCharArray(), vtkFloatArray()
    window.GetPixelData(0, 0, width - 1, height - 1, 0, pixels, 0)
    window.GetZbufferData(0, 0, width - 1, height - 1, depths)
    colours = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)[::-1].copy()
    z = np.frombuffer(depths, np.float32).reshape(height, width)[::-1]
    near, far = camera.near, camera.far
    depth = np.full(z.shape, np.inf, np.float32)
    shown = z < 1.0
    depth[shown] = near * far / (far - z[shown].astype(np.float64) * (far - near))
    return Shot(colours, depth)


def _linear(c: float) -> float:
    """sRGB to linear light, IEC 61966-2-1."""
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)
