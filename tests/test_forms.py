"""What somebody in front of a form can get wrong is told in Danish, without options or Python."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any, cast

import pytest

import plfkit
from plfkit.hints import LANGUAGES
from plfkit.measures import CORE

PYTHON = re.compile(r"\w=\S|--\w|\bNone\b|\bexecutor\b|plfkit\.\w|\(\)")
ENGLISH = re.compile(r"\b(?:there|must|the|use|choose|not|has|takes|people|cannot)\b")
PROFILE = plfkit.load_profile("generic")


@cache
def build_town() -> plfkit.Organisation:
    """An example municipality."""
    return plfkit.synthetic.municipality(PROFILE, schools=2)


@cache
def release_card() -> plfkit.Released[plfkit.Scorecard]:
    """What is told of it."""
    return plfkit.release(plfkit.assess(build_town(), PROFILE), PROFILE.privacy)


def call(measure: str, **arguments: Any) -> Callable[[], object]:
    """Call a measure by name, with what came from a form."""
    return lambda: CORE[measure](plfkit.snapshot(build_town()), arguments)


SWEDISH = cast("plfkit.Language", "sv")
PICTURE = cast("Any", "pie")
MISTAKES: dict[str, Callable[[], object]] = {
    "measure": call("densty"),
    "a measure far from any": call("qqqq"),
    "relation": call("density", relation="nope"),
    "no relation": call("density"),
    "argument": call("density", relation="advice", levels="x"),
    "an argument far from any": call("density", relation="advice", qqqq="x"),
    "group": call("density", relation="advice", by="nope"),
    "groups": call("ei_index", relation="advice", groups="nope"),
    "null": call("reciprocity", relation="advice", null="nope"),
    "no null": call("membership_coverage", null="size"),
    "interval": call("betweenness", relation="advice", interval=True),
    "draws": call("reciprocity", relation="advice", null="size", draws=-1),
    "draws in words": call("reciprocity", relation="advice", null="size", draws="many"),
    "seed": call("reciprocity", relation="advice", null="size", seed=-1),
    "missing": call("density", relation="advice", missing="nope"),
    "survey": call("density", relation="advice", survey="nope"),
    "strength": call("density", relation="advice", minimum_strength=-1),
    "levels": call("membership_coverage", level="nope"),
    "kinds": call("membership_coverage", kinds="nope"),
    "a measure of two years": call("community_persistence"),
    "year": lambda: plfkit.assess(build_town(), PROFILE, at="i fjor"),
    "a year out of range": lambda: plfkit.assess(build_town(), PROFILE, at="16/18"),
    "profile": lambda: plfkit.load_profile("nope"),
    "indicator": lambda: PROFILE.keep_indicators(["nope"]),
    "an indicator of a scorecard": lambda: release_card().content["nope"],
    "picture": lambda: plfkit.plot(release_card(), PICTURE),
    "a picture's indicator": lambda: plfkit.plot(release_card(), "trend", indicator="nope"),
    "a picture's year": lambda: plfkit.plot(release_card(), "organisation", at="1900/01"),
    "a picture of nothing named": lambda: plfkit.plot(release_card(), "trend"),
    "language": lambda: plfkit.render_report(release_card(), language=SWEDISH),
    "language of a picture": lambda: plfkit.plot(release_card(), "coverage", language=SWEDISH),
    "language of a template": lambda: plfkit.write_template(io.BytesIO(), language=SWEDISH),
    "format": lambda: plfkit.write_figures(release_card(), io.BytesIO(), format=cast("Any", "pdf")),
    "format of data": lambda: plfkit.write(build_town(), io.BytesIO(), format="pdf"),
    "one municipality": lambda: plfkit.compare({"a": release_card()}),
    "a file": lambda: plfkit.read({"data.docx": b"PK"}),
    "a limit": lambda: plfkit.read(b"1234", limits=plfkit.Limits(bytes=3)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_of_a_form(mistake: str) -> None:
    """Each is a `PlfkitError` that speaks Danish to a page and, in full, English to whoever programs."""
    with pytest.raises(plfkit.PlfkitError) as caught:
        MISTAKES[mistake]()
    page = caught.value.say(language="da", audience="page")
    assert not ENGLISH.search(page), page
    for language in LANGUAGES:
        said = caught.value.say(language=language, audience="page")
        assert not PYTHON.search(said), said
    assert page != caught.value.say(language="en", audience="page")
