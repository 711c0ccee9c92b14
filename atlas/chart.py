"""Static charts: what a series of numbers looks like, as SVG without styles, scripts or fonts of its own.

Pygal computes scale and bars; text is set here, because pygal measures words by their letters and knows no Korean or Chinese widths.
Colours come from the style sheet by class, so that a chart follows the reader's light or dark mode. Units: those of a screen 320 px wide.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Literal

WIDTH = 320
_ROW = 46
_BAR = 14
_COLUMNS = 170
_LINE = 20


@dataclass(frozen=True)
class Mark:
    """One bar or column: what it is called, what it says, how long it is."""

    label: str
    said: str
    value: float


def bars(marks: Sequence[Mark], alternative: str) -> str:
    """Bars below each other in the order given, each with label and number above it; ``alternative`` is the id of the text that says it."""
    found = _boxes("HorizontalBar", tuple(mark.value for mark in reversed(marks)), len(marks) * _ROW)[::-1]
    drawn = []
    for place, (mark, (_, _, width, _)) in enumerate(zip(marks, found, strict=True)):
        top = place * _ROW
        drawn.append(_text(0, top + 18, mark.label, "start"))
        drawn.append(_text(WIDTH, top + 18, mark.said, "end", "number"))
        drawn.append(_rect(0, top + 25, max(width, 1), _BAR))
    return _svg(len(marks) * _ROW, drawn, alternative)


def columns(marks: Sequence[Mark], alternative: str) -> str:
    """Columns beside each other, for years: every fifth label and the last stand below, the highest number above its column."""
    found = _boxes("Bar", tuple(mark.value for mark in marks), _COLUMNS)
    highest = max(range(len(marks)), key=lambda place: marks[place].value)
    drawn = []
    for place, (mark, (x, y, width, height)) in enumerate(zip(marks, found, strict=True)):
        drawn.append(_rect(x, y + _LINE, width, max(height, 1)))
        middle = x + width / 2
        if (len(marks) - 1 - place) % 5 == 0 or len(marks) <= 6:
            drawn.append(_text(middle, _COLUMNS + _LINE + 18, mark.label, _anchor(middle)))
        if place == highest:
            drawn.append(_text(middle, y + _LINE - 5, mark.said, _anchor(middle), "number"))
    return _svg(_COLUMNS + _LINE + 24, drawn, alternative)


@cache
def _boxes(kind: Literal["Bar", "HorizontalBar"], values: tuple[float, ...], height: int) -> list[tuple[float, float, float, float]]:
    """Left edge, top, width and height of each bar, as pygal places them without labels or margins."""
    import pygal  # a tenth of a second, which only those who draw need wait for

    # pygal 3.1 puts an import hook of the old kind in place, for plug-ins that we have none of; each later import would warn of it.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]
    chart = getattr(pygal, kind)(
        width=WIDTH,
        height=height,
        margin=0,
        spacing=0,
        range=(0, max(values)),
        show_legend=False,
        show_x_labels=False,
        show_y_labels=False,
        js=(),
        css=(),
    )
    chart.add("", list(values))
    boxes = [bar.find("rect") for bar in chart.render_tree().iter("g") if bar.get("class") == "bar"]
    names = ("x", "y", "width", "height")
    x, y, widths, heights = ([float(box.get(name, 0)) for box in boxes] for name in names)  # pygal leaves a width of nothing out
    return list(zip(x, y, widths, heights, strict=True))


def _anchor(middle: float) -> str:
    """Where a text of a column begins, so that it stays inside the picture."""
    return "start" if middle < 40 else "end" if middle > WIDTH - 40 else "middle"


def _text(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    edge = {"start": max(x - 8, 0) if x else 0, "middle": x, "end": min(x + 8, WIDTH) if x < WIDTH else WIDTH}[anchor]
    name = f' class="{kind}"' if kind else ""
    return f'<text x="{edge:.0f}" y="{y:.0f}"{name} text-anchor="{anchor}">{escape(text)}</text>'


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _svg(height: int, drawn: Sequence[str], alternative: str) -> str:
    return f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{alternative}">{"".join(drawn)}</svg>'
