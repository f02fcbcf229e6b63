"""Ways in which published figures tell what they should not, each as one small publication."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from audit.publishing import employ, publish, tell

from plfkit import Leak, Organisation, Period, audit
from plfkit.auditing.leaks import LeakKind

TOWN = employ(
    (50, "east", "teacher"),
    (8, "east", "principal"),
    (60, "west", "teacher"),
    (3, "west", "principal"),
)
Ask = Callable[..., tuple[Leak, ...]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Publish figures, and audit them."""

    def publish_and_audit(
        *figures: dict[str, Any], staff: Organisation = TOWN, **more: Any
    ) -> tuple[Leak, ...]:
        return audit(publish(tmp_path, *figures, **more), staff=staff)

    return publish_and_audit


def find(leaks: tuple[Leak, ...], group: str, what: str = "surely") -> Leak:
    """Return the one leak of a group."""
    (leak,) = [leak for leak in leaks if leak.group.en == group and leak.what == what]
    return leak


def test_nothing(ask: Ask) -> None:
    """A document without figures tells nothing, and no document neither."""
    assert ask() == () == audit(staff=TOWN)


def test_wide_classes(ask: Ask) -> None:
    """Figures in classes of k and more tell nothing that is known too well."""
    leadership = tell(11, [0, 4], "school_leadership")
    assert ask(tell(121, [60, 70]), leadership, tell(58, [25, 33], at=["east"])) == ()


def test_band(ask: Ask) -> None:
    """A band of 90 % and more over eight people can only be all eight."""
    leak = find(ask(tell(8, [8, 8], "school_leadership", at=["east"])), "school leadership at east")
    assert (leak.least, leak.most, leak.people) == (8, 8, 8)
    assert leak.sentence("en") == (
        "membership_coverage in 2018/19: 8 of 8 school leadership at east is told itself: "
        "exactly 8 of the 8 school leadership at east have it"
    )


def test_leaders(ask: Ask) -> None:
    """The leaders of a school are the school without its staff."""
    school, staff = tell(63, 43, at=["west"]), tell(60, 41, "pedagogical_staff", at=["west"])
    leak = find(ask(school, staff), "school leadership at west")
    assert (leak.least, leak.most, leak.people) == (2, 2, 3)
    assert leak.sentence("en").endswith(
        "43 of 63 staff at west less 41 of 60 pedagogical staff at west: "
        "exactly 2 of the 3 school leadership at west have it"
    )
    assert leak.sentence("da").endswith(
        "43 af 63 medarbejdere på west minus 41 af 60 pædagogisk personale på west, altså "
        "netop 2 af de 3 skoleledelse på west har det"
    )


def test_rest_of_nobody(ask: Ask) -> None:
    """Where nearly all have it, others cannot make up for the few, though nothing was told of them."""
    leak = find(ask(tell(121, 118), tell(110, [0, 108], "pedagogical_staff")), "school leadership")
    assert (leak.least, leak.most) == (10, 11)
    assert leak.sentence("en").endswith(
        "118 of 121 staff less at most 108 of 110 pedagogical staff: "
        "at least 10 of the 11 school leadership have it"
    )


def test_total_without_schools(ask: Ask) -> None:
    """A hidden school is the total without the others."""
    leak = find(ask(tell(121, 28), tell(58, 25, at=["east"])), "staff at west")
    assert (leak.least, leak.most, leak.people) == (3, 3, 63)
    assert not ask(tell(121, 40), tell(58, 25, at=["east"]))


@pytest.mark.parametrize("more", [58, 60])
def test_thresholds(ask: Ask, more: int) -> None:
    """Those within a threshold and not within the next are two people, or none."""
    figures = [
        tell(121, count, property=f"sought {at}", family="sought", threshold=at)
        for at, count in ((1, 60), (2, more))
    ]
    leak = find(ask(*figures), "staff", "exactly")
    assert (leak.least, leak.most) == (60 - more, 60 - more)
    assert "at the threshold 1 and not at 2" in leak.sentence("en")


def test_response_rate(ask: Ask) -> None:
    """Between those who said yes and those who may have are those who did not answer."""
    figure = tell(121, 60, own_answers=True) | {"possibly": [63, 63]}
    leak = find(ask(figure), "staff", "answered")
    assert (leak.least, leak.most) == (118, 118)
    assert leak.sentence("en").endswith(
        "all 121 staff and 60 of 121 staff who have it for certain less 63 of 121 staff who may have "
        "it: exactly 118 of the 121 staff answered"
    )


def test_width_of_a_range(ask: Ask) -> None:
    """The range of a share of answers is as wide as the share of those who are silent."""
    mean = tell(63, at=["west"], kind="statistic", own_answers=True) | {"possibly": None}
    leaks = ask(mean | {"value": 0.5, "lower": 0.476, "upper": 0.540})
    assert find(leaks, "staff at west", "answered").least == 59


def test_few_silent_leaders(ask: Ask) -> None:
    """Who answered is found by subtraction too: the school's people without its teachers."""
    mean = tell(63, at=["west"], kind="statistic", own_answers=True) | {"possibly": None}
    teachers = tell(60, None, "pedagogical_staff", at=["west"], kind="statistic", own_answers=True)
    leaks = ask(mean | {"answered": [50, 50]}, teachers | {"answered": [48, 48], "possibly": None})
    assert find(leaks, "school leadership at west", "answered").least == 2


def test_statistics(ask: Ask) -> None:
    """Two means of one thing differ by enough people, and each is of enough."""
    mean = {"kind": "statistic", "possibly": None, "value": 3.1}
    leaks = ask(
        tell(63, None, at=["west"], **mean),
        tell(60, None, "pedagogical_staff", at=["west"], **mean),
    )
    (leak,) = leaks
    assert leak.what == "statistic"
    assert leak.people == 3
    assert "two statistics differ by 3 people" in leak.sentence("en")
    (few,) = ask(tell(8, None, "school_leadership", at=["east"], **mean))
    assert "must be of 15 at least" in few.sentence("en")


@pytest.mark.parametrize(("people", "leaks"), [(1, 1), (4, 1), (5, 0)])
def test_sets_of_statistics(ask: Ask, people: int, leaks: int) -> None:
    """One person between two sets is as bad as four; five are enough."""
    staff = employ((30, "east", "teacher"), (people, "east", "principal"))
    mean: dict[str, Any] = {"kind": "statistic", "possibly": None, "value": 3.1}
    whole = tell(30 + people, None, **mean)
    assert len(ask(whole, tell(30, None, "pedagogical_staff", **mean), staff=staff)) == leaks


def test_leavers(tmp_path: Path) -> None:
    """Three who left are the figure of August without that of a later day."""
    left = Period.parse("/2018-12-01")
    dated = {f"east-teacher-{number}": left for number in range(3)}
    staff = employ((30, "east", "teacher"), (30, "west", "teacher"), dated=dated)
    before = publish(tmp_path, tell(60, 30, period="2018-08-01/2018-11-01"), name="before.json")
    after = publish(tmp_path, tell(57, 28, period="2018-08-01/2019-08-01"), name="after.json")
    assert not audit(before, staff=staff)
    leaks = audit(before, after, staff=staff)
    leak = find(leaks, "staff in 2018-08-01/2018-11-01 and not in 2018/19")
    assert (leak.people, leak.least, leak.most) == (3, 2, 2)


def test_several_documents(tmp_path: Path) -> None:
    """What no document tells alone, two tell together; a page carries its document."""
    one = publish(tmp_path, tell(63, 43, at=["west"]), name="one.html")
    other = publish(tmp_path, tell(60, 41, "pedagogical_staff", at=["west"]), name="other.json")
    assert not [leak for path in (one, other) for leak in audit(path, staff=TOWN) if leak.most == 2]
    assert find(audit(one, other, staff=TOWN), "school leadership at west").most == 2


def test_other_people(ask: Ask) -> None:
    """A figure that is not of the people whom the staff list gives is said to be so."""
    (leak,) = ask(tell(57, 30, at=["east"]))
    assert leak.what == "people"
    assert "its people are not those that the staff list gives" in leak.sentence("en")


def test_contradiction(ask: Ask) -> None:
    """Figures that no municipality can have are said to contradict each other."""
    (leak,) = ask(tell(121, [20, 24]), tell(58, [30, 34], at=["east"]))
    assert leak.what == "contradiction"


def test_thresholds_by_name(ask: Ask) -> None:
    """The same property at two thresholds is two properties, and at one threshold two are not linked."""
    figures = [tell(121, count, family="f", threshold=at) for at, count in ((1, 60), (2, 58))]
    assert find(ask(*figures), "staff", "exactly").most == 2
    same = [tell(121, n, property=f"p{n}", family="f", threshold=1) for n in (60, 58)]
    assert not ask(*same)


def test_contradiction_over_time(tmp_path: Path) -> None:
    """Where times overlap but cannot be of the same yes and no, each is judged by itself."""
    before = publish(tmp_path, tell(121, [20, 30], period="/2019-01-01"), name="before.json")
    after = publish(tmp_path, tell(121, 118), name="after.json")
    assert not audit(before, staff=TOWN)
    leaks = audit(before, after, staff=TOWN)
    assert find(leaks, "staff").least == 118
    assert leaks == audit(after, staff=TOWN)


def test_withheld(ask: Ask) -> None:
    """A figure that is withheld tells nothing."""
    assert (
        ask(tell(3, None, "school_leadership", at=["west"], kind="withheld", possibly=None)) == ()
    )


def test_incomplete_registers(ask: Ask) -> None:
    """Of those who may have it as much must stay unknown as of those who have it for certain."""
    leaks = ask(tell(63, [30, 40], at=["west"]) | {"possibly": [60, 60]})
    assert {leak.what for leak in leaks} == {"possibly"}
    assert find(leaks, "staff at west", "possibly").least == 60


def test_universe(ask: Ask) -> None:
    """Who cannot have it is nobody that a figure could hide among."""
    only: dict[str, Any] = {"universe": {"of": ["school_leadership"], "at": [], "not_of": []}}
    leaks = ask(tell(121, 9, **only))
    assert find(leaks, "staff").people == 11


def tell_asked(people: int, surely: tuple[int, int], *at: str) -> dict[str, Any]:
    """Return how many of some people, who were asked about advice, answered."""
    asked = {"of": [], "not_of": [], "teaches": [], "asked": ["advice"]}
    return tell(
        people,
        surely,
        who={**asked, "at": [*at]},
        universe={**asked, "at": []},
        property="response_rate relation=advice",
    )


def test_asked_beyond_the_staff_list(ask: Ask) -> None:
    """Of 130 who were asked nine are on no staff list: they may be those who answered beyond the schools."""
    schools = tell_asked(58, (50, 58), "east"), tell_asked(63, (55, 63), "west")
    assert ask(*schools, tell_asked(130, (125, 125))) == ()
    (leak,) = ask(*schools, tell_asked(121, (90, 90)))
    assert leak.what is LeakKind.CONTRADICTION


@pytest.mark.parametrize(
    ("measure", "ends", "value", "leaks"),
    [
        ("support_load", [0.0, None], 0.0, 1),
        ("support_load", [0.0, None], 0.1, 0),
        ("framework_mean", [1.0, 4.0], 1.0, 1),
        ("framework_mean", [1.0, 4.0], 1.2, 0),
        ("reciprocity", [0.0, 1.0], 1.0, 1),
        ("density", [0.0, 1.0], 0.0, 0),  # of 121 people fewer than eight ties round to it
        ("ei_index", [-1.0, 1.0], -1.0, 1),
        ("density", None, 0.0, 0),  # a change, which can be nothing
    ],
)
def test_statistic_at_an_end(
    ask: Ask, measure: str, ends: list[float | None] | None, value: float, leaks: int
) -> None:
    """A statistic that is nothing or all holds for each of its people."""
    figure = tell(121, kind="statistic", measure=measure, property=measure, family=measure)
    del figure["surely"], figure["possibly"]
    figure |= {"value": value, **({} if ends is None else {"ends": ends})}
    found = ask(figure)
    assert [leak.what for leak in found] == ["statistic"] * leaks
    assert all(f"{value} is the least or the most" in leak.sentence("en") for leak in found)


@pytest.mark.parametrize("more", [58, 60])
def test_a_kind_and_its_sort(ask: Ask, more: int) -> None:
    """Those in a kind and not in its sort are two people, or none; of kinds side by side nobody knows."""
    kinds = {"all": None, "teams": ["grade_team", "team"], "grades": ["grade_team"]}
    figures = {
        name: tell(121, 60, property=name, family="f", **({} if own is None else {"kinds": own}))
        for name, own in kinds.items()
    }
    figures["grades"] |= {"surely": [more] * 2, "possibly": [more] * 2}
    leak = find(ask(figures["teams"], figures["grades"]), "staff", "exactly")
    assert (leak.least, leak.most) == (60 - more, 60 - more)
    assert "but not “grades”" in leak.sentence("en")
    assert find(ask(figures["all"], figures["teams"]), "staff", "exactly").most == 0
    beside = figures["grades"] | {"kinds": ["network"]}
    assert ask(figures["teams"], beside) == ()
