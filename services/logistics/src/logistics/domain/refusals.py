"""The ways logistics says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownCarrier(NotFound):
    """There is no such carrier."""


class UnknownTerms(NotFound):
    """The carrier has no such version of terms, or none in force on that day."""


class UnknownReservation(NotFound):
    """There is no such reservation."""


class AgreementDoesNotHold(Refusal):
    """The agreement says what can't be meant; `faults` names what (R60)."""

    rule = "R60"


class TermsDecidedAlready(Refusal):
    """The version is approved, rejected or withdrawn; what was decided on does not change (R60)."""

    rule = "R60"


class OtherRevision(Refusal):
    """The draft was written anew since it was read; read it again before deciding on it."""

    rule = "R80"


class ApproverWrote(NotAllowed):
    """Nobody approves what he wrote himself (R60, R80)."""

    rule = "R80"


class PromiseOutsideTerms(Refusal):
    """The terms that the promise names do not know it, or are not approved (R65)."""

    rule = "R65"


class CapacityGone(Refusal):
    """It can't be kept any more: no room, past the cut-off, or other terms hold (R65). `options` can."""

    rule = "R65"


class OrderIsCancelled(Refusal):
    """The order is cancelled; nothing is reserved for it any more."""

    rule = "R27"
