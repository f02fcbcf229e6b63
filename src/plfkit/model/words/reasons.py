"""Reasons: why a figure has no value, or why it leaves an indicator open."""

from __future__ import annotations

from typing import Self

from plfkit.model.words.closed import ClosedWord, Sight, make_word
from plfkit.model.words.figure_classes import FigureClass
from plfkit.model.words.kinds import Label


class Reason(ClosedWord):
    """Why there is no value. A measure of somebody else's may have reasons of its own, which are text.

    Attributes:
        range_of: The class of the figures that may have a range with this reason, which may leave
            where as many people make each of its ends as make a value; None where there is no range.
    """

    range_of: FigureClass | None

    def __new__(
        cls,
        word: str,
        meaning: str,
        sight: Sight,
        words: Label,
        range_of: FigureClass | None = None,
    ) -> Self:
        """Make a reason with its row of the table."""
        member = make_word(cls, word, meaning, sight, words)
        member.range_of = range_of
        return member

    WITHHELD = (
        "withheld",
        "The gate does not show it.",
        Sight.ANYBODY,
        Label("Ikke vist (diskretioneret)", "Not shown (disclosure control)"),
    )
    BAND = (
        "band",
        "The gate shows it as the band from `lower` to `upper`.",
        Sight.WITH_FIGURE,
        Label("det vises kun som et interval", "it is shown as a band only"),
    )
    RANGE_WITHHELD = (
        "range_withheld",
        "There is a value; its range is known, and the gate does not show it.",
        Sight.WITH_FIGURE,
        Label(
            "spændet er kendt, men vises ikke (diskretioneret)",
            "the range is known, but not shown (disclosure control)",
        ),
    )
    NOT_SURVEYED = (
        "not_surveyed",
        "Nobody was asked about the relation in the period.",
        Sight.ANYBODY,
        Label("der er ikke spurgt om det i perioden", "nobody was asked about it in the period"),
    )
    COMMUNITIES_NOT_ASKED = (
        "communities_not_asked",
        "People answered on their own, and no community as one.",
        Sight.ANYBODY,
        Label(
            "der er svar fra enkeltpersoner, men ikke fra fællesskaberne selv",
            "there are answers of single people, but none of the communities themselves",
        ),
    )
    ANSWERS_WITHOUT_PLACE = (
        "answers_without_place",
        "There are answers, but neither their survey nor a person says of which unit.",
        Sight.ANYBODY,
        Label(
            "der er svar, men ingen ved, hvilken enhed de er fra",
            "there are answers, but nobody knows from which unit",
        ),
    )
    SURVEY_UNDATED = (
        "survey_undated",
        "A survey asked, but it has no date, so it belongs to no year.",
        Sight.ANYBODY,
        Label(
            "spørgeskemaet har ingen dato, så det kan ikke henføres til perioden",
            "the survey has no date, so it cannot be placed in the period",
        ),
    )
    NOT_REGISTERED = (
        "not_registered",
        "No rows say anything about it.",
        Sight.ANYBODY,
        Label("det er ikke registreret", "it is not registered"),
    )
    SOME_NOT_REGISTERED = (
        "some_not_registered",
        "Logs with gaps could decide it, so that only the range is known.",
        Sight.WITH_FIGURE,
        Label("en del er ikke registreret", "a part is not registered"),
        FigureClass.PARTICIPATION,
    )
    SOME_NOT_ASSESSED = (
        "some_not_assessed",
        "Communities that have not assessed themselves could decide it: only the range is known.",
        Sight.WITH_FIGURE,
        Label(
            "ikke alle fællesskaber har vurderet sig selv",
            "not every community has assessed itself",
        ),
        FigureClass.PARTICIPATION,
    )
    TOO_FEW_PEOPLE = (
        "too_few_people",
        "There is no pair of people, or nobody else.",
        Sight.WITH_FIGURE,
        Label(
            "der er for få personer til at beregne tallet", "there are too few people to compute it"
        ),
    )
    EMPTY_GROUP = (
        "empty_group",
        "Nobody is in the target group.",
        Sight.ANYBODY,
        Label("der er ingen i gruppen", "nobody is in the group"),
    )
    NO_STAFF = (
        "no_staff",
        "The group has no staff.",
        Sight.WITH_FIGURE,
        Label("der er ingen medarbejdere i gruppen", "there are no staff in the group"),
    )
    NO_TIES = (
        "no_ties",
        "There is no tie to divide by.",
        Sight.WITH_FIGURE,
        Label("der er ingen forbindelser at regne på", "there are no ties to compute it from"),
    )
    NOBODY_ANSWERED = (
        "nobody_answered",
        "None of the answers it needs came in.",
        Sight.WITH_FIGURE,
        Label("ingen af svarene er kommet ind", "none of the answers came in"),
    )
    SOME_DID_NOT_ANSWER = (
        "some_did_not_answer",
        "Not everybody answered; where there is a range, it stands in `lower` and `upper`.",
        Sight.WITH_FIGURE,
        Label("ikke alle har svaret", "not everybody answered"),
        FigureClass.ANSWERS,
    )
    NOT_ALL_ASKED = (
        "not_all_asked",
        "Not everybody was asked about everybody.",
        Sight.WITH_FIGURE,
        Label("ikke alle er spurgt om alle", "not everybody was asked about everybody"),
        FigureClass.ANSWERS,
    )
    NO_TWO_PATHS = (
        "no_two_paths",
        "No tie leads on to a third person.",
        Sight.WITH_FIGURE,
        Label("ingen forbindelser fører videre til en tredje", "no tie leads on to a third person"),
    )
    ONE_CONTACT = (
        "one_contact",
        "There is one contact only, and nothing to compare it with.",
        Sight.WITH_FIGURE,
        Label("der er kun én kontakt", "there is one contact only"),
    )
    NO_VARIATION = (
        "no_variation",
        "A relation is the same for all pairs of people.",
        Sight.WITH_FIGURE,
        Label("relationen er ens for alle par", "the relation is the same for all pairs"),
    )
    CANNOT_TURN = (
        "cannot_turn",
        "No answers could turn the figure round.",
        Sight.WITH_FIGURE,
        Label("ingen svar kunne vende det", "no answers could turn it"),
    )
    NO_COMMUNITIES = (
        "no_communities",
        "There is no community of which it would be a share.",
        Sight.ANYBODY,
        Label(
            "der er ingen fællesskaber at regne på", "there are no communities to compute it from"
        ),
    )
    NO_MEETINGS = (
        "no_meetings",
        "There is no meeting of which it would be a share.",
        Sight.WITH_FIGURE,
        Label("der er ingen registrerede møder", "there are no registered meetings"),
    )
    NO_HOURS = (
        "no_hours",
        "Nobody noted how long meetings lasted.",
        Sight.WITH_FIGURE,
        Label(
            "det er ikke noteret, hvor længe møderne varede",
            "nobody noted how long meetings lasted",
        ),
    )
    NO_MEMBERS = (
        "no_members",
        "There is no member of a community of which it would be a share.",
        Sight.WITH_FIGURE,
        Label("ingen i gruppen er med i et fællesskab", "nobody in the group is in a community"),
    )
    NO_PARTICIPANTS = (
        "no_participants",
        "There is no participant of whom it would be a share.",
        Sight.WITH_FIGURE,
        Label(
            "ingen er registreret som deltager i projektet", "nobody is registered as a participant"
        ),
    )
    NO_PATHWAYS = (
        "no_pathways",
        "There is no transition of pupils of which it would be a share.",
        Sight.ANYBODY,
        Label(
            "elevernes overgange er ikke registreret", "the pupils' transitions are not registered"
        ),
    )
    NO_UNITS = (
        "no_units",
        "There is no unit of which it would be a share.",
        Sight.ANYBODY,
        Label("der er ingen enheder af den slags", "there are no units of that kind"),
    )
    NO_YEAR_BEFORE = (
        "no_year_before",
        "Nothing is known of the year before.",
        Sight.ANYBODY,
        Label("der er ingen data fra året før", "there are no data of the year before"),
    )
    NOT_SUPPLIED = (
        "not_supplied",
        "The aggregate was not supplied.",
        Sight.ANYBODY,
        Label("tallet er ikke leveret", "the figure was not supplied"),
    )
    NOTHING_TO_COUNT = (
        "nothing_to_count",
        "There is no case.",
        Sight.WITH_FIGURE,
        Label("der er ikke noget at tælle", "there is nothing to count"),
    )
    ONE_UNIT = (
        "one_unit",
        "All data are from one unit.",
        Sight.ANYBODY,
        Label("alle data er fra samme enhed", "all data are from one unit"),
    )
    NEEDS_COMBINED = (
        "needs_combined",
        "All data are from one unit, and the profile says that it takes several.",
        Sight.ANYBODY,
        Label(
            "det kræver, at flere kommuners data er samlet",
            "it needs the data of several municipalities, combined",
        ),
    )
    PUPILS_UNKNOWN = (
        "pupils_unknown",
        "A way does not say how many pupils go it.",
        Sight.ANYBODY,
        Label("antallet af elever er ikke oplyst", "the number of pupils is not given"),
    )
    SEVERAL_SCALES = (
        "several_scales",
        "The answers stand on different scales.",
        Sight.ANYBODY,
        Label("svarene er givet på forskellige skalaer", "answers were given on different scales"),
    )
    SCALE_UNKNOWN = (
        "scale_unknown",
        "The survey does not tell the ends of its scale, so that a reversed item cannot be turned.",
        Sight.ANYBODY,
        Label(
            "det er ikke oplyst, hvor skalaen begynder og ender",
            "nobody told where the scale begins and ends",
        ),
    )
    SAME_ANSWERS = (
        "same_answers",
        "There is no variation (of sums, for alpha) to compute the coefficient from.",
        Sight.WITH_FIGURE,
        Label(
            "svarene er ens, eller forskellene går lige op",
            "the answers are alike, or their differences cancel out",
        ),
    )
    ONE_ITEM = (
        "one_item",
        "One question is too little for the coefficient.",
        Sight.ANYBODY,
        Label("der er kun ét spørgsmål", "there is one question only"),
    )
    TOO_FEW_SCHOOLS = (
        "too_few_schools",
        "Three schools are too few to tell their differences from chance.",
        Sight.ANYBODY,
        Label(
            "der er for få skoler til at beregne tallet", "there are too few schools to compute it"
        ),
    )
    SEVERAL_FIGURES = (
        "several_figures",
        "An indicator has a target and gives several figures, none of which stands for the whole.",
        Sight.ANYBODY,
        Label(
            "der er flere tal, og et talmål kræver ét",
            "there are several figures, and a target takes one",
        ),
    )
    UNDATED = (
        "undated",
        "The data have no date, so nobody knows whether the target's year has come.",
        Sight.ANYBODY,
        Label(
            "data har ingen dato, så det vides ikke, om målets år er kommet",
            "the data have no date, so nobody knows whether the target's year has come",
        ),
    )
    MISSING_TABLES = (
        "missing_tables",
        "The tables that an indicator needs are empty.",
        Sight.ANYBODY,
        Label("data mangler", "data are missing"),
    )
    NO_MEASURE = (
        "no_measure",
        "The measure of an indicator does not exist.",
        Sight.ANYBODY,
        Label("kan ikke beregnes endnu", "cannot be computed yet"),
    )
    REFUSED = (
        "refused",
        "The measure refuses what an indicator asks for.",
        Sight.ANYBODY,
        Label(
            "profilen beder om noget, beregningen ikke kan give",
            "the profile asks for something the measure cannot give",
        ),
    )
