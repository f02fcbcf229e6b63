from collections.abc import Sequence

import plfkit
from plfkit.profiles import Section, SectionContext, SectionsContext, SectionWriter, Text


def write_thanks(context: SectionContext) -> Section:
    """Say how many are in, and thank them."""
    title = plfkit.Label(da="Tak til alle", en="Thanks to all")
    said = plfkit.Label(da="I {at} er {E1a} med.", en="In {at}, {E1a} are in.")
    return Section(title, [Text(said)])


@plfkit.hookimpl
def plfkit_sections(context: SectionsContext) -> Sequence[SectionWriter]:
    return [write_thanks]
