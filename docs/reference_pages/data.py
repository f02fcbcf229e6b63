"""What data may hold: the tables, and the words of the core vocabulary."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from plfkit.model.records.rows import NATIVE_ROWS, REQUIRED_TABLES
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.words.kinds import Kind
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.sources.formats import FORMATS, TableFormat
from reference_pages.contents import list_contents

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


def describe_tables() -> str:
    """Describe every table from the parts that declare it."""
    lines = [
        "# Tables",
        "",
        "One file each, or one sheet of a workbook. Columns may stand in any order; columns that are not",
        "required may be left out. A blank cell means that nothing is known. Intervals are half-open:",
        "`valid_to` is the first day that no longer belongs. Ids are text: `007` stays `007`. Required",
        "tables: " + ", ".join(f"`{name}`" for name in REQUIRED_TABLES) + ".",
        "",
        *_list_formats(),
    ]
    for name, part in NATIVE_ROWS.items():
        lines += ["", f"## {name}", "", inspect.getdoc(part) or "", ""]
        lines += ["| column | cell | meaning |", "|---|---|---|"]
        lines += [_column(spec) for spec in list_column_specs(part)]
    return "\n".join(lines) + "\n"


def _list_formats() -> Iterator[str]:
    """List the formats of the registry."""
    yield "| format | file | what it is | media type | extra |"
    yield "|---|---|---|---|---|"
    for form in FORMATS.values():
        file = f"persons{form.suffix}" if isinstance(form, TableFormat) else f"*{form.suffix}"
        extra = f"`{form.extra}`" if form.extra else "–"
        yield f"| `{form.name}` | `{file}` | {form.doc} | `{form.media_type}` | {extra} |"


def _column(spec: ColumnSpec) -> str:
    cell = spec.codec.description
    if spec.refers_to:
        cell = f"an id of [{spec.refers_to}](#{spec.refers_to})"
    if spec.kind:
        cell = f"an id of the vocabulary's {_link_section(spec.kind)}"
    if spec.depends_on:
        sections = dict.fromkeys(s for named in spec.sections.values() for s in named)
        cell = f"an id of the vocabulary, by `{spec.depends_on}`: {', '.join(map(_link_section, sections))}"
    if spec.choices:
        cell = " or ".join(f"`{word}`" for word in spec.choices)
    if spec.minimum is not None:
        cell += f", at least {spec.minimum:g}"
    if spec.maximum is not None:
        cell += f", at most {spec.maximum:g}"
    return f"| `{spec.name}`{' (required)' if spec.required else ''} | {cell} | {spec.doc} |"


def _link_section(section: str) -> str:
    return f"[{SECTIONS[section].lower()}](vocabulary/{section}.md)"


def list_kinds() -> dict[str, str]:
    """List the kinds of the core vocabulary, a page for each section."""
    core = load_core_vocabulary()
    pages = {
        f"reference/vocabulary/{section}.md": _list_section(title, core.section(section))
        for section, title in SECTIONS.items()
    }
    return {"reference/vocabulary.md": _list_sections(core), **pages}


def _list_sections(core: Vocabulary) -> str:
    """List the sections, with how many kinds each has and the first of them."""
    lines = [
        "# Core vocabulary",
        "",
        "The kinds that data may name. A profile adds kinds, relabels them and adds aliases. Levels,",
        "roles, unit kinds and community kinds share one name space, because `groups=` and `by=` name",
        f"them. Heads are counted on {core.reference_day} (month and day) of the school year.",
        "",
        "| section | kinds | such as |",
        "|---|---:|---|",
    ]
    for section, title in SECTIONS.items():
        kinds = [*core.section(section)]
        such = ", ".join(f"`{name}`" for name in kinds[:_FEW])
        lines.append(f"| [{title}](vocabulary/{section}.md) | {len(kinds)} | {such} |")
    lines += ["", *list_contents(f"vocabulary/{section}" for section in SECTIONS)]
    return "\n".join(lines) + "\n"


_FEW = 3


def _list_section(title: str, kinds: Mapping[str, Kind]) -> str:
    lines = [f"# {title}", "", "| id | Danish | English | |", "|---|---|---|---|"]
    for name, kind in kinds.items():
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
