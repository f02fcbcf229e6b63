"""Running cases: what came out, held against what was expected."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from plfkit.errors import DocumentError, Fault, InvalidDataError, Problem, RenamedWarning
from plfkit.goals import ClaimOutcome, IndicatorOutcome, assess
from plfkit.hints import Hint
from plfkit.model.records.organisation import Organisation
from plfkit.model.records.rows import NATIVE_ROWS
from plfkit.model.records.schema import ColumnSpec, list_column_specs
from plfkit.model.results.figures import Figure
from plfkit.model.words.titles import suggest_word
from plfkit.model.words.vocabulary import Vocabulary
from plfkit.profiles import Profile
from plfkit.testing.cases.case import EXPECTED_KEYS, NO_VALUE_WORDS, NUMBER_FIELDS, Case, Expected
from plfkit.testing.cases.reading import read_cases

EXACT = 1e-9


@frozen
class CaseOutcome:
    """What a case gave.

    Attributes:
        case: The case.
        computed: The figures, as short text.
        differences: What came out otherwise than expected, in words.
    """

    case: Case
    computed: str
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def check_cases(profile: Profile, folder: str | Path) -> None:
    """Run every case of a folder, and fail with all that came out otherwise.

    Args:
        profile: Whose indicators and claims the cases are about.
        folder: Where the cases are.

    Raises:
        DocumentError: A file says what it must not; each problem with its line.
        AssertionError: A case came out otherwise than expected.
    """
    outcomes = [run_case(case, profile) for case in read_cases(folder)]
    failed = [one for one in outcomes if not one.holds]
    differences = [f"{one.case.where}: {'; '.join(one.differences)}" for one in failed]
    if differences:
        raise AssertionError("\n".join(differences))


def run_case(case: Case, profile: Profile) -> CaseOutcome:
    """Compute what a case is about, and hold it against what was expected.

    Args:
        case: The case.
        profile: Whose indicator or claim it is about.

    Raises:
        DocumentError: The profile has no such indicator, or the rows break rules; with the line.
    """
    organisation = _build_case_organisation(case, profile)
    card = assess(organisation, _narrow_to_case(case, profile), at=case.at, years_back=0)
    if case.claim is not None:
        (claim,) = card.claims
        return CaseOutcome(case, claim.verdict, tuple(_compare_case_claim(case.expect, claim)))
    (outcome,) = card.indicators
    differences = tuple(_compare_case_figures(case.expect, outcome))
    return CaseOutcome(case, _show_case_figure(outcome), differences)


def _narrow_to_case(case: Case, profile: Profile) -> Profile:
    """Return the profile with nothing but what the case is about."""
    known = profile.indicators if case.indicator is not None else profile.claims
    if case.name not in known:
        what = "indicator" if case.indicator is not None else "claim"
        hint = suggest_word(case.name, known) or f"; there are {', '.join(known)}"
        message = f"the profile {profile.id} has no {what} {case.name!r}{hint}"
        raise DocumentError(case.where, [Problem((what,), message, case.lines.get((what, 0)))])
    claims = {n: c for n, c in profile.claims.items() if n == case.claim}
    indicators = [case.name] if case.indicator is not None else []
    return evolve(profile.keep_indicators(indicators), claims=claims)


def _update_case_rows(case: Case, table: str, profile: Profile) -> list[Any]:
    """Return the rows of a table with kinds by their ids of now; warn where a row says one of before."""
    specs = [spec for spec in list_column_specs(NATIVE_ROWS[table]) if spec.named_sections]
    words, updated = profile.vocabulary, []
    for number, row in enumerate(case.rows[table], start=1):
        meant = {spec.name: _resolve_case_cell(row, spec, words) for spec in specs}
        for spec in specs:
            old = getattr(row, spec.name)
            if isinstance(old, str) and words.find_current(old, *spec.named_sections) != old:
                _tell_old_name(case, table, number, (old, meant[spec.name]))
        updated.append(evolve(row, **meant))
    return updated


def _resolve_case_cell(row: Any, spec: ColumnSpec, vocabulary: Vocabulary) -> Any:
    """Return what a cell means, as in files: an id of before, a title and a label stand for the kind."""
    cell = getattr(row, spec.name)
    if not isinstance(cell, str):
        return cell
    if spec.item_of is not None:
        return vocabulary.find_current(cell, spec.item_of)
    sections: tuple[str, ...] = (spec.kind,) if spec.kind is not None else ()
    if spec.depends_on is not None:
        deciding = getattr(row, spec.depends_on) or next(iter(spec.sections))
        sections = spec.sections.get(deciding, ())
    found = (vocabulary.resolve(section, cell) for section in sections)
    return next((kind for kind in found if kind is not None), cell)


def _tell_old_name(case: Case, table: str, number: int, names: tuple[str, str]) -> None:
    line = case.lines.get((table, number))
    hint = Hint("word.renamed_at", where=case.where, line=str(line), old=names[0], new=names[1])
    warnings.warn(RenamedWarning(hint), stacklevel=3)


def _build_case_organisation(case: Case, profile: Profile) -> Organisation:
    rows: dict[str, Any] = {table: _update_case_rows(case, table, profile) for table in case.rows}
    try:
        return Organisation.of(vocabulary=profile.vocabulary, **rows)
    except InvalidDataError as error:
        problems = [
            Problem(
                (fault.place.file, *([fault.place.column] if fault.place.column else [])),
                _explain_case_fault(fault, case.rows),
                case.lines.get((fault.place.file, fault.place.row or 0)),
            )
            for fault in error.faults
        ]
        # Rows that one line stands for have the same fault: it is told once.
        raise DocumentError(case.where, dict.fromkeys(problems)) from error


def _explain_case_fault(fault: Fault, rows: Mapping[str, Sequence[Any]]) -> str:
    """Return what mends a fault; for an id that no row has, with the id that may be meant."""
    if fault.code != "dangling_reference" or fault.value is None:
        return fault.hint
    specs = {spec.name: spec for spec in list_column_specs(NATIVE_ROWS[fault.place.file])}
    table = specs[fault.place.column or ""].refers_to
    ids = [row.id for row in rows.get(table or "", ())]
    return f"{fault.value!r}: {fault.hint}{suggest_word(fault.value, ids)}"


def _show_case_figure(outcome: IndicatorOutcome) -> str:
    figure = outcome.figure
    if figure is None:
        return outcome.reason or "several figures"
    if figure.value is None:
        return outcome.reason or figure.reason or "no value"
    return f"{figure.value:.4g}"


def _compare_case_figures(expected: Sequence[Expected], outcome: IndicatorOutcome) -> Iterator[str]:
    for one in expected:
        figure = _find_case_figure(one, outcome)
        if figure is None:
            keys = ", ".join(
                f"{k} {getattr(one, k)}" for k in EXPECTED_KEYS if getattr(one, k) is not None
            )
            yield f"there is no figure for {keys}" if keys else "there is no single figure"
            continue
        where = f" of {one.part or one.figure}" if one.part or one.figure else ""
        for name in NUMBER_FIELDS:
            text, number = getattr(one, name), getattr(figure, name)
            if text is not None and not _is_as_written(text, number):
                found = _format_found_number(number)
                yield f"{name}{where}: expected {text or 'none'}, found {found}"
        reason = figure.reason or outcome.reason
        if one.reason is not None and one.reason != reason:
            yield f"reason{where}: expected {one.reason}, found {reason}"
        yield from _compare_verdict(one, outcome)


def _compare_case_claim(expected: Sequence[Expected], outcome: ClaimOutcome) -> Iterator[str]:
    for one in expected:
        for name in ("supported", "contradicted", "open", "lower", "upper"):
            if (text := getattr(one, name)) is not None and not _is_as_written(
                text, getattr(outcome, name)
            ):
                yield f"{name}: expected {text}, found {_format_found_number(getattr(outcome, name))}"
        yield from _compare_verdict(one, outcome)


def _compare_verdict(one: Expected, outcome: IndicatorOutcome | ClaimOutcome) -> Iterator[str]:
    """Compare the verdict, and what is missing."""
    if one.verdict is not None and one.verdict != outcome.verdict:
        yield f"verdict: expected {one.verdict}, found {outcome.verdict}"
    missing = [str(need) for need in outcome.missing]
    if one.missing is not None and set(one.missing) != {*missing}:
        found = ", ".join(missing) or "nothing"
        yield f"missing: expected {', '.join(one.missing) or 'nothing'}, found {found}"


def _find_case_figure(one: Expected, outcome: IndicatorOutcome) -> Figure | None:
    """Return the figure that is meant: the one with these keys, or the one for the whole."""
    if outcome.result is None:
        return Figure()
    meant = {key: getattr(one, key) for key in EXPECTED_KEYS if getattr(one, key) is not None}
    if not meant:
        return outcome.figure
    found = [f for f in outcome.result if all(getattr(f, k) == meant[k] for k in meant)]
    return found[0] if len(found) == 1 else None


def _is_as_written(text: str, number: Any) -> bool:
    """Tell whether a number is what a text says, to as many digits as the text has."""
    text = text.strip()
    if text.lower() in NO_VALUE_WORDS or number is None:
        return text.lower() in NO_VALUE_WORDS and number is None
    _, point, digits = text.partition(".")
    within = EXACT if "/" in text or not point else 0.5 * 10.0 ** -len(digits) + EXACT
    return abs(float(number) - float(Fraction(text))) <= within


def _format_found_number(number: Any) -> str:
    return "none" if number is None else f"{number:.6g}"
