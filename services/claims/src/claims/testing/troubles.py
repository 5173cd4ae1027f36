"""Maria's lamp, its claim, and commands to it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from kernel.actor import Actor
from kernel.money import Money
from kernel.refusal import Refused

from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Cause, Claim, Keeper
from claims.domain.decider import decide
from claims.domain.evolving import evolve
from claims.domain.policies import USUAL, Policy
from claims.domain.statute import version_on
from claims.domain.term import Demanded
from claims.domain.words import Channel, Chosen, Demand, Kind, Origin
from claims.testing.people import CLAIMS, KOSTYA

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
PRICE = Money(648000)
CAUSE = Cause(Kind.GOODS, Origin.PERSON, "c-1", "main", "o-1", "c-maria", words="Лампа не горит")


def demanded(demand: Demand = Demand.REFUND, on: date = date(2026, 3, 2), **more: Any) -> Demanded:
    """What Maria demands for her lamp of 6480 roubles."""
    usual: dict[str, Any] = {"price": PRICE, "paid": PRICE, **more}
    return Demanded(demand, version_on(on), on, Channel.EMAIL, "mail-17", zone="Europe/Moscow", **usual)


def opening(cause: Cause = CAUSE, keeper: Keeper | None = None, at: datetime = MONDAY) -> o.OpenClaim:
    """It is opened, and Kostya's."""
    kept = keeper or Keeper("kostya", Chosen.RULE)
    return o.OpenClaim(claim_id="k-1", actor=CLAIMS, at=at, cause=cause, keeper=kept)


def by(actor: Actor = KOSTYA, at: datetime = MONDAY) -> dict[str, Any]:
    """Who asks what of the claim."""
    return {"claim_id": "k-1", "actor": actor, "at": at}


def opened(*commands: o.Command, cause: Cause = CAUSE) -> Claim:
    """The claim after these commands."""
    claim: Claim | None = None
    for command in (opening(cause), *commands):
        claim, _ = carried_out(command, claim)
    assert claim is not None
    return claim


def demanding(
    demand: Demand = Demand.REFUND, on: date = date(2026, 3, 2), **more: Any
) -> tuple[o.Command, ...]:
    """The instruction did not help, and this is what she wants."""
    return (
        o.TryInstruction(**by(), helped=False),
        o.WriteDemand(**by(), demanded=demanded(demand, on, **more)),
    )


def carried_out(
    command: o.Command, claim: Claim | None, policy: Policy = USUAL
) -> tuple[Claim | None, Sequence[Change]]:
    """The claim after a command, and what happened; a refusal that is remembered is no exception here."""
    decision = decide(policy, command, claim)
    changes = decision.changes if isinstance(decision, Refused) else decision
    for change in changes:
        claim = evolve(claim, change)
    return claim, changes
