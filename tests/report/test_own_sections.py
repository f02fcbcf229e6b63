"""A profile's own sections: words and released figures, or left out with whose they are."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from plfkit import Label, Organisation, Profile, assess, load_profile, release
from plfkit.disclosure import Released
from plfkit.errors import DisclosureError, SectionWarning
from plfkit.goals import Scorecard
from plfkit.goals.scorecard import IndicatorOutcome
from plfkit.hints import Hint
from plfkit.profiles import FigureRow, PictureOf, Section, SectionContext, Text
from plfkit.report.own_sections import (
    CheckedFigure,
    CheckedPicture,
    CheckedText,
    OwnSections,
    collect_own_sections,
)
from plfkit.report.page import render_report

Write = Callable[[SectionContext], Any]
TITLE = Label("Vores eget", "Our own")


def write_own(context: SectionContext) -> Section:
    """Write a section of every part; what it says depends on what is told."""
    told = context.figures["coverage"].upper is not None
    said = Label("I {at}: {coverage}.", "In {at}: {coverage}.") if told else Label("Intet", "None")
    return Section(
        TITLE, (Text(said), FigureRow("density"), PictureOf("trend", ("coverage", "density")))
    )


@pytest.fixture
def release_with(town: Organisation, profile: Profile) -> Callable[..., Released[Scorecard]]:
    """Return a function that releases the town's scorecard with sections of the profile's own."""

    def run(*functions: Write) -> Released[Scorecard]:
        return release(assess(town, evolve(profile, sections=functions)), profile.privacy)

    return run


Releasing = Callable[..., Released[Scorecard]]


def test_the_page_gets_words_and_released_figures(release_with: Releasing) -> None:
    """Every part comes with the outcome that the gate let out, and the text is filled by the page."""
    card = release_with(write_own)
    (section,) = collect_own_sections(card).sections
    text, row, picture = section.parts
    outcomes = {outcome.id: outcome for outcome in card.content.indicators}
    assert section.title == TITLE
    assert isinstance(text, CheckedText)
    assert isinstance(row, CheckedFigure)
    assert isinstance(picture, CheckedPicture)
    assert row.outcome is outcomes["density"]
    assert [one.id for one in picture.outcomes] == ["coverage", "density"]

    def write_figure(outcome: IndicatorOutcome) -> str:
        return f"<{outcome.id}>"

    assert text.fill("da", write_figure, at="2024/25") == "I 2024/25: <coverage>."
    assert text.fill("en", write_figure, at="2024/25") == "In 2024/25: <coverage>."


def test_a_function_sees_what_is_told_and_cannot_change_it(release_with: Releasing) -> None:
    """The context has the released figure, nothing of anybody, and no way to write into the page."""
    seen: list[SectionContext] = []

    def look(given: SectionContext) -> Section:
        seen.append(given)
        return write_own(given)

    collect_own_sections(release_with(look))
    (context,) = seen
    (told,) = [one.figure for one in release_with().content.indicators if one.id == "coverage"]
    figure = context.figures["coverage"]
    assert told is not None
    assert (figure.value, figure.lower, figure.upper) == (told.value, told.lower, told.upper)
    with pytest.raises(TypeError):
        context.figures["coverage"] = figure  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        figure.value = 1.0  # type: ignore[misc]


def raise_error(context: SectionContext) -> Section:
    """Raise whatever it likes."""
    raise SystemExit(f"<b>\x1b[2J{context.at}")


def hang(context: SectionContext) -> Section:
    """Take longer than anybody waits."""
    time.sleep(1)
    return write_own(context)


def name_unknown(_context: SectionContext) -> Section:
    """Name an indicator that the profile does not have."""
    return Section(TITLE, (Text(Label("{covrage}", "{covrage}")),))


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (raise_error, "it fails with SystemExit: <b> "),
        (hang, r"it was not done after 0\.2 seconds"),
        (name_unknown, "names the indicator 'covrage', .* did you mean \"coverage\""),
        (lambda _: "<h1>HTML</h1>", "it gave str, not a plfkit.profiles.Section"),
        (lambda _: None, "it gave NoneType"),
        (lambda _: Section(TITLE, ("<p>",)), "made of Text, FigureRow and PictureOf, not of str"),  # type: ignore[arg-type]
        (lambda _: Section(TITLE, (FigureRow(["coverage"]),)), "must be <class 'str'>"),  # type: ignore[arg-type]
        (lambda _: Section(TITLE, (PictureOf("pie", "coverage"),)), "'kind' must be in"),
    ],
)
def test_one_bad_section_harms_no_other(release_with: Releasing, write: Write, reason: str) -> None:
    """It is left out, with whose it is, why and what to do; the others are shown."""
    card = release_with(write, write_own)
    with pytest.warns(SectionWarning, match=reason) as warned:
        own = collect_own_sections(card, seconds=0.2)
    assert [section.title for section in own.sections] == [TITLE]
    (left_out,) = own.left_out
    assert str(warned[0].message) == str(left_out.why)
    assert "upgrade or uninstall it" in str(left_out.why)
    assert "\x1b" not in str(left_out.why)
    assert left_out.told.say(language="da", audience="page").startswith(
        "siden mangler et afsnit fra profilen: det "
    )


@pytest.mark.parametrize("text", ["8 ud af ti", "½ af dem", "{coverage} ud af ٣", "Ⅳ"])
def test_a_number_of_its_own_is_refused(text: str) -> None:
    """No figure stands in a text that the gate has not let out, in whatever script it is written."""
    with pytest.raises(ValueError, match="holds a number: name the indicator in braces instead"):
        Text(Label(text, text))
    with pytest.raises(ValueError, match="holds a number"):
        Section(Label(text, text), (FigureRow("coverage"),))


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\x1b"])
def test_nothing_turns_a_figure(mark: str) -> None:
    """A mark before a figure would let the page show 21 for 12."""
    with pytest.raises(ValueError, match="letters that nobody sees"):
        Text(Label(f"{mark}{{coverage}}", f"{mark}{{coverage}}"))


class Mute:
    """A function that cannot even be shown."""

    def __call__(self, _context: SectionContext) -> Section:
        raise ValueError

    def __repr__(self) -> str:
        raise ValueError


def test_one_without_a_name(release_with: Releasing) -> None:
    """It is called after what it is, and harms no other."""
    with pytest.warns(SectionWarning, match="Mute"):
        assert len(collect_own_sections(release_with(Mute())).left_out) == 1


@pytest.mark.parametrize(
    ("danish", "english", "message"),
    [
        ("{coverage", "{coverage", "loose brace"),
        ("{{coverage}}", "{{coverage}}", "loose brace"),
        ("{coverage}", "None", r"the Danish text tells of \['coverage'\], the English of \[\]"),
    ],
)
def test_blanks_are_whole_and_in_both_languages(danish: str, english: str, message: str) -> None:
    """A brace opens a blank, and neither language tells more than the other."""
    with pytest.raises(ValueError, match=message):
        Text(Label(danish, english))
    with pytest.raises(ValueError, match="a title has no figures in it"):
        Section(Label("{coverage}", "{coverage}"), (FigureRow("coverage"),))


class SafeText(str):
    """Text that says of itself what template languages believe."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def test_text_that_calls_itself_markup_is_refused() -> None:
    """What says of itself that it is safe would pass the page's escaping; markup in plain text does not."""
    with pytest.raises(TypeError, match="holds plain text, not SafeText"):
        Text(Label(SafeText("<b>alle</b>"), "<b>everybody</b>"))
    assert Text(Label("<b>alle</b>", "<b>everybody</b>")).text.da == "<b>alle</b>"


def force(made_kind: type[Any], **values: Any) -> Any:
    """Return an object of a kind that was made past all its rules."""
    made = object.__new__(made_kind)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


MARKUP = SafeText("<h1>alle</h1>")
WORDS = Label("Ord", "Words")
ROW = FigureRow("coverage")


@pytest.mark.parametrize(
    "made",
    [
        force(Section, title=Label("7 af 8", "7 of 8"), parts=(ROW,)),
        force(Section, title=Label(MARKUP, "everybody"), parts=(ROW,)),
        force(Section, title=WORDS, parts=()),
        force(Section, title=WORDS, parts=[ROW]),
        force(Section, title=WORDS, parts=("<p>",)),
        force(Section, title=WORDS),
        force(Section, title=WORDS, parts=(force(Text, text=Label("syv: 7", "seven: 7")),)),
        force(Section, title=WORDS, parts=(force(Text, text=force(Label, da="Ord", en=MARKUP)),)),
        force(Section, title=WORDS, parts=(force(FigureRow, indicator=SafeText("coverage")),)),
        force(
            Section, title=WORDS, parts=(force(PictureOf, kind="pie", indicators=("coverage",)),)
        ),
        force(Section, title=WORDS, parts=(force(PictureOf, kind="trend", indicators=()),)),
        force(Section, title=WORDS, parts=(PictureOf("trend", SafeText("coverage")),)),
    ],
)
def test_what_was_made_past_the_rules_is_left_out(release_with: Releasing, made: Section) -> None:
    """Rules are checked of what a function returns, however it was made."""
    with pytest.warns(SectionWarning, match="made of what a page cannot have"):
        own = collect_own_sections(release_with(lambda _: made))
    assert own.sections == ()


def test_what_is_changed_afterwards_is_not_shown(release_with: Releasing) -> None:
    """The page has a copy of its own: what the function kept can be changed, and nothing comes of it."""
    text = Text(Label("{coverage}", "{coverage}"))
    kept = Section(Label("Titel", "Title"), (text, PictureOf("trend", ("coverage",))))
    (section,) = collect_own_sections(release_with(lambda _: kept)).sections
    for one in (kept.title, text.text):
        object.__setattr__(one, "en", MARKUP)
    object.__setattr__(kept.parts[1], "kind", "<svg>")
    said, picture = section.parts
    assert isinstance(said, CheckedText)
    assert isinstance(picture, CheckedPicture)
    assert (section.title.en, said.text.en, picture.kind) == ("Title", "{coverage}", "trend")


def fail_with_figures(_context: SectionContext) -> Section:
    """Say figures in what it raises."""
    raise ValueError("7 of 8 leaders")


def name_figures(_context: SectionContext) -> Section:
    """Say figures in what it names."""
    return Section(TITLE, (FigureRow("7 of 8 leaders"),))


def give_figures(_context: SectionContext) -> Any:
    """Say figures in what it gives."""
    return type("7 of 8 leaders", (), {})()


def give_hint(_context: SectionContext) -> Any:
    """Give what plfkit itself would say."""
    return Hint("sections.fails", error="7 of 8 leaders")


@pytest.mark.parametrize("write", [fail_with_figures, name_figures, give_figures, give_hint])
def test_a_page_repeats_nothing_of_what_fails(
    release_with: Releasing, write: Callable[..., Any]
) -> None:
    """Messages, names and classes go to whoever runs it; the page has words of its own, without digits."""
    write.__name__ = "only 7 of 8"
    card = release_with(write)
    with pytest.warns(SectionWarning, match="7 of 8"):
        (left_out,) = collect_own_sections(card).left_out
    for language in ("da", "en"):
        told = left_out.told.say(language=language, audience="page")
        assert not any(letter.isnumeric() for letter in told)
        assert "profil" in told
    with pytest.warns(SectionWarning):
        page = render_report(card, language="en")
    assert "7 of 8" not in page


def test_nothing_is_written_of_what_is_not_released(town: Organisation, profile: Profile) -> None:
    """Before the gate there are no sections; and a profile without any has none to show."""
    with pytest.raises(DisclosureError):
        collect_own_sections(assess(town, profile))  # type: ignore[arg-type]
    assert collect_own_sections(release(assess(town, profile), profile.privacy)) == OwnSections()


def test_a_scorecard_is_what_was_found(town: Organisation, profile: Profile) -> None:
    """Functions are carried through the gate and through pickling, and make no scorecard another."""
    card = assess(town, evolve(profile, sections=(write_own,)))
    assert card == assess(town, profile)
    assert pickle.loads(pickle.dumps(card)).sections == card.sections  # noqa: S301 - our own
    assert release(card, profile.privacy).content.sections == card.sections
    assert "write_own" not in repr(card)


CODE = """
from attrs import evolve
import plfkit
from plfkit.profiles import Section

def write_nothing(context):
    return Section(plfkit.Label("Titel", "Title"), ())

@plfkit.hookimpl
def plfkit_profile():
    manifest = {"schema_version": 1, "id": "fake", "label": {"da": "By", "en": "Town"}}
    return evolve(plfkit.Profile.from_document(manifest), sections=(write_nothing,))
"""


def test_whose_it_is(town: Organisation, install_distribution: Any) -> None:
    """A section that an installed distribution brings is told of with the distribution's name."""
    install_distribution("plfkit-fake", CODE, version="2.5")
    card = assess(town, load_profile("fake"))
    with pytest.warns(SectionWarning, match="the section write_nothing of plfkit-fake 2.5: it fai"):
        collect_own_sections(release(card, card.privacy))
