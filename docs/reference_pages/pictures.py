"""The pictures that pages show: plfkit's own, of an example, each with a text for those who listen."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from attrs import frozen

import plfkit
from plfkit.disclosure import Released
from plfkit.goals import Scorecard
from plfkit.hints import Language
from plfkit.report.pictures.plotting import PictureKind

PROFILE = "vejle"
INDICATOR = "V1b"
WIDTH = 460
CAPTIONS: dict[Language, str] = {
    "da": "Et opdigtet eksempel med Vejles mål: {finding}.",
    "en": "A made-up example with Vejle’s goals: {finding}.",
}


@frozen
class Shown:
    """A picture that pages show.

    Attributes:
        kind: What `plfkit.plot` calls it.
        schools: How many schools its example has.
        arguments: What it is drawn of.
    """

    kind: PictureKind
    schools: int
    arguments: dict[str, Any]


PICTURES = {
    "organisation": Shown("organisation", 4, {}),
    "range": Shown("trend", 8, {"indicator": INDICATOR}),
    "classes": Shown("coverage", 8, {}),
}
"""The pictures by what pages show them for."""


def draw_pictures() -> dict[str, str]:
    """Draw every picture in both languages, each with a figure that pages include."""
    files = {}
    for (name, shown), language in product(PICTURES.items(), CAPTIONS):
        picture = plfkit.plot(
            _release_example(shown.schools), shown.kind, language=language, **shown.arguments
        )
        drawing = f"_static/pictures/{name}-{language}.svg"
        files[drawing] = f"{picture.svg}\n"
        files[f"pictures/{name}-{language}.md"] = "\n".join(
            [
                f"```{{figure}} /{drawing}",
                f":alt: {picture.alt}",
                f":width: {WIDTH}px",
                ":class: paper",
                "",
                CAPTIONS[language].format(finding=picture.finding),
                "```",
                "",
            ]
        )
    return files


@cache
def _release_example(schools: int) -> Released[Scorecard]:
    profile = plfkit.load_profile(PROFILE)
    example = plfkit.synthetic.municipality(profile, schools=schools)
    card = plfkit.assess(example, profile.keep_indicators({INDICATOR}))
    return plfkit.release(card, profile.privacy)
