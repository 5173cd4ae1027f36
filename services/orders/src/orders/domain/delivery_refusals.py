"""The ways agreeing a delivery says no."""

from kernel.actor import Role
from kernel.refusal import Refusal


class CustomerNotContacted(Refusal):
    """A delivery is agreed with the customer, not for him (R29, R31)."""

    rule = "R31"


class SupplyNotAllocated(Refusal):
    """Nothing is promised of goods that nobody holds, unless the owner or the service owner says why (R29, R65)."""

    rule = "R65"
    overridable_by = (Role.OWNER, Role.SERVICE_OWNER)


class NoPromiseYet(Refusal):
    """There is no promise that the customer could have been told of (R31)."""

    rule = "R31"


class PromiseOutsideTerms(Refusal):
    """No carrier's terms allow this promise, or its capacity is gone; `options` is what can be kept (R65)."""

    rule = "R65"


class OrderChangedMeanwhile(Refusal):
    """Goods, payment or address changed while logistics was asked; ask it again (R65)."""

    rule = "R65"


class NotForLogistics(Refusal):
    """Logistics can't read what was asked: a zone, point or interval that is none."""

    rule = "R65"
