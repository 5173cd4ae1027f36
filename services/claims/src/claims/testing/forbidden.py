"""What nobody who sells or controls may ask of a claim, each with something that could be asked (R5, R6, R8)."""

from datetime import date, timedelta
from typing import Any

from kernel.actor import Actor
from kernel.money import Money

from claims.domain import commands as o
from claims.domain.words import Answer, Channel, Extension, Guests, Outcome, Paper, Stage, Step, Verdict
from claims.testing.people import ANNA
from claims.testing.troubles import MONDAY, demanded

DAY = date(2026, 3, 2)
GIVEN: dict[type[Any], dict[str, Any]] = {
    o.TakeClaim: {"trained": True},
    o.TickStep: {"step": Step.HEAR},
    o.TryInstruction: {"helped": True},
    o.WriteDemand: {"demanded": demanded()},
    o.ExtendTerm: {"extension": Extension.NONE_IN_STOCK},
    o.AskForItem: {"on": DAY, "channel": Channel.PHONE, "answer": Answer.REFUSED},
    o.NoteMediation: {"on": DAY},
    o.Decide: {"verdict": Verdict.REFUSED, "amount": Money(0), "reason": "no"},
    o.Approve: {"number": 1},
    o.Decline: {"number": 1},
    o.KeepLetter: {"paper": Paper.RECEIVED, "channel": Channel.POST, "text": "t", "digest": "d"},
    o.ShowLetter: {"number": 1},
    o.LookAtEvidence: {"evidence_id": "e-1"},
    o.Escalate: {"to": Guests.LEGAL, "staff_id": "lev", "until": MONDAY + timedelta(days=9)},
    o.Advise: {"words": "pay"},
    o.Sharpen: {"stage": Stage.COURT},
    o.NoteTry: {"on": DAY},
    o.Close: {"outcome": Outcome.WITHDRAWN},
}
FORBIDDEN = list(GIVEN)
OTHERS = {o.ShowLetter: "R97", o.Advise: "R7"}
"""Nobody's of the house, or only theirs who are brought in."""
BY_NOBODY_ELSE = {o.Approve: "R80", o.Decline: "R80", o.LookAtEvidence: "R6"}


def given_to(command: type[Any]) -> dict[str, Any]:
    """What such a command is made of, besides who asks it when."""
    return GIVEN[command]


def rule_of(command: type[Any], actor: Actor) -> str:
    """The rule by which he is refused."""
    if command in OTHERS:
        return OTHERS[command]
    return "R6" if actor == ANNA else BY_NOBODY_ELSE.get(command, "R6")
