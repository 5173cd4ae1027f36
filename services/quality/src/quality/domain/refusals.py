"""The ways quality says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownCall(NotFound):
    """There is no such call."""


class UnknownSla(NotFound):
    """There is no such service level."""


class UnknownDigest(NotFound):
    """There is no digest of this week, or not yet."""


class CallClosed(Refusal):
    """It was answered, or ended with a reason; answers are never changed (R90)."""

    rule = "R90"


class CallNotOpened(Refusal):
    """Open the call first: who asks has the contact before him."""

    rule = "R83"


class ContactShownAlready(Refusal):
    """The contact is shown once for each call; write down what came of this one first."""

    rule = "R97"


class SomebodyIsCalling(Refusal):
    """Another controller opened this call a moment ago: nobody is called by two at once."""

    rule = "R97"


class NotCallingTime(Refusal):
    """It is not the day yet, or night in the delivery city."""

    rule = "R83"


class NoCallsWanted(Refusal):
    """The customer wants no calls; he is asked by a link (R26)."""

    rule = "R26"


class NpsAskedLately(Refusal):
    """The customer was asked to recommend us less than 6 or 12 months ago."""

    rule = "R86"


class NotIndependent(NotAllowed):
    """Who touched the order, or reports to who did, does not judge it; the attempt is written down (R9, R10)."""

    rule = "R9"


class CheckedBySomebodyElse(NotAllowed):
    """A second check is made by somebody else than the first."""

    rule = "R11"


class NoCheckDue(Refusal):
    """The call was not drawn for a second check, or has had it."""

    rule = "R11"


class NothingAnswered(Refusal):
    """Nothing was answered yet."""


class SlaUnfit(Refusal):
    """A version that can't be: it ends before it begins, or names facts that do not follow."""

    rule = "R91"


class SlaChangedSince(Refusal):
    """Another version was published meanwhile; look at it first."""


class ScriptUnfit(Refusal):
    """A question is missing, offers something, leads to its answer, or NPS is not asked word for word."""

    rule = "R84"


class ScriptChangedSince(Refusal):
    """Another version was saved meanwhile; look at it first."""
