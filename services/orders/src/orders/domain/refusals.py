"""The ways an order says no."""

from kernel.refusal import NotFound, Refusal


class UnknownOrder(NotFound):
    """There is no such order."""


class OrderCancelledAlready(Refusal):
    """The order is cancelled; nothing more is done about it."""

    rule = "R21"


class OrderCompletedAlready(Refusal):
    """The customer has the goods; what he wants of them now is a claim."""

    rule = "R21"


class GoodsAreOnTheirWay(Refusal):
    """Goods that have left can't be changed, nor sent elsewhere (R69)."""

    rule = "R69"


class EmptyOrder(Refusal):
    """An order without lines."""


class MixedCurrencyOrder(Refusal):
    """Lines of one order are priced in one currency."""


class CustomerWantsNoCalls(Refusal):
    """The customer asked not to be called; write instead (R26)."""

    rule = "R26"


class LapseNotEarned(Refusal):
    """An order lapses only after attempts, an apology and an offer (R21)."""

    rule = "R21"


class ApologyIsWritten(Refusal):
    """An apology is written, not spoken (R25)."""

    rule = "R25"


class NotATestOrder(Refusal):
    """Only a test order is cancelled as a test; a lost order says why it is lost (R14, R27)."""

    rule = "R27"


class OfferOwed(Refusal):
    """It is our fault: the customer is not let go without an offer (R25, R27)."""

    rule = "R27"


class PersonErased(Refusal):
    """Nothing is kept any more by which he could be reached."""


class NotMeant(Refusal):
    """Whom the order is to be given to as its customer does not share its number."""

    rule = "R97"


class NobodyOfThatId(Refusal):
    """Whom the order is to be given to is not there: unknown, gone, or absent."""

    rule = "R20"
