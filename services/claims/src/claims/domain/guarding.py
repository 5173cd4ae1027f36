"""What is looked at before any other rule: that the claim is known and open, and that it is his to do (R5, R6)."""

from kernel.action import Action
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, duty

from claims.domain.claim import Claim
from claims.domain.commands import Asked
from claims.domain.refusals import ClaimClosed, UnknownClaim


def known(claim: Claim | None) -> Claim:
    """The claim; raise when there is none."""
    if claim is None:
        raise UnknownClaim("There is no such claim.")
    return claim


def his(asked: Asked, action: Action, claim: Claim) -> Refused[DutyRefused] | None:
    """A remembered refusal when it is somebody else's duty; then raise when the claim is closed."""
    no = duty(asked.actor, action)
    if no is None and not claim.is_open:
        raise ClaimClosed("The claim is closed; reopen it first.")
    return no
