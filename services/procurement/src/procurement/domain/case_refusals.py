"""The ways the work with suppliers says no."""

from typing import ClassVar

from kernel.action import Action
from kernel.duties import overridable_by
from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownCase(NotFound):
    """No such supplier case."""


class CaseIsClosed(Refusal):
    """A closed case has to be reopened first."""

    rule = "R44"


class ThreadIsFull(Refusal):
    """A case's thread has an end."""


class NothingToApprove(Refusal):
    """No closing of this case waits for a second person."""

    rule = "R80"


class OwnClosingApproved(NotAllowed):
    """Who proposed to give money up does not approve it."""

    rule = "R80"
    overridable_by: ClassVar[tuple[str, ...]] = overridable_by(Action.APPROVE_PURCHASE)


class OwnerMayNotBuy(Refusal):
    """Suppliers and their cases are answered for by active senior buyers, or by the shop's owner."""

    rule = "R4"


class ChecklistIncomplete(Refusal):
    """A supplier is kept after his trial when all that is asked of a new one is done."""

    rule = "R48"


class TrialNeedsAnEnd(Refusal):
    """A trial goes on until a day to come."""

    rule = "R48"
