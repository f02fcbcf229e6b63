"""Protection: people made unrecognisable in data, or taken out of them."""

from plfkit.protection.excluding import exclude
from plfkit.protection.generalising import GENERALISATIONS, Generalisation
from plfkit.protection.keys import read_key
from plfkit.protection.pseudonyms import pseudonymise

__all__ = ["GENERALISATIONS", "Generalisation", "exclude", "pseudonymise", "read_key"]


def __dir__() -> list[str]:
    return list(__all__)
