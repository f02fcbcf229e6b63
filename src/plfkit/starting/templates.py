"""Templates of distributions, one for each plfkit that changed it, and what becomes of them with answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from attrs import asdict
from packaging.version import Version

from plfkit.errors import ProfileError
from plfkit.hints import Hint
from plfkit.starting.answers import RECORD, Answers, Record

CONTENT = (
    "README.md",
    "CHANGELOG.md",
    "docs/*",
    "src/*/profile.toml",
    "src/*/measures.py",
    "tests/cases/*",
    "tests/claims/*",
)
"""The files that are an author's own from the first day: made once, never brought up to date."""

_SUFFIX = ".template"
"""What every file of a template ends in, so that no tool takes it for one of plfkit's own."""

Templates = Mapping[str, Traversable]
"""Templates by the version of plfkit, as ``"0.2"``, that brought each."""


def find_templates() -> Templates:
    """Return the templates that plfkit ships."""
    folders = files("plfkit.starting").joinpath("template").iterdir()
    return {folder.name: folder for folder in folders if folder.is_dir()}


def find_own_version() -> str:
    """Return this plfkit's version as far as templates and bounds go by it, as ``"0.2"``."""
    own = Version(version("plfkit"))
    return f"{own.major}.{own.minor}"


def render_distribution(
    answers: Answers, *, plfkit: str, templates: Templates | None = None
) -> dict[str, str]:
    """Return the files of a distribution as a version of plfkit makes them.

    Args:
        answers: What its author answered.
        plfkit: The version, as ``"0.2"``.
        templates: The templates there are; those that plfkit ships if left out.

    Returns:
        Each file's text by its path in the distribution.

    Raises:
        ProfileError: No version as old as that had a template.

    Examples:
        >>> from plfkit.starting import answer_by_default
        >>> made = render_distribution(answer_by_default("randers"), plfkit="0.2")
        >>> sorted(made)[:3]
        ['.github/workflows/tests.yml', '.gitignore', '.plfkit-template.toml']
    """
    words = {
        **asdict(answers),
        "dashed": answers.dashed,
        "distribution": answers.distribution,
        "bounds": _write_bounds(plfkit),
        "code_line": f'code = "{answers.code}"' if answers.code else '# code = "000"',
    }
    template = _choose_template(find_templates() if templates is None else templates, plfkit)
    rendered = {
        _fill_in(path.removesuffix(_SUFFIX), words): _fill_in(text, words)
        for path, text in _walk_template(template, "")
    }
    return {**rendered, RECORD: str(Record(plfkit, answers))}


def is_content(path: str) -> bool:
    """Tell whether a file of a distribution is its author's own from the first day."""
    return any(fnmatch(path, pattern) for pattern in CONTENT)


def _write_bounds(plfkit: str) -> str:
    """Return which versions of plfkit a distribution goes with: those that change nothing public."""
    own = Version(plfkit)
    return f">={own.major}.{own.minor},<{own.major}.{own.minor + 1}"


def _choose_template(templates: Templates, plfkit: str) -> Traversable:
    """Return the newest template that a version of plfkit had."""
    had = [known for known in templates if Version(known) <= Version(plfkit)]
    if not had:
        raise ProfileError(Hint("starting.no_template", version=plfkit))
    return templates[max(had, key=Version)]


def _walk_template(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for place in sorted(folder.iterdir(), key=lambda place: place.name):
        if place.is_dir():
            yield from _walk_template(place, f"{above}{place.name}/")
        elif place.name.endswith(_SUFFIX):
            yield f"{above}{place.name}", place.read_text(encoding="utf-8")


def _fill_in(text: str, words: Mapping[str, str]) -> str:
    return Template(text).substitute(words)
