"""Method: what each measure tells, what ranges are, where lines are drawn, and what made the page."""

from __future__ import annotations

from importlib.metadata import version

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.goals.scorecard import Scorecard
from plfkit.model.declared.declarations import Anchor, MeasureInfo, Scale
from plfkit.model.declared.standards import StandardWords
from plfkit.model.results.result import Result
from plfkit.model.words.notes import Note
from plfkit.model.words.ranges import RangeKind
from plfkit.report import figures
from plfkit.report.headlines import write_headline
from plfkit.report.pictures.phrases import name_relation
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class MethodView:
    """A measure in one row."""

    id: str
    label: str
    tells: str
    beware: str
    source: str


@frozen(kw_only=True)
class MethodsView:
    """How the figures were made.

    Attributes:
        measures: A row for each measure in use.
        ranges: What ranges are, where they are no usual ones.
        notes: What figures leave out.
        answered: How many answered of those who were asked, relation by relation.
        standards: Where lines are drawn.
        anchors: Usual values of other studies.
        manifest: What the page was made from, so that it can be made again.
    """

    measures: list[MethodView]
    ranges: list[str]
    notes: list[str]
    answered: list[tuple[str, str]]
    standards: list[str]
    anchors: list[str]
    manifest: list[tuple[str, str]]


def build_methods_view(released: Released[Scorecard], texts: Texts) -> MethodsView:
    """Return how the figures of a card were made."""
    card = released.content
    results = [o.result for o in card.indicators if o.result is not None]
    return MethodsView(
        measures=_list_measures(card, texts),
        ranges=[
            texts.label(kind.method)
            for kind in RangeKind
            if kind.method is not None and any(result.range_kind is kind for result in results)
        ],
        notes=_list_notes(results, texts),
        answered=_list_answered(card, texts),
        standards=StandardWords.of(texts.language).tell_standards(card.standards),
        anchors=_list_anchors(card, texts),
        manifest=_list_manifest(released, texts),
    )


def _list_measures(card: Scorecard, texts: Texts) -> list[MethodView]:
    return [
        MethodView(
            id=f"measure-{name}",
            label=texts.label(info.label),
            tells=texts.label(info.tells),
            beware=texts.label(info.beware),
            source=_say_source(info, texts),
        )
        for name, info in card.measures.items()
    ]


def _say_source(info: MeasureInfo, texts: Texts) -> str:
    """Say where a definition comes from; those of plfkit's own have words on every page."""
    if info.source.en.startswith("plfkit"):
        return texts("methods.own")
    return texts.label(info.source)


def _list_answered(card: Scorecard, texts: Texts) -> list[tuple[str, str]]:
    """Return how many of those who were asked answered, relation by relation, as far as is told."""
    found = []
    for relation, result in card.overview.answered.items():
        share = write_headline(result, result.main, card.standards, texts)
        counts = figures.write_counts(result.main, texts)
        told = texts("methods.answered_share", share=share, counts=counts) if counts else share
        found.append((name_relation(card.names[relation], relation, texts), told))
    return found


def _list_manifest(released: Released[Scorecard], texts: Texts) -> list[tuple[str, str]]:
    """Return what the page was made from."""
    card, results = released.content, [o.result for o in released.content.indicators]
    seeds = sorted({str(r.seed) for r in results if r is not None and r.seed is not None})
    return [
        (texts("methods.version"), version("plfkit")),
        (texts("methods.profile"), card.profile),
        (texts("methods.period"), texts.write_period(card.at)),
        (
            texts("methods.floor"),
            texts("methods.floor_words", k=released.floor.k, n=released.floor.statistics),
        ),
        *([(texts("methods.seeds"), ", ".join(seeds))] if seeds else []),
    ]


def _list_anchors(card: Scorecard, texts: Texts) -> list[str]:
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


def _list_notes(results: list[Result], texts: Texts) -> list[str]:
    notes = {name: count for result in results for name, count in result.notes.items()}
    return [_write_note(name, count, texts) for name, count in sorted(notes.items())]


def _write_note(name: str, count: int, texts: Texts) -> str:
    """Write a note; one of somebody else's measure stands as it is."""
    note = Note.find_word(name)
    return f"{name}: {count}" if note is None else texts.fill_in(note.words, count=count)
