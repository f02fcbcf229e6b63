"""What figures there are: the measures, and the indicators that call them."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

from plfkit.measures import CORE, Measure
from plfkit.model.declared.declarations import Anchor, Indicator, MeasureInfo
from plfkit.profiles import GENERIC, load_profile

MUNICIPALITIES = ("vejle", "middelfart", "langeland")


def describe_measures() -> str:
    """Describe every measure from its function."""
    lines = [
        "# Measures",
        "",
        "A measure is a function of a snapshot that returns a long table, a `Result`. Value and range",
        "are explained in [uncertainty](../explanation/uncertainty.md); the class decides",
        "[what may leave](../explanation/disclosure.md). The theme is the room of `plfkit.measures` that",
        "holds it.",
        "",
        "| measure | tells | theme | class |",
        "|---|---|---|---|",
        *(
            f"| [`{m.name}`](#{m.name}) | {m.about.tells.en} | {_name_theme(m)} "
            f"| {m.about.figure_class} |"
            for m in CORE
        ),
    ]
    for found in CORE:
        about, told = found.about, split_docstring(found.function)
        lines += [
            "",
            f"({found.name})=",
            f"## {found.name}",
            "",
            f"*{about.label.en} · {about.label.da}.* {about.tells.en}",
            "",
            *(
                [f"**Formula:** {' '.join(told['Formula'].split())}", ""]
                if "Formula" in told
                else []
            ),
            f"**Beware:** {about.beware.en}",
            "",
            "Needs "
            + ", ".join(f"`{table}`" for table in about.tables)
            + f". Reads {_columns(about)}. Source: {about.reference}.",
            "",
            *(f"Common elsewhere: {_usual(anchor)}.\n" for anchor in about.anchors),
            _tests(about),
            "",
            "```text",
            _signature(found.name, found.function),
            "",
            told[""],
            "```",
            *_write_example(told.get("Examples", "")),
        ]
    return "\n".join(lines) + "\n"


def _name_theme(found: Measure) -> str:
    return found.function.__module__.split(".")[2]


_TOLD_APART = re.compile(r"^(Formula|Beware|Examples):\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)


def split_docstring(function: Callable[..., object]) -> dict[str, str]:
    """Return what the page tells apart of a docstring, by its heading; the rest by no heading."""
    text = f"{inspect.getdoc(function)}\n"
    apart = {head: textwrap.dedent(body).strip() for head, body in _TOLD_APART.findall(text)}
    return {**apart, "": _TOLD_APART.sub("", text).strip()}


def _write_example(text: str) -> list[str]:
    """Write the words of an example, and its code as a reader would type it."""
    story, prompt, code = text.partition(">>> ")
    if not prompt:
        return []
    return ["", f"**Example:** {' '.join(story.split())}", "", "```pycon", prompt + code, "```"]


def map_indicators() -> str:
    """Map every indicator of the profiles to its measure, tables and columns."""
    profiles = [load_profile(name) for name in (*MUNICIPALITIES, GENERIC)]
    lines = [
        "# Indicators",
        "",
        "What each indicator of the three municipalities, and of the built-in profile, is computed by and",
        "from. The tables are those it cannot do without: where one is empty, the indicator is not",
        "measured, and says so. Which columns its measure reads is [said below](#columns-of-each-measure).",
        "Dates, kinds and registrations decide what counts: see [each measure](measures.md).",
    ]
    for profile in profiles:
        lines += ["", f"## {profile.label.en}", ""]
        lines += ["| indicator | what it tells, and by which measure | tables |", "|---|---|---|"]
        lines += [_indicator_row(key, one) for key, one in profile.indicators.items()]
    used = {one.measure for profile in profiles for one in profile.indicators.values()}
    lines += [
        "",
        "## Columns of each measure",
        "",
        "All that it reads, beside dates of validity: a test blanks every other column of an example and",
        "finds the same figure.",
        "",
        "| measure | columns, table by table |",
        "|---|---|",
        *(f"| {_measure_link(name)} | {_columns(CORE[name].about)} |" for name in sorted(used)),
    ]
    return "\n".join(lines) + "\n"


def _indicator_row(key: str, indicator: Indicator) -> str:
    about = CORE[indicator.measure].about
    arguments = ", ".join(f"{n} = {_argument(v)}" for n, v in indicator.arguments.items())
    tables = dict.fromkeys((*about.tables, *indicator.tables))
    call = _measure_link(indicator.measure) + (f" ({arguments})" if arguments else "")
    return (
        f"| `{key}` | {indicator.label.en}: {call} | {', '.join(f'`{name}`' for name in tables)} |"
    )


def _measure_link(name: str) -> str:
    return f"[`{name}`](measures.md#{name})"


def _argument(value: Any) -> str:
    return " + ".join(value) if isinstance(value, list | tuple) else str(value)


def _usual(anchor: Anchor) -> str:
    """Write a usual value: what it is of, the value, where it can be read."""
    ends = [anchor.lower, *([] if anchor.upper is None else [anchor.upper])]
    value = "–".join(dict.fromkeys(f"{end:g}" for end in ends))
    least = "from " if anchor.upper is None else ""
    return f"{anchor.label.en}: {least}{value} ({anchor.source})"


def _columns(about: MeasureInfo) -> str:
    """Write columns table by table."""
    tables: dict[str, list[str]] = {}
    for name in dict.fromkeys(about.columns):
        table, _, column = name.partition(".")
        tables.setdefault(table, []).append(column)
    return "; ".join(f"`{table}`: {', '.join(columns)}" for table, columns in tables.items())


def _tests(about: MeasureInfo) -> str:
    """Say which interval and nulls a measure has, or why it has none."""
    interval = "95 %, from 15 people on"
    if about.no_interval is not None:
        interval = f"none, because {about.no_interval}"
    nulls = ", ".join(f"`{null}`" for null in about.nulls) or f"none, because {about.no_null}"
    return f"Interval: {interval}. Nulls: {nulls}."


def _signature(name: str, function: object) -> str:
    assert callable(function)
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            parameters.append(f"**{parameter.name}")
            continue
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        parameters.append(f"{parameter.name}{default}")
    return f"{name}({', '.join([parameters[0], '*', *parameters[1:]])})"
