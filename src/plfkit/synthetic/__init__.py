"""An example municipality that fits a profile: all native tables over three school years, from a seed.

A `Setting` plans it, a `RowDraft` takes its rows: first `units`, `people` and the `office`, then
`communities`, `surveys`, `events` and `records`, in the end what `claims` still ask for.
"""

from plfkit.synthetic.example import municipality
from plfkit.synthetic.titles import name_example
from plfkit.synthetic.years import YEARS

__all__ = ["YEARS", "municipality", "name_example"]


def __dir__() -> list[str]:
    return list(__all__)
