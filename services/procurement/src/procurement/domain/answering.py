"""Whether a solver's answer to a tender is taken: only if it keeps to all limits and is no worse than the greedy one."""

import math
from dataclasses import dataclass

from procurement.domain.awarding import Awards, faults, weighed
from procurement.domain.formulating import Formulated, awarded
from procurement.domain.programme import Solved
from procurement.domain.tender import Tender

ROUNDING = 0.01
"""Of a minor unit: how far the solver's bound may be off for being counted in binary fractions."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`by`: `solver`, or `greedy`, and then `trouble` says why. No answer at all is weighed below `bound`."""

    awards: Awards
    greedy: Awards
    by: str
    proven: bool
    bound: int
    trouble: str = ""


def judged(tender: Tender, formulated: Formulated, solved: Solved, greedy: Awards) -> Answer:
    """The solver's answer, counted again in whole numbers: neither its limits nor its cost are taken on his word, and it
    is proven only when what it costs meets the bound.
    """
    awards, bound = awarded(formulated, solved.values), math.floor(solved.bound + ROUNDING)
    wrong = faults(tender, awards)
    if wrong:
        return fallen_back(greedy, f"the solver's answer breaks a limit: {wrong[0]}")
    if weighed(tender, greedy) < weighed(tender, awards):
        return Answer(greedy, greedy, "greedy", False, bound, "nothing better was found in time")
    proven = solved.proven and weighed(tender, awards) <= math.ceil(solved.bound - ROUNDING)
    return Answer(awards, greedy, "solver", proven, bound)


def fallen_back(greedy: Awards, trouble: str) -> Answer:
    """What remains when no solver answers."""
    return Answer(greedy, greedy, "greedy", False, 0, trouble)
