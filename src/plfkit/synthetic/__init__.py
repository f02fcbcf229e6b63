"""An example municipality that fits a profile: all native tables over three school years, from a seed."""

from plfkit.synthetic.example import municipality
from plfkit.synthetic.titles import title
from plfkit.synthetic.years import YEARS

__all__ = ["YEARS", "municipality", "title"]
