"""The ways crm says no."""

from typing import ClassVar

from kernel.refusal import NotAllowed, NotFound, Refusal


class NotYourDuty(NotAllowed):
    """Separation of duties leaves this to somebody else; the attempt is remembered (R9, R17)."""


class UnknownShop(NotFound):
    """There is no such shop."""


class LunchOutsideHours(Refusal):
    """The shop's lunch must lie within its hours."""


class UnknownMember(NotFound):
    """There is no such member of the staff."""


class StaffIdTaken(Refusal):
    """Somebody else already has this staff id."""


class NoLongerHere(Refusal):
    """He has left; take him back first."""


class LastOwner(Refusal):
    """A shop always has an owner who can act."""


class BuyerMustBeSenior(Refusal):
    """He buys, and only a senior may; take the role first."""

    rule: ClassVar[str] = "R4"


class GoesInCircles(Refusal):
    """Somebody would be his own superior in the end."""


class SuperiorUnfit(Refusal):
    """This person cannot be reported to."""


class ControllerAnswersToOwner(Refusal):
    """Quality control answers to an owner directly, and to nobody else."""

    rule: ClassVar[str] = "R10"


class AbsenceMakesNoSense(Refusal):
    """An absence ends after it begins, and not in the past."""


class DeputyNeeded(Refusal):
    """A conflict manager is not away without a named deputy."""

    rule: ClassVar[str] = "R5"


class DeputyUnfit(Refusal):
    """This person cannot stand in: not here, away himself, or without the roles."""

    rule: ClassVar[str] = "R5"


class StandsInForAnother(Refusal):
    """He stands in for somebody at that time; name another deputy first."""

    rule: ClassVar[str] = "R5"


class UnknownCustomer(NotFound):
    """There is no such customer."""


class PhoneOfAnother(Refusal):
    """Another customer is known by this phone; ask, do not guess."""


class TooManyOfThem(Refusal):
    """A customer's card holds so many phones or addresses and no more."""


class CannotAnswer(Refusal):
    """This person cannot answer for the customer at this stage."""

    rule: ClassVar[str] = "R98"


class WeakPassword(Refusal):
    """The password does not keep the rules."""


class WrongPassword(NotAllowed):
    """The password given is not the present one."""


class UnknownAccount(NotFound):
    """Nobody signs in by this name."""


class UnknownClient(NotFound):
    """There is no such client."""
