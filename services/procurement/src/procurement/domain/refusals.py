"""The ways procurement says no."""

from typing import ClassVar

from kernel.action import Action
from kernel.duties import overridable_by
from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownSupplier(NotFound):
    """No such supplier."""


class UnknownOffer(NotFound):
    """No such offer."""


class UnknownProduct(NotFound):
    """Nobody offers such goods, and we never had them."""


class UnknownImport(NotFound):
    """No such import of a feed."""


class UnknownMatch(NotFound):
    """Nothing was ever proposed for this offer."""


class UnknownAllocation(NotFound):
    """No supply was ever sought for this order."""


class SupplierIsReserved(Refusal):
    """The name `own` belongs to the shop's own stock."""


class SupplierExists(Refusal):
    """A supplier of this name is there already."""


class NoFeedAddress(Refusal):
    """The supplier has no address to fetch a feed from."""


class GoodsNobodyLists(Refusal):
    """Own stock of goods that no offer describes needs a title and a price."""


class NoAnswerAwaited(Refusal):
    """Nobody waits for this supplier's yes on this order."""

    rule = "R28"


class ImportNotHeld(Refusal):
    """Only a feed that waits for a person can be approved or discarded."""


class NoMappingAsked(Refusal):
    """The import's format leaves nothing to say about its columns, or it was not looked at yet."""


class MappingDoesNotFit(Refusal):
    """The mapping is of another header, or leaves out what no offer can be read without."""


class MatchNotProposed(Refusal):
    """Only goods that were proposed for the offer, or that somebody offers, can be said to be the same."""


class MatchNotOpen(Refusal):
    """The match is decided already; undo it first."""


class OwnFeedApproved(NotAllowed):
    """Who brought a feed in does not approve it."""

    rule = "R80"


class NeverClosed(NotFound):
    """The sale of this product was never closed."""


class ReopensTooLate(Refusal):
    """A sale that is closed must be reopened on a day to come, not further than a year away."""

    rule = "R46"


class NotYourDuty(NotAllowed):
    """Separation of duties gives this to others."""


class NotYoursToApprove(NotAllowed):
    """Held feeds are approved by buyers, the service owner and the owner."""

    rule = "R80"
    overridable_by: ClassVar[tuple[str, ...]] = overridable_by(Action.APPROVE_FEED)
