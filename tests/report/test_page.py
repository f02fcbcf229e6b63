"""The page: self-contained, in two languages, and silent about persons."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from plfkit import (
    Organisation,
    Period,
    Profile,
    Unit,
    assess,
    describe,
    load_profile,
    read,
    release,
    write_report,
)
from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, UnknownLanguageError
from plfkit.goals import Scorecard
from plfkit.hints import Language
from plfkit.model.declared.declarations import PrivacyFloor, Target
from plfkit.model.records.needs import Need
from plfkit.model.records.rows import (
    Community,
    Membership,
    Person,
    Position,
    Response,
    Survey,
    Tie,
)
from plfkit.model.results.figures import Figure
from plfkit.model.words.reasons import Reason
from plfkit.model.words.verdicts import ClaimVerdict, Verdict
from plfkit.model.words.vocabulary import load_core_vocabulary
from plfkit.report import figures
from plfkit.report.page import render_report
from plfkit.report.texts import Texts
from plfkit.synthetic import municipality

DATA = '<script type="application/json" id="publication">'


class Words(HTMLParser):
    """The texts of a page, element by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.texts += [
            value for name, value in attrs if name in {"aria-label", "alt", "title"} and value
        ]

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.inside[-1] not in {"script", "style"}:
            self.texts.append(" ".join(data.split()))


@pytest.fixture
def page(town: Organisation, profile: Profile) -> str:
    """The Danish page of the small municipality."""
    return render_report(release(assess(town, profile), profile.privacy))


def test_parts_of_the_page(page: str) -> None:
    """Goal, figure, verdict, picture, method and missing tables are there."""
    for expected in (
        "Falsk Kommune",
        "50,0 %",
        "Nået",
        "<svg",
        "Kræver en liste over møder og besøg",
        "Wasserman",
    ):
        assert expected in page


def test_no_id_and_no_name_of_a_person_is_on_the_page(page: str, town: Organisation) -> None:
    """Nothing from the table of persons leaves."""
    for person in town.persons:
        assert person.id not in page
        assert str(person.name) not in page


def test_a_higher_threshold_changes_the_page(town: Organisation, profile: Profile) -> None:
    """With k = 13 half of 24 people are no longer shown."""
    card = assess(town, profile)
    usual = render_report(release(card, PrivacyFloor(k=5)), language="en")
    strict = render_report(release(card, PrivacyFloor(k=13)), language="en")
    assert '<td class="value" data-label="Now">50%</td>' in usual
    assert '<td class="value" data-label="Now">50%</td>' not in strict


def test_the_page_loads_nothing(page: str) -> None:
    """Its policy allows the style and the script that are in it, by their hashes, and nothing else."""
    (policy,) = re.findall('Content-Security-Policy" content="(.*?)"', page)
    inside = [re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script")]
    assert [len(texts) for texts in inside] == [1, 1]
    hashes = [b64encode(sha256(texts[0].encode()).digest()).decode() for texts in inside]
    assert unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'"
    )
    assert re.findall("<script.*?>", page) == [DATA, "<script>"]
    assert not re.findall(r"""src\s*=|style\s*=\s*"|url\(|@import|href="[^#]""", page)


def test_every_verdict_has_a_look(page: str) -> None:
    """The page's style says of each verdict, and of one that is withheld, how it looks."""
    looks = {*re.findall(r"\.state\.(\w+)", page)}
    assert looks == {*Verdict, *ClaimVerdict, Reason.WITHHELD}


def test_the_same_scorecard_gives_the_same_bytes(
    town: Organisation, profile: Profile, page: str
) -> None:
    """Built again, the page is the same; no clock is in it."""
    assert render_report(release(assess(town, profile), profile.privacy)) == page


def test_danish_and_english_share_no_text(example: Path, manifest: dict[str, object]) -> None:
    """Every word that plfkit writes is translated; names, numbers and sources may agree."""
    manifest["goals"] = {
        "G": {"label": {"da": "Mål", "en": "Goal"}, "text": {"da": "Vi vil", "en": "We will"}}
    }
    profile = Profile.from_document(manifest)
    card = release(assess(read(example, profile=profile), profile), profile.privacy)
    danish, english = (
        set(Words(render_report(card, language=lang)).texts) for lang in ("da", "en")
    )
    shared = {text for text in danish & english if re.search("[A-Za-zæøå]", text)}
    schools = {"Bakkeskolen", "Engskolen", "Strandskolen"}
    names = {*schools, *(f": {school}" for school in schools), profile.id, "plfkit"}
    sources = {text for text in shared if "doi:" in text}
    assert shared - names - sources - {"Team", "G", "k = 5, n = 15"} == set()


def test_every_text_is_there_in_both_languages() -> None:
    """No text is empty, and the two languages fill in the same blanks."""
    for section, texts in Texts.read_texts().items():
        for key, label in texts.items():
            blanks = [sorted(re.findall(r"{\w+}", text)) for text in (label.da, label.en)]
            assert label.da.strip(), (section, key)
            assert label.en.strip(), (section, key)
            assert blanks[0] == blanks[1], (section, key)


def test_forbidden_words_are_not_on_the_page(page: str) -> None:
    """Words that hurt or mislead are never written to readers."""
    words = (
        "anonym",
        "isoleret",
        "skjulte",
        "rangliste",
        "effekt",
        "skyldes",
        "overvågning",
        "PLC",
        "broker",
    )
    text = " ".join(Words(page).texts)
    assert [word for word in words if word.lower() in text.lower()] == []


def test_markup_in_names_is_text(town: Organisation, profile: Profile) -> None:
    """A name that looks like markup is shown as it stands, in tables and in the picture."""
    hostile = '<script>alert("x")</script>'
    units = [evolve(unit, name=hostile) if unit.kind == "school" else unit for unit in town.units]
    tables: dict[str, Any] = {**town.tables, "units": units}
    changed = Organisation.of(**tables)
    html = render_report(release(assess(changed, profile), profile.privacy))
    assert re.findall("<script.*?>", html) == [DATA, "<script>"]
    assert "&lt;script&gt;" in html


def test_markup_in_ids_ends_no_data() -> None:
    """A school whose id would close the element of data is escaped in it, and read as it was."""
    hostile = "</script><b>"
    html = render_report(released_schools({"s": 20, hostile: 10}, load_profile("generic")))
    assert html.count("</script>") == 2
    data = html[html.index(DATA) + len(DATA) : html.index("</script>")]
    series = json.loads(data)["publication"]["series"]
    assert hostile in {row.get("part") for one in series for row in one["told"]}


def test_an_example_is_called_an_example(
    example: Path, profile: Profile, manifest: dict[str, object]
) -> None:
    """Title, banner and pictures say so, and the municipality's name is not on the page."""
    card = assess(read(example, profile=profile), profile)
    html = render_report(release(card, profile.privacy), language="en")
    texts = Words(html).texts
    assert "Example municipality (with Vejle’s goals)" in texts
    assert any("schools, people and figures are made up" in text for text in texts)
    assert texts.count("EXAMPLE") == 1 + html.count('<svg xmlns="http://www.w3.org/2000/svg" id=')
    assert "Fake Municipality" not in html
    del manifest


@pytest.mark.parametrize(("asked", "seen"), [("vw", False), ("v", True)])
def test_left_out_at_zero(manifest: dict[str, Any], asked: str, *, seen: bool) -> None:
    """Five teachers ask both coaches: no school hangs on one, and nothing is said. All ask one: it is."""
    manifest["indicators"]["density"] = {
        "label": {"da": "Skoler på én", "en": "Schools on one"},
        "measure": "schools_on_one_person",
        "figure_class": "organisational",
        "arguments": {"relation": "advice", "target": "maths_coach"},
        "only_above_zero": True,
    }
    profile = Profile.from_document(manifest)
    people = "abcdevw"
    school = Organisation.of(
        units=[Unit("s", "school")],
        persons=[Person(name) for name in people],
        positions=[
            Position(name, "s", "maths_coach" if name in "vw" else "teacher") for name in people
        ],
        surveys=[Survey("q", "network", "advice")],
        responses=[Response("q", name, answered=True) for name in people],
        ties=[Tie(name, coach, "advice", "q") for name in "abcde" for coach in asked],
    )
    page = render_report(release(assess(school, profile), profile.privacy))
    assert ("Skoler på én" in page) == seen


def test_data_without_units_have_a_page_too(profile: Profile) -> None:
    """No schools, no communities: the page says that there is nothing to draw."""
    from plfkit import Person

    card = assess(
        Organisation.of(persons=[Person("a")], units=[Unit("m", "municipality")]), profile
    )
    html = render_report(release(card, profile.privacy), language="en")
    assert "There are no data yet on which communities there are" in html
    assert "<svg" not in html


def test_only_released_things_are_written(
    town: Organisation, profile: Profile, tmp_path: Path
) -> None:
    """A raw scorecard is refused before anything is written."""
    card: Scorecard = assess(town, profile)
    with pytest.raises(DisclosureError, match=r"plfkit\.release"):
        write_report(card, tmp_path / "page.html")  # type: ignore[call-overload]
    with pytest.raises(UnknownLanguageError, match="'de'"):
        write_report(release(card, profile.privacy), tmp_path / "page.html", language="de")  # type: ignore[call-overload] # what is refused
    assert list(tmp_path.iterdir()) == []
    assert write_report(release(card, profile.privacy), tmp_path / "page.html").exists()


def released_schools(members: dict[str, int], profile: Profile) -> Released[Scorecard]:
    """Schools of twenty teachers, of whom so many are in a team, as they may be seen."""
    staff = {school: [f"{place}-{n}" for n in range(20)] for place, school in enumerate(members)}
    organisation = Organisation.of(
        units=[Unit(school, "school") for school in members],
        persons=[Person(name) for own in staff.values() for name in own],
        positions=[Position(p, school, "teacher") for school, own in staff.items() for p in own],
        communities=[Community(f"t-{school}", "team", unit=school) for school in members],
        memberships=[
            Membership(f"t-{school}", name)
            for school, count in members.items()
            for name in staff[school][:count]
        ],
    )
    return release(assess(organisation, profile), profile.privacy)


def test_tables_of_groups(manifest: dict[str, Any]) -> None:
    """An indicator with one figure for each school shows them all, under its label."""
    label = {"da": "Med på hver skole", "en": "In, at each school"}
    manifest["indicators"] = {
        "by_school": {
            "label": label,
            "measure": "membership_coverage",
            "arguments": {"by": "school"},
        }
    }
    profile = Profile.from_document(manifest)
    html = render_report(released_schools({"east": 20, "north": 10, "west": 0}, profile))
    table = html[html.index("Med på hver skole: gruppe for gruppe") :]
    table = table[: table.index("</table>")]
    assert re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', table) == [
        ("east", "≥ 70 %"),
        ("north", "35–65 %"),
        ("west", "≤ 30 %"),
    ]


def test_the_page_tells_of_change_years_and_claims() -> None:
    """How figures changed, what breaks a row, what would settle the undecided, and what was found."""
    vejle = load_profile("vejle")
    some = evolve(
        vejle.indicators["V1d_social_density"], direction="up", target=Target(0.2, "proposed")
    )
    vejle = evolve(vejle, indicators={**vejle.indicators, "V1d_social_density": some})
    made_up = municipality(vejle, schools=3)
    as_if_real = evolve(made_up, synthetic=False, title=None)
    card = release(assess(as_if_real, vejle), vejle.privacy)
    danish, english = (
        " ".join(Words(render_report(card, language=name)).texts) for name in ("da", "en")
    )
    assert "procentpoint siden 2017/18" in danish
    assert "2016/17: " in danish
    assert "Kan afgøres med svar fra dem, der ikke har svaret" in danish
    assert "Understøttet af data" in danish
    assert "Gælder 3 af 3 i data." in danish
    assert "oplyst af kommunen; perioden er udledt; hvordan det afgøres, er udledt" in danish
    assert "Sammenlignet med året før." in danish
    assert "percentage points since 2017/18" in english
    assert "Found 10; 10 were said." in english


def test_year_with_range_only() -> None:
    """Communities that have not assessed themselves leave a range in every year: the years tell it."""
    vejle = load_profile("vejle")
    card = release(assess(municipality(vejle, schools=3), vejle), vejle.privacy)
    members = next(o for o in card.content.indicators if o.id == "V1b")
    assert members.figure is not None
    assert members.figure.value is None
    told = [year for year, _ in figures.write_years(members, Texts("da"))]
    assert len(told) == 3
    assert all(
        re.fullmatch(r"20\d\d/\d\d: (\d\d,\d % – \d\d,\d %|\d\d–\d\d %)", year) for year in told
    )


@pytest.mark.parametrize(
    ("missing", "danish"),
    [
        ("registrations:school_visit", "fuldstændig registrering af skolebesøg"),
        ("registrations:positions", "en fuldstændig liste over ansatte"),
        (
            "registrations:positions:head_of_education",
            "en fuldstændig liste over ansatte som kommunal chef",
        ),
        (
            "registrations:memberships:support_team",
            "en fuldstændig liste over medlemmer af kommunalt supportteam",
        ),
        (
            "registrations:qualifications:coach_training",
            "en fuldstændig liste over dem med vejlederuddannelse",
        ),
        ("participations", "deltagerlister fra møderne"),
        (
            "answers:communities",
            (
                "fællesskabernes egne svar (der er svar fra enkeltpersoner; tallet bygger på, hvad "
                "fællesskaberne svarer samlet)"
            ),
        ),
    ],
)
def test_what_would_settle_a_claim_stands_in_words(missing: str, danish: str) -> None:
    """A log, a whole list, or the list of a role, a community or a training."""
    words = load_core_vocabulary()
    sections = ("event_kinds", "roles", "community_kinds", "qualification_kinds")
    kinds = {n: kind.label for s in sections for n, kind in words.section(s).items()}
    assert Texts("da").write_needs([Need.from_text(missing)], kinds) == danish
    assert Texts("en").write_needs([Need.from_text(missing)], kinds) != danish


@pytest.fixture(scope="module")
def langeland() -> Released[Scorecard]:
    """The scorecard of an example municipality, released."""
    profile = load_profile("langeland")
    card = assess(municipality(profile), profile, years_back=0)
    return release(card, profile.privacy)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("Oplyst", "Intet talmål", "gennemsnit på skalaen", "gennemsnitlig afvigelse")),
        ("en", ("Known", "No target", "mean on the scale", "average deviation")),
    ],
)
def test_the_page_says_it_in_a_head_teachers_words(
    langeland: Released[Scorecard], language: Language, words: tuple[str, ...]
) -> None:
    """What is told, what has no target, and the mean beside a share are called what people call them."""
    html = render_report(langeland, language=language)
    assert [word for word in words if word not in html] == []
    assert "Undersøgt" not in html
    assert "Vises uden mål" not in html


def test_chance_is_called_chance() -> None:
    """What chance gives stands under that name, as a number and no sentence."""
    figure = Figure(value=0.4, expected=0.25)
    told = [
        figures.write_expected_value(figure, "share", Texts.of(language))
        for language in ("da", "en")
    ]
    assert told == ["25,0 %", "25.0%"]
    heads = [Texts.of(language)("row.chance") for language in ("da", "en")]
    assert heads == ["Ved ren tilfældighed", "By pure chance"]


def test_a_mean_beside_a_share_is_no_percentage(langeland: Released[Scorecard]) -> None:
    """L2c is a share; its mean stands beside it in steps of the scale, as the gate has it."""
    (outcome,) = [one for one in langeland.content.indicators if one.id == "L2c"]
    assert outcome.result is not None
    found = {row.figure: row for row in outcome.result}
    written = figures.write_value(
        found["mean"], outcome.result.scale_of(found["mean"]), Texts.of("da")
    )
    assert f"gennemsnit på skalaen: {written}; " in render_report(langeland)
    assert 1 <= (found["mean"].value or 0) <= 4
    assert "%" not in written


@pytest.mark.parametrize("name", ["vejle", "middelfart", "langeland"])
def test_each_goal_can_be_read_aloud(name: str) -> None:
    """What a goal's figures say and do not say stands under it, on the page and in the description."""
    profile = load_profile(name)
    card = release(assess(municipality(profile), profile, years_back=0), profile.privacy)
    for language in ("da", "en"):
        html = " ".join(Words(render_report(card, language=language)).texts)
        told = " ".join(describe(profile, language=language).split())
        for goal in profile.goals.values():
            assert goal.reading is not None
            text = getattr(goal.reading, language)
            assert text in html
            assert text in told
            assert " ikke" in text or " not " in text


def test_numbers_are_written_as_people_do() -> None:
    """A minus is a minus, points have one decimal, and each language its own comma."""
    danish, english = Texts("da"), Texts("en")
    assert figures.write_amount(-0.0123, "index", danish) == "−0,0123"
    assert figures.write_amount(-0.25, "share", english) == "−25.0%"
    assert figures.write_amount(0.12, "points", danish) == "12,0 procentpoint"
    assert figures.write_amount(-0.005, "points", english) == "−0.5 percentage points"


def test_a_class_is_written_by_its_ends() -> None:
    """An end that is nobody or everybody is left out, but not both: that nothing is known is no bound."""
    ends = ((0.0, 0.3), (0.35, 0.65), (0.7, 1.0), (0.0, 1.0))
    bands = [Figure(lower=lower, upper=upper, reason=Reason.BAND) for lower, upper in ends]
    told = [figures.write_value(band, "share", Texts("en")) for band in bands]
    assert told == ["≤ 30%", "35–65%", "≥ 70%", "0–100%"]


def test_a_break_is_named_on_the_page() -> None:
    """A school that closed the year before is said, and there is no change beside it."""
    langeland = load_profile("langeland")
    example = municipality(langeland)
    closed = Unit("lukket", "school", valid=Period(None, date(2018, 8, 1)))
    card = release(assess(example.with_(units=[closed]), langeland), langeland.privacy)
    text = " ".join(Words(render_report(card)).texts)
    assert "brud: andre skoler end året før" in text
    assert "siden 2017/18" not in text
