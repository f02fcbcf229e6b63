"""``python -m plfkit`` is ``plfkit``."""

from plfkit.cli import main

main(prog_name="plfkit")
