"""What the words of a section mean: labels, titles that are usual for a kind or its alone, old ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plfkit.model.words.core import load_core_document
from plfkit.model.words.kinds import Kind
from plfkit.model.words.titles import join_title, normalise_title


def collect_word_meanings(
    section: str, kinds: Mapping[str, Kind], core: Mapping[str, Kind]
) -> dict[str, str]:
    """Collect what words mean: usual titles, labels of one kind only, the core's too, aliases, ids.

    A word that a kind takes means that kind, however it is spelt, and no other any more; an id that a
    kind had before means it where nothing else is called so.
    """
    labelled: dict[str, set[str]] = {}
    for name, kind in (*core.items(), *kinds.items()):
        for label in (kind.label.da, kind.label.en) if name in kinds else ():
            labelled.setdefault(normalise_title(label), set()).add(name)
    usual = {t: name for t, name in list_aliases(section, kinds, usual=True) if t not in labelled}
    unique = {label: name for label, names in labelled.items() if len(names) == 1 for name in names}
    former = {old: name for name, kind in kinds.items() for old in kind.formerly}
    own = dict(list_aliases(section, kinds, usual=False))
    meanings = former | usual | unique | own
    taken = collect_taken_words(kinds)
    words = {normalise_title(word): name for name, kind in kinds.items() for word in kind.takes}
    return {
        **{word: taken.get(join_title(word), name) for word, name in meanings.items()},
        **words,
        **{normalise_title(name): name for name in kinds},
    }


def collect_taken_words(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Return which kind takes which words, folded as `join_title` does."""
    return {join_title(word): name for name, kind in kinds.items() for word in kind.takes}


def list_aliases(
    section: str, kinds: Mapping[str, Kind], *, usual: bool
) -> Iterator[tuple[str, str]]:
    """Yield aliases with the kind they mean: the usual ones, or those that mean nothing else.

    What the core calls a kind beside its labels is usual: a profile may give it to another kind.
    """
    core = load_core_document().get(section, {})
    for name, kind in kinds.items():
        labels = {normalise_title(kind.label.da), normalise_title(kind.label.en)}
        given = core.get(name, {}).get("aliases", ())
        for alias in getattr(kind, "aliases", ()):
            title = normalise_title(alias)
            if usual == (alias in given and title not in labels):
                yield title, name
