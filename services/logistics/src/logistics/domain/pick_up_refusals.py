"""The ways a pick-up says no."""

from kernel.refusal import NotFound, Refusal


class UnknownPickUp(NotFound):
    """Nothing was ever to leave by such a pick-up, and nobody asked for it."""


class NoPickUpThen(Refusal):
    """The carrier takes nothing at our warehouse on that day; `next_on` is the next one (R60)."""

    rule = "R60"


class CutOffPassed(Refusal):
    """Too late to ask for it; `next_on` is the next one (R61, R63)."""

    rule = "R61"


class PickUpIsOver(Refusal):
    """It was missed, cancelled, or is over; `next_on` is the next one (R61)."""

    rule = "R61"


class PickUpTooNarrow(Refusal):
    """The carrier wants more time, since the same couriers also deliver; `least_minutes` (R62)."""

    rule = "R62"


class PickUpOutOfHours(Refusal):
    """Not within the hours in which the carrier takes parcels (R60)."""

    rule = "R60"
