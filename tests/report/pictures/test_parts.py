"""What pictures are made of: labels off lines, links as wide as the least, cells, gaps, joined schools."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from drawing import LEVELS, check_picture, make_card, make_outcome, make_result

from plfkit import assess, load_profile, release, synthetic
from plfkit.goals.scorecard import TrendPoint
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.report.pictures import draw_contacts, draw_hours, draw_organisation, draw_trend
from plfkit.report.pictures.arrangement import OrganisationPlaces
from plfkit.report.pictures.canvas import Canvas, Look
from plfkit.report.pictures.contacts import LevelContacts
from plfkit.report.pictures.letters import split_text
from plfkit.report.pictures.links import LevelLink, list_level_links
from plfkit.report.pictures.organisation import list_place_entries
from plfkit.report.pictures.places import AT_LEAST, COUNTED, LevelSpot, collect_by_school
from plfkit.report.pictures.signs import draw_class, draw_range
from plfkit.report.sureness import Span
from plfkit.report.texts import Texts

EN = Texts.of("en")


def test_labels_keep_off_lines() -> None:
    """A label goes where no line runs; where all places lie on lines it has a white plate."""
    canvas = Canvas(200.0, 100.0)
    canvas.keep_free((0.0, 50.0), (200.0, 50.0))
    assert canvas.fit_text("60%", [(50.0, 53.0), (50.0, 80.0)], Look())
    assert 'y="80"' in canvas.texts[0]
    assert canvas.fit_text("70%", [(120.0, 53.0)], Look())
    assert canvas.texts[1].startswith("<rect")
    assert not canvas.fit_text("80%", [(120.0, 55.0)], Look())


@pytest.mark.parametrize(
    ("told", "step"), [((1, 2), 0), ((4, 9), None), ((6, 7), 1), ((12, 13), 2), ((5.2, 30), None)]
)
def test_steps_of_contacts(told: tuple[float, float], step: int | None) -> None:
    """Contacts are fewer, more or twice as many only where both ends of both ranges say so."""
    pair = LevelContacts(
        from_="a", to="b", figure=Figure(value=0.5), told=Span(*told), chance=Span(5.0, 5.5)
    )
    assert pair.find_step() == step
    assert evolve(pair, figure=Figure(reason=Reason.BAND)).find_step() is None


def test_links_are_as_wide_as_the_least() -> None:
    """»Under 40« may be none: it is dotted, and no wide line."""
    band, value = Figure(lower=0.0, upper=0.1, reason=Reason.BAND), Figure(value=0.2)
    rows = [
        evolve(value if b == LEVELS[3] else band, from_=a, to=b) for a, b in product(LEVELS, LEVELS)
    ]
    heads = make_result([Figure(part=level, n=40) for level in LEVELS])
    card = evolve(make_card(), overview=evolve(make_card().overview, coverage_by_level=heads))
    links = list_level_links(make_result(rows, relation="advice"), [*LEVELS], card, EN)
    assert [link.step for link in links.values()] == [None, None, 2]
    assert [link.words for link in links.values()] == ["under 40", "under 40", "80"]


@pytest.mark.parametrize("name", ["vejle", "middelfart", "langeland"])
def test_no_level_is_cut_off(name: str) -> None:
    """The names of levels stand whole beside and above pictures, and no word ends in a stump."""
    profile = load_profile(name)
    card = assess(synthetic.municipality(profile, schools=5), profile)
    shown = release(card, profile.privacy).content
    for texts in (Texts.of("da"), Texts.of("en")):
        pictures = [draw_organisation(shown, texts)]
        contacts = shown.overview.years[-1].contacts
        pictures += [draw_contacts(one, shown, texts) for one in contacts.values()]
        for picture in filter(None, pictures):
            words = re.findall(r">([^<>]+)<", picture.svg.partition("</desc>")[2])
            assert [word for word in words if "…" in word] == []
            assert [
                word for word in words if re.fullmatch(r"\w{1,3}", word) and word in STUMPS
            ] == []


STUMPS = ("gen", "ner", "ne", "le")
"""How a word goes on that was broken too late: »Forvaltnin-gen«."""


@pytest.mark.parametrize(("hidden", "word"), [(True, "link_hidden"), (False, "link_open")])
def test_lines_that_are_not_solid_are_explained(hidden: bool, word: str) -> None:  # noqa: FBT001 - a row
    """A dashed line and a dotted one stand in the legend where there are such, and only there."""
    link = LevelLink(words="", step=None, hidden=hidden)
    places = OrganisationPlaces(
        schools=[], whole={}, links={("a", "b"): link}, names={}, relation="advice"
    )
    told = [entry.word for entry in list_place_entries(places, Texts.of("da"))]
    assert told == [Texts.of("da")(f"pictures.{word}")]
    solid = evolve(places, links={("a", "b"): evolve(link, step=1)})
    assert list_place_entries(solid, Texts.of("da")) == []


def test_joined_schools_share_a_figure() -> None:
    """Schools that are told together are found by the id of each."""
    both = Figure(part="a + b", lower=0.5, upper=1.0)
    assert collect_by_school([both, Figure(), Figure(part="c")]) == {
        "a": both,
        "b": both,
        "c": Figure(part="c"),
    }


def test_gap_for_what_is_not_registered() -> None:
    """Hours without a range leave a gap with a question mark; those that are all registered leave none."""
    for known in (True, False):
        end = 0.5 if known else None
        rows = [Figure(figure=name, value=0.5, lower=end, upper=end) for name in ("a", "b")]
        picture = draw_hours(
            make_outcome([TrendPoint("2018/19", make_result(rows))]), make_card(), EN
        )
        assert picture is not None
        assert ("hours not registered" in picture.svg) != known
        assert (">?</text>" in picture.svg) != known


def test_class_and_range_differ_in_shape() -> None:
    """A class has a tick at either end, which a range has not: they differ in grey print too."""
    assert "<path" in draw_class((0.0, 50.0), 10.0)
    assert "<path" not in draw_range((0.0, 50.0), 10.0)


@pytest.mark.parametrize("count", [1, 9, 40, 99, 100, 123, 1234, 1_234_567])
@pytest.mark.parametrize("state", [COUNTED, AT_LEAST])
def test_numbers_stand_inside_their_circles(count: int, state: str) -> None:
    """White numbers would be lost on white: a circle is drawn out for a long one, and is in a column."""
    place = LevelSpot(state=state, count=count)
    ground = ET.fromstring(place.draw_circle((0.0, 0.0), count))  # noqa: S314 - our own
    width = float(ground.get("width", 2 * float(ground.get("r", 0))))
    assert place.mark_width <= width + 0.5
    assert width <= place.width + 0.1


def test_axes_have_all_their_numbers() -> None:
    """The highest number of an axis stands there whole, however long it is."""
    points = [
        TrendPoint(f"20{n}/{n + 1}", make_result([Figure(value=3e9 - n)], "count"))
        for n in (16, 17)
    ]
    picture = draw_trend(make_outcome(points), make_card(), EN)
    assert picture is not None
    assert all(f">{tick}<" in picture.svg for tick in ("0", "1,500,000,000", "3,000,000,000"))


def test_days_below_an_axis() -> None:
    """Days in place of school years have room below an axis and before a bar."""
    parts = [Figure(figure=name, value=0.5, lower=0.5, upper=0.5) for name in "ab"]
    for rows, draw in (([Figure(value=0.5)], draw_trend), (parts, draw_hours)):
        points = [TrendPoint(f"2018-0{month}-01", make_result(rows)) for month in range(1, 10)]
        picture = draw(make_outcome(points), make_card(), EN)
        assert picture is not None
        check_picture(picture, EN)
        assert all(f">{point.at}<" in picture.svg for point in points)


def test_a_range_is_broken_after_its_dash() -> None:
    """What is too long for its line goes on below, and is not cut."""
    assert split_text("1,234,567–7,654,321", 90, 12) == ["1,234,567–", "7,654,321"]
    assert split_text("12–34%", 90, 12) == ["12–34%"]
