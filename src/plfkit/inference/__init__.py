"""Inference: relations tested against each other, change between years, answers that could flip a figure."""

from plfkit.inference.adjusting import adjusted
from plfkit.inference.change import change
from plfkit.inference.flips import flip_count
from plfkit.inference.options import PermutationOptions
from plfkit.inference.predictors import Difference, Receiver, Sender, SignedDifference
from plfkit.inference.qap import qap
from plfkit.inference.regression import mrqap

__all__ = [
    "Difference",
    "PermutationOptions",
    "Receiver",
    "Sender",
    "SignedDifference",
    "adjusted",
    "change",
    "flip_count",
    "mrqap",
    "qap",
]


def __dir__() -> list[str]:
    return list(__all__)
