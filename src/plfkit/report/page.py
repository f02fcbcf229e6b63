"""The page: one self-contained HTML file that tells how the goals stand."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, MissingExtraError
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint
from plfkit.report.texts import Texts
from plfkit.report.views import build_page_view
from plfkit.sources.saving import save_text


def write_report(card: Released[Scorecard], path: str | Path, *, language: str = "da") -> Path:
    """Write the report of a scorecard as one HTML file that loads nothing from elsewhere.

    The same scorecard gives the same bytes, whenever it is written.

    Args:
        card: A scorecard that has passed the gate.
        path: The file.
        language: ``"da"`` or ``"en"``.

    Returns:
        The path of the file.

    Raises:
        DisclosureError: The scorecard has not passed the gate.
        UnknownLanguageError: The report does not speak that language.
        StoreError: The file cannot be written.
        MissingExtraError: The libraries of the report are not installed.
    """
    return save_text(path, render_report(card, language=language))


def render_report(card: Released[Scorecard], *, language: str = "da") -> str:
    """Return the report's HTML; see `write_report`."""
    if not isinstance(card, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    texts = Texts.of(language)
    template = _load_jinja_environment().get_template("report.html")
    html: str = template.render(view=build_page_view(card, texts), t=texts)
    return html


@cache
def _load_jinja_environment() -> Any:
    try:
        import jinja2  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", Hint("libraries.report")) from error
    folder = resources.files("plfkit.report") / "templates"

    def load(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
