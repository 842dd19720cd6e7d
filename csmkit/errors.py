# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Errors that a user reads: one line that names kit, part, value, limit and remedy."""

from __future__ import annotations

from collections.abc import Mapping


class CsmError(Exception):
    """A mistake that its maker can mend; the command line prints it as one line and exits with 2.

    Args:
        problem: what is wrong, with the value and the limit in it: "width = 100 mm is outside 250 to 600 mm".
        kit: key of the kit, or the file in which the mistake stands.
        part: name of the part (or parameter, stock, row, line number).
        remedy: what to do: "choose tool em4 or widen the corner".
        where: places in mm that a picture can show, ((x, y), …) in the frame of the part.
    """

    def __init__(
        self,
        problem: str,
        *,
        kit: str = "",
        part: str = "",
        remedy: str = "",
        where: tuple[tuple[float, float], ...] = (),
    ) -> None:
        self.problem = problem
        self.kit = kit
        self.part = part
        self.remedy = remedy
        self.where = where
        super().__init__(str(self))

    def __str__(self) -> str:
        place = "/".join(p for p in (self.kit, self.part) if p)
        line = f"{place}: {self.problem}" if place else self.problem
        return f"{line}; {self.remedy}" if self.remedy else line

    def in_kit(self, kit: str) -> CsmError:
        """The same error, told of a kit; a kit that is already named stays."""
        return type(self)(
            self.problem, kit=self.kit or kit, part=self.part, remedy=self.remedy, where=self.where
        )

    def as_data(self) -> dict[str, object]:
        """Plain data, for the way from a worker process and for `--json`."""
        return {
            "problem": self.problem,
            "kit": self.kit,
            "part": self.part,
            "remedy": self.remedy,
            "where": [list(point) for point in self.where],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> CsmError:
        """The inverse of `as_data`."""
        where = data.get("where") or []
        assert isinstance(where, list)
        return cls(
            str(data.get("problem", "")),
            kit=str(data.get("kit", "")),
            part=str(data.get("part", "")),
            remedy=str(data.get("remedy", "")),
            where=tuple((float(x), float(y)) for x, y in where),
        )
