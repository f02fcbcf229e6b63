"""Results in words: one Danish or English sentence that says what is known, and how surely.

It says what was found, never what brought it about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import frozen

from plfkit.model.wording import Wording

if TYPE_CHECKING:
    from plfkit.model.result import Figure, Result

_DIGITS = 3
_KNOWN = ("exact", "outer_bound", "simulated")


@frozen
class Sayings(Wording):
    """The words of results."""

    package = "plfkit.model"
    file = "saying.toml"

    def amount(self, value: float, scale: str) -> str:
        """Write a share in per cent, anything else with three digits; Danish has a decimal comma."""
        text = f"{100 * value:.1f}" if scale in {"share", "points"} else f"{value:.{_DIGITS}g}"
        text = text if self.language == "en" else text.replace(".", ",")
        return self(f"amounts.{scale}", number=text)

    def reason(self, name: str | None) -> str:
        """Say why there is no value; a reason of somebody else's measure stands as it is."""
        known = self.catalogue()["reasons"]
        return str(name) if name not in known else self.label(known[name or ""])


def sentence(result: Result, language: str) -> str:
    """Say in one sentence what a result shows, and how sure that is."""
    say = Sayings.of(language)
    figure = result.main
    told = _several(result, say) if figure is None else "; ".join(_parts(result, figure, say))
    return told[0].upper() + told[1:] + "."


def _several(result: Result, say: Sayings) -> str:
    values = [figure.value for figure in result if figure.value is not None]
    words = {"label": _label(result, say), "about": _about(result, say)}
    if not values:
        return say("sentence.nothing", **words)
    least, most = (say.amount(end, result.scale) for end in (min(values), max(values)))
    return say(
        "sentence.figures", count=len(values), all=len(result), least=least, most=most, **words
    )


def _parts(result: Result, figure: Figure, say: Sayings) -> Iterator[str]:
    # The difference of two shares is in points, not in per cent of anything.
    changed = None not in {figure.before, figure.after} and result.scale == "share"
    scale = "points" if changed else result.scale

    def write(value: float | None, scale: str = scale) -> str:
        return "–" if value is None else say.amount(value, scale)

    words: dict[str, Any] = {"label": _label(result, say), "about": _about(result, say)}
    if figure.value is None:
        if figure.reason == "band":
            ends = {"lower": write(figure.lower), "upper": write(figure.upper)}
            yield say("sentence.band", **words, **ends)
        else:
            reason = say.reason(figure.reason)
            yield say("sentence.missing", reason=reason[0].lower() + reason[1:], **words)
            if figure.reason == "some_not_registered":
                yield from _range(result, figure, say, scale)
        return
    both = {
        "before": write(figure.before, result.scale),
        "after": write(figure.after, result.scale),
    }
    kind = "change" if None not in {figure.before, figure.after} else "figure"
    yield say(f"sentence.{kind}", value=write(figure.value), **words, **both)
    if figure.n is not None:
        yield say("sentence.people", n=figure.n)
    yield from _range(result, figure, say, scale)
    if figure.interval_lower is not None and figure.interval_upper is not None:
        ends = {"lower": write(figure.interval_lower), "upper": write(figure.interval_upper)}
        yield say("sentence.interval", **ends)
    if figure.expected is not None:
        yield say("sentence.expected", expected=write(figure.expected))
    for name, p in (("p", figure.p_value), ("p_adjusted", figure.p_adjusted)):
        if p is not None:
            yield say(f"sentence.{name}", p=say.amount(p, "share"))


def _range(result: Result, figure: Figure, say: Sayings, scale: str) -> Iterator[str]:
    asked = result.figure_class == "answers"
    if figure.lower is None or figure.upper is None:
        if result.range_kind == "unknown" and result.null not in {"qap", "years"}:
            yield say("sentence.unknown" if asked else "sentence.unlogged")
    elif figure.lower == figure.upper:
        yield say("sentence.certain")
    elif result.range_kind in _KNOWN:
        kind = result.range_kind if asked else "logged"
        lower, upper = (say.amount(end, scale) for end in (figure.lower, figure.upper))
        yield say(f"sentence.{kind}", lower=lower, upper=upper, draws=result.draws)


def _label(result: Result, say: Sayings) -> str:
    return result.measure if result.label is None else say.label(result.label)


def _about(result: Result, say: Sayings) -> str:
    relation = result.relation_label
    told = (
        "" if relation is None else say("sentence.relation", relation=say.label(relation).lower())
    )
    return told + ("" if result.at == "undated" else say("sentence.at", at=result.at))
