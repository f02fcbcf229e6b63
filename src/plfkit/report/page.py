"""The page: one self-contained HTML file that carries the meeting on how the goals stand."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any, overload

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, MissingExtraError
from plfkit.goals.scorecard import Scorecard
from plfkit.hints import Hint, Language
from plfkit.report.texts import Texts
from plfkit.report.views import build_page_view
from plfkit.sources.saving import FilePath, Stream, Target, save_text


@overload
def write_report(
    card: Released[Scorecard],
    path: FilePath,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path: ...
@overload
def write_report(
    card: Released[Scorecard], path: Stream, *, language: Language = "da", other: str | None = None
) -> None: ...
def write_report(
    card: Released[Scorecard],
    path: Target,
    *,
    language: Language = "da",
    other: str | None = None,
) -> Path | None:
    """Write the report of a scorecard as one HTML file that loads nothing from elsewhere.

    The same scorecard gives the same bytes, whenever it is written.

    Args:
        card: A scorecard that has passed the gate.
        path: The file, or a stream of text or bytes, which gets the page once it is made.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language, as the link to it says: beside this
            file, its name. Without it there is no link.

    Returns:
        The path of the file; None for a stream.

    Raises:
        DisclosureError: The scorecard has not passed the gate.
        UnknownLanguageError: The report does not speak that language.
        StoreError: The file, or the stream, cannot be written.
        MissingExtraError: The libraries of the report are not installed.
    """
    return save_text(path, render_report(card, language=language, other=other))


def render_report(
    card: Released[Scorecard], *, language: Language = "da", other: str | None = None
) -> str:
    """Return the report of a scorecard as the text of one HTML page; no disk is touched.

    Args:
        card: A scorecard that has passed the gate.
        language: ``"da"`` or ``"en"``.
        other: Where the same page stands in the other language, as `write_report` says.

    Raises:
        DisclosureError: It has not passed the gate.
        UnknownLanguageError: The page does not speak that language.
        MissingExtraError: The libraries of the report are not installed.
    """
    if not isinstance(card, Released):
        raise DisclosureError(Hint("disclosure.not_released"))
    texts = Texts.of(language)
    return render_page("report.html", texts, view=build_page_view(card, texts), other=other)


def render_page(template: str, texts: Texts, **words: Any) -> str:
    """Fill in one of the page's templates, with the one style and the one script of all pages."""
    environment = _load_jinja_environment()
    style, script = (_read_template(name) for name in ("style.css", "script.js"))
    html: str = environment.get_template(template).render(
        t=texts,
        style=style,
        script=script,
        policy=_write_policy(style, script),
        version=version("plfkit"),
        **words,
    )
    return html


def _write_policy(style: str, script: str) -> str:
    """Return a content-security policy that allows this style and this script, and nothing else."""
    return f"default-src 'none'; style-src {_hash_text(style)}; script-src {_hash_text(script)}"


def _hash_text(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _read_template(name: str) -> str:
    folder = resources.files("plfkit.report") / "templates"
    return (folder / name).read_text(encoding="utf-8")


@cache
def _load_jinja_environment() -> Any:
    try:
        import jinja2  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", Hint("libraries.report")) from error
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_read_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        # Each template is filled in once: to work out its constants beforehand takes longer.
        optimized=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
