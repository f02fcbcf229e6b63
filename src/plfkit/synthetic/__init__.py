"""An example municipality that fits a profile: all native tables over three school years, from a seed.

A `Setting` plans it, a `RowDraft` takes its rows: first `units`, `people` and the `office`, then
`communities`, `surveys`, `events` and `records`, in the end what `claims` still ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plfkit.rooms import index_names, load_name

if TYPE_CHECKING:
    from plfkit.synthetic.example import municipality
    from plfkit.synthetic.titles import name_example
    from plfkit.synthetic.years import YEARS

__all__ = ["YEARS", "municipality", "name_example"]
_PLACES = index_names(
    {
        "synthetic.example": "municipality",
        "synthetic.titles": "name_example",
        "synthetic.years": "YEARS",
    }
)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        return load_name(__name__, name, _PLACES)


def __dir__() -> list[str]:
    return list(__all__)
