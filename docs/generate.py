"""Write the reference pages that follow from the code, and the picture of the rooms.

    python docs/generate.py

A test compares what this writes with what stands in the documentation.
"""

from __future__ import annotations

import importlib
import inspect
import json
import tomllib
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import click

from plfkit import errors
from plfkit.cli import main
from plfkit.measures import CORE
from plfkit.model.declarations import Anchor, Indicator, MeasureInfo
from plfkit.model.kinds import Kind
from plfkit.model.parts import PARTS, REQUIRED_TABLES
from plfkit.model.schema import ColumnSpec, columns_of
from plfkit.model.vocabulary import core_vocabulary
from plfkit.profiles import GENERIC, hooks, load_profile, manifest_schema
from plfkit.testing import CHECKS, Check

DOCS = Path(__file__).parent
SECTIONS = {
    "levels": "Levels",
    "unit_kinds": "Unit kinds",
    "roles": "Roles",
    "community_kinds": "Community kinds",
    "membership_roles": "Membership roles",
    "relations": "Relations",
    "characteristics": "Characteristics",
    "frameworks": "Frameworks",
    "event_kinds": "Event kinds",
    "participation_roles": "Participation roles",
    "qualification_kinds": "Qualification kinds",
}


def pages() -> dict[str, str]:
    """Return every generated file by its path below docs/."""
    return {
        "reference/tables.md": tables(),
        "reference/vocabulary.md": vocabulary(),
        "reference/measures.md": measures(),
        "reference/indicators.md": indicators(),
        "reference/commands.md": commands(),
        "reference/errors.md": error_page(),
        "reference/profiles.md": profiles(),
        "reference/contract.md": contract(),
        "_static/profile.schema.json": json.dumps(manifest_schema(), indent=2) + "\n",
        "_static/rooms.svg": rooms(),
    }


def tables() -> str:
    """Describe every table from the parts that declare it."""
    lines = [
        "# Tables",
        "",
        "One CSV file each: UTF-8, comma-separated, a header in row 1. Columns may stand in any order;",
        "columns that are not required may be left out. A blank cell means that nothing is known.",
        "Intervals are half-open: `valid_to` is the first day that no longer belongs. Ids are text:",
        "`007` stays `007`. Required tables: "
        + ", ".join(f"`{name}`" for name in REQUIRED_TABLES)
        + ".",
    ]
    for name, part in PARTS.items():
        lines += ["", f"## {name}", "", inspect.getdoc(part) or "", ""]
        lines += ["| column | cell | meaning |", "|---|---|---|"]
        lines += [_column(spec) for spec in columns_of(part)]
    return "\n".join(lines) + "\n"


def _column(spec: ColumnSpec) -> str:
    cell = spec.codec.description
    if spec.refers_to:
        cell = f"an id of [{spec.refers_to}](#{spec.refers_to})"
    if spec.kind:
        section = SECTIONS[spec.kind].lower()
        cell = f"an id of the vocabulary's [{section}](vocabulary.md#{section.replace(' ', '-')})"
    if spec.depends_on:
        sections = dict.fromkeys(s for named in spec.sections.values() for s in named)
        words = (
            f"[{t}](vocabulary.md#{t.replace(' ', '-')})"
            for t in (SECTIONS[s].lower() for s in sections)
        )
        cell = f"an id of the vocabulary, by `{spec.depends_on}`: {', '.join(words)}"
    if spec.choices:
        cell = " or ".join(f"`{word}`" for word in spec.choices)
    if spec.minimum is not None:
        cell += f", at least {spec.minimum:g}"
    if spec.maximum is not None:
        cell += f", at most {spec.maximum:g}"
    return f"| `{spec.name}`{' (required)' if spec.required else ''} | {cell} | {spec.doc} |"


def vocabulary() -> str:
    """List the kinds of the core vocabulary."""
    core = core_vocabulary()
    lines = [
        "# Core vocabulary",
        "",
        "The kinds that data may name. A profile adds kinds, relabels them and adds aliases. Levels,",
        "roles, unit kinds and community kinds share one name space, because `groups=` and `by=` name",
        f"them. Heads are counted on {core.reference_day} (month and day) of the school year.",
    ]
    for section, title in SECTIONS.items():
        lines += ["", f"## {title}", "", "| id | Danish | English | |", "|---|---|---|---|"]
        for name, kind in core.section(section).items():
            facts = "; ".join(_facts(kind))
            lines.append(f"| `{name}` | {kind.label.da} | {kind.label.en} | {facts} |")
    return "\n".join(lines) + "\n"


def _facts(kind: Kind) -> Iterator[str]:
    """Say what the attributes of a kind mean, as far as it has them."""
    for name in filter(lambda name: hasattr(kind, name), _PHRASES):
        value = getattr(kind, name)
        if told := _PHRASES[name].get(bool(value)):
            yield told.format(_listed(value))


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} → {_briefly(words)}" for key, words in value.items())
    return ", ".join(value) if isinstance(value, tuple) else value


def _briefly(words: tuple[str, ...]) -> str:
    """Write out a few words; of many, numbered ones, the first and the last."""
    if len(words) > _MANY:
        return f"{words[0]} … {words[-1]} ({len(words)} items)"
    return " and ".join(words) or "none"


_MANY = 4


_PHRASES: dict[str, dict[bool, str]] = {
    "required": {True: "required"},
    "minimum_members": {True: "at least {} members"},
    "level": {True: "level `{}`"},
    "sort_of": {True: "a sort of `{}`"},
    "meeting": {True: "a meeting"},
    "resource_person": {True: "resource person"},
    "staff": {False: "not counted as staff"},
    "directed": {True: "directed", False: "undirected"},
    "evidence": {True: "{}"},
    "characteristics": {True: "characteristics: {}"},
    "reference": {True: "{}"},
    "keys": {True: "items: {}"},
    "crosswalk": {True: "answers to: {}"},
    "reversed": {True: "reversed items: {}"},
    "aliases": {True: "also: {}"},
}


def measures() -> str:
    """Describe every measure from its function."""
    lines = [
        "# Measures",
        "",
        "A measure is a function of a snapshot that returns a long table, a `Result`. Value and range",
        "are explained in [uncertainty](../explanation/uncertainty.md); the class decides",
        "[what may leave](../explanation/disclosure.md).",
        "",
        "| measure | tells | class |",
        "|---|---|---|",
        *(
            f"| [`{m.name}`](#{m.name}) | {m.about.tells.en} | {m.about.figure_class} |"
            for m in CORE
        ),
    ]
    for found in CORE:
        about = found.about
        lines += [
            "",
            f"({found.name})=",
            f"## {found.name}",
            "",
            f"*{about.label.en} · {about.label.da}.* {about.tells.en}",
            "",
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
            inspect.getdoc(found.function) or "",
            "```",
        ]
    return "\n".join(lines) + "\n"


def indicators() -> str:
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


MUNICIPALITIES = ("vejle", "middelfart", "langeland")


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


def commands() -> str:
    """Print every command's help."""
    lines = [
        "# Commands",
        "",
        "Data go to stdout, everything else to stderr. Exit codes: 0 fine, 1 faults in the data or a",
        "refusal, 2 misuse. The shapes of JSON output are on [their own page](json.md).",
    ]
    above = click.Context(main, info_name="plfkit", **main.context_settings)
    for name, command in sorted(main.commands.items()):
        lines += _help(command, name, above)
    return "\n".join(lines) + "\n"


def _help(command: click.Command, name: str, above: click.Context) -> list[str]:
    """Print a command's help, and that of the commands below it."""
    context = click.Context(command, parent=above, info_name=name)
    title = context.command_path
    lines = ["", f"## {title}", "", "```text", command.get_help(context), "```"]
    if isinstance(command, click.Group):
        for below, one in sorted(command.commands.items()):
            lines += _help(one, below, context)
    return lines


def error_page() -> str:
    """List every error with what it means."""
    lines = [
        "# Errors",
        "",
        "Every error that plfkit raises on purpose is a `plfkit.PlfkitError`; its message says what is",
        "wrong, where, and what to do. They stand in `plfkit.errors`.",
        "",
        "| error | is a | raised when |",
        "|---|---|---|",
    ]
    for name, found in vars(errors).items():
        if inspect.isclass(found) and issubclass(found, Exception):
            doc = (inspect.getdoc(found) or "").splitlines()[0]
            lines.append(f"| `{name}` | `{found.__mro__[1].__name__}` | {doc} |")
    return "\n".join(lines) + "\n"


def profiles() -> str:
    """List every key of profile.toml from the schema that editors use."""
    schema = manifest_schema()
    lines = [
        "# Profiles",
        "",
        "What `profile.toml` may hold. Whatever else it holds is refused, with line, path and the",
        'nearest known key. Texts are tables `{ da = "…", en = "…" }`, both languages required.',
        "[Add a municipality](../howto/add-a-municipality.md) shows how to write one,",
        "[the contract](contract.md) what it must keep.",
        "",
        "Editors that know JSON Schema complete and check what you write: `plfkit schema` prints",
        "[the schema](../_static/profile.schema.json).",
        "",
        *_keys(schema),
        "",
        "A default stands in brackets. A period is a school year (`2018/19`), a day, or",
        "`start/end`: the first day, and the day after the last (`2024-08-01/2026-08-01`), either left",
        "open if it is not known. With",
        "`extends` a profile takes over all that another declares and adds to it. Of what is there it",
        "may set the `rule` of a goal, the `target`, `baseline`, `steps` and `note` of an indicator,",
        "`standards` and the keys of `purpose`; thresholds of `privacy` may rise.",
        "",
        "## Vocabulary",
        "",
        "Entries of `vocabulary.SECTION.ID`. A kind that the vocabulary has takes a new `label`, more",
        "`aliases`, `minimum_members` if it is a level and `reversed` items if it is a framework, and",
        "nothing else; a new one needs what is required here.",
    ]
    sections = schema["properties"]["vocabulary"]["properties"]
    for name, section in sections.items():
        if "additionalProperties" in section:
            lines += ["", f"### vocabulary.{name}", "", *_keys(_entry(section, schema))]
    for title, name in _ENTRIES.items():
        lines += ["", f"## {title}", "", *_keys(schema["$defs"][name])]
    signature = str(inspect.signature(hooks.plfkit_profile)).replace("'", "")
    lines += [
        "",
        "## The hook",
        "",
        f"`plfkit_profile{signature}`, marked with `plfkit.hookimpl`, in the module that the entry point",
        "of the group `plfkit.profiles` names. The entry point's name is the profile's id.",
    ]
    return "\n".join(lines) + "\n"


_ENTRIES = {
    "Goals": "Goal",
    "Indicators": "Indicator",
    "Targets": "Target",
    "Baselines": "Baseline",
    "Claims": "Claim",
    "Rules": "Rule",
    "Context and challenges": "Statement",
    "Amounts": "Amount",
    "Programmes": "Programme",
    "Schools": "School",
    "Privacy": "PrivacyFloor",
    "Standards": "Standards",
    "Purpose": "Purpose",
}


def _entry(section: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = section["additionalProperties"]["anyOf"][0]["$ref"].rpartition("/")[2]
    known: dict[str, Any] = schema["$defs"][name]
    return known


def _keys(entry: dict[str, Any]) -> list[str]:
    rows = ["| key | holds | meaning |", "|---|---|---|"]
    for name, key in entry["properties"].items():
        required = " (required)" if name in entry["required"] else ""
        default = f" (`{json.dumps(key['default'])}`)" if "default" in key else ""
        rows.append(
            f"| `{name}`{required} | {_holds(key)}{default} | {key.get('description', '')} |"
        )
    return rows


def _holds(key: dict[str, Any]) -> str:
    if "enum" in key:
        return ", ".join(f"`{word}`" for word in key["enum"])
    if "const" in key:
        return f"`{key['const']}`"
    if "anyOf" in key:
        # The second way is an amendment, but where words stand beside numbers.
        choices = key["anyOf"] if "enum" in key["anyOf"][0] else key["anyOf"][:1]
        return " or ".join(map(_holds, choices))
    if "$ref" in key:
        name = key["$ref"].rpartition("/")[2]
        return {"Label": "a text in both languages"}.get(name, f"a table: {name}")
    names = {
        "array": "a list of texts",
        "object": "a table",
        "string": "a text",
        "integer": "a whole number",
        "boolean": "true or false",
        "number": "a number",
    }
    return names.get(key.get("type", ""), "a value")


def contract() -> str:
    """List every check of the contract."""
    lines = [
        "# The contract of profiles",
        "",
        "What every profile must keep. `plfkit check-profile NAME` runs the checks and advises;",
        "`plfkit.testing.check_profile` and `parametrize_with_checks` do so in tests. A check may be",
        "expected to fail for now: by name, with a reason, in the profile's `expected_failures` or as",
        "an argument. Once it passes, the expectation fails.",
        "",
        "| check | what must be true |",
        "|---|---|",
        *(f"| `{check.name}` | {check.sentence}{_of_plugins(check)} |" for check in CHECKS),
    ]
    return "\n".join(lines) + "\n"


def _of_plugins(check: Check) -> str:
    return " (Of distributions only: a file is not imported.)" if check.of_plugins else ""


def rooms() -> str:
    """Draw the rooms as the layers that the import contract holds."""
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = [layer.replace(" | ", " : ").split(" : ") for layer in contracts[0]["layers"]]
    height, width, gap = 46, 760, 8
    label = "The rooms of plfkit, each importing only those below it"
    view = f"0 0 {width} {len(layers) * (height + gap)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-family="sans-serif"',
        f'font-size="13" role="img" aria-label="{label}">',
    ]
    for row, names in enumerate(layers):
        each = (width - gap * (len(names) - 1)) / len(names)
        for place, name in enumerate(names):
            x, y = place * (each + gap), row * (height + gap)
            parts += _room(name, x, y, (each, height), wide=len(names) == 1)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _room(name: str, x: float, y: float, size: tuple[float, float], *, wide: bool) -> list[str]:
    doc = (importlib.import_module(name).__doc__ or "").strip().splitlines()[0]
    purpose = escape(doc.partition(": ")[2] or doc)
    title = escape(name.removeprefix("plfkit."))
    words = [f'<text x="{x + 14}" y="{y + 28}" font-weight="bold" fill="#14645a">{title}</text>']
    if wide:
        words.append(f'<text x="{x + 120}" y="{y + 28}" fill="#1c2b33">{purpose}</text>')
    else:
        words.append(
            f'<text x="{x + 90}" y="{y + 28}" font-size="11" fill="#1c2b33">{purpose}</text>'
        )
    place = f'x="{x}" y="{y}" width="{size[0]}" height="{size[1]}"'
    box = f'<rect {place} rx="6" fill="#f3f7f6" stroke="#14645a"/>'
    return [box, *words]


if __name__ == "__main__":
    for path, text in pages().items():
        (DOCS / path).write_text(text, encoding="utf-8")
