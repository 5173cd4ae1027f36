"""What others are told of claims. The only place where domain and contracts meet; no word of the customer's passes it."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.claims import (
    ClaimClosedV1,
    ClaimDeadlineNearV1,
    ClaimDecidedV1,
    ClaimEscalatedV1,
    ClaimLetterIssuedV1,
    ClaimOpenedV1,
    ClaimReopenedV1,
    ClaimV1,
)
from contracts.fact import Fact
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from claims.domain import changes as c
from claims.domain import review as r
from claims.domain.claim import Claim
from claims.domain.papers import Letter
from claims.domain.posting import letter_id
from claims.domain.statute import version_on
from claims.domain.words import Channel


def of_claim(  # noqa: C901, PLR0911 - a list of facts
    change: c.Change, claim: Claim
) -> Sequence[Fact]:
    """Each change, and the fact it is worth."""
    shown = _claim(claim)
    match change:
        case c.ClaimOpened():
            return [ClaimOpenedV1(claim=shown)]
        case c.GuestInvited():
            return [ClaimEscalatedV1(claim=shown, to=change.guest.of.value)]
        case c.Called():
            return [ClaimEscalatedV1(claim=shown, to=change.of.value)]
        case c.StageSharpened():
            return [ClaimEscalatedV1(claim=shown, to=change.stage.value)]
        case c.TermMarked():
            return [ClaimDeadlineNearV1(claim=shown, mark=change.mark, exposure=_money(change.exposure))]
        case c.ClaimDecided():
            return [_decided(change, shown)]
        case c.LetterWritten():
            return [_issued(change.letter, shown)]
        case c.ClaimEnded():
            return [ClaimClosedV1(claim=shown, outcome=change.ending.outcome.value, by=change.ending.by)]
        case c.ClaimReopened():
            reason, times = change.reason, claim.reopened
            return [ClaimReopenedV1(claim=shown, reason=reason, times=times, at=change.at)]
        case DutyRefused():
            return [duty_refused(change, "claim", claim.claim_id, claim.cause.order_id)]
        case _:
            return []


def of_review(change: r.Change, review: r.Review) -> Sequence[Fact]:
    """What was not somebody's to do; the rest is told by the claim that it opens."""
    if isinstance(change, DutyRefused):
        return [duty_refused(change, "review", review.review_id, review.order_id)]
    return []


def stage_of(claim: Claim) -> str:
    """How far it is, in the words of the facts."""
    if not claim.is_open:
        return "closed"
    decided = claim.ruling is not None and claim.ruling.in_force
    return "decided" if decided else claim.stage.value


def _claim(claim: Claim) -> ClaimV1:
    demanded, cause = claim.demanded, claim.cause
    return ClaimV1(
        claim_id=claim.claim_id,
        order_id=cause.order_id,
        customer_id=cause.customer_id,
        shop_id=cause.shop_id,
        kind=cause.kind.value,
        origin=cause.origin.value,
        stage=stage_of(claim),
        demand=demanded.demand.value if demanded else "none",
        owner_id=claim.keeper.staff_id,
        law_version=demanded.version if demanded else version_on(claim.opened_at.date()),
        due_on=demanded.due_on if demanded else None,
        at_stake=_money(demanded.paid if demanded else Money(0)),
    )


def _decided(change: c.ClaimDecided, shown: ClaimV1) -> Fact:
    ruling = change.ruling
    return ClaimDecidedV1(
        claim=shown,
        decision=ruling.verdict.value,
        amount=_money(ruling.amount),
        by=ruling.by,
        approved_by=ruling.approved_by,
    )


def _issued(letter: Letter, shown: ClaimV1) -> Fact:
    by_hand = letter.channel is Channel.IN_PERSON
    return ClaimLetterIssuedV1(
        claim=shown,
        letter_id=letter_id(shown.claim_id, letter.number),
        letter=letter.paper.value,
        channel="by_hand" if by_hand else letter.channel.value,
    )


def _money(sum_: Money) -> MoneyV1:
    return MoneyV1(minor=sum_.minor, currency=sum_.currency)
