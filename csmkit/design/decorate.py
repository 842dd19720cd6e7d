# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The design function: how a design.py says which of its functions makes the kit, and how it is run."""

from __future__ import annotations

import linecache
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, TracebackType

from pydantic import ValidationError

from csmkit.design.find import USES
from csmkit.design.params import Params, hidden_maker
from csmkit.errors import CsmError
from csmkit.model import Kit, Workshop
from csmkit.model.manifest import ParamValue

FOLDER = "__csmkit_folder__"  # in the globals of a design's modules: the folder that they come from

DesignFunction = Callable[[typing.Any, Workshop], Kit]


@dataclass(frozen=True)
class Design:
    """A design: its function and the class of its parameters."""

    function: DesignFunction
    params: type[Params]

    def __call__(self, params: Params, workshop: Workshop) -> Kit:
        """Run the design function: a kit that bears its folder's name, ready to stand in another."""
        kit = self.function(params, workshop)
        if not isinstance(kit, Kit):
            raise CsmError(
                f"the design returned {type(kit).__name__}, not a Kit", remedy="end it with return Kit(…)"
            )
        return kit.named(kit.name or self.function.__globals__.get(FOLDER, ""))

    def run(self, values: Mapping[str, ParamValue], workshop: Workshop) -> Kit:
        """The kit for these parameter values in this workshop.

        Raises: CsmError: a value is refused, or what the function returned is no kit, or an empty one.
        """
        try:
            params = self.params(**values)
        except ValidationError as error:
            first = error.errors()[0]
            raise CsmError(first["msg"], part=".".join(str(p) for p in first["loc"])) from None
        kit = self(params, workshop)
        if not kit.placed:
            raise CsmError("the design returned an empty kit", remedy="put parts into it: Part(…).at(pose)")
        return kit


def design(function: DesignFunction) -> Design:
    """Mark the function of a design.py that makes the kit: `(p: MyParams, shop: Workshop) -> Kit`.

    Args:
        function: its first argument is annotated with its class of parameters.
    Raises: CsmError: its first argument is not annotated with a Params class.
    Example:
        class ShelfParams(Params):
            width: float = length(380, 250, 600, "left to right")

        @design
        def shelf(p: ShelfParams, shop: Workshop) -> Kit:
            ply = shop.sheet("birch-ply-18")
            board = prism(Outline.rectangle(0, 0, p.width, 200), ply.thickness)
            return Kit(Part("shelf", board, ply, grain="x").at(Pose()))
    """
    hints = typing.get_type_hints(function)
    hints.pop("return", None)
    params = next(iter(hints.values()), None)
    if not (isinstance(params, type) and issubclass(params, Params)):
        raise CsmError(
            f"the first argument of {function.__name__} has no Params class",
            remedy=f"write def {function.__name__}(p: MyParams, shop: Workshop) -> Kit",
        )
    return Design(function, params)


def load_design(kit: str, sources: Mapping[str, bytes]) -> Design:
    """Run a design's source and return the one design in it.

    Args:
        kit: key of the kit.
        sources: the folder's Python files by relative path; "design.py" is run, it may import the others
            relatively (`from .panels import side`), and those of folders that it uses as neighbours
            (`from ..turbine_family.sizes import sizes` for `uses/turbine-family/sizes.py`).
    Raises: CsmError: no design.py, it raises, or it does not mark exactly one function with @design.
    """
    if "design.py" not in sources:
        raise CsmError("has no design.py", kit=kit, remedy="see csm new")
    root = "csmkit_designs_" + _module_name(kit)
    for name in [n for n in sys.modules if n == root or n.startswith(root + ".")]:
        del sys.modules[name]
    finder = _SourceFinder(root, kit, sources)
    sys.meta_path.insert(0, finder)
    try:
        module = import_module(f"{root}.{_module_name(kit)}.design")
    except CsmError as error:
        raise _placed(kit, error) from None
    except (Exception, SystemExit) as error:
        raise _told(kit, error) from error
    finally:
        sys.meta_path.remove(finder)
    found = [
        v
        for v in vars(module).values()
        if isinstance(v, Design) and v.function.__module__ == module.__name__  # not those of kits within it
    ]
    if len(found) != 1:
        raise CsmError(f"design.py marks {len(found)} functions with @design, not one", kit=kit)
    return found[0]


def run_design(kit: str, found: Design, values: Mapping[str, ParamValue], workshop: Workshop) -> Kit:
    """As `Design.run`; what the design raises is told with the kit's name and the line of its source."""
    try:
        return found.run(values, workshop)
    except CsmError as error:
        raise _placed(kit, error) from None
    except (Exception, SystemExit) as error:
        raise _told(kit, error) from error


def _placed(kit: str, error: CsmError) -> CsmError:
    """The same error with its kit, and with the line of the design if it names no part."""
    part = error.part or _line(kit, error)
    return CsmError(error.problem, kit=error.kit or kit, part=part, remedy=error.remedy, where=error.where)


def _innermost(error: BaseException) -> TracebackType | None:
    """Where the way to an exception leaves the design."""
    found, trace = None, error.__traceback__
    while trace is not None:
        found = trace if trace.tb_frame.f_globals.get(FOLDER) else found
        trace = trace.tb_next
    return found


def _line(kit: str, error: BaseException) -> str:
    """The innermost line of the design on the way to an exception: "design.py line 9"."""
    if (trace := _innermost(error)) is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.removeprefix(f'{kit}/')} line {trace.tb_lineno}"


def _told(kit: str, error: BaseException) -> CsmError:
    """An exception of the design as one line: file, line, what."""
    place = _line(kit, error)
    if isinstance(error, SyntaxError):
        place = f"{str(error.filename).removeprefix(f'{kit}/')} line {error.lineno}"
    trace = _innermost(error)
    if isinstance(error, TypeError) and trace and (maker := hidden_maker(trace.tb_frame.f_locals)):
        return CsmError(
            f"a parameter called {maker!r} hides the word that makes parameters from the lines below it",
            kit=kit,
            part=place,
            remedy=f"give it another name: inner_{maker}",
        )
    what = " ".join(str(error).split()) or "no message"
    return CsmError(
        f"{type(error).__name__}: {what}",
        kit=kit,
        part=place or "design.py",
        remedy="mend the design; --debug shows the traceback",
    )


class _SourceFinder(MetaPathFinder, Loader):
    """Imports the modules of one design and of the folders that it uses from memory: a package each."""

    def __init__(self, root: str, kit: str, sources: Mapping[str, bytes]) -> None:
        self.packages = {root: ""}  # module to folder
        self.modules: dict[str, tuple[str, str, bytes]] = {}  # module to folder, file, text
        for path, text in sources.items():
            used, _, file = path.removeprefix(f"{USES}/").rpartition("/")
            if file.endswith(".py"):
                folder = used or kit
                package = f"{root}.{_module_name(folder)}"
                self.packages[package] = folder
                self.modules[f"{package}.{file.removesuffix('.py')}"] = (folder, file, text)

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname in self.packages:
            return ModuleSpec(fullname, self, is_package=True)
        return ModuleSpec(fullname, self) if fullname in self.modules else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ in self.packages:
            return
        folder, name, data = self.modules[module.__name__]
        text, shown = data.decode("utf-8"), f"{folder}/{name}"
        vars(module)[FOLDER] = folder
        linecache.cache[shown] = (len(text), None, text.splitlines(keepends=True), shown)
        exec(compile(text, shown, "exec", dont_inherit=True), vars(module))


def _module_name(folder: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in folder)
