"""Everything the page shows, in words: section by section."""

from __future__ import annotations

from attrs import frozen

from plfkit.disclosure import Released
from plfkit.goals.scorecard import IndicatorOutcome, Scorecard
from plfkit.report.pictures import Picture
from plfkit.report.sections.answer import write_answer
from plfkit.report.sections.cards import CardView, list_cards
from plfkit.report.sections.claims import ClaimView, build_claim_view
from plfkit.report.sections.contacts import list_contact_pictures
from plfkit.report.sections.data import SchoolDataView, list_school_data, list_unknowns
from plfkit.report.sections.decisions import DecisionView, list_decisions
from plfkit.report.sections.goals import GoalView, build_figures_view, build_goal_view
from plfkit.report.sections.heads import HeadView, build_head_view
from plfkit.report.sections.methods import MethodsView, build_methods_view
from plfkit.report.sections.organisation import OrganisationView, build_organisation_view
from plfkit.report.sections.own import OwnSectionsView, build_own_sections_view
from plfkit.report.sections.schools import SchoolView, list_school_views
from plfkit.report.sections.trust import TrustView, build_trust_view
from plfkit.report.texts import Texts

SUPPORT_MEASURES = frozenset(
    {
        *("advice_concentration", "formal_advice", "group_reach", "learning_centre_build_up"),
        *("qualified_facilitation", "schools_on_one_person", "sought_share", "support_load"),
    }
)
"""Measures of how resource persons are used: figures that belong to no goal stand in their section."""


@frozen(kw_only=True)
class PageView:
    """Everything the template writes, in words.

    Attributes:
        head: What the data are called, of which year they are, and whether they are an example.
        question: What the municipality asks.
        answer: The answer in three sentences.
        cards: A card for each goal.
        decisions: At most two.
        school_data: Which data each school has.
        unknowns: What is not known, in at most four lines.
        organisation: The picture of the organisation.
        goals: Goal by goal.
        background: Figures that belong to no goal; None where there are none.
        contacts: Who asks whom.
        schools: School by school.
        support: Figures of resource persons; None where there are none.
        claims: What has been said.
        own: Sections that the profile brings.
        trust: What colleagues want to know.
        methods: How the figures were made.
    """

    head: HeadView
    question: str
    answer: list[str]
    cards: list[CardView]
    decisions: list[DecisionView]
    school_data: list[SchoolDataView]
    unknowns: list[str]
    organisation: OrganisationView
    goals: list[GoalView]
    background: GoalView | None
    contacts: list[Picture]
    schools: list[SchoolView]
    support: GoalView | None
    claims: list[ClaimView]
    own: OwnSectionsView
    trust: TrustView
    methods: MethodsView


def build_page_view(released: Released[Scorecard], texts: Texts) -> PageView:
    """Return everything the page shows of a released scorecard."""
    card = released.content
    support = [o for o in card.description if _is_about_support(o)]
    background = [o for o in card.description if not _is_about_support(o)]
    return PageView(
        head=build_head_view(released, texts),
        question=_choose_question(card, texts),
        answer=write_answer(card, texts),
        cards=list_cards(card, texts),
        decisions=list_decisions(card, texts),
        school_data=list_school_data(card, texts),
        unknowns=list_unknowns(released, texts),
        organisation=build_organisation_view(card, texts),
        goals=[build_goal_view(goal, card, texts) for goal in card.goals],
        background=build_figures_view("figures", background, card, texts) if background else None,
        contacts=list_contact_pictures(card, texts),
        schools=list_school_views(card, texts),
        support=build_figures_view("support", support, card, texts) if support else None,
        claims=[build_claim_view(outcome, card, texts) for outcome in card.claims],
        own=build_own_sections_view(released, texts),
        trust=build_trust_view(released, texts),
        methods=build_methods_view(released, texts),
    )


def _is_about_support(outcome: IndicatorOutcome) -> bool:
    return outcome.indicator.measure in SUPPORT_MEASURES


def _choose_question(card: Scorecard, texts: Texts) -> str:
    """Return what the profile asks; else what everybody asks."""
    return texts("page.question") if card.question is None else texts.label(card.question)
