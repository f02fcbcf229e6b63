"""The page: one self-contained HTML file that tells how the goals stand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, MissingExtraError
from plfkit.goals.scorecard import GoalOutcome, IndicatorOutcome, Scorecard
from plfkit.model.result import Result
from plfkit.report import figures
from plfkit.report.levels import LevelView, level_view
from plfkit.report.texts import Texts
from plfkit.sources.saving import save_text


def write_report(card: Released[Scorecard], path: str | Path, *, language: str = "da") -> Path:
    """Write the report of a scorecard as one HTML file that loads nothing from elsewhere.

    The same scorecard gives the same bytes, whenever it is written.

    Args:
        card: A scorecard that has passed the gate.
        path: The file.
        language: ``"da"`` or ``"en"``.

    Returns:
        The path of the file.

    Raises:
        DisclosureError: The scorecard has not passed the gate.
        UnknownLanguageError: The report does not speak that language.
        StoreError: The file cannot be written.
        MissingExtraError: The libraries of the report are not installed.
    """
    return save_text(path, render(card, language=language))


def render(card: Released[Scorecard], *, language: str = "da") -> str:
    """Return the report's HTML; see `write_report`."""
    if not isinstance(card, Released):
        raise DisclosureError(
            "a report shows only what has passed the gate: plfkit.release(card, profile.privacy)"
        )
    texts = Texts.of(language)
    template = _environment().get_template("report.html")
    html: str = template.render(view=_view(card, texts), t=texts)
    return html


@frozen(kw_only=True)
class IndicatorView:
    """An indicator as the page shows it."""

    label: str
    note: str | None
    value: str
    counts: str
    spread: str
    n: str
    observed: str
    target: str
    verdict: str
    state: str
    evidence: str
    matrix: MatrixView | None


@frozen(kw_only=True)
class MatrixView:
    """Figures from group to group."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


@frozen(kw_only=True)
class GoalView:
    """A goal as the page shows it."""

    id: str
    label: str
    text: str
    rule: str
    verdict: str
    state: str
    counts: list[str]
    measured: list[IndicatorView]
    open: dict[str, list[str]]
    open_count: int


@frozen(kw_only=True)
class PageView:
    """Everything the template writes, in words."""

    language: str
    title: str
    subtitle: str
    example: bool
    reference_day: str | None
    summary: list[str]
    decisions: list[str]
    goals: list[GoalView]
    levels: LevelView
    claims: list[tuple[str, str, str]]
    methods: list[tuple[str, str, str, str]]
    outer_bound: bool
    notes: list[str]
    privacy: list[str]
    purpose: list[tuple[str, str]]
    footer: str


def _view(card: Released[Scorecard], texts: Texts) -> PageView:
    content, language = card.content, texts.language
    goals = [_goal(goal, content, texts) for goal in content.goals]
    if content.description:
        goals.append(_description(content, texts))
    period = texts("page.period_undated") if content.at == "undated" else content.at
    day = content.reference_day
    results = [o.result for o in content.indicators if o.result is not None]
    return PageView(
        language=language,
        title=_title(content, texts),
        subtitle=texts("page.subtitle", period=period),
        example=content.example,
        reference_day=None if day is None else texts("page.reference_day", day=texts.date(day)),
        summary=_summary(content, texts),
        decisions=_decisions(content, texts),
        goals=goals,
        levels=level_view(content, texts),
        claims=[
            (
                texts.label(outcome.claim.text),
                texts(f"claims.{outcome.claim.certainty}"),
                texts(f"verdicts.{outcome.verdict}"),
            )
            for outcome in content.claims
        ],
        methods=_methods(content, texts),
        outer_bound=any(result.range_kind == "outer_bound" for result in results),
        notes=_notes(results, texts),
        privacy=[
            texts("privacy.rule_persons"),
            texts("privacy.rule_k", k=card.floor.k),
            texts("privacy.rule_n", n=card.floor.statistics, k=card.floor.k),
            texts("privacy.rule_round"),
        ],
        purpose=_purpose(content, texts),
        footer=texts("page.footer", version=version("plfkit")),
    )


def _title(card: Scorecard, texts: Texts) -> str:
    """Return what the data are called: an example never bears the municipality's name."""
    if card.title is not None:
        return texts.label(card.title)
    if card.example:
        return texts("page.example_mark")
    if card.profile == "generic":
        return texts("page.data_without_profile")
    return texts.label(card.label)


def _goal(goal: GoalOutcome, card: Scorecard, texts: Texts) -> GoalView:
    return GoalView(
        id=goal.id,
        label=texts.label(goal.goal.label),
        text=texts.label(goal.goal.text),
        rule=texts(f"goals.rule_{goal.goal.rule}"),
        verdict=texts(f"verdicts.{goal.verdict}"),
        state=goal.verdict,
        counts=[f"{texts(f'verdicts.{name}')}: {n}" for name, n in sorted(goal.counts.items())],
        **_split(goal.indicators, card, texts),
    )


def _description(card: Scorecard, texts: Texts) -> GoalView:
    return GoalView(
        id="",
        label=texts("goals.description"),
        text="",
        rule="",
        verdict="",
        state="shown",
        counts=[],
        **_split(card.description, card, texts),
    )


def _split(outcomes: tuple[IndicatorOutcome, ...], card: Scorecard, texts: Texts) -> dict[str, Any]:
    """Return the indicators that have figures, and the labels of those that do not by their needs."""
    open_: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.verdict == "not_measured":
            label = texts.label(outcome.indicator.label)
            open_.setdefault(_needs(outcome, texts), []).append(label)
    measured = [_indicator(o, card, texts) for o in outcomes if o.verdict != "not_measured"]
    count = len(outcomes) - len(measured)
    return {"measured": measured, "open": open_, "open_count": count}


def _indicator(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> IndicatorView:
    indicator, result, figure = outcome.indicator, outcome.result, outcome.figure
    unit = "share" if result is None else result.unit
    state = outcome.verdict or "withheld"
    matrix = _matrix(outcome, card, texts)
    n = None if figure is None else figure.n
    return IndicatorView(
        label=texts.label(indicator.label),
        note=None if indicator.note is None else texts.label(indicator.note),
        value=texts("goals.several") if matrix else figures.value(figure, unit, texts),
        counts=figures.counts(figure, texts),
        spread=figures.spread(figure, result, texts),
        n=texts("goals.none") if n is None else texts.number(n),
        observed=figures.observed(figure, texts),
        target=figures.target(indicator.target, unit, texts),
        verdict=texts(f"verdicts.{state}"),
        state=state,
        evidence=_evidence(result, texts),
        matrix=matrix,
    )


def _needs(outcome: IndicatorOutcome, texts: Texts) -> str:
    """Say why an indicator is not measured, and which tables would change that."""
    if outcome.missing:
        return texts("goals.needs", tables=_tables(list(outcome.missing), texts))
    why = figures.reason(outcome.reason, texts)
    return why[0].upper() + why[1:]


def _tables(names: list[str], texts: Texts) -> str:
    return texts.listing([texts.of_id("tables", name) for name in names])


def _evidence(result: Result | None, texts: Texts) -> str:
    items = [] if result is None else [(n, c) for n, c in result.evidence.items() if c]
    if not items:
        return ""
    words = [texts.of_id("evidence", name, count=count) for name, count in items]
    return texts("goals.evidence", items="; ".join(words))


def _matrix(outcome: IndicatorOutcome, card: Scorecard, texts: Texts) -> MatrixView | None:
    """Lay out figures from group to group, if that is what the indicator gives."""
    result = outcome.result
    if result is None or "from" not in result.columns:
        return None
    cells = {(f.from_, f.to): figures.value(f, result.unit, texts) for f in result}
    sources = list(dict.fromkeys(source for source, _ in cells))
    targets = list(dict.fromkeys(target for _, target in cells))
    return MatrixView(
        title=texts("goals.matrix", label=texts.label(outcome.indicator.label)),
        columns=[_name(card, target, texts) for target in targets],
        rows=[
            (_name(card, s, texts), [cells.get((s, t), texts("goals.none")) for t in targets])
            for s in sources
        ],
    )


def _name(card: Scorecard, group: str | None, texts: Texts) -> str:
    if group is None:
        return texts("goals.none")
    return texts.label(card.names[group]) if group in card.names else group


def _summary(card: Scorecard, texts: Texts) -> list[str]:
    """Write the three sentences a chief reads first."""
    verdicts = Counter(outcome.verdict for outcome in card.indicators)
    everything, missing = len(card.indicators), verdicts["not_measured"]
    sentences = [_covered(card, texts)]
    sentences.append(
        texts("summary.measured", measured=everything - missing, all=everything, missing=missing)
    )
    if verdicts["met"] or verdicts["not_met"]:
        met, not_met = verdicts["met"], verdicts["not_met"]
        sentences.append(texts("summary.targets", met=met, not_met=not_met))
    marks = Counter(_side(outcome) for outcome in card.indicators)
    if marks["above"] or marks["below"]:
        sentences.append(
            texts(
                "summary.marks",
                above=marks["above"],
                below=marks["below"],
                undecided=verdicts["undecided"],
            )
        )
    return sentences


def _side(outcome: IndicatorOutcome) -> str | None:
    """Tell on which side of a proposed mark an indicator lies: ``above`` is the wanted one."""
    wanted = {"up": "above_proposed", "down": "below_proposed"}.get(
        outcome.indicator.direction or ""
    )
    if outcome.verdict not in {"above_proposed", "below_proposed"}:
        return None
    return "above" if outcome.verdict == wanted else "below"


def _covered(card: Scorecard, texts: Texts) -> str:
    figure = card.overview.coverage.main
    if figure is None or figure.lower is None:
        return texts("summary.coverage_unknown")
    return texts("summary.coverage", share=figures.value(figure, "share", texts))


def _decisions(card: Scorecard, texts: Texts) -> list[str]:
    """Write what somebody has to decide before more can be said."""
    decisions = []
    proposed = [o for o in card.indicators if o.indicator.target and not o.counts_for_goal]
    if proposed:
        decisions.append(texts("decide.targets"))
    missing = Counter(table for o in card.indicators for table in o.missing)
    if missing:
        most = [name for name, _ in missing.most_common(2)]
        count = sum(1 for o in card.indicators if set(o.missing) & set(most))
        decisions.append(texts("decide.register", tables=_tables(most, texts), count=count))
    if card.purpose is None or card.purpose.discussed_on is None:
        decisions.append(texts("decide.purpose"))
    return decisions


def _methods(card: Scorecard, texts: Texts) -> list[tuple[str, str, str, str]]:
    return [
        (
            texts.label(info.label),
            texts.label(info.tells),
            texts.label(info.beware),
            texts("methods.own") if info.reference.startswith("plfkit") else info.reference,
        )
        for info in card.measures.values()
    ]


def _notes(results: list[Result], texts: Texts) -> list[str]:
    notes = {name: count for result in results for name, count in result.notes.items()}
    return [texts.of_id("notes", name, count=count) for name, count in sorted(notes.items())]


def _purpose(card: Scorecard, texts: Texts) -> list[tuple[str, str]]:
    purpose = card.purpose
    if purpose is None:
        return []
    unsaid = texts("privacy.not_said")
    return [
        (texts("privacy.purpose"), texts.label(purpose.purpose)),
        (texts("privacy.audience"), texts.label(purpose.audience)),
        (texts("privacy.limits"), texts.label(purpose.limits)),
        (texts("privacy.discussed_on"), purpose.discussed_on or unsaid),
        (texts("privacy.deleted_by"), purpose.deleted_by or unsaid),
    ]


@cache
def _environment() -> Any:
    try:
        import jinja2  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("report", "The report") from error
    folder = resources.files("plfkit.report") / "templates"

    def load(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
