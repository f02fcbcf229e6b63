"""Cases: read strictly, run for real, and every fault told with its line and a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfkit import Organisation, Person, Position, Profile, Unit
from plfkit.errors import DocumentError, InvalidDataError, ProfileError
from plfkit.testing import check_cases, read_case, read_cases, run_case
from plfkit.testing.cases.yamltext import parse_yaml

TEXT = {"da": "Tekst", "en": "Text"}
PROFILE = Profile.from_document(
    {
        "schema_version": 1,
        "id": "lilleby",
        "label": TEXT,
        "indicators": {
            "members": {
                "label": TEXT,
                "measure": "membership_coverage",
                "direction": "up",
                "target": {"value": 0.9, "source": "proposed"},
            },
            "by_school": {
                "label": TEXT,
                "measure": "membership_coverage",
                "arguments": {"by": "school"},
            },
        },
        "claims": {
            "coach": {
                "text": TEXT,
                "certainty": "stated",
                "rule": {"counts": "people", "at_least": 1, "roles": ["reading_coach"]},
            }
        },
    }
)
CASE = """\
indicator: members
title: { da: Tre af fire, en: Three of four }
story: { da: Fire lærere., en: Four teachers. }
units:
  - { id: skole, kind: school }
persons: [anna, bo, carl, dorte]
positions:
  - { person: [anna, bo, carl, dorte], unit: skole, role: teacher }
communities:
  - { id: team, kind: team, unit: skole }
memberships:
  - { community: team, person: [anna, bo, carl] }
expect: { value: 0.75, n: 4, verdict: below_proposed }
because: { da: 3/4., en: 3/4. }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A case that holds."""
    path = tmp_path / "members.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def changed(file: Path, old: str, new: str) -> Path:
    """Change a word of the case."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_a_case_that_holds(file: Path) -> None:
    """Three of four are in a team, as the case says, and a list in a cell stood for four rows."""
    case = read_case(file)
    assert len(case.rows["positions"]) == 4
    outcome = run_case(case, PROFILE)
    assert outcome.holds
    assert outcome.computed == "0.75"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 0.75", "value: 0.76", "value: expected 0.76, found 0.75"),
        ("value: 0.75", "value: 2/3", "value: expected 2/3, found 0.75"),
        ("value: 0.75", "value: none", "value: expected none, found 0.75"),
        ("n: 4", "n: 5", "n: expected 5, found 4"),
        (
            "below_proposed",
            "above_proposed",
            "verdict: expected above_proposed, found below_proposed",
        ),
        ("n: 4", "reason: no_staff", "reason: expected no_staff, found None"),
        ("n: 4", "missing: [ties]", "missing: expected ties, found nothing"),
        ("n: 4", "part: skole", "there is no figure for part skole"),
    ],
)
def test_what_came_out_otherwise_is_told(file: Path, old: str, new: str, told: str) -> None:
    """Each expectation can fail, and says what was expected and what was found."""
    outcome = run_case(read_case(changed(file, old, new)), PROFILE)
    assert told in outcome.differences
    with pytest.raises(AssertionError, match=r"members\.yaml: "):
        check_cases(PROFILE, file.parent)


@pytest.mark.parametrize(
    ("value", "holds"),
    [("0.8", True), ("0.75", True), ("0.750", True), ("3/4", True), ("0.6", False)],
)
def test_a_value_is_compared_to_the_digits_it_has(file: Path, value: str, holds: bool) -> None:  # noqa: FBT001
    """0.8 is 0.75 to one digit; 0.6 is not; a fraction is exact."""
    assert run_case(read_case(changed(file, "0.75", value)), PROFILE).holds == holds


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("title:", "titel:", 2, 'did you mean "title"'),
        ("memberships:", "membership:", 11, 'did you mean "memberships"'),
        ("role: teacher", "rolle: teacher", 8, 'did you mean "role"'),
        ("role: teacher", "role: teachr", 8, 'did you mean "teacher"'),
        ("community: team,", "community: teem,", 12, "'teem': no row of communities"),
        ("community: team,", "community: teem,", 12, 'did you mean "team"'),
        ("bo, carl] }\nexpect", "bo, carll] }\nexpect", 12, 'did you mean "carl"'),
        (
            "kind: team, unit",
            "kind: team, valid_from: 2019-01-01, valid_to: 2018-01-01, unit",
            10,
            "no day",
        ),
        ("persons: [anna, bo, carl, dorte]", "persons:", 6, "leave the table out"),
        ("units:", "at: 2018/99\nunits:", 4, "'2018/99' does not name two years in a row"),
        ("expect: { value: 0.75, n: 4, verdict: below_proposed }", "expect: {}", 13, "say what"),
        ("{ value: 0.75, n: 4, verdict: below_proposed }", "{ part: skole }", 13, "say what"),
        ("n: 4", "supported: 9", 13, "an indicator has no 'supported'"),
        ("indicator: members", "claim: coach", 13, "a claim has no 'value'"),
        ("kind: team,", "kind: taem,", 10, 'did you mean "team"'),
        ("value: 0.75", "value: much", 13, "'much' is no number or fraction"),
        ("value: 0.75", "valeu: 0.75", 13, "did you mean 'value'"),
        ("kind: team, unit", "kind: team, valid_from: igår, unit", 10, "ISO date"),
        ("  - { id: skole, kind: school }", "  - { id: skole }", 5, "'kind' is missing"),
        ("expect: { value: 0.75, n: 4, verdict: below_proposed }\n", "", 1, "expect"),
        ("indicator: members", "indicator: memberz", 1, 'did you mean "members"'),
    ],
)
def test_faults_have_their_line_and_a_suggestion(
    file: Path, old: str, new: str, line: int, told: str
) -> None:
    """Whatever is wrong in the file, the line is that of the fault."""
    with pytest.raises(DocumentError) as caught:
        run_case(read_case(changed(file, old, new)), PROFILE)
    (problem,) = caught.value.problems
    assert told in str(problem.message)
    assert problem.line == line


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice"),
        ("a: &x [1]\nb: *x\n", 2, "alias"),
        ("a: " + "[" * 200 + "]" * 200, 1, "nested deeper"),
        ("a: [1, 2\nb: 3\n", 2, "no YAML"),
        ("a: \x00", 1, "no YAML"),
    ],
)
def test_hostile_yaml_is_refused(text: str, line: int, told: str) -> None:
    """Repeated keys, aliases, depth and what is no YAML are errors with a line, never tracebacks."""
    with pytest.raises(DocumentError) as caught:
        parse_yaml(text, "case.yaml")
    assert told in str(caught.value.problems[0].message)
    assert caught.value.problems[0].line in {line, None}


@pytest.mark.parametrize(
    "word", ["0101010101", "12:30", "NO", "1e3", "2018-08-01", "~", ".5", "0x1F"]
)
def test_scalars_stay_text(word: str) -> None:
    """No id becomes an octal number, a time or a flag."""
    assert parse_yaml(f"a: {word}\n", "case.yaml").value == {"a": word}


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, there is a document or a problem."""
    try:
        parse_yaml(text, "case.yaml")
    except DocumentError as error:
        refused = error.problems
    else:
        refused = ()
    assert all(problem.message for problem in refused)


def test_several_figures_and_claims(tmp_path: Path) -> None:
    """Figures are named by their keys; a claim has a verdict and counts."""
    shared = CASE.split("expect:", maxsplit=1)[0].split("units:", maxsplit=1)[1]
    head = "title: { da: a, en: b }\nstory: { da: a, en: b }\nbecause: { da: a, en: b }\nunits:"
    figures = "indicator: by_school\nexpect:\n  - { part: skole, value: 3/4 }\n"
    claim = "claim: coach\nexpect: { verdict: open, open: 1, upper: none }\n"
    (tmp_path / "a.yaml").write_text(figures + head + shared, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(claim + head + shared, encoding="utf-8")
    assert [run_case(case, PROFILE).differences for case in read_cases(tmp_path)] == [(), ()]


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    """An empty folder proves nothing."""
    with pytest.raises(ProfileError, match="holds no case"):
        check_cases(PROFILE, tmp_path)


def test_titles_and_labels_are_read_as_in_files(tmp_path: Path) -> None:
    """A role by its title and a kind by its label, in either language, give what their ids give."""
    file = tmp_path / "one.yaml"
    titled = CASE.replace("role: teacher", "role: Lærer").replace("kind: skole", "kind: Skole")
    file.write_text(titled.replace("kind: team,", "kind: Team,"), encoding="utf-8")
    assert run_case(read_case(file), PROFILE).holds
    file.write_text(CASE.replace("role: teacher", "role: lærrer"), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"line 8, positions.role: .*did you mean"):
        run_case(read_case(file), PROFILE)


def test_a_title_in_python_is_no_id() -> None:
    """Where rows are built in Python a title that the vocabulary knows is refused with its id."""
    with pytest.raises(InvalidDataError, match="role is an id here, no title: write teacher"):
        Organisation.of(
            units=[Unit("s", "school")],
            persons=[Person("a")],
            positions=[Position("a", "s", "lærer")],
        )
