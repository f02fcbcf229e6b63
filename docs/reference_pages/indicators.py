"""The indicators of each profile: by which measure, and from which tables."""

from __future__ import annotations

from typing import Any

from plfkit.measures import CORE
from plfkit.model.declared.declarations import Indicator
from plfkit.profiles import GENERIC, Profile, load_profile
from reference_pages.contents import list_contents

PROFILES = ("vejle", "middelfart", "langeland", GENERIC)


def map_indicators() -> dict[str, str]:
    """Map every indicator of the profiles to its measure and tables, a page for each profile."""
    profiles = {name: load_profile(name) for name in PROFILES}
    pages = {f"reference/indicators/{name}.md": _map_profile(one) for name, one in profiles.items()}
    return {"reference/indicators.md": _list_profiles(profiles), **pages}


def _list_profiles(profiles: dict[str, Profile]) -> str:
    """List the profiles, with how many goals and indicators each has."""
    rows = [
        f"| [{one.label.en}](indicators/{name}.md) | {len(one.goals)} | {len(one.indicators)} |"
        for name, one in profiles.items()
    ]
    lines = [
        "# Indicators",
        "",
        "What each indicator of the three municipalities, and of the built-in profile, is computed by and",
        "from. The tables are those it cannot do without: where one is empty, the indicator is not",
        "measured, and says so. Which columns are read, and how dates, kinds and registrations decide what",
        "counts, stands with [each measure](measures.md).",
        "",
        "| profile | goals | indicators |",
        "|---|---:|---:|",
        *rows,
        "",
        *list_contents(f"indicators/{name}" for name in profiles),
    ]
    return "\n".join(lines) + "\n"


def _map_profile(profile: Profile) -> str:
    """Map the indicators of a profile, in its order."""
    lines = [f"# {profile.label.en}", ""]
    lines += ["| indicator | what it tells, and by which measure | tables |", "|---|---|---|"]
    lines += [_map_indicator(key, one) for key, one in profile.indicators.items()]
    return "\n".join(lines) + "\n"


def _map_indicator(key: str, indicator: Indicator) -> str:
    about = CORE[indicator.measure].about
    arguments = ", ".join(f"{n} = {_say_argument(v)}" for n, v in indicator.arguments.items())
    tables = dict.fromkeys((*about.tables, *indicator.tables))
    call = f"[`{indicator.measure}`](../measures/{indicator.measure}.md)"
    told = f"{indicator.label.en}: {call}" + (f" ({arguments})" if arguments else "")
    return f"| `{key}` | {told} | {', '.join(f'`{name}`' for name in tables)} |"


def _say_argument(value: Any) -> str:
    return " + ".join(value) if isinstance(value, list | tuple) else str(value)
