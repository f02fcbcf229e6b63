"""Everything the page shows, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.disclosure.gate import ALONE
from plfkit.goals.scorecard import Scorecard
from plfkit.model.declared.declarations import Anchor, Scale
from plfkit.model.declared.standards import StandardWords
from plfkit.model.results.result import Result
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.periods import UNDATED
from plfkit.report import figures
from plfkit.report.claims import ClaimView, build_claim_view
from plfkit.report.documents import build_publication
from plfkit.report.goals import GoalView, build_description_view, build_goal_view
from plfkit.report.levels import LevelView, build_level_view
from plfkit.report.summary import list_decisions, write_summary
from plfkit.report.texts import Texts

_RULES: Mapping[str, tuple[str, ...]] = {
    "persons": (),
    "promise": ("k",),
    "classes": ("width",),
    "whole": (),
    "joined": ("least",),
    "n": ("n", "k"),
    "places": (),
    "values": (),
    "round": (),
}
"""The rules of the gate as the page says them, each with the numbers that stand in it."""


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
    claims: list[ClaimView]
    methods: list[tuple[str, str, str, str]]
    ranges: list[str]
    notes: list[str]
    standards: list[str]
    anchors: list[str]
    privacy: list[str]
    purpose: list[tuple[str, str]]
    publication: str
    footer: str


def build_page_view(card: Released[Scorecard], texts: Texts) -> PageView:
    """Return everything the page shows of a released scorecard."""
    content, language = card.content, texts.language
    goals = [build_goal_view(goal, content, texts) for goal in content.goals]
    if content.description:
        goals.append(build_description_view(content, texts))
    period = texts("page.period_undated") if content.at == UNDATED else content.at
    day = content.reference_day
    results = [o.result for o in content.indicators if o.result is not None]
    return PageView(
        language=language,
        title=_choose_page_title(content, texts),
        subtitle=texts("page.subtitle", period=period),
        example=content.example,
        reference_day=None
        if day is None
        else texts("page.reference_day", day=texts.write_date(day)),
        summary=write_summary(content, texts),
        decisions=list_decisions(content, texts),
        goals=goals,
        levels=build_level_view(content, texts),
        claims=[build_claim_view(outcome, content, texts) for outcome in content.claims],
        methods=_list_page_methods(content, texts),
        ranges=[
            texts.label(kind.method)
            for kind in RangeKind
            if kind.method is not None and any(result.range_kind is kind for result in results)
        ],
        notes=_list_page_notes(results, texts),
        standards=StandardWords.of(language).tell_standards(content.standards),
        anchors=_list_page_anchors(content, texts),
        privacy=_list_page_rules(card, texts),
        purpose=_describe_page_purpose(content, texts),
        publication=_write_publication(card),
        footer=texts("page.footer", version=version("plfkit")),
    )


def _list_page_rules(card: Released[Scorecard], texts: Texts) -> list[str]:
    """Say what is promised, by which rules, and how much is not shown."""
    k, judged = card.floor.k, "alone" if card.judged == ALONE else "ledger"
    numbers = {"k": k, "width": k + 2, "least": 2 * k + 3, "n": card.floor.statistics}
    rules = [
        texts(f"privacy.rule_{name}", **{key: numbers[key] for key in keys})
        for name, keys in _RULES.items()
    ]
    rules.append(texts("privacy.rule_counts", small=card.small, others=card.others))
    rules.append(texts(f"privacy.rule_{judged}"))
    if card.standing:
        rules.append(texts("privacy.rule_standing", count=card.standing))
    return rules


def _choose_page_title(card: Scorecard, texts: Texts) -> str:
    """Return what the data are called: an example never bears the municipality's name."""
    if card.title is not None:
        return texts.label(card.title)
    if card.example:
        return texts("page.example_mark")
    if card.profile == "generic":
        return texts("page.data_without_profile")
    return texts.label(card.label)


def _write_publication(card: Released[Scorecard]) -> str:
    """Write what is told of each figure as JSON that may stand inside a page: nothing ends it early."""
    document = {"publication": build_publication(card)}
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


def _list_page_methods(card: Scorecard, texts: Texts) -> list[tuple[str, str, str, str]]:
    return [
        (
            texts.label(info.label),
            texts.label(info.tells),
            texts.label(info.beware),
            texts("methods.own") if info.reference.startswith("plfkit") else info.reference,
        )
        for info in card.measures.values()
    ]


def _list_page_anchors(card: Scorecard, texts: Texts) -> list[str]:
    """Write the usual values of the measures in use, each once."""
    anchors = [
        texts(
            "methods.anchor",
            label=texts.label(anchor.label),
            value=_write_anchor_value(anchor, info.scale, texts),
            source=anchor.source,
        )
        for info in card.measures.values()
        for anchor in info.anchors
    ]
    return list(dict.fromkeys(anchors))


def _write_anchor_value(anchor: Anchor, scale: Scale, texts: Texts) -> str:
    lower = figures.write_amount(anchor.lower, scale, texts)
    if anchor.upper is None:
        return texts("methods.anchor_from", value=lower)
    upper = figures.write_amount(anchor.upper, scale, texts)
    return lower if lower == upper else f"{lower} – {upper}"


def _list_page_notes(results: list[Result], texts: Texts) -> list[str]:
    notes = {name: count for result in results for name, count in result.notes.items()}
    return [_write_note(name, count, texts) for name, count in sorted(notes.items())]


def _write_note(name: str, count: int, texts: Texts) -> str:
    """Write a note; one of somebody else's measure stands as it is."""
    note = Note.find_word(name)
    return f"{name}: {count}" if note is None else texts.fill_in(note.words, count=count)


def _describe_page_purpose(card: Scorecard, texts: Texts) -> list[tuple[str, str]]:
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
