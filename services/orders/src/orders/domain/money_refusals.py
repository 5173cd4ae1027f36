"""The ways the money of an order says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownPayment(NotFound):
    """The order has no such payment or refund."""


class OtherCurrency(Refusal):
    """An order is paid in the currency it is priced in."""


class ReferenceUsed(Refusal):
    """The same reference stands for another sum: one of the two is mistaken, a person has to look."""


class NothingDue(Refusal):
    """The customer does not owe so much."""


class NoAcquirer(Refusal):
    """The shop has no contract with an acquirer (`OPBLOK_TBANK_TERMINAL`); record the payment by hand."""


class NeedsApproval(Refusal):
    """A refund above the shop's limit needs a second person's yes first (R80)."""

    rule = "R80"
    overridable_by = ("owner", "service_owner", "top_management")


class ApprovesHimself(NotAllowed):
    """Nobody approves what he asked for, nor pays out what he approved (R80)."""

    rule = "R80"


class NotOwedAnyMore(Refusal):
    """The refund is paid or withdrawn already."""


class OwedByLaw(Refusal):
    """Only goodwill can be refused; what the law says is owed back is paid (R80)."""

    rule = "R80"


class PayoutUnderWay(Refusal):
    """The acquirer is being asked to pay it, and may have done so; nobody else pays it meanwhile."""


class NotThroughAcquirer(Refusal):
    """No payment that came by the acquirer has enough left to give back; pay it another way."""


class MoreThanPaid(Refusal):
    """More than the customer's money that the shop still has."""


class StillDue(Refusal):
    """Above the limit goodwill is refunded, with a second person's yes; taken off a debt nobody would be asked (R80)."""

    rule = "R80"


class NotInRoubles(Refusal):
    """The acquirer takes roubles; an order in another currency is paid another way."""


class AcquirerSaidNo(Refusal):
    """The acquirer would not; `code` says why, in a word of ours."""
