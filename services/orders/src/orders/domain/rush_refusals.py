"""The ways a rush says no."""

from kernel.refusal import NotFound, Refusal


class NoRush(NotFound):
    """There is no rush in this shop, or none of this id."""

    rule = "R18"


class UnknownShop(NotFound):
    """Nobody has told of a shop of this id."""


class RushRunsAlready(Refusal):
    """A shop has one rush at a time; end it, or change its plan (R18)."""

    rule = "R18"


class RushEndsOutOfSight(Refusal):
    """The planned end of a rush lies ahead, and no more than a year (R18)."""

    rule = "R18"


class NotOnTheStaff(Refusal):
    """Somebody of the plan is unknown to the shop, or gone (R18)."""

    rule = "R18"


class TwoLanes(Refusal):
    """A person has one primary lane (R18)."""

    rule = "R18"


class NotForThisLane(Refusal):
    """The person's roles do not let him work in this lane (R6, R9, R18)."""

    rule = "R18"


class PhoneLaneNotOneOrTwo(Refusal):
    """One or two people answer for phone orders; nobody else grabs the phone (R112)."""

    rule = "R112"


class NotInThePlan(Refusal):
    """The person stands in no lane of this rush (R18, R117)."""

    rule = "R117"


class StandsAlready(Refusal):
    """The person's shift has begun already; end it first (R117)."""

    rule = "R117"


class PolicyFrozen(Refusal):
    """The rush locks this policy; the owner may unlock it with a reason (R116)."""

    rule = "R116"
    overridable_by = ("owner",)


class NotFrozen(Refusal):
    """The rush does not lock this policy; it can be changed as it is (R116)."""

    rule = "R116"


class KeptElsewhere(Refusal):
    """Another service keeps this policy; the owner says why with the change itself (R116)."""

    rule = "R116"


class NotOnTheBonusList(Refusal):
    """Somebody who is to be left out is not on the proposed list (R117)."""

    rule = "R117"
