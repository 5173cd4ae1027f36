"""A rush locks settings in every service that keeps some (R116): each follows the shop's rush, and lets no command through
that would change what it locks.

done = await freezing.through(handle, command, occasion, Lock(Policy.HOURS, "shops/main", shop_id="main", despite=despite))
"""

from dataclasses import dataclass, replace
from typing import TypeVar

from kernel.freeze import (
    Change,
    Command,
    Freeze,
    HearOfRush,
    NoteOverride,
    Override,
    Policy,
    decide,
    evolve,
    locks,
    may_change,
)
from kernel.refusal import Decision, Refusal, Refused
from pydantic import TypeAdapter

from chassis.chassis import Chassis, Listing
from chassis.decisions import Decider, Outcome
from chassis.documents import Documents
from chassis.following import nothing_due, tell_nobody
from chassis.handling import Handler
from chassis.occasions import Occasion

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


FREEZES = Documents(
    collection="rush_freezes", states=TypeAdapter(Freeze), schema=1, listed=lambda it: {"shop_id": it.shop_id}
)
FREEZING: Decider[Command, Freeze, Change] = Decider(
    lambda command: command.shop_id, decide, evolve, tell_nobody, nothing_due
)


@dataclass(frozen=True, slots=True)
class Lock:
    """What a command would change: a policy of a shop. `what` is the path of the thing; `despite` the owner's reason to
    change it in a rush, None without one.
    """

    policy: Policy
    what: str
    shop_id: str
    despite: str | None = None


@dataclass(frozen=True, slots=True)
class Freezing:
    """What rushes lock in this service."""

    handle: Handler[Command, Freeze, Change]
    kept: Listing[Freeze]

    async def hear(
        self, shop_id: str, rush_id: str, policies: tuple[str, ...], occasion: Occasion
    ) -> Outcome[Freeze]:
        """A shop's rush is so now; without policies it locks nothing."""
        return await self.handle(HearOfRush(shop_id, rush_id, policies), occasion)

    async def through(
        self, handle: Handler[C, S, E], command: C, occasion: Occasion, lock: Lock
    ) -> Outcome[S]:
        """The command, unless it would change what a rush locks. What changes nothing, what is refused anyway, and what was
        done before under the same key, is answered as ever. An override is listed before it has its effect.
        """
        freeze = (await self.kept.load(lock.shop_id)).state
        if not locks(freeze, lock.policy):
            return await handle(command, occasion)

        def guarded(asked: C, state: S | None) -> Decision[E]:
            decision = handle.decider.decide(asked, state)
            if decision and not isinstance(decision, Refused):
                may_change(freeze, lock.policy, occasion.actor, lock.despite)
            return decision

        watched = replace(handle, decider=replace(handle.decider, decide=guarded))
        if lock.despite is not None and await _would_change(watched, command):
            await self._list(lock, lock.despite, occasion)
        return await watched(command, occasion)

    async def _list(self, lock: Lock, reason: str, occasion: Occasion) -> None:
        override = Override(lock.policy, lock.what, reason, occasion.actor.id, occasion.at)
        listing = Occasion(f"{occasion.id}/override", occasion.at, occasion.actor, occasion.correlation_id)
        await self.handle(NoteOverride(lock.shop_id, override), listing)


async def _would_change(handle: Handler[C, S, E], command: C) -> bool:
    held = await handle.store.load(handle.decider.key(command))
    try:
        decision = handle.decider.decide(command, held.state)
    except Refusal:
        return False
    return bool(decision) and not isinstance(decision, Refused)


def freezing(chassis: Chassis) -> Freezing:
    """Composed; wire it as `freezing`, enter `freezing_told.follow_rush` and the router of `http.rush_freezes`."""
    kept = chassis.store(FREEZES)
    return Freezing(chassis.handler(FREEZING, kept), kept)
