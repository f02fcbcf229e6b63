"""One name a thing: an old name works for one minor version, and warns whoever uses it."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import plfkit
from plfkit.renamed_keywords import list_old_names, take_old_names

NOT_ANY_MORE = {"lang", "year"}
"""Keywords that nothing public takes: it is language, and at."""


def tell(*given: int, language: str = "da", at: str | None = None) -> tuple[Any, ...]:
    """Return what it was given."""
    return given, language, at


echo: Any = take_old_names(lang="language", year="at")(tell)


def test_an_old_name_works_and_warns() -> None:
    """The value arrives under the new name, and the warning points at whoever called."""
    with pytest.warns(DeprecationWarning, match=r"tell: lang= is called language= now") as told:
        assert echo(1, lang="en") == ((1,), "en", None)
    assert [Path(one.filename).name for one in told] == [Path(__file__).name]


def test_a_new_name_is_quiet() -> None:
    """Who writes as of today hears nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert echo(1, language="en", at="2018/19") == ((1,), "en", "2018/19")


def test_both_names_at_once_are_refused() -> None:
    """Which of the two was meant is not guessed."""
    with pytest.raises(TypeError, match="leave lang= out"):
        echo(language="da", lang="en")


def test_pictures_and_drafts_take_their_old_names(profile: plfkit.Profile) -> None:
    """What was written for the last version gives the same."""
    town = plfkit.synthetic.municipality(plfkit.load_profile("generic"), schools=2)
    plot: Any = plfkit.plot
    draft_mapping: Any = plfkit.draft_mapping
    card = plfkit.assess(town, profile)
    released = plfkit.release(card, profile.privacy)
    now = plot(released, "organisation", language="en", at=card.at)
    for new, old in ({"language": "en"}, {"year": card.at}), ({"at": card.at}, {"lang": "en"}):
        with pytest.warns(DeprecationWarning, match="plot: "):
            assert plot(released, "organisation", **new, **old) == now
    text = b"Init.;Stilling\nBB;L\xc3\xa6rer\n"
    draft = draft_mapping(text, into=town, language="en")
    with pytest.warns(DeprecationWarning, match="draft_mapping: lang= is called language="):
        assert draft_mapping(text, into=town, lang="en").text == draft.text
    with pytest.warns(DeprecationWarning, match="draft_mapping: organisation= is called into="):
        old = draft_mapping(text, organisation=town, language="en")
    assert old.text == draft.text


def list_public_functions() -> Iterator[tuple[str, Any]]:
    """Yield what is called on the face, in its rooms for users and on its classes, by name."""
    for name in plfkit.__all__:
        one = getattr(plfkit, name)
        if inspect.ismodule(one):
            yield from (
                (f"{name}.{inner}", getattr(one, inner)) for inner in getattr(one, "__all__", ())
            )
        elif inspect.isclass(one):
            yield name, one
            methods = [inner for inner in vars(one) if not inner.startswith("_")]
            yield from ((f"{name}.{inner}", getattr(one, inner)) for inner in methods)
        else:
            yield name, one


def test_nothing_public_has_two_words_for_one_thing() -> None:
    """No function, class or method takes a keyword by a name that was given up."""
    for name, one in list_public_functions():
        if callable(one) and not (inspect.isclass(one) and issubclass(one, Exception)):
            try:
                taken = set(inspect.signature(one).parameters)
            except ValueError:  # what is built in does not say
                continue
            assert not taken & NOT_ANY_MORE, name


def test_what_was_renamed_is_told(root: Path) -> None:
    """Each old name stands in the table of names with its new one, and no other does."""
    page = (root / "docs/reference/names.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `plfkit\.(\w+)` \| `(\w+)=` \| `(\w+)=` \|", page, re.MULTILINE))
    renamed = {
        (name, old, new)
        for name, one in list_public_functions()
        for old, new in list_old_names(one).items()
        if "." not in name
    }
    assert told == renamed
