"""The claim after a change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kernel.refused_duty import DutyRefused

from claims.domain import changes as c
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.forgetting import forgotten
from claims.domain.guarding import known
from claims.domain.papers import Letter
from claims.domain.words import Outcome


def evolve(claim: Claim | None, change: Change) -> Claim:
    """Pure; what opened it comes first."""
    if isinstance(change, c.ClaimOpened):
        return Claim(
            change.claim_id,
            change.cause,
            change.at,
            change.keeper,
            change.contact_by,
            change.attend_by,
            alarm_by=change.alarm_by,
        )
    found = known(claim)
    if isinstance(change, c.EvidenceSeen | c.LetterShown | DutyRefused | c.TermMarked):
        return found
    return replace(found, **_AFTER[type(change)](found, change))


Fields = dict[str, Any]


def _reopened(claim: Claim, change: c.ClaimReopened) -> Fields:
    """What was decided and paid stays written in the timeline; what follows is decided anew. A demand that nobody met keeps
    its term: nobody wins time by closing and opening again.
    """
    met = is_met(claim)
    return {
        "ending": None,
        "reopened": claim.reopened + 1,
        "attend_by": change.attend_by,
        "ruling": None,
        "tries": (),
        "begun": {} if met else claim.begun,
        "called": (),
        "alone": 0,
        "keep_until": None,
    }


def is_met(claim: Claim) -> bool:
    """Whether a closed claim's demand came to an end: decided, or the customer said so; and no money is owed for it."""
    decided = claim.ruling is not None and claim.ruling.in_force
    said_so = claim.ending is not None and claim.ending.outcome is Outcome.CONFIRMED
    return (decided or said_so) and not claim.owes_money


def _ruled(claim: Claim, change: c.DecisionProposed | c.ClaimDecided) -> Fields:
    ruling = change.ruling
    made: Fields = {"ruling": ruling, "decisions": max(claim.decisions, ruling.number)}
    return made | (
        {"payment": change.payment} if isinstance(change, c.ClaimDecided) and change.payment else {}
    )


def _demanded(claim: Claim, change: c.DemandWritten) -> Fields:
    made = change.demanded
    begun = min(claim.begun.get(made.demand, made.received_on), made.received_on)
    return {"demanded": made, "begun": {**claim.begun, made.demand: begun}}


def _paid(claim: Claim, change: c.PaymentNoted) -> Fields:
    payment, given = change.payment, claim.given
    if payment.taken_at is None:
        return {"payment": payment}
    same = given is not None and given.currency == payment.amount.currency
    return {"payment": payment, "given": given + payment.amount if given and same else payment.amount}


def _ticked(claim: Claim, change: c.StepTicked) -> Fields:
    return {"steps": (*claim.steps, change.step), "contacted_at": claim.contacted_at or change.at}


def _declined(claim: Claim, change: c.DecisionDeclined) -> Fields:
    del claim, change
    return {"ruling": None}


def _advised(claim: Claim, change: c.AdviceGiven) -> Fields:
    others = (each for each in claim.guests if each.staff_id != change.guest.staff_id)
    return {"guests": (*others, change.guest)}


def _invited(claim: Claim, change: c.GuestInvited) -> Fields:
    others = (each for each in claim.guests if each.staff_id != change.guest.staff_id)
    return {"guests": (*others, change.guest)}


def _with(letters: tuple[Letter, ...], letter: Letter) -> tuple[Letter, ...]:
    return tuple(letter if each.number == letter.number else each for each in letters)


_AFTER: dict[type, Callable[[Claim, Any], Fields]] = {
    c.KeeperChanged: lambda _, it: {"keeper": it.keeper},
    c.Attended: lambda _, it: {"attend_by": it.attend_by, "alone": 0},
    c.LeftAlone: lambda claim, it: {
        "attend_by": it.attend_by,
        "alone": claim.alone + (it.name == "attend"),
    },
    c.KeeperHurried: lambda _, it: {"attend_by": it.attend_by},
    c.Called: lambda claim, it: {"called": (*claim.called, it.of)},
    c.StepTicked: _ticked,
    c.InstructionTried: lambda _, it: {"instruction": it.helped},
    c.DemandWritten: _demanded,
    c.TermExtended: lambda _, it: {"demanded": it.demanded},
    c.ItemWasAsked: lambda claim, it: {"items_asked": (*claim.items_asked, it.asked)},
    c.MediationNoted: lambda _, it: {"mediation_on": it.on},
    c.DecisionProposed: _ruled,
    c.DecisionDeclined: _declined,
    c.ClaimDecided: _ruled,
    c.PaymentNoted: _paid,
    c.LetterWritten: lambda claim, it: {"letters": (*claim.letters, it.letter)},
    c.LetterWent: lambda claim, it: {"letters": _with(claim.letters, it.letter)},
    c.LetterFailed: lambda claim, it: {"letters": _with(claim.letters, it.letter)},
    c.EvidenceAdded: lambda claim, it: {"evidence": (*claim.evidence, it.proof)},
    c.GuestInvited: _invited,
    c.ApprovalOverdue: lambda _, it: {"ruling": replace(it.ruling, reminded=True)},
    c.AdviceGiven: _advised,
    c.StageSharpened: lambda _, it: {"stage": it.stage},
    c.TryNoted: lambda claim, it: {"tries": (*claim.tries, it.on)},
    c.ClaimEnded: lambda _, it: {"ending": it.ending, "keep_until": it.keep_until},
    c.PersonForgotten: forgotten,
    c.FilesRemoved: lambda _, __: {"files_gone": True},
    c.ClaimReopened: _reopened,
}
