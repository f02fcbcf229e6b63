"""What functions take: whoever gives something else is told what is needed, and what gives it."""

from __future__ import annotations

_GIVEN_BY = {
    "Executor": "concurrent.futures.ProcessPoolExecutor() is one",
    "Mapping": 'each by its name, as in {"nord": …}',
    "Organisation": "plfkit.read(…) gives one",
    "Snapshot": "plfkit.snapshot(organisation) gives one",
    "Profile": 'plfkit.load_profile("…") gives one',
    "Result": "a measure gives one",
    "Scorecard": "plfkit.assess(organisation, profile) gives one",
}


def require_instance(value: object, *kinds: type) -> None:
    """Refuse what is of none of some classes.

    >>> require_instance("data", int)
    Traceback (most recent call last):
    TypeError: an int is needed, not str

    Args:
        value: What was given.
        kinds: The classes, the usual one first.

    Raises:
        TypeError: It is of none of them.
    """
    if isinstance(value, kinds):
        return
    wanted = " or ".join(kind.__name__ for kind in kinds)
    article = "an" if wanted[0] in "AEIOaeio" else "a"
    given = value.__name__ if isinstance(value, type) else type(value).__name__
    how = _GIVEN_BY.get(kinds[0].__name__)
    raise TypeError(f"{article} {wanted} is needed, not {given}{f': {how}' if how else ''}")
