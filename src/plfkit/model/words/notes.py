"""Notes: what a figure leaves out or has folded, each with a count."""

from __future__ import annotations

from typing import Self

from plfkit.model.words.closed import ClosedWord, Sight, make_word
from plfkit.model.words.kinds import Label


class Note(ClosedWord):
    """What was left out or folded. A measure of somebody else's may have notes of its own, as text.

    Attributes:
        clause: What a result's sentence says of what the figure is not about; None if it is about all.
        few: The note that leaves in its place where it counts fewer than k people.
    """

    clause: Label | None
    few: str | None

    def __new__(
        cls,
        word: str,
        meaning: str,
        sight: Sight,
        words: Label,
        clause: Label | None = None,
        few: str | None = None,
    ) -> Self:
        """Make a note with its row of the table."""
        member = make_word(cls, word, meaning, sight, words)
        member.clause, member.few = clause, few
        return member

    PEOPLE_IN_NO_GROUP = (
        "people_in_no_group",
        "People in none of the groups, who are left out.",
        Sight.FROM_K,
        Label(
            "Personer uden for grupperne, udeladt: {count}", "People in no group, left out: {count}"
        ),
        Label(
            "{count} personer er ikke med i nogen gruppe og er udeladt",
            "{count} people are in no group and are left out",
        ),
        "few_in_no_group",
    )
    FEW_IN_NO_GROUP = (
        "few_in_no_group",
        "The same where they are fewer than k: it counts k.",
        Sight.FROM_K,
        Label(
            "Personer uden for grupperne, udeladt: færre end {count}",
            "People in no group, left out: fewer than {count}",
        ),
        Label(
            "færre end {count} personer er ikke med i nogen gruppe og er udeladt",
            "fewer than {count} people are in no group and are left out",
        ),
    )
    TIES_IN_NO_GROUP = (
        "ties_in_no_group",
        "Ties to or from people in none of the groups, which are left out.",
        Sight.FROM_K,
        Label(
            "Forbindelser til eller fra personer uden for grupperne, udeladt: {count}",
            "Ties to or from people in no group, left out: {count}",
        ),
        Label(
            "det er {count} forbindelser til eller fra dem også",
            "so are {count} ties to or from them",
        ),
    )
    PEOPLE_NOT_ASKED = (
        "people_not_asked",
        "Staff who are not on the list of those asked.",
        Sight.FROM_K,
        Label(
            "Medarbejdere, der ikke står på listen over spurgte: {count}",
            "Staff who are not on the list of those asked: {count}",
        ),
        Label(
            "{count} medarbejdere står ikke på listen over spurgte",
            "{count} of the staff are not on the list of those asked",
        ),
        "few_not_asked",
    )
    FEW_NOT_ASKED = (
        "few_not_asked",
        "The same where they are fewer than k: it counts k.",
        Sight.FROM_K,
        Label(
            "Medarbejdere, der ikke står på listen over spurgte: færre end {count}",
            "Staff who are not on the list of those asked: fewer than {count}",
        ),
        Label(
            "færre end {count} medarbejdere står ikke på listen over spurgte",
            "fewer than {count} of the staff are not on the list of those asked",
        ),
    )
    NAMED_NOT_ASKED = (
        "named_not_asked",
        "People whom colleagues named, and who were not asked.",
        Sight.FROM_K,
        Label(
            "Nævnt af kolleger, men ikke spurgt: {count}",
            "Named by colleagues, but not asked: {count}",
        ),
        Label(
            "{count}, som kolleger har nævnt, er ikke spurgt",
            "{count} whom colleagues named were not asked",
        ),
        "few_named",
    )
    FEW_NAMED = (
        "few_named",
        "The same where they are fewer than k: it counts k.",
        Sight.FROM_K,
        Label(
            "Nævnt af kolleger, men ikke spurgt: færre end {count}",
            "Named by colleagues, but not asked: fewer than {count}",
        ),
        Label(
            "færre end {count}, som kolleger har nævnt, er ikke spurgt",
            "fewer than {count} whom colleagues named were not asked",
        ),
    )
    TIES_OFF_ROSTER = (
        "ties_off_roster",
        "Ties to people outside the survey, which are left out.",
        Sight.FROM_K,
        Label(
            "Forbindelser til personer uden for spørgeskemaet, udeladt: {count}",
            "Ties to people outside the survey, left out: {count}",
        ),
    )
    TIES_TOO_WEAK = (
        "ties_too_weak",
        "Ties below the strength asked for, which are left out.",
        Sight.FROM_K,
        Label(
            "Forbindelser, der er for svage til at tælle, udeladt: {count}",
            "Ties too weak to count, left out: {count}",
        ),
    )
    TIES_TOLD_ANEW = (
        "ties_told_anew",
        "Ties of people who were asked again later, which do not count.",
        Sight.FROM_K,
        Label(
            "Forbindelser, der ikke tæller, fordi den samme person er spurgt igen senere: {count}",
            "Ties that do not count because the same person was asked again later: {count}",
        ),
    )
    REPEATED_TIES = (
        "repeated_ties",
        "Ties told more than once, which count once.",
        Sight.FROM_K,
        Label(
            "Gentagne forbindelser, talt én gang: {count}", "Repeated ties, counted once: {count}"
        ),
    )
    RESPONDENTS_AT_LIMIT = (
        "respondents_at_limit",
        "People who named as many as the survey allowed.",
        Sight.FROM_K,
        Label(
            "Personer, der angav så mange navne, som spørgeskemaet tillod, og kunne have "
            "haft flere: {count}",
            "People who named as many as the survey allowed, and may have had more to name: {count}",
        ),
    )
    ANSWERS_UNDER_CODES = (
        "answers_under_codes",
        "Answers under codes, all of which count because nobody knows who teaches.",
        Sight.FROM_K,
        Label(
            "Svar under koder, som alle tæller med, fordi ingen ved, hvem der underviser: {count}",
            "Answers under codes, all of which count because nobody knows who teaches: {count}",
        ),
    )
    SURVEYS_LEFT_OUT = (
        "surveys_left_out",
        "Surveys that are not used because a later one is.",
        Sight.FROM_K,
        Label(
            "Spørgeskemaer, der ikke er brugt, fordi et nyere er: {count}",
            "Surveys not used because a later one is: {count}",
        ),
    )
    AGREEMENT_BELOW_ZERO = (
        "agreement_below_zero",
        "Figures of agreement below 0 that are shown as 0.",
        Sight.WITH_FIGURE,
        Label(
            "Enighed under 0, vist som 0, i så mange tal: {count}",
            "Agreement below 0, shown as 0, in so many figures: {count}",
        ),
    )
    NEGATIVE_ALPHA = (
        "negative_alpha",
        "Figures of alpha below 0: items run against each other.",
        Sight.WITH_FIGURE,
        Label(
            "Alfa under 0 i så mange tal: spørgsmål peger hver sin vej, så se efter "
            "omvendte, som rammeværket skal nævne: {count}",
            "Alpha below 0 in so many figures: items run against each other, so look for "
            "reversed ones, which the framework has to name: {count}",
        ),
    )
    DRAWS_MISSING = (
        "draws_missing",
        "Draws that an interruption left undone.",
        Sight.ANYBODY,
        Label(
            "Afbrudt, så så mange lodtrækninger mangler: {count}",
            "Interrupted, so that so many draws are missing: {count}",
        ),
    )
    RANGE_SETTLED = (
        "range_settled",
        "Completions that were not drawn, because they hardly widened the ranges any more.",
        Sight.WITH_RANGE,
        Label(
            "Simulerede besvarelser, der ikke var brug for, fordi spændet næsten ikke voksede mere: {count}",
            "Simulated completions that were not needed, as the range hardly grew any more: {count}",
        ),
    )
    STOPPED_EARLY = (
        "stopped_early",
        "Draws that were not needed.",
        Sight.ANYBODY,
        Label(
            "Lodtrækninger, der ikke var brug for: {count}", "Draws that were not needed: {count}"
        ),
    )
    PATHS_FROM = (
        "paths_from",
        "People drawn at random from whom paths were followed.",
        Sight.ANYBODY,
        Label(
            "Veje fulgt fra så mange udvalgte personer: {count}",
            "Paths followed from so many people, drawn at random: {count}",
        ),
    )
    TESTED_TOGETHER = (
        "tested_together",
        "Figures that were tested at once.",
        Sight.ANYBODY,
        Label("Tal prøvet på én gang: {count}", "Figures tested at once: {count}"),
    )
    TOO_FEW_SCHOOLS = (
        "too_few_schools",
        "Schools that are too few for a p-value across them.",
        Sight.ANYBODY,
        Label(
            "Ingen p-værdi på tværs af så få skoler: {count}",
            "No p-value across so few schools: {count}",
        ),
    )
    CANNOT_CHANGE = (
        "cannot_change",
        "Predictors without a p-value, since they stay as they are whoever changes places.",
        Sight.ANYBODY,
        Label(
            "Uden p-værdi, fordi det er det samme, hvem der end bytter plads: {count}",
            "No p-value, since it stays the same whoever changes places: {count}",
        ),
    )
    NO_RANGE_OF_PREDICTORS = (
        "no_range_of_predictors",
        "Predictors with unobserved ties, beside which no range of a regression is worked out.",
        Sight.WITH_RANGE,
        Label(
            "Intet spænd, fordi også det, der forklares med, mangler svar: {count}",
            "No range, since answers are missing of what it is explained by too: {count}",
        ),
    )
    TOO_FEW_FOR_INTERVAL = (
        "too_few_for_interval",
        "Groups with too few people, or too few with ties, for an interval.",
        Sight.WITH_RANGE,
        Label(
            "Grupper med for få personer til et usikkerhedsinterval: {count}",
            "Groups with too few people for an interval: {count}",
        ),
    )
    NOTHING_CHANGED = (
        "nothing_changed",
        "Changes without interval and p because no pair of people was tied otherwise than before.",
        Sight.NOBODY,
        Label(
            "Intet usikkerhedsinterval og ingen p-værdi, fordi ingen forbindelse er ændret: {count}",
            "No interval and no p because no tie changed: {count}",
        ),
    )
    NARROW_WHERE_TIES_CLOSE = (
        "narrow_where_ties_close",
        "Intervals that are too narrow where colleagues draw in each other's colleagues.",
        Sight.WITH_INTERVAL,
        Label(
            "Usikkerhedsintervaller, der er for smalle, hvor kolleger trækker hinandens kolleger "
            "med: {count}",
            "Intervals that are too narrow where colleagues draw in each other's colleagues: {count}",
        ),
    )
    NARROW_WHERE_SCHOOLS_DIFFER = (
        "narrow_where_schools_differ",
        "Intervals over several schools that rest on people alone: they are too narrow where schools differ.",
        Sight.WITH_INTERVAL,
        Label(
            "Usikkerhedsintervaller over flere skoler, der er for smalle, hvor skoler er forskellige: "
            "{count}",
            "Intervals over several schools that are too narrow where schools differ: {count}",
        ),
    )
    RANGE_ENDS_ROUNDED = (
        "range_ends_rounded",
        "Ranges told to begin at nothing or to end at all: near there the gate rounds them outwards.",
        Sight.WITH_RANGE,
        Label(
            "Spænd, der vises helt ud til 0, 100 % eller skalaens ende; tæt derpå rundes de udad af "
            "hensyn til små grupper: {count}",
            "Ranges shown as far as 0, 100% or the end of the scale; near there they are rounded "
            "outwards, for the sake of small groups: {count}",
        ),
    )
    YEARS_AFTER_DATA = (
        "years_after_data",
        "School years by which the period lies after the latest that the data tell of.",
        Sight.ANYBODY,
        Label(
            "Så mange skoleår ligger perioden efter det seneste, som data fortæller om; "
            "tallene viser, hvad der stadig står åbent: {count}",
            "School years by which the period lies after the latest that the data tell of; "
            "the figures show what is still open: {count}",
        ),
    )
    YEARS_BEFORE_DATA = (
        "years_before_data",
        "School years by which the period lies before the first that the data tell of.",
        Sight.ANYBODY,
        Label(
            "Så mange skoleår ligger perioden før det første, som data fortæller om; "
            "de, der er holdt op siden, mangler i tallene: {count}",
            "School years by which the period lies before the first that the data tell of; "
            "whoever has left since is missing in the figures: {count}",
        ),
    )
