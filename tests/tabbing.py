"""What an analyst gets by Tab: run in a process of its own, with IPython's completer as Jupyter uses it."""

from __future__ import annotations

import json
import sys
from typing import Any

from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import plfkit


def make_values() -> dict[str, Any]:
    """Return a value of each sort by the name that an analyst gives it."""
    profile = plfkit.load_profile("generic")
    org = plfkit.synthetic.municipality(profile, schools=2)
    now = plfkit.snapshot(org)
    card = plfkit.assess(org, profile)
    released = plfkit.release(card, profile.privacy)
    return {
        "plfkit": plfkit,
        "profile": profile,
        "org": org,
        "now": now,
        "result": plfkit.measures.density(now, relation="advice"),
        "card": card,
        "outcome": card.indicators[0],
        "released": released,
        "picture": plfkit.plot(released, "coverage"),
        "column": org.persons.column("id"),
        "label": profile.label,
        "catalogue": plfkit.measures.CORE,
    }


def complete(text: str, *, use_jedi: bool) -> list[str]:
    """Return what may follow a text, without what IPython offers everywhere."""
    completer = InteractiveShell.instance().Completer
    completer.use_jedi = use_jedi
    with provisionalcompleter():
        found = [one.text.lstrip(".") for one in completer.completions(text, len(text))]
    return [name for name in found if not name.startswith(("%", "_"))]


def main() -> None:
    """Write what follows each text that is given, with Jedi and without it, as JSON."""
    InteractiveShell.instance().user_ns.update(make_values())
    texts = sys.argv[1:]
    found = {text: [complete(text, use_jedi=jedi) for jedi in (True, False)] for text in texts}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
