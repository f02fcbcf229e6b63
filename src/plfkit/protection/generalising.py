"""Titles, subjects and dates made coarser, so that fewer people are the only one of their sort."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from plfkit.arrays import Numbers
from plfkit.errors import ProtectionError
from plfkit.hints import Hint, quote_word
from plfkit.model.records.checking.rows import find_over_full_time
from plfkit.model.records.lifetimes import LATEST, RowDays
from plfkit.model.records.schema import read_row_rules
from plfkit.model.records.tables import Column, Table, number_rows
from plfkit.model.words.titles import hint_at_word
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.periods import FIRST_YEAR, LAST_YEAR
from plfkit.protection.mentions import blank_column, list_tables_with, replace_columns

Generalisation = Literal["title", "subject", "dates"]
GENERALISATIONS: tuple[Generalisation, ...] = get_args(Generalisation)
"""What can be made coarser."""
_ABOUT_NOBODY = frozenset({"registrations", "outcomes", "pathways"})
"""TablesByName with dates that tell of lists, pupils and buildings: their dates stay."""
_AUGUST, _MONTHS = 7, 12
_FIRST_DAY = np.datetime64(f"{FIRST_YEAR}-01-01", "D")
_LAST_DAY = np.datetime64(f"{LAST_YEAR}-12-31", "D")
TablesByName = dict[str, Table[Any]]


def read_generalisations(words: Iterable[str]) -> tuple[Generalisation, ...]:
    """Return what is to be generalised, each once and in a fixed order.

    Raises:
        ProtectionError: A word is none of `GENERALISATIONS`.
    """
    asked = list(words)
    for word in asked:
        if word not in GENERALISATIONS:
            near = hint_at_word(word, GENERALISATIONS) or Hint(
                "near.choices", names=GENERALISATIONS
            )
            raise ProtectionError(
                Hint("protecting.generalisation", word=quote_word(word), near=near)
            )
    return tuple(word for word in GENERALISATIONS if word in asked)


def generalise_tables(
    tables: TablesByName, vocabulary: Vocabulary, chosen: Iterable[Generalisation]
) -> TablesByName:
    """Return tables that say less of people: what of, was chosen.

    Args:
        tables: All native tables by name, without faults.
        vocabulary: The kinds that rows name.
        chosen: What to generalise.
    """
    for word in chosen:
        if word == "title":
            tables = generalise_titles(tables, vocabulary)
        elif word == "subject":
            tables = drop_subjects(tables)
        else:
            tables = generalise_dates(tables)
    return tables


def find_general_roles(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the role that stands for each role: the first of its level that counts alike.

    Roles count alike if both or neither support their colleagues (resource persons), and both or
    neither count as staff. So figures by level, of resource persons and of staff stay what they were.

    >>> from plfkit.model.words.vocabulary import load_core_vocabulary
    >>> general = find_general_roles(load_core_vocabulary())
    >>> general["department_head"], general["pedagogue"], general["substitute"]
    ('principal', 'teacher', 'substitute')
    """
    first: dict[tuple[str | None, bool, bool], str] = {}
    return {
        name: first.setdefault((role.level, role.resource_person, role.staff), name)
        for name, role in vocabulary.roles.items()
    }


def generalise_titles(tables: TablesByName, vocabulary: Vocabulary) -> TablesByName:
    """Return tables in which each position has the general role of its level.

    A list that is said to be complete of one role only is no longer said to be: the general role
    stands for others too, whose list may have gaps.
    """
    general = find_general_roles(vocabulary)
    shared = {role for role in general if list(general.values()).count(general[role]) > 1}
    positions, lists = tables["positions"], tables["registrations"]
    role = _merge_texts(positions.column("role"), general)
    of_positions = lists.column("of").match_text("positions")
    vague = [of_positions & lists.column("kind").match_text(name) for name in sorted(shared)]
    return {
        **tables,
        "positions": join_overlapping_rows(replace_columns(positions, {"role": role})),
        "registrations": lists.take(~np.any(vague, axis=0)) if vague else lists,
    }


def drop_subjects(tables: TablesByName) -> TablesByName:
    """Return tables without subjects of positions, ties and qualifications."""
    return tables | {
        name: join_overlapping_rows(blank_column(tables[name], "subject"))
        for name in list_tables_with("subject")
    }


def generalise_dates(tables: TablesByName) -> TablesByName:
    """Return tables whose dates tell of school years only.

    An interval is widened to whole school years: it begins on 1 August before its start and ends on
    1 August after its last day. So it is never empty, lies within whatever it lay within, and is in
    force in the same school years. Surveys and events are moved to the first day of their year. Rows
    that say the same for overlapping years become one. Where a person's shares of full time now add
    up to more than one, they are dropped.
    """
    done = dict(tables)
    for name in list_tables_with("valid_from"):
        if name not in _ABOUT_NOBODY:
            table = tables[name]
            begins, ends = table.column("valid_from"), table.column("valid_to")
            wider = {
                "valid_from": _move_days(begins, _find_august_before(begins.values)),
                "valid_to": _move_days(ends, _find_august_after(ends.values)),
            }
            done[name] = join_overlapping_rows(replace_columns(table, wider))
    for name in list_tables_with("date"):
        days = tables[name].column("date")
        moved = _move_days(days, _find_august_before(days.values))
        done[name] = replace_columns(tables[name], {"date": moved})
    done["positions"] = _drop_excess_shares(done["positions"])
    return done


def join_overlapping_rows(table: Table[Any]) -> Table[Any]:
    """Return a table in which rows that say the same for some day are one row.

    It holds as long as all of them together. Its weight is the greatest, and blank if one was; its
    share of full time is blank. TablesByName of which several rows may say the same stay as they are.
    """
    columns = read_row_rules(table.row_type).one_at_a_time
    days = RowDays.of(table)
    if not columns or days is None:
        return table
    groups = number_rows([table.column(column) for column in columns])
    order = np.lexsort((days.begins, groups))
    begins, ends = days.begins[order], days.ends[order]
    starts = _find_run_starts(groups[order], begins, ends)
    if len(starts) == len(table):
        return table
    kept = table.take(order[starts])
    latest = np.maximum.reduceat(ends, starts)
    is_open = latest == LATEST
    day = np.where(is_open, 0, latest).astype("datetime64[D]")
    joined = {"valid_to": Column(day, is_open)}
    if "weight" in table.columns:
        joined["weight"] = _join_weights(table.column("weight").permute_rows(order), starts)
    if "fte" in table.columns:
        alone = np.diff(starts, append=len(table)) == 1
        share = kept.column("fte")
        gone = share.missing | ~alone
        joined["fte"] = Column(np.where(gone, 0.0, share.values), gone)
    return replace_columns(kept, joined)


def _find_run_starts(groups: Numbers, begins: Numbers, ends: Numbers) -> Numbers:
    """Find where runs of overlapping rows start, in rows ordered by group and first day.

    Days 1–3, 2–9 and 5–7 of one group are a run, for 5 lies before 9; 9–10 starts another.
    """
    starts: list[int] = []
    group, latest = None, 0
    for place, (own, begin, end) in enumerate(
        zip(groups.tolist(), begins.tolist(), ends.tolist(), strict=True)
    ):
        if own != group or begin >= latest:
            starts.append(place)
            group, latest = own, end
        latest = max(latest, end)
    return np.array(starts, np.int64)


def _join_weights(weights: Column, starts: Numbers) -> Column:
    """Return the greatest weight of each run; a tie without one passes every threshold."""
    missing = np.logical_or.reduceat(weights.missing, starts)
    return Column(np.where(missing, 0.0, np.maximum.reduceat(weights.values, starts)), missing)


def _merge_texts(column: Column, meant: Mapping[str, str]) -> Column:
    """Return a text column with what each text stands for, which several may share."""
    texts = sorted({meant[text] for text in column.categories})
    places = [*(texts.index(meant[text]) for text in column.categories), -1]
    return Column.of_codes(np.array(places, np.int32)[column.values], texts)


def _find_august_before(days: NDArray[Any]) -> NDArray[Any]:
    """Return the first day of the school year that each day lies in.

    Months count from January 1970: August 1970 is 7, and 7, 19, 31 … begin school years.
    """
    months = days.astype("datetime64[M]").astype(np.int64)
    first = (months - _AUGUST) // _MONTHS * _MONTHS + _AUGUST
    return _clip_months(first)


def _find_august_after(days: NDArray[Any]) -> NDArray[Any]:
    """Return the day after the school year of the last day before each day."""
    months = (days - np.timedelta64(1, "D")).astype("datetime64[M]").astype(np.int64)
    after = (months - _AUGUST) // _MONTHS * _MONTHS + _AUGUST + _MONTHS
    return _clip_months(after)


def _clip_months(months: NDArray[Any]) -> NDArray[Any]:
    """Return the first day of each month, or the nearest day that a cell may hold."""
    days = months.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray(np.clip(days, _FIRST_DAY, _LAST_DAY))


def _move_days(column: Column, days: NDArray[Any]) -> Column:
    """Return a column of dates with other days, its missing cells as they were."""
    return Column(np.where(column.missing, column.values, days), column.missing)


def _drop_excess_shares(positions: Table[Any]) -> Table[Any]:
    """Blank the shares of full time of people whose shares now add up to more than one."""
    share, person = positions.column("fte"), positions.column("person")
    rows = [found.rows for found in find_over_full_time(positions)]
    if not rows:
        return positions
    gone = share.missing | np.isin(person.values, person.values[np.concatenate(rows)])
    return replace_columns(positions, {"fte": Column(np.where(gone, 0.0, share.values), gone)})
