"""From tables that were read to one organisation, with the faults of all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from plfkit.errors import Fault, InvalidDataError, Place
from plfkit.hints import Hint
from plfkit.model.records.checking import advise_on_tables, check_tables
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import list_column_specs
from plfkit.model.records.tables import Table
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.sources.cells import DecodedTable
from plfkit.sources.descriptor import About
from plfkit.sources.renamed_cells import advise_on_renamed_cells


def assemble_organisation(
    reads: Mapping[str, DecodedTable],
    about: About,
    vocabulary: Vocabulary,
    faults: Sequence[Fault],
    *,
    called: Mapping[str, str] | None = None,
) -> Organisation:
    """Build an organisation from the tables that a source gave.

    Args:
        reads: Them by name.
        about: What the source says of itself.
        vocabulary: The kinds that rows may name.
        faults: What was already found wrong with the source.
        called: What the source calls tables, where not by their names.

    Raises:
        InvalidDataError: There are faults; all of them are in it, file by file from the top.
    """
    found = [
        *faults,
        *(fault for name, read in reads.items() for fault in _list_read_faults(name, read)),
    ]
    found += _find_broken_rules(reads, vocabulary, called or {})
    if found:
        found += _explain_unknown_kinds(about, vocabulary, found)
        once = {(fault.code, fault.place, fault.remedy): fault for fault in found}
        raise InvalidDataError(sorted(once.values(), key=_order_for_mending(reads)))
    tables = _complete_tables(reads)
    advice = advise_on_tables(tables, called=called)
    return Organisation.of_checked(
        tables,
        vocabulary=vocabulary,
        title=about.title,
        synthetic=about.synthetic,
        advice=[
            *about.list_advice(),
            *advise_on_renamed_cells(reads.values(), vocabulary),
            *(reads[one.place.file].locate_table_fault(one) for one in advice),
        ],
    )


def _complete_tables(reads: Mapping[str, DecodedTable]) -> dict[str, Table[Any]]:
    return {
        name: reads[name].table if name in reads else Table.empty(part)
        for name, part in NATIVE_ROWS.items()
    }


def _find_broken_rules(
    reads: Mapping[str, DecodedTable], vocabulary: Vocabulary, called: Mapping[str, str]
) -> list[Fault]:
    tables = _complete_tables(reads)
    unreliable = frozenset(
        name for name, read in reads.items() if any(map(read.may_hide_ids, read.faults))
    )
    broken = check_tables(tables, vocabulary, unreliable=unreliable, called=called)
    return [reads[fault.place.file].locate_table_fault(fault) for fault in broken]


def _list_read_faults(name: str, read: DecodedTable) -> Iterator[Fault]:
    """Yield a table's faults; those that hide ids say that references will be judged later."""
    referred_to = any(
        spec.refers_to == name for part in NATIVE_ROWS.values() for spec in list_column_specs(part)
    )
    for fault in read.faults:
        if referred_to and fault.code == "invalid_value" and read.may_hide_ids(fault):
            yield evolve(fault, hint=Hint("cell.checked_later", hint=fault.remedy))
        else:
            yield fault


def _explain_unknown_kinds(
    about: About, vocabulary: Vocabulary, found: Sequence[Fault]
) -> list[Fault]:
    """Say whose words the data speak, if some were not understood."""
    unknown = [fault for fault in found if fault.code == "unknown_kind"]
    if not unknown or vocabulary == about.vocabulary:
        return []
    if about.vocabulary is not None:
        hint = Hint("profile.other_words", remedy=Hint("profile.leave_out"))
    elif about.profile is not None and about.profile != vocabulary.profile:
        hint = Hint("profile.name_it", profile=about.profile)
    else:
        return []
    return [Fault("other_profile", Place(unknown[0].place.file), hint)]


def _order_for_mending(
    reads: Mapping[str, DecodedTable],
) -> Callable[[Fault], tuple[int, int, str]]:
    """Order faults as somebody mends them: file by file, from the top."""
    order = {read.raw.file: number for number, read in enumerate(reads.values())}

    def key(fault: Fault) -> tuple[int, int, str]:
        place = fault.place
        return order.get(place.file, -1), place.row or 0, place.column or ""

    return key
