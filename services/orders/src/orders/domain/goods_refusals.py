"""The ways an order says no about its goods."""

from kernel.refusal import NotFound, Refusal


class UnknownLine(NotFound):
    """The order has no such line now."""


class UnknownOffer(NotFound):
    """Nothing of that number was offered on this order."""


class OfferWithdrawn(Refusal):
    """Something else was offered since, or the line is gone."""

    rule = "R25"


class OfferExpiredAlready(Refusal):
    """The offer has passed its hour; offer anew."""

    rule = "R25"


class OfferOutOfSight(Refusal):
    """An offer ends ahead, and within a year."""

    rule = "R25"


class OfferAnsweredAlready(Refusal):
    """The customer has answered this offer otherwise; an offer has one answer."""

    rule = "R30"


class NotInTheOffer(Refusal):
    """The answer names nothing that was offered, or not which of several."""

    rule = "R30"


class SameProduct(Refusal):
    """A product is no substitute for itself."""

    rule = "R25"


class SaleClosed(Refusal):
    """The product is not to be sold for now (R46)."""

    rule = "R46"


class TooManyBonuses(Refusal):
    """Bonuses pay a share of the goods, no more (R35)."""

    rule = "R35"


class NothingLeft(Refusal):
    """An order without lines is cancelled, with its reason (R27)."""

    rule = "R27"


class NotAnAccessory(Refusal):
    """These two are not linked, or the order does not have the product."""

    rule = "R30"
