"""What the gate leaves of figures, beside two simple rules on the same cells, on made-up municipalities.

    python tests/benchmarks/publishing.py [reports|cells|verdicts|leading|audits ...]

Four tables, some ten minutes: what the reports of the three examples tell; what is told of each yes/no
of people for the whole, by level and by school, at schools of 12, 30 and 60 people, and what the audit
finds in it; which verdicts are no longer decided; and how often a leading figure is told exactly.

The two rules are simple and honest: *suppression* hides a cell where 1 to k − 1 people, or none, have
something or lack it, and the smallest other cell of a table where only one was hidden; *rounding* tells
the nearest multiple of k.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from attrs import evolve, frozen

import plfkit
from plfkit import Organisation, Period, Profile, Scorecard, Snapshot, audit, synthetic
from plfkit.disclosure.properties import name_property
from plfkit.disclosure.recording import describe_who
from plfkit.errors import MeasureError
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.goals.verdicts import judge_figure
from plfkit.hints import Hint
from plfkit.measures import CORE
from plfkit.model.declared.declarations import PrivacyFloor
from plfkit.model.results.facts import mark_persons
from plfkit.model.results.figures import Figure
from plfkit.model.results.result import Result
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import Verdict
from plfkit.report.documents import to_document
from plfkit.synthetic import setting

PROFILES = ("vejle", "middelfart", "langeland")
COUNTING = (
    "leaders_in_teams",
    "membership_coverage",
    "mixed_membership",
    "observer_share",
    "practice_participation",
    "qualification_share",
    "structured_membership",
)
"""The measures that count people, of whom each has something or has not."""
LEADING = {"vejle": "V1b", "middelfart": "M1e", "langeland": "L1a_members"}
SIZES, SEEDS, SCHOOLS = (12, 30, 60), range(5), (2, 3, 5, 8, 20)
LEADING_SEEDS = range(6)
AUDITED_SCHOOLS, AUDITED_SEEDS = (2, 3, 5, 8), range(2)
MARKS = (0.5, 0.6, 0.7, 0.8, 0.9)
Span = tuple[int, int]
Spans = tuple[Span, Span] | None
"""What is told of a cell: between what those who surely have it lie, and those who may; or nothing."""


@frozen
class Cell:
    """Some people of whom a table could tell how many have something.

    Attributes:
        result: The result it is from.
        part: The group; None for the whole.
        family: What it is a row of: the whole, levels or schools.
        people: How many people it has.
        surely: How many have it.
        possibly: How many may.
    """

    result: Result
    part: str | None
    family: str
    people: int
    surely: int
    possibly: int


def build_municipality(profile: Profile, size: int, seed: int) -> Organisation:
    """Return a made-up municipality of eight schools that all have some `size` people."""
    with patch.multiple(
        setting, MIDDLE_SIZE=size, SPREAD=0.1, SMALLEST=6, FEEDER_SIZE=1.0, RECEIVER_SIZE=1.0
    ):
        return synthetic.municipality(profile, schools=8, seed=seed)


def measure_people(organisation: Organisation) -> Iterator[Result]:
    """Yield every measure that counts people, for the whole, by level and by school."""
    now = plfkit.snapshot(organisation)

    def open_moment(period: Period) -> Snapshot:
        return plfkit.snapshot(organisation, period)

    for measure in map(CORE.__getitem__, COUNTING):
        for by in (None, "level", "school"):
            if by is not None and "by" not in measure.parameters:
                continue
            rest = {n: value for n, value in measure.about.example.items() if n != "by"}
            arguments = rest if by is None else {**rest, "by": by}
            with suppress(MeasureError):  # a measure that does not go by this
                result = measure(measure.choose_moments(now, open_moment), arguments)
                if result.facts is not None and result.facts.count is not None:
                    yield result


def list_cells(result: Result) -> Iterator[Cell]:
    """Yield the cells of a result that has people in it."""
    facts = result.facts
    if facts is None or facts.count is None:
        return
    universe = mark_persons(facts.staff, facts.count.universe.persons)
    for figure in result.figures:
        people = facts.sets.get(figure.part)
        if people is None or figure.figure is not None:
            continue
        inside = people.persons[universe[people.persons]]
        if len(inside):
            ends = (int(has[inside].sum()) for has in (facts.count.surely, facts.count.possibly))
            family = "whole" if figure.part is None else f"by {result.by}"
            yield Cell(result, figure.part, family, len(inside), *ends)


# Rules: what each tells of all cells of one municipality.


def tell_by_gate(results: list[Result], k: int) -> dict[int, tuple[Spans, str]]:
    """Return what the gate tells of each cell, by its place, and how where it is no figure of its own."""
    floor = PrivacyFloor(k=k, statistics=15)
    released = plfkit.release(*results, floor=floor)
    rows: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in released.figures:
        rows[row["property"], str(row["part"])] = row
    told: dict[int, tuple[Spans, str]] = {}
    for place, cell in enumerate(one for result in results for one in list_cells(result)):
        name, part = name_property(cell.result).name, str(cell.part)
        joined = [row for (of, key), row in rows.items() if of == name and part in key.split(" + ")]
        row = rows.get((name, part), joined[0] if joined else {})
        if row.get("kind") == "count":
            spans = tuple(row["surely"]), tuple(row["possibly"])
            told[place] = spans, "joined" if row["part"] != cell.part else ""
        else:
            few = cell.people < 2 * (k + 2) - 1
            told[place] = None, "small" if few else "others"
    return told


def tell_suppressed(results: list[Result], k: int) -> dict[int, tuple[Spans, str]]:
    """Return what is told where small cells are hidden, and one more where only one is."""
    cells = [one for result in results for one in list_cells(result)]
    hidden: dict[int, str] = {
        place: "small"
        for place, one in enumerate(cells)
        if any(number < k or one.people - number < k for number in (one.surely, one.possibly))
    }
    tables: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(cells):
        tables[name_property(one.result).name, one.family].append(place)
    for places in tables.values():
        rest = [place for place in places if place not in hidden]
        if len(places) - len(rest) == 1 and rest:
            hidden[min(rest, key=lambda place: cells[place].people)] = "others"
    return {
        place: (None, hidden[place])
        if place in hidden
        else (((one.surely, one.surely), (one.possibly, one.possibly)), "")
        for place, one in enumerate(cells)
    }


def tell_rounded(results: list[Result], k: int) -> dict[int, tuple[Spans, str]]:
    """Return what is told where counts are rounded to the nearest multiple of k."""

    def widen(number: int, people: int) -> Span:
        nearest = k * round(number / k)
        return max(0, nearest - k // 2), min(people, nearest + k // 2)

    cells = (one for result in results for one in list_cells(result))
    return {
        place: ((widen(one.surely, one.people), widen(one.possibly, one.people)), "")
        for place, one in enumerate(cells)
    }


Rule = Callable[[list[Result], int], dict[int, tuple[Spans, str]]]
RULES: tuple[tuple[str, Rule, int], ...] = (
    ("gate, k = 5", tell_by_gate, 5),
    ("gate, k = 3", tell_by_gate, 3),
    ("suppression below 5", tell_suppressed, 5),
    ("rounding to 5", tell_rounded, 5),
)


# Tables.


def print_reports() -> None:
    """Print what the reports of the three examples tell."""
    print_row(
        "report", "k", "staff", "exact", "class", "width", "not told: small", "others", "other"
    )
    for name in PROFILES:
        profile = plfkit.load_profile(name)
        organisation = synthetic.municipality(profile)
        card = plfkit.assess(organisation, profile)
        staff = int(plfkit.snapshot(organisation).staff.sum())
        for k in (5, 3):
            released = plfkit.release(card, floor=PrivacyFloor(k=k, statistics=15))
            rows = [row for row in released.figures if row["kind"] == "count"]
            exact = [row for row in rows if _is_exact((row["surely"], row["possibly"]))]
            widths = [
                w
                for row in rows
                for w in _list_widths((row["surely"], row["possibly"]), row["people"])
            ]
            other = sum(row["kind"] == "statistic" for row in released.figures)
            print_row(
                name,
                k,
                staff,
                len(exact),
                len(rows) - len(exact),
                _find_middle(widths),
                released.small,
                released.others,
                other,
            )


def print_cells() -> None:
    """Print what is told of each cell, and what the audit finds."""
    print_row(
        "staff a school",
        "rule",
        "cells",
        "count",
        "exact",
        "class",
        "width",
        "joined with others",
        "not told: small",
        "others",
        "verdicts at 50–90 %",
        "of them lost",
        "leaks in municipalities",
    )
    profile = plfkit.load_profile("vejle")
    for size in SIZES:
        towns = [build_municipality(profile, size, seed) for seed in SEEDS]
        measured = [[*measure_people(town)] for town in towns]
        for rule, tell, k in RULES:
            kinds: dict[str, Counter[str]] = defaultdict(Counter)
            widths: dict[str, list[float]] = defaultdict(list)
            verdicts: dict[str, list[bool]] = defaultdict(list)
            for results in measured:
                told = tell(results, k)
                cells = [one for result in results for one in list_cells(result)]
                for place, cell in enumerate(cells):
                    spans, how = told[place]
                    kinds[cell.family][_name_kind(spans, how)] += 1
                    if spans is not None and not how:
                        widths[cell.family] += _list_widths(spans, cell.people)
                    verdicts[cell.family] += _list_kept_verdicts(cell, None if how else spans)
            found = [
                count_leaks(results, tell(results, k), town, k)
                for results, town in zip(measured, towns, strict=True)
            ]
            leaks = f"{sum(found)} in {sum(map(bool, found))} of {len(found)}"
            for family, counted in sorted(kinds.items(), reverse=True):
                shown = (counted[one] for one in ("exact", "class"))
                rest = (counted[one] for one in ("joined", "small", "others"))
                middle = _find_middle(widths[family])
                told_leaks = leaks if family == "whole" else ""
                kept = verdicts[family]
                judged = len(kept), f"{1 - sum(kept) / len(kept):.0%}"
                print_row(
                    size, rule, family, counted.total(), *shown, middle, *rest, *judged, told_leaks
                )


def _list_kept_verdicts(cell: Cell, spans: Spans) -> list[bool]:
    """Tell of each mark on one side of which a cell surely lies whether what is told still says so."""
    kept = []
    for mark in MARKS:
        least = mark * cell.people
        if cell.surely >= least or cell.possibly < least:
            kept.append(spans is not None and (spans[0][0] >= least or spans[1][1] < least))
    return kept


def count_leaks(
    results: list[Result], told: Mapping[int, tuple[Spans, str]], staff: Organisation, k: int
) -> int:
    """Count what the audit finds in the told cells of one municipality, of groups of fewer than k or more."""
    rows = []
    cells = [one for result in results for one in list_cells(result)]
    for place, cell in enumerate(cells):
        spans, how = told[place]
        if spans is not None and not how:
            rows.append(_write_row(cell, spans))
    joined = plfkit.release(*results, floor=PrivacyFloor(k=k, statistics=15)).figures
    if any(how == "joined" for _, how in told.values()):
        shared = (row for row in joined if " + " in str(row["part"]) and row["kind"] == "count")
        rows += [{n: value for n, value in row.items() if value is not None} for row in shared]
    block = {"schema_version": 1, "k": k, "statistics": 15, "figures": rows}
    number = count()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "publication.json"
        path.write_text(json.dumps({"publication": block}), "utf-8")
        # To say which subtraction makes each of hundreds of leaks would take hours.
        with patch(
            "plfkit.auditing.judging.explain_narrow_count", lambda *_: Hint.of(str(next(number)))
        ):
            return len(audit(path, staff=staff))


def print_verdicts() -> None:
    """Print which verdicts the gate, and the two rules, leave undecided."""
    print_row("staff a school", "rule", "decided before", "not decided after", "which")
    for size in (None, *SIZES):
        cards = []
        for name in PROFILES:
            profile = plfkit.load_profile(name)
            seeds = range(1) if size is None else range(2)
            for seed in seeds:
                town = (
                    synthetic.municipality(profile)
                    if size is None
                    else build_municipality(profile, size, seed)
                )
                cards.append(plfkit.assess(town, profile))
        decided = [
            (card, one) for card in cards for one in card.indicators if _is_decided(one.verdict)
        ]
        for rule, tell, k in RULES:
            lost = (
                _find_lost_by_gate(cards, k)
                if tell is tell_by_gate
                else [one.id for _, one in decided if not _is_decided(_judge_by(one, tell, k))]
            )
            names = ", ".join(f"{name} ({times})" for name, times in sorted(Counter(lost).items()))
            print_row("examples" if size is None else size, rule, len(decided), len(lost), names)


def _find_lost_by_gate(cards: list[Scorecard], k: int) -> list[str]:
    lost = []
    for card in cards:
        released = plfkit.release(card, floor=PrivacyFloor(k=k, statistics=15)).content
        after = {one.id: one.verdict for one in released.indicators}
        lost += [
            one.id
            for one in card.indicators
            if _is_decided(one.verdict) and not _is_decided(after[one.id])
        ]
    return lost


def _judge_by(outcome: IndicatorOutcome, tell: Rule, k: int) -> Verdict | None:
    """Return the verdict of an indicator of all staff from what a rule tells; others stay as they are."""
    result = outcome.result
    if result is None or result.facts is None or result.facts.count is None or outcome.parts:
        return outcome.verdict
    cells = [one for one in list_cells(result) if one.part is None]
    if not cells:
        return outcome.verdict
    spans = tell([result], k)[0][0]
    if spans is None:
        return None
    lower, upper = spans[0][0] / cells[0].people, spans[1][1] / cells[0].people
    return judge_figure(Figure(lower=lower, upper=upper), outcome.indicator, outcome.mark)


def print_leading() -> None:
    """Print how often leading figures are told exactly."""
    print_row(
        "profile", "indicator", "schools", "municipalities", "exact", "class", "shown", "not told"
    )
    for name in PROFILES:
        profile = plfkit.load_profile(name)
        firsts = [
            next(key for key, one in profile.indicators.items() if one.goal == goal)
            for goal in profile.goals
            if any(one.goal == goal for one in profile.indicators.values())
        ]
        chosen = dict.fromkeys([LEADING[name], *firsts])
        few = evolve(profile.keep_indicators(chosen), claims={})
        for schools in SCHOOLS:
            kinds: dict[str, Counter[str]] = {key: Counter() for key in chosen}
            for seed in LEADING_SEEDS:
                town = synthetic.municipality(profile, schools=schools, seed=seed)
                released = plfkit.release(plfkit.assess(town, few), floor=profile.privacy)
                for one in released.content.indicators:
                    kinds[one.id][_name_leading(one, released.figures)] += 1
            for key, found in kinds.items():
                shown = (found[kind] for kind in ("exact", "class", "shown", "not told"))
                print_row(name, key, schools, found.total(), *shown)


def _name_leading(outcome: IndicatorOutcome, rows: tuple[Mapping[str, Any], ...]) -> str:
    """Say how the figure of an indicator is told; one that counts no people is shown or not."""
    result = outcome.result
    if result is None:
        return "not told"
    of = name_property(result).name
    counts = [
        row
        for row in rows
        if row["property"] == of and row["period"] == result.at and row["kind"] == "count"
        if row["part"] is None
    ]
    if counts and result.by is None:
        row = counts[-1]
        return "exact" if _is_exact((row["surely"], row["possibly"])) else "class"
    hidden = all(figure.reason == Reason.WITHHELD for figure in result.figures)
    return "not told" if hidden else "shown"


def print_audits() -> None:
    """Print what the audit finds in whole reports, and in two of which one comes a year later."""
    print_row("profile", "schools", "reports", "figures", "leaks", "with those of a year before")
    for name in PROFILES:
        profile = plfkit.load_profile(name)
        for schools in AUDITED_SCHOOLS:
            figures = leaks = later = 0
            for seed in AUDITED_SEEDS:
                town = synthetic.municipality(profile, schools=schools, seed=seed)
                with tempfile.TemporaryDirectory() as folder:
                    ledger = plfkit.open_ledger(Path(folder) / "ledger.json")
                    paths = []
                    for year in ("2017/18", "2018/19"):
                        card = plfkit.assess(town, profile, at=year)
                        released = plfkit.release(card, floor=profile.privacy, ledger=ledger)
                        paths.append(Path(folder) / f"{year[:4]}.json")
                        paths[-1].write_text(json.dumps(to_document(released)), "utf-8")
                    figures += len(released.figures)
                    leaks += len(audit(paths[-1], staff=town))
                    later += len(audit(*paths, staff=town))
            print_row(name, schools, len(AUDITED_SEEDS), figures, leaks, later)


# What they share.


def _name_kind(spans: Spans, how: str) -> str:
    if spans is None or how:
        return how
    return "exact" if _is_exact(spans) else "class"


def _is_exact(spans: Any) -> bool:
    return all(least == most for least, most in spans)


def _list_widths(spans: Any, people: int) -> list[float]:
    """Return how many percentage points wide the classes are that are told of some people."""
    return [100 * (most - least) / people for least, most in spans if most > least]


def _find_middle(widths: list[float]) -> str:
    return f"{median(widths):.0f}" if widths else "–"


def _is_decided(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict is not Verdict.UNDECIDED and verdict.tells


def _write_row(cell: Cell, spans: tuple[Span, Span]) -> dict[str, Any]:
    """Return the row of a publication's document."""
    facts, of = cell.result.facts, name_property(cell.result)
    if facts is None or facts.count is None:
        raise ValueError("a cell has facts")
    return {
        "measure": cell.result.measure,
        "period": of.period,
        "part": cell.part,
        "property": of.name,
        "universe": describe_who(facts.count.universe.who),
        "who": describe_who({**facts.count.universe.who, **facts.sets[cell.part].who}),
        "people": cell.people,
        "kind": "count",
        "surely": list(spans[0]),
        "possibly": list(spans[1]),
        "own_answers": facts.count.own_answers,
    }


def print_row(*cells: object) -> None:
    """Print a row of a table."""
    print("|", " | ".join(map(str, cells)), "|", flush=True)


TABLES = {
    "reports": print_reports,
    "cells": print_cells,
    "verdicts": print_verdicts,
    "leading": print_leading,
    "audits": print_audits,
}


def main() -> None:
    for name in sys.argv[1:] or TABLES:
        print(f"\n{name}\n")
        TABLES[name]()


if __name__ == "__main__":
    main()
