# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""What a design computes beside its solids, and what is derived of bars: curves, tables, paper templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csmkit.build import Files
from csmkit.export.csv_tables import csv_table
from csmkit.export.paths import TEMPLATES, curve_path, table_path, template_path
from csmkit.export.svg.curve import curve_svg
from csmkit.export.svg.template import template_svg
from csmkit.export.templates_pdf import templates_pdf
from csmkit.export.wrap import wrap_templates
from csmkit.model import Curve, Figure, KitFacts, Table, Template, Workshop
from csmkit.model.data import load, plain


def all_figures(facts: KitFacts, shop: Workshop) -> tuple[Figure, ...]:
    """The design's figures, then a wrap-around template for each round bar with work at it."""
    bars = [(p, shop.bar(p.stock)) for p in facts.parts if p.form == "bar"]
    return (*facts.figures, *(t for part, bar in bars for t in wrap_templates(part, bar)))


def figures(title: str, facts: Files, workshop: Files) -> Files:
    """figures/*.svg of curves, figures/*.csv of tables, templates/*.svg, and all templates in one PDF."""
    known, shop = load(KitFacts, facts["facts.json"]), load(Workshop, workshop["design.json"])
    found = all_figures(known, shop)
    files = {figure_path(figure): _written(figure) for figure in found}
    templates = [f for f in found if isinstance(f, Template)]
    return files | {TEMPLATES: templates_pdf(templates, title)} if templates else files


def figure_path(figure: Figure) -> str:
    """Where a figure's file lies within a build."""
    if isinstance(figure, Template):
        return template_path(figure.name)
    return curve_path(figure.name) if isinstance(figure, Curve) else table_path(figure.name)


def figure_rows(facts: KitFacts, shop: Workshop, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The figures for kit.json: what they are, their file, and the whole of tables and curves."""
    rows = []
    for figure in all_figures(facts, shop):
        path = figure_path(figure)
        said = {"title": figure.title, "note": figure.note} if isinstance(figure, Template) else plain(figure)
        row = {"kind": type(figure).__name__.lower(), "name": figure.name, **said}
        rows.append({**row, "file": path if path in files else ""})
    return rows


def _written(figure: Figure) -> bytes:
    if isinstance(figure, Template):
        return template_svg(figure)
    return curve_svg(figure) if isinstance(figure, Curve) else _table(figure)


def _table(table: Table) -> bytes:
    return csv_table(list(table.columns), [list(row) for row in table.rows])
