"""Pictures, as SVG text that stands inside the page.

What Vega-Lite is to draw is written down here as it reads it: the libraries that build such a document
scan the metadata of everything that is installed, and fail over what others broke there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import asdict, frozen

from plfkit.errors import MissingExtraError
from plfkit.hints import Hint

INK, PAPER, MARK, PALE, HIDDEN = "#1c2b33", "#ffffff", "#14645a", "#d5dddc", "#f0c98a"
_ROW, _COLUMN = 32, 182
_LABEL_LIMIT = 240
_LABEL_STYLE = {"labelColor": INK, "labelFontSize": 13}
_CONFIG = {
    "aria": False,
    "view": {"continuousWidth": 300, "continuousHeight": 300, "stroke": None},
    "axis": {**_LABEL_STYLE, "gridColor": "#e3e9e8"},
    "legend": {**_LABEL_STYLE, "symbolSize": 180, "labelLimit": 400},
}


@frozen
class LevelPlace:
    """A place in the picture of levels: a row, a column, and what is known of it."""

    row: str
    column: str
    state: str


def draw_level_picture(
    places: Sequence[LevelPlace],
    rows: Sequence[str],
    columns: Sequence[str],
    states: Sequence[str],
    *,
    title: str | None,
    mark: str | None,
    description: str,
) -> str:
    """Draw where there is a community: one circle for each place that should have one.

    Args:
        places: The circles.
        rows: The order of rows, from the top.
        columns: The order of columns, from the left.
        states: What filled, open, grey and yellow circles mean.
        title: What the data are called, for examples: a picture may be shown without its page.
        mark: A word across the picture, for examples.
        description: The picture in words, for those who do not see it.

    Raises:
        MissingExtraError: The library that draws is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", Hint("libraries.picture")) from error
    fills = dict(zip(states, (MARK, PAPER, PALE, HIDDEN), strict=True))
    circles = _draw_circles(places, rows, columns, fills)
    named = {} if title is None else {"title": {"text": title, "anchor": "start", "color": INK}}
    chart = {
        "layer": [_draw_watermark(mark), circles] if mark else [circles],
        "width": _COLUMN * len(columns),
        "height": _ROW * len(rows),
        "background": "white",
        "config": _CONFIG,
        **named,
    }
    svg: str = vl_convert.vegalite_to_svg(chart)
    return _make_accessible(svg, description)


def _draw_circles(
    places: Sequence[LevelPlace],
    rows: Sequence[str],
    columns: Sequence[str],
    fills: Mapping[str, str],
) -> dict[str, Any]:
    """Return the layer of circles, as Vega-Lite reads it."""
    used = [state for state in fills if any(place.state == state for place in places)]
    look = {"shape": "circle", "size": 260, "strokeWidth": 2.2, "opacity": 1, "stroke": MARK}
    return {
        "data": {"values": [asdict(place) for place in places]},
        "mark": {"type": "point", **look},
        "encoding": {
            "x": _encode_axis("column", columns, "top"),
            "y": _encode_axis("row", rows, "left"),
            "fill": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": used, "range": [fills[state] for state in used]},
                "legend": {"title": None, "orient": "bottom", "symbolStrokeColor": MARK},
            },
        },
    }


def _encode_axis(field: str, order: Sequence[str], orient: str) -> dict[str, Any]:
    lines = {"ticks": False, "domain": False, "grid": True}
    axis = {"orient": orient, "labelAngle": 0, "labelLimit": _LABEL_LIMIT, **lines}
    return {"field": field, "type": "nominal", "sort": list(order), "title": None, "axis": axis}


def _draw_watermark(word: str) -> dict[str, Any]:
    look = {"size": 54, "angle": 346, "opacity": 0.16, "color": INK, "fontWeight": "bold"}
    return {
        "data": {"values": [{"word": word}]},
        "mark": {"type": "text", **look},
        "encoding": {
            "text": {"field": "word", "type": "nominal"},
            "x": {"value": {"expr": "width / 2"}},
            "y": {"value": {"expr": "height / 2"}},
        },
    }


def _make_accessible(svg: str, description: str) -> str:
    """Name the picture for screen readers, and let it shrink with the page."""
    from markupsafe import escape  # noqa: PLC0415 - comes with the extra

    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
