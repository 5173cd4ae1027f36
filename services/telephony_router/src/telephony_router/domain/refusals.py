"""How the router says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class LastOnDuty(Refusal):
    """Somebody has to stay by the telephone until another one is back; the next break is his who asked first."""

    rule = "R105"


class UnknownShift(NotFound):
    """The roster has no such shift."""


class ShiftMakesNoSense(Refusal):
    """A shift ends after it begins and lasts a day at the most, and nobody has two at once."""


class UnknownPerson(NotFound):
    """Crm has told of nobody by this id who works here."""


class UnknownCall(NotFound):
    """There is no such call."""


class NoRecording(NotFound):
    """The call has no recording."""


class UnknownCallback(NotFound):
    """There is no such callback."""


class CallbackSettled(Refusal):
    """It was settled before."""


class NotTriedEnough(Refusal):
    """So many tries are made before a caller is given up."""

    rule = "R106"


class UnknownVersion(NotFound):
    """There is no such version of the rules."""


class NothingToApprove(Refusal):
    """There is no draft with this number that waits."""


class ApproverWrote(NotAllowed):
    """Somebody else has to approve."""

    rule = "R80"


class EffectNotSeen(Refusal):
    """Its effect on yesterday's calls has to be looked at first."""

    rule = "R102"
