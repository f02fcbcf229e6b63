"""The ledger: what was published stands, and what is published next is judged beside it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from staffing import Staff, hold_two_meetings, name_people

from plfkit import Released, Result, Snapshot, measures, open_ledger, release, to_document
from plfkit.errors import DisclosureError, StoreError
from plfkit.model.declared.declarations import PrivacyFloor

FLOOR = PrivacyFloor()
STAFF = Staff({"a": (3, 6, 40), "b": (4, 5, 30)}, office=8)
TRAINED = [*name_people("a", "t", 20), *name_people("b", "t", 9)]


def publish(
    now: Snapshot, place: Path, by: str | None = None, *, kind: str = "coach_training"
) -> Released[Result]:
    """Publish the share of trained staff with what a ledger holds."""
    result = measures.qualification_share(now, kind=kind, by=by)
    return release(result, floor=FLOOR, ledger=open_ledger(place))


def test_again(tmp_path: Path) -> None:
    """Publishing again what the ledger holds gives the same, and adds nothing."""
    place, now = tmp_path / "ledger.json", STAFF.take_moment(TRAINED)
    first = to_document(publish(now, place, "school"))
    text = place.read_text("utf-8")
    assert to_document(publish(now, place, "school")) == first
    assert place.read_text("utf-8") == text


def test_one_leaver(tmp_path: Path) -> None:
    """After one of the trained has left the earlier figure stands, with the day on which it was told."""
    place = tmp_path / "ledger.json"
    publish(STAFF.take_moment(TRAINED), place)
    later = Staff({"a": (3, 6, 39), "b": (4, 5, 30)}, office=8)
    left = publish(
        later.take_moment([*name_people("a", "t", 19), *name_people("b", "t", 9)]), place
    )
    (row,) = left.content
    assert (row.value, row.n) == (0.302, 96)
    assert left.standing == 1
    (entry,) = open_ledger(place)
    assert left.figures[0]["told_on"] == entry.told_on


def test_corrected_data(tmp_path: Path) -> None:
    """The same people with one more trained are not told anew: whoever it is would show."""
    place = tmp_path / "ledger.json"
    first = publish(STAFF.take_moment(TRAINED), place).content
    more = publish(STAFF.take_moment([*TRAINED, "bt020"]), place).content
    assert list(more) == list(first)


def test_new_year(tmp_path: Path) -> None:
    """Of another school year is told anew."""
    place = tmp_path / "ledger.json"
    publish(STAFF.take_moment(TRAINED, at="2018/19"), place)
    (row,) = publish(STAFF.take_moment([*TRAINED, "bt020"], at="2019/20"), place).content
    assert row.numerator == len(TRAINED) + 1


def test_a_day_of_a_published_year(tmp_path: Path) -> None:
    """Of a single day in a year that was told nothing is told."""
    place = tmp_path / "ledger.json"
    publish(STAFF.take_moment(TRAINED, at="2018/19"), place)
    (row,) = publish(STAFF.take_moment(TRAINED, at="2019-03-04"), place).content
    assert row.reason == "withheld"


def test_no_counts_and_no_names(tmp_path: Path) -> None:
    """It holds pseudonyms and what was told, never who they are or how many it was."""
    place = tmp_path / "ledger.json"
    publish(STAFF.take_moment(TRAINED), place, "school")
    text = place.read_text("utf-8")
    assert not any(person in text for person in name_people("a", "t", 40))
    (told,) = json.loads(text)["counts"]
    assert [20, 20] not in told["surely"]["classes"]


def test_confidential(tmp_path: Path) -> None:
    """Only its owner can read it."""
    place = tmp_path / "ledger.json"
    publish(STAFF.take_moment(TRAINED), place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_two_writers(tmp_path: Path) -> None:
    """Whoever publishes on a ledger that has changed since is told so, and nothing is lost."""
    place, now = tmp_path / "ledger.json", STAFF.take_moment(TRAINED)
    mine = open_ledger(place)
    publish(now, place)
    text = place.read_text("utf-8")
    result = measures.membership_coverage(STAFF.take_moment([], memberships=["t at001,at002"]))
    with pytest.raises(StoreError, match="changed"):
        release(result, floor=FLOOR, ledger=mine)
    assert place.read_text("utf-8") == text


@pytest.mark.parametrize("text", ["", "{}", '{"plfkit_ledger": 1}', "[" * 10_000, "\x00"])
def test_no_ledger(tmp_path: Path, text: str) -> None:
    """Another file is refused with what to do."""
    place = tmp_path / "other.json"
    place.write_text(text, "utf-8")
    with pytest.raises(DisclosureError, match="no ledger"):
        open_ledger(place)


def test_statistics_stand(tmp_path: Path) -> None:
    """A mean or density that was told stands too, also where more answers have come in."""
    place = tmp_path / "ledger.json"
    ties = ["at001,at002,at003 at000 advice"]
    first, more = (
        release(
            measures.density(STAFF.take_moment([], ties=told), relation="advice"),
            floor=FLOOR,
            ledger=open_ledger(place),
        ).content
        for told in (ties, [*ties, "bt001,bt002,bt003 bt000 advice"])
    )
    assert list(more) == list(first)


def take_moment_of_two_kinds() -> Snapshot:
    """Return 29 people in a team for a subject, and three in another team."""
    people = [*name_people("a", "t", 20), *name_people("b", "t", 12)]
    return STAFF.take_moment(
        [],
        communities=["s subject_team unit=a", "t team unit=a"],
        memberships=[f"s {','.join(people[:29])}", f"t {','.join(people[29:])}"],
    )


def test_a_sort_of_what_was_told(tmp_path: Path) -> None:
    """What is within something that was told is a class, by its own name, on the day after too."""
    place = tmp_path / "ledger.json"
    now = take_moment_of_two_kinds()
    told = []
    for kinds in (("team",), ("subject_team",), ("team",)):
        result = measures.membership_coverage(now, basis="registered", kinds=kinds)
        told.append(release(result, floor=FLOOR, ledger=open_ledger(place)))
    rows = [next(iter(one.content)) for one in told]
    assert [row.numerator for row in rows] == [32, None, 32]
    assert rows[1].reason == "band"
    kinds_told = [one.figures[0]["kinds"] for one in told]
    assert {"team", "subject_team"} < {*kinds_told[0]}
    assert kinds_told[1] == ["subject_team"]


@pytest.mark.parametrize("kinds", [("team",), None])
def test_a_kind_beside_its_sort_in_an_old_ledger(
    tmp_path: Path, kinds: tuple[str, ...] | None
) -> None:
    """A ledger of before kinds were held against each other names them all the same."""
    place = tmp_path / "ledger.json"
    now = take_moment_of_two_kinds()
    told = []
    for asked in (("subject_team",), kinds):
        result = measures.membership_coverage(now, basis="registered", kinds=asked)
        told.append(release(result, floor=FLOOR, ledger=open_ledger(place)).content.figures[0])
        document = json.loads(place.read_text("utf-8"))
        (entry, *_) = document["counts"]
        if entry.pop("kinds", None):
            entry["family"] = entry["property"]
        place.write_text(json.dumps(document), "utf-8")
    assert [row.numerator for row in told] == [29, None]
    assert told[1].reason == "band"


def test_a_second_threshold_of_what_was_told(tmp_path: Path) -> None:
    """Asked after one threshold was published, the next one is no answer to the first."""
    place, now = tmp_path / "ledger.json", hold_two_meetings()
    rows = []
    for times in (1, 2, 1):
        asked = measures.practice_participation(now, kinds=("data_meeting",), at_least=times)
        told = release(asked, floor=FLOOR, ledger=open_ledger(place))
        rows.append(next(iter(told.content)))
    assert [row.numerator for row in rows] == [58, None, 58]
    assert rows[1].reason == "band"
