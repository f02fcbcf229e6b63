"""What an indicator did over the years, in a sentence that never claims more than its ranges allow."""

from __future__ import annotations

from collections.abc import Sequence

from plfkit.goals.scorecard import TrendPoint
from plfkit.model.results.figures import Figure
from plfkit.report import figures
from plfkit.report.pictures import phrases
from plfkit.report.texts import Texts


def say_trend(points: Sequence[TrendPoint], texts: Texts) -> str:
    """Say how the last year stands, and whether that is more or less than the year before.

    More or less is said only where the two ranges leave nothing else.
    """
    now = points[-1]
    figure, scale = now.result.main or Figure(), now.result.scale
    said = phrases.say_figure(figure, scale, texts)
    if not phrases.list_numbers(figure):
        return texts("pictures.trend_none", at=now.at, why=said)
    before = points[-2] if len(points) > 1 else None
    earlier = None if before is None else before.result.main
    if before is None or earlier is None or not phrases.list_numbers(earlier):
        return phrases.raise_first_letter(texts("pictures.trend_only", now=said, at=now.at))
    key = "trend_broken" if now.breaks else f"trend_{_judge_move(before, now)}"
    said_before = phrases.say_figure(earlier, scale, texts)
    if said == said_before and figure.value is not None and earlier.value is not None:
        # 88.2 and 88.4 per cent are both said as 88: then with the digit that sets them apart.
        said, said_before = (
            figures.write_amount(one, scale, texts) for one in (figure.value, earlier.value)
        )
    words = {"now": said, "at": now.at, "before": said_before, "since": before.at}
    return phrases.raise_first_letter(texts(f"pictures.{key}", **words))


def _judge_move(before: TrendPoint, now: TrendPoint) -> str:
    """Tell which way a figure moved for certain: ``rose``, ``fell``, ``same``, or why that is not known."""
    first = phrases.find_ends(before.result.main, before.result)
    second = phrases.find_ends(now.result.main, now.result)
    if first is None or second is None:
        return "unknown"
    least, most = second[0] - first[1], second[1] - first[0]
    if least > 0:
        return "rose"
    if most < 0:
        return "fell"
    return "same" if least == most == 0 else "unsure"
