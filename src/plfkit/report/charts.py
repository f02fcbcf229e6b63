"""Pictures, as SVG text that stands inside the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import asdict, frozen

from plfkit.errors import MissingExtraError

INK, PAPER, MARK, PALE, HIDDEN = "#1c2b33", "#ffffff", "#14645a", "#d5dddc", "#f0c98a"
_ROW, _COLUMN = 32, 182
_LONGEST = 240


@frozen
class Place:
    """A place in the picture of levels: a row, a column, and what is known of it."""

    row: str
    column: str
    state: str


def level_picture(
    places: Sequence[Place],
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
        MissingExtraError: The libraries that draw are not installed.
    """
    try:
        import altair as alt  # noqa: PLC0415 - an extra
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", "The report's picture") from error
    values = [asdict(place) for place in places]
    used = [state for state in states if any(place.state == state for place in places)]
    fills = dict(zip(states, (MARK, PAPER, PALE, HIDDEN), strict=True))
    circles = (
        alt.Chart(alt.InlineData(values=values))
        .mark_point(shape="circle", size=260, strokeWidth=2.2, opacity=1, stroke=MARK)
        .encode(
            x=alt.X("column:N", sort=list(columns), title=None, axis=_axis(alt, "top")),
            y=alt.Y("row:N", sort=list(rows), title=None, axis=_axis(alt, "left")),
            fill=alt.Fill(
                "state:N",
                scale=alt.Scale(domain=used, range=[fills[state] for state in used]),
                legend=alt.Legend(title=None, orient="bottom", symbolStrokeColor=MARK),
            ),
        )
    )
    layers = [_watermark(alt, mark), circles] if mark else [circles]
    named = {} if title is None else {"title": alt.Title(title, anchor="start", color=INK)}
    chart = (
        alt.layer(*layers)
        .configure(aria=False)
        .properties(
            width=_COLUMN * len(columns), height=_ROW * len(rows), background="white", **named
        )
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, labelFontSize=13, gridColor="#e3e9e8")
        .configure_legend(labelColor=INK, labelFontSize=13, symbolSize=180, labelLimit=400)
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_json())
    return _accessible(svg, description)


def _axis(alt: Any, orient: str) -> Any:
    return alt.Axis(
        orient=orient, labelAngle=0, labelLimit=_LONGEST, ticks=False, domain=False, grid=True
    )


def _watermark(alt: Any, word: str) -> Any:
    return (
        alt.Chart(alt.InlineData(values=[{"word": word}]))
        .mark_text(size=54, angle=346, opacity=0.16, color=INK, fontWeight="bold")
        .encode(
            text="word:N",
            x=alt.value(alt.expr("width / 2")),
            y=alt.value(alt.expr("height / 2")),
        )
    )


def _accessible(svg: str, description: str) -> str:
    """Name the picture for screen readers, and let it shrink with the page."""
    from markupsafe import escape  # noqa: PLC0415 - comes with the extra

    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
