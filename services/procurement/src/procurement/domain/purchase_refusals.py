"""The ways purchases and sourcings say no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownPurchase(NotFound):
    """No such purchase."""


class NothingToBuy(Refusal):
    """No order waits for goods of this supplier, and nothing is wished for our own stock."""

    rule = "R42"


class BelowMinimum(Refusal):
    """The supplier takes no order this small; add pieces for our own stock, or wait for more orders."""

    rule = "R41"


class BudgetSpent(Refusal):
    """The money for purchases of this day does not suffice."""

    rule = "R42"


class NotOfThisSupplier(Refusal):
    """The offer is another supplier's, or nobody's."""


class PurchaseIsFixed(Refusal):
    """Only a draft can be changed; withdraw it first."""


class NotADraft(Refusal):
    """It was placed already."""


class NotReady(Refusal):
    """Only a purchase that is placed, and approved where it must be, is sent."""


class NothingToApprove(Refusal):
    """The purchase does not wait for anybody's yes."""


class AlreadySent(Refusal):
    """What went to the supplier can't be changed; talk to him and record what comes."""


class StillUnderWay(Refusal):
    """The step before is still being carried out; ask again in a moment."""


class OrdersWait(Refusal):
    """Orders wait for goods of this supplier, so the draft has to stay."""

    rule = "R42"


class NothingAwaited(Refusal):
    """The purchase was not sent, so nothing can come of it."""


class NotOnThePurchase(Refusal):
    """Nothing of the kind was ordered by this purchase."""


class MoreWrongThanAwaited(Refusal):
    """More wrong pieces than are outstanding: what nobody ordered is no part of this purchase."""


class OwnPurchaseApproved(NotAllowed):
    """Who placed a purchase does not approve it."""

    rule = "R80"


class UnknownSourcing(NotFound):
    """No such sourcing."""


class SourcingIsOld(Refusal):
    """Prices and counts may be others by now; source anew."""

    rule = "R22"


class NothingToSource(Refusal):
    """No order waits for goods of a supplier, and nothing is wished for."""
