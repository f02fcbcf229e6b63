"""What the picture of the organisation shows: gathered, as a table, and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from plfkit.goals.scorecard import OverviewYear, Scorecard
from plfkit.model.results.result import Result
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.pictures.links import LevelLink, list_level_links
from plfkit.report.pictures.picture import PictureTable
from plfkit.report.pictures.places import (
    AT_LEAST,
    COUNTED,
    NOBODY,
    NONE,
    OPEN,
    SOME,
    LevelSpot,
    SchoolPlaces,
    list_levels,
    list_school_places,
)
from plfkit.report.texts import Texts


@frozen(kw_only=True)
class OrganisationPlaces:
    """What the picture shows.

    Attributes:
        schools: The schools.
        whole: What spans schools, by level.
        links: The links between levels that follow one another.
        names: What readers call the levels, from the top.
        relation: What they call the relation of the links.
    """

    schools: Sequence[SchoolPlaces]
    whole: Mapping[str, LevelSpot]
    links: Mapping[tuple[str, str], LevelLink]
    names: Mapping[str, str]
    relation: str

    @property
    def places(self) -> list[LevelSpot]:
        """Every place, the municipality's first."""
        return [*self.whole.values(), *(p for one in self.schools for p in one.places.values())]


def find_overview_year(card: Scorecard, year: str | None) -> OverviewYear | None:
    """Return a year of the overview, the last if none is named; None if there is none such."""
    years = card.overview.years
    if year is None:
        return years[-1] if years else None
    return next((one for one in years if one.at == year), None)


def find_level_contacts(
    shown: OverviewYear, card: Scorecard, relation: str | None
) -> Result | None:
    """Return the contacts that link the levels, if the scorecard knows the head counts of the year.

    Args:
        shown: The year.
        card: The scorecard.
        relation: Whose contacts; those of the first relation if left out.
    """
    if shown.at != card.overview.years[-1].at:
        return None
    name = next(iter(shown.contacts), None) if relation is None else relation
    return None if name is None else shown.contacts.get(name)


def gather_organisation(
    shown: OverviewYear, ties: Result | None, card: Scorecard, texts: Texts
) -> OrganisationPlaces:
    """Gather what is shown of a year.

    Args:
        shown: The year.
        ties: The contacts that link its levels, if there are any.
        card: The scorecard.
        texts: The words.
    """
    levels = list_levels(shown)
    return OrganisationPlaces(
        schools=list_school_places(shown, card, texts),
        whole={f.figure: LevelSpot.of(f) for f in shown.communities if f.part is None and f.figure},
        links=list_level_links(ties, levels, card, texts),
        names={level: phrases.name_group(level, card, texts) for level in levels},
        relation="" if ties is None else name_ties(ties, texts),
    )


def lay_out_organisation(organisation: OrganisationPlaces, texts: Texts) -> PictureTable:
    """Lay out every place with what is told of it, and the links as a row of their own."""
    none, levels = texts("goals.none"), [*organisation.names]
    rows = [
        (
            texts("pictures.spanning_row"),
            *(organisation.whole[level].say_state(texts) for level in levels),
            none,
        )
    ]
    rows += [
        (
            school.name,
            *(
                school.places[level].say_state(texts) if level in school.places else none
                for level in levels
            ),
            figures.write_value(school.coverage, "share", texts),
        )
        for school in organisation.schools
    ]
    if organisation.links:
        words = {upper: link.words for (upper, _), link in organisation.links.items()}
        head = texts("pictures.links_row", relation=organisation.relation)
        rows.append((head, *(words.get(level, none) for level in levels), none))
    heads = (texts("listing.place"), *organisation.names.values(), texts("pictures.in_community"))
    return PictureTable(heads, tuple(rows))


def name_ties(ties: Result, texts: Texts) -> str:
    """Return what readers call the relation whose ties link the levels."""
    return phrases.name_relation(ties.relation_label, ties.relation, texts)


def say_organisation(organisation: OrganisationPlaces, texts: Texts) -> str:
    """Say how many schools have registered communities on every level, and the contacts between levels."""
    said = say_anchored_schools(organisation.schools, organisation.names, texts)
    if not organisation.links:
        return said
    told = [(pair, link) for pair, link in organisation.links.items() if link.is_told]
    if not told:
        return said + texts("pictures.organisation_no_link", relation=organisation.relation)
    # The lowest pair that is told stands in the heading: it is of the most people.
    (upper, lower), link = told[-1]
    return said + texts(
        "pictures.organisation_link",
        relation=organisation.relation,
        count=link.words,
        upper=phrases.write_inside_sentence(organisation.names[upper]),
        lower=phrases.write_inside_sentence(organisation.names[lower]),
    )


def say_anchored_schools(
    schools: Sequence[SchoolPlaces], names: Mapping[str, str], texts: Texts
) -> str:
    """Say how many schools have registered communities of their own on every level, and where not.

    A level on which nobody works lacks nothing; where nobody works on any, nothing is known of the school.
    """
    if not schools:
        return texts("pictures.organisation_none")
    if all(place.state == OPEN for one in schools for place in one.places.values()):
        return texts("pictures.organisation_unregistered")
    sure = sum(map(_is_anchored, schools))
    nobody = any(p.state == NOBODY for one in schools for p in one.places.values())
    levels = texts("pictures.organisation_staffed" if nobody else "pictures.organisation_levels")
    if sure == len(schools):
        return texts("pictures.organisation_all", all=sure, levels=levels)
    lacking = [[n for n, p in one.places.items() if p.state == NONE] for one in schools]
    without = [levels for levels in lacking if levels]
    said = [texts("pictures.organisation_some", count=sure, all=len(schools), levels=levels)]
    if without:
        same = without[0] if all(one == without[0] for one in without) else []
        level = phrases.write_inside_sentence(names.get(same[0], same[0])) if len(same) == 1 else ""
        key = "lacking_level" if level else "lacking"
        said.append(texts(f"pictures.organisation_{key}", count=len(without), level=level))
    if open_ := len(schools) - sure - len(without):
        said.append(texts("pictures.organisation_open", count=open_))
    return "; ".join(said)


def _is_anchored(school: SchoolPlaces) -> bool:
    """Tell whether every level of a school that has people has a community, and at least one has people."""
    states = {place.state for place in school.places.values()}
    return bool(states & _ANCHORED) and states <= _ANCHORED | {NOBODY}


_ANCHORED = frozenset({COUNTED, AT_LEAST, SOME})
