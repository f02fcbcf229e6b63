"""What a mapping says that a word means is a word of the vocabulary, or refused where it stands."""

from __future__ import annotations

import pytest
from offices import MEETINGS, STAFF, take

from plfkit import ImportMapping, draft_mapping, import_files
from plfkit.errors import DocumentError, Problem

LIST = "Nr,Navn,Stilling\n1,Anne Ahorn,Teamleder\n"
LIST_OF_THREE = (
    "Init.;Navn;Stilling;Skole\nBB;Bo;Teamleder;Nord\nCC;Ci;Lærer;Nord\nDD;Di;Lærerr;Nord\n"
)


def find_problems(mapping: str, text: str) -> list[Problem]:
    """Return what is wrong in a mapping that cannot be applied."""
    with pytest.raises(DocumentError) as caught:
        import_files(mapping.encode(), text.encode())
    return [*caught.value.problems]


@pytest.mark.parametrize("table", ["[take.words.role]", "[common.words.role]"])
def test_a_role_that_there_is_not(table: str) -> None:
    """The message names the mapping's line and word, what is near it, and where all are listed."""
    mapping = f'{STAFF}{table}\nTeamleder = "team_leader"\n'
    (problem,) = find_problems(mapping, LIST)
    assert problem.line == len(mapping.splitlines())
    assert problem.path[-3:] == ("words", "role", "Teamleder")
    for language, words in (("da", "er ikke et ord"), ("en", "is no word")):
        said = problem.say(language=language)  # type: ignore[arg-type]
        assert f'"team_leader" {words}' in said
        assert "team_coordinator" in said
        assert "vocabulary/roles" in said


def test_each_word_at_once() -> None:
    """Several meanings of a word, and what every row is, are looked at too."""
    mapping = STAFF.replace(
        'columns.role = "Stilling"', 'every.role = "boss"\nwords.role = { a = ["teacher", "x"] }'
    )
    said = [problem.message.say() for problem in find_problems(mapping, "Nr,Navn\n1,Anne\n")]
    assert [text.split('"')[1] for text in said] == ["boss", "x"]
    kinds = MEETINGS + 'words.kind = { "Møde" = "gathering" }\n'
    assert any("gathering" in str(p) for p in find_problems(kinds, "Dato\n2026-11-09\n"))


def test_a_mapping_that_was_read_before() -> None:
    """Without a file there is no line, and the word is refused all the same."""
    mapping = ImportMapping.parse(f'{STAFF}[take.words.role]\nTeamleder = "team_leader"\n')
    with pytest.raises(DocumentError, match="team_coordinator"):
        import_files(mapping, LIST.encode())


@pytest.mark.parametrize("meaning", ["department_head", "Afdelingsleder", "none"])
def test_what_the_vocabulary_knows(meaning: str) -> None:
    """Ids, labels and "none" are taken."""
    town = take(f'{STAFF}[take.words.role]\nTeamleder = "{meaning}"\n', LIST)
    assert [row.role for row in town.positions] == ["department_head"] * (meaning != "none")


def test_a_draft_offers_no_role_by_chance() -> None:
    """A leader of teams is near no role of caretakers: a draft that knows nothing near says nothing."""
    text = draft_mapping(LIST_OF_THREE.encode(), language="en").text
    lines = {line.split(" ")[0]: line for line in text.splitlines() if line.startswith("#")}
    assert "support_staff" not in lines["#Teamleder"]
    assert "teacher" in lines['#"Lærerr"']
