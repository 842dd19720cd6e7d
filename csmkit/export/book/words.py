# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Figures as the book prints them."""

from __future__ import annotations

from collections.abc import Iterable


def mm(sizes: Iterable[float]) -> str:
    """Sizes: "880 × 644 × 12", to 0.1 mm."""
    return " × ".join(f"{round(size, 1):g}" for size in sizes)


def kg(mass: float) -> str:
    """A mass: "23.4 kg"; below 1 kg "205 g"; nothing where none is known."""
    if not mass:
        return ""
    if mass >= 1:
        return f"{mass:.1f} kg"
    return f"{mass * 1000:.0f} g" if mass >= 0.01 else f"{mass * 1000:.1f} g"


def clock(minutes: float) -> str:
    """A time: "25 min", "1 h 40 min", from ten hours on "61 h"."""
    if minutes >= 600:
        return f"{minutes / 60:.0f} h"
    hours, rest = divmod(round(minutes), 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "")))


def amount(value: float, unit: str) -> str:
    """A count or an amount: "4", "0.25 l"."""
    return f"{value:.4g}" if unit == "pc" else f"{value:.4g} {unit}"


def figure(value: float, unit: str) -> str:
    """A computed value: "36.4 N/mm²"."""
    return f"{value:.4g} {unit}".strip()


def value(said: object, unit: str) -> str:
    """A parameter's value."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    return figure(said, unit) if isinstance(said, float | int) else str(said)
