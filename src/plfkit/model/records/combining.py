"""Several organisations as one, with ids of their own and one vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import asdict, evolve

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.checking import check_tables
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.reversed_items import turn_answers
from plfkit.model.records.rows import NATIVE_ROWS, Answer, Focus
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.records.tables import Column, Table
from plfkit.model.words.kinds import Framework, Kind, Label, Relation
from plfkit.model.words.titles import is_kind_id, join_title
from plfkit.model.words.vocabulary import Vocabulary, load_core_vocabulary
from plfkit.requiring import require_instance

_MAY_DIFFER = ("reversed", "scale", "wordings", "takes", "formerly")
"""In which keys kinds that mean the same may differ: they have done their part before kinds come together."""
BETWEEN = ":"
"""What stands between the name of an organisation and an id of its own."""


def combine(organisations: Mapping[str, Organisation]) -> Organisation:
    """Bring several organisations together, as for a project of several municipalities.

    Every id gets the name of its organisation in front, as in ``vejle:school-1``. The vocabulary is
    the core's; a kind that a profile added keeps its id where all who have it mean the same, and
    gets the name in front, as in ``vejle_mentor``, where they do not. Labels, aliases and minimums
    that profiles gave to kinds of the core do not carry over, nor do titles that kinds took from others
    and ids that they had before: figures are counted alike, and all rows are read already. Answers to
    items that a profile reverses are turned, so that a high one means the same in all; after that no
    item is reversed.

    Args:
        organisations: By their names, which are lower-case letters, digits and underscores.

    Raises:
        InvalidDataError: A name is not allowed, nothing is combined, or a survey with a reversed item
            does not tell the ends of its scale.
    """
    require_instance(organisations, Mapping)
    for organisation in organisations.values():
        require_instance(organisation, Organisation)
    _refuse_bad_names(organisations)
    turned = _turn_reversed_answers(organisations)
    core = load_core_vocabulary()
    agreed = _find_agreed_kinds(organisations)
    pieces: dict[str, list[Table[Any]]] = {name: [] for name in NATIVE_ROWS}
    sections: dict[str, Any] = {section: {**core.section(section)} for section in core.sections}
    for name, organisation in organisations.items():
        renamed = _rename_added_kinds(name, organisation.vocabulary, agreed)
        for section, ids in renamed.items():
            own = organisation.vocabulary.section(section)
            sections[section] |= {
                new: _update_kind_references(own[old], renamed) for old, new in ids.items()
            }
        for table, rows in _add_focus_rows(turned[name]).tables.items():
            pieces[table].append(_prefix_table_ids(rows, name, renamed))
    tables = {table: rows[0].joined(*rows[1:]) for table, rows in pieces.items()}
    vocabulary = evolve(core, **sections)
    if faults := check_tables(tables, vocabulary):
        raise InvalidDataError(faults)
    return Organisation.of_checked(
        tables,
        vocabulary=vocabulary,
        title=_combine_titles(organisations),
        synthetic=any(organisation.synthetic for organisation in organisations.values()),
    )


def _refuse_bad_names(organisations: Mapping[str, Organisation]) -> None:
    faults = [
        Fault("bad_name", Place(str(name)), Hint("combining.bad_name"))
        for name in organisations
        if not is_kind_id(name)
    ]
    if not organisations:
        faults = [Fault("nothing", Place("combine"), Hint("combining.nothing"))]
    if faults:
        raise InvalidDataError(faults)


def _turn_reversed_answers(organisations: Mapping[str, Organisation]) -> dict[str, Organisation]:
    """Turn the answers to reversed items, each organisation's as its own vocabulary has it."""
    turned, faults = {}, []
    for name, organisation in organisations.items():
        answers, surveys = organisation.answers, organisation.surveys
        values = turn_answers(answers, surveys, organisation.vocabulary.reversed_items)
        stuck = np.isnan(values)
        for survey in sorted(set(answers.take(stuck).column("survey").tolist())):
            hint = Hint("survey.turned_without_scale", survey=survey)
            faults.append(Fault("missing_value", Place(f"{name}: surveys", None, "lowest"), hint))
        cells = Column(np.where(stuck, 0, values), answers.column("value").missing)
        table = Table(Answer, {**answers.columns, "value": cells})
        turned[name] = evolve(organisation, tables={**organisation.tables, "answers": table})
    if faults:
        raise InvalidDataError(faults)
    return turned


def _rename_added_kinds(
    name: str, own: Vocabulary, agreed: Collection[tuple[str, str]]
) -> dict[str, dict[str, str]]:
    """Return the new id of each kind that an organisation's profile added, section by section."""
    core = load_core_vocabulary()
    return {
        section: {
            kind: kind if (section, kind) in agreed else f"{name}_{kind}"
            for kind in own.section(section)
            if kind not in core.section(section)
        }
        for section in core.sections
    }


def _find_agreed_kinds(organisations: Mapping[str, Organisation]) -> set[tuple[str, str]]:
    """Find the kinds, with their sections, by which all who have them mean the same.

    A kind of which anybody has one by the same id in another section is none of them.
    """
    meanings: dict[tuple[str, str], Any] = {}
    sections: dict[str, set[str]] = {}
    disputed = set()
    for section, id_, kind in _list_kinds(organisations):
        # Turned answers have one direction, so that frameworks may differ in what they reversed; and
        # data say their own scale, so that they may differ in how they ask.
        meaning = asdict(kind, recurse=False) | dict.fromkeys(_MAY_DIFFER)
        if meanings.setdefault((section, id_), meaning) != meaning:
            disputed.add((section, id_))
        sections.setdefault(id_, set()).add(section)
    return {key for key in meanings if key not in disputed and len(sections[key[1]]) == 1}


def _list_kinds(organisations: Mapping[str, Organisation]) -> Iterator[tuple[str, str, Kind]]:
    """Yield each kind of each organisation with its section and its id."""
    for organisation in organisations.values():
        for section in organisation.vocabulary.sections:
            for id_, kind in organisation.vocabulary.section(section).items():
                yield section, id_, kind


def _update_kind_references(kind: Kind, renamed: Mapping[str, Mapping[str, str]]) -> Kind:
    """Return a kind that names the level, kind and characteristics it belongs to as they are now."""
    changes: dict[str, Any] = {"takes": (), "formerly": ()}
    if aliases := getattr(kind, "aliases", ()):
        taken = {join_title(word) for word in kind.takes}
        changes["aliases"] = tuple(word for word in aliases if join_title(word) not in taken)
    if level := getattr(kind, "level", None):
        changes["level"] = renamed["levels"].get(level, level)
    if wider := getattr(kind, "sort_of", None):
        section = "relations" if isinstance(kind, Relation) else "community_kinds"
        changes["sort_of"] = renamed[section].get(wider, wider)
    if known := getattr(kind, "characteristics", ()):
        changes["characteristics"] = tuple(renamed["characteristics"].get(c, c) for c in known)
    if isinstance(kind, Framework):
        changes |= _rename_framework_keys(kind, renamed["characteristics"])
    return evolve(kind, **changes)


def _rename_framework_keys(framework: Framework, renamed: Mapping[str, str]) -> dict[str, Any]:
    """Return keys and crosswalk by what characteristics are called now; items keep their names.

    None is reversed any more, and none is worded against the others.
    """
    moved = [c for c in framework.characteristics if renamed.get(c, c) != c]
    keyed = dict.fromkeys((*framework.keys, *moved))
    return {
        "keys": {renamed.get(c, c): framework.list_items(c) for c in keyed},
        "crosswalk": {
            renamed.get(c, c): tuple(renamed.get(word, word) for word in words)
            for c, words in framework.crosswalk.items()
        },
        "reversed": (),
        "wordings": {
            item: wording
            for item, wording in framework.wordings.items()
            if item not in framework.reversed
        },
    }


def _add_focus_rows(organisation: Organisation) -> Organisation:
    """Give words that stand for a focus a row of their own, so that they can be told apart."""
    if len(organisation.focuses):
        return organisation
    tables = (organisation.communities, organisation.events)
    words = {word for table in tables for word in table.column("focus").categories}
    return organisation.with_(focuses=[Focus(word, word) for word in sorted(words)])


def _prefix_table_ids(
    table: Table[Any], name: str, renamed: Mapping[str, Mapping[str, str]]
) -> Table[Any]:
    columns = {
        spec.name: _prefix_column_ids(table.column(spec.name), spec, name, renamed)
        for spec in list_column_specs(table.row_type)
    }
    for spec in list_column_specs(table.row_type):
        if spec.depends_on is not None:
            columns[spec.name] = _rename_dependent_kinds(spec, columns, renamed)
    return Table(table.row_type, columns)


def _rename_dependent_kinds(
    spec: ColumnSpec, columns: Mapping[str, Column], renamed: Mapping[str, Mapping[str, str]]
) -> Column:
    """Return a column of kinds by their new ids, section by section as another column says."""
    ids = {
        word: {kind: new for section in sections for kind, new in renamed[section].items()}
        for word, sections in spec.sections.items()
    }
    deciding = columns[spec.depends_on or ""]
    return columns[spec.name].relabel_texts_by(
        deciding, lambda word, text: ids[word].get(text, text)
    )


def _prefix_column_ids(
    column: Column, spec: ColumnSpec, name: str, renamed: Mapping[str, Mapping[str, str]]
) -> Column:
    if spec.name in {"id", "respondent"} or spec.refers_to is not None:
        return column.prefix_texts(f"{name}{BETWEEN}")
    if spec.kind is not None and (ids := renamed[spec.kind]):
        return column.relabel_texts([ids.get(text, text) for text in column.categories])
    return column


def _combine_titles(organisations: Mapping[str, Organisation]) -> Label | None:
    titles = [organisation.title for organisation in organisations.values()]
    known = [title for title in titles if title is not None]
    if len(known) < len(titles):
        return None
    return Label(" + ".join(t.da for t in known), " + ".join(t.en for t in known))
