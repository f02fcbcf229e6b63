"""The organisation: one picture for each year and relation, and which communities there are."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from plfkit.goals.scorecard import OverviewYear, Scorecard
from plfkit.report.pictures import Picture, draw_coverage, draw_organisation
from plfkit.report.pictures.phrases import name_relation
from plfkit.report.texts import Texts, make_collation_key
from plfkit.report.units import list_schools

_SCHOOLS_ON_PAPER = 4
"""How many schools stand side by side on an upright sheet."""


@frozen(kw_only=True)
class OrganisationPictureView:
    """The organisation in one year.

    Attributes:
        id: A word for its switch.
        label: The year, and the relation whose ties are drawn.
        picture: The picture.
    """

    id: str
    label: str
    picture: Picture


@frozen(kw_only=True)
class OrganisationView:
    """The organisation as the page shows it.

    Attributes:
        pictures: One for each year and relation, the one to look at first first.
        broad: Whether a picture is broader than a sheet of paper is high.
        coverage: Who is in a community, school by school.
        kinds: How many communities of each kind are registered.
    """

    pictures: list[OrganisationPictureView]
    broad: bool
    coverage: Picture | None
    kinds: list[tuple[str, str]]


def build_organisation_view(card: Scorecard, texts: Texts) -> OrganisationView:
    """Return the pictures of the organisation, and the communities by kind."""
    kinds = [
        (texts.label(card.names[kind]), texts.write_number(count))
        for kind, count in card.overview.communities.items()
    ]
    return OrganisationView(
        pictures=_list_pictures(card, texts),
        broad=len(list_schools(card, texts)) > _SCHOOLS_ON_PAPER,
        coverage=draw_coverage(card, texts),
        kinds=sorted(kinds, key=lambda row: make_collation_key(row[0])),
    )


def _list_pictures(card: Scorecard, texts: Texts) -> list[OrganisationPictureView]:
    """Return this year's pictures, one for each relation, then one of each earlier year."""
    views: list[OrganisationPictureView] = []
    for year, relation in _list_choices(card):
        picture = draw_organisation(card, texts, year=year.at, relation=relation)
        if picture is not None:
            views.append(
                OrganisationPictureView(
                    id=f"organisation-{len(views) + 1}",
                    label=_name_picture(year.at, relation, card, texts),
                    picture=picture,
                )
            )
    return views


def _list_choices(card: Scorecard) -> Iterator[tuple[OverviewYear, str | None]]:
    """Yield years and relations to draw; of earlier years the relation that comes first is enough."""
    for place, year in enumerate(reversed(card.overview.years)):
        relations = (*year.contacts,) or _NO_RELATION
        yield from ((year, relation) for relation in (relations if not place else relations[:1]))


_NO_RELATION: tuple[str | None, ...] = (None,)
"""Where nobody was asked about ties, the communities are drawn alone."""


def _name_picture(at: str, relation: str | None, card: Scorecard, texts: Texts) -> str:
    if relation is None:
        return texts.write_period(at)
    name = name_relation(card.names[relation], relation, texts)
    return texts("organisation.choice", at=texts.write_period(at), relation=name.lower())
