"""What figures there are: a list of the measures, and a page for each."""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from itertools import groupby
from types import ModuleType

from plfkit.measures import CORE, Measure
from plfkit.model.declared.declarations import Anchor, MeasureInfo


def describe_measures() -> dict[str, str]:
    """Describe every measure on a page of its own, from its function; and all of them in a list."""
    pages = {f"reference/measures/{found.name}.md": _describe_measure(found) for found in CORE}
    return {"reference/measures.md": _list_measures(), **pages}


def _list_measures() -> str:
    """List the measures, theme by theme."""
    lines = [
        "# Measures",
        "",
        "A measure is a function of a snapshot that returns a long table, a `Result`. Value and range",
        "are explained in [uncertainty](../explanation/uncertainty.md). The class decides",
        "[what may leave](../explanation/disclosure.md); what each class means stands with the [closed",
        "words](words.md#figure-classes). With *interval* a measure gives a 95 % interval on request; a",
        "*null* is what chance can hold fixed when its figures are compared with it.",
        "",
        "Each has a page: its formula, what to beware of, which tables and columns it needs, its arguments,",
        "and an example that can be checked by eye. What it reads is all that it reads, beside dates of",
        "validity: a test blanks every other column of an example and finds the same figure.",
    ]
    for theme, members in groupby(CORE, _find_theme):
        found_here = [*members]
        heading, _, about = (theme.__doc__ or "").partition("\n")[0].partition(": ")
        lines += ["", f"## {heading}", "", f"`{theme.__name__}`: {about}", ""]
        lines += ["| measure | tells | class | interval | nulls |", "|---|---|---|---|---|"]
        lines += [_list_measure(found) for found in found_here]
        lines += [
            "",
            "```{toctree}",
            ":hidden:",
            "",
            *(f"measures/{found.name}" for found in found_here),
            "```",
        ]
    return "\n".join(lines) + "\n"


def _find_theme(found: Measure) -> ModuleType:
    """Return the room of `plfkit.measures` that holds a measure."""
    return sys.modules[".".join(found.function.__module__.split(".")[:3])]


def _list_measure(found: Measure) -> str:
    about = found.about
    interval = "yes" if about.no_interval is None else "–"
    nulls = ", ".join(f"`{null}`" for null in about.nulls) or "–"
    name = f"[{about.label.en}](measures/{found.name}.md) `{found.name}`"
    return f"| {name} | {about.tells.en} | {about.figure_class} | {interval} | {nulls} |"


def _describe_measure(found: Measure) -> str:
    about, told = found.about, split_docstring(found.function)
    theme = _find_theme(found).__name__.rpartition(".")[2]
    lines = [
        f"# {found.name}",
        "",
        f"*{about.label.en} · {about.label.da}.* {about.tells.en}",
        "",
    ]
    if "Formula" in told:
        lines += [f"**Formula:** {' '.join(told['Formula'].split())}", ""]
    lines += [
        f"**Beware:** {about.beware.en}",
        "",
        "| in short | |",
        "|---|---|",
        f"| Theme | [{theme}](../measures.md#measures-of-{theme}) |",
        f"| Class | [{about.figure_class}](../words.md#figure-classes) |",
        f"| Needs | {', '.join(f'`{table}`' for table in about.tables)} |",
        f"| Reads | {_list_columns(about)} |",
        f"| Interval | {_say_interval(about)} |",
        f"| Nulls | {_say_nulls(about)} |",
        *(f"| Common elsewhere | {_say_usual(anchor)} |" for anchor in about.anchors),
        f"| Source | {about.source.en} |",
        "",
        "```text",
        *_write_signature(found.name, found.function),
        "```",
        "",
        *_write_docstring(told[""]),
        *_write_example(told.get("Examples", "")),
    ]
    return "\n".join(lines) + "\n"


_TOLD_APART = re.compile(r"^(Formula|Beware|Examples):\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)


def split_docstring(function: Callable[..., object]) -> dict[str, str]:
    """Return what the page tells apart of a docstring, by its heading; the rest by no heading."""
    text = f"{inspect.getdoc(function)}\n"
    apart = {head: textwrap.dedent(body).strip() for head, body in _TOLD_APART.findall(text)}
    return {**apart, "": _TOLD_APART.sub("", text).strip()}


_SECTION = re.compile(r"^(Args|Returns|Raises|Source):\n", re.MULTILINE)
_ENTRY = re.compile(r"^([*\w]+): ", re.MULTILINE)
_HEADINGS = {"Args": "Arguments", "Returns": "Returns", "Raises": "Raises"}
"""What the page calls the sections that it shows; the source stands in its table."""


def _write_docstring(text: str) -> Iterator[str]:
    """Write a docstring as text, its arguments and errors as lists."""
    story, *sections = _SECTION.split(text)
    yield story.strip()
    for head, body in zip(sections[::2], sections[1::2], strict=True):
        if head not in _HEADINGS:
            continue
        told = textwrap.dedent(body).strip()
        if head in {"Args", "Raises"}:
            told = _ENTRY.sub(r"- `\1`: ", told)
        yield f"\n**{_HEADINGS[head]}**\n\n{told}"


def _write_example(text: str) -> list[str]:
    """Write the words of an example, and its code as a reader would type it."""
    story, prompt, code = text.partition(">>> ")
    if not prompt:
        return []
    return ["", f"**Example:** {' '.join(story.split())}", "", "```pycon", prompt + code, "```"]


def _say_usual(anchor: Anchor) -> str:
    """Write a usual value: what it is of, the value, where it can be read."""
    ends = [anchor.lower, *([] if anchor.upper is None else [anchor.upper])]
    value = "–".join(dict.fromkeys(f"{end:g}" for end in ends))
    least = "from " if anchor.upper is None else ""
    return f"{anchor.label.en}: {least}{value} ({anchor.source})"


def _list_columns(about: MeasureInfo) -> str:
    """Write columns table by table."""
    tables: dict[str, list[str]] = {}
    for name in dict.fromkeys(about.columns):
        table, _, column = name.partition(".")
        tables.setdefault(table, []).append(column)
    return "; ".join(f"`{table}`: {', '.join(columns)}" for table, columns in tables.items())


def _say_interval(about: MeasureInfo) -> str:
    """Say which interval a measure has, or why it has none."""
    if about.no_interval is not None:
        return f"none, because {about.no_interval}"
    return f"95 %: {', '.join(f'`{way}`' for way in about.intervals) or 'its own'}"


def _say_nulls(about: MeasureInfo) -> str:
    """Say what chance may hold fixed, or why a measure is compared with no chance."""
    return ", ".join(f"`{null}`" for null in about.nulls) or f"none, because {about.no_null}"


def _write_signature(name: str, function: object) -> list[str]:
    """Write a call with all of its arguments, on as many lines as it takes."""
    assert callable(function)
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            parameters.append(f"**{parameter.name}")
            continue
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        parameters.append(f"{parameter.name}{default}")
    call = f"{name}({', '.join([parameters[0], '*', *parameters[1:]])})"
    return textwrap.wrap(call, _WIDTH, subsequent_indent="    ", break_long_words=False)


_WIDTH = 84
"""Letters on a line that a page shows without scrolling."""
