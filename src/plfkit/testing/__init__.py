"""What tests of plfkit, of plug-ins and of tools that import it have in common.

Needs ``plfkit[testing]``. Nothing in plfkit imports it.
"""

from plfkit.testing.strategies import (
    organisations,
    periods,
    surveyed_networks,
    twice_surveyed_networks,
)

__all__ = ["organisations", "periods", "surveyed_networks", "twice_surveyed_networks"]
