"""How claims say no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownClaim(NotFound):
    """There is no such claim, or not for this caller."""


class UnknownEvidence(NotFound):
    """The claim has no such file."""


class UnknownReview(NotFound):
    """There is no such review."""


class ClaimClosed(Refusal):
    """It has to be reopened first."""


class ClaimStillOpen(Refusal):
    """Only a closed claim is reopened."""


class MentorNeeded(Refusal):
    """In his first three cases somebody trained stands by him."""

    rule = "R77"


class InstructionFirst(Refusal):
    """Goods: the instruction is tried before anything else."""

    rule = "R78"


class NotConfirmed(Refusal):
    """The customer neither confirmed nor was tried often enough, on different days."""

    rule = "R79"


class NothingDecided(Refusal):
    """There is no decision that waits for this."""


class AlreadyDecided(Refusal):
    """A decision stands or waits for approval."""


class NothingDemanded(Refusal):
    """The customer's demand has to be written down first."""


class NotInTheLaw(Refusal):
    """The law gives no such term for this demand."""


class SumDoesNotFit(Refusal):
    """The sum does not fit what was decided or paid."""


class ApproverDecided(NotAllowed):
    """Somebody else has to approve."""

    rule = "R80"


class BlunterStage(Refusal):
    """A claim only becomes sharper."""


class GuestUnfit(Refusal):
    """He is no lawyer, or not of the management; nobody else is shown the customer's words."""

    rule = "R7"


class NotInvited(NotAllowed):
    """Only for those who were brought in, while they are."""

    rule = "R7"


class UnknownType(Refusal):
    """The content is none of the kinds that are taken as evidence."""


class TooMuchEvidence(Refusal):
    """The file is empty or too large, or there are too many."""


class LetterNotYet(Refusal):
    """There is nothing to write about yet."""


class NoAddress(Refusal):
    """An e-mail goes to the address that an order has; this claim is of none."""


class LetterGone(Refusal):
    """The person was erased, and his letters with him."""


class PersonErased(Refusal):
    """The person was erased; nothing of him is taken or written any more."""


class UnknownLetter(NotFound):
    """The claim has no such letter."""
