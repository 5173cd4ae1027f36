"""What a call brings about: a callback for who was missed; settled when he rings again or is reached (R96, R106)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Actor
from kernel.deadline import Deadline

from telephony_router.application.journaling import Handle
from telephony_router.application.situating import Situating
from telephony_router.domain import call as c
from telephony_router.domain import callback as k
from telephony_router.domain.call import Errand, PhoneCall
from telephony_router.domain.last_step import due_at
from telephony_router.domain.plan import Recognition, Step
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Situation

MANNERS = {"write_back": "letter", "no_number": "find_out", "blocked_rang": "find_out"}
TALKED = "talked"
CLOSED_REASONS = frozenset({"outside_phone_hours", "closed"})


@dataclass(frozen=True, slots=True)
class CallingBack:
    """The way in for all that is asked of callbacks, and what calls owe."""

    handle: Handler[k.Command, k.Callback, k.Change]
    callbacks: Listing[k.Callback]
    handle_call: Handle
    calls: Listing[PhoneCall]
    situating: Situating

    async def on_call(self, call_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Silence for too long, or an errand: brought about first, then crossed off; twice does no harm."""
        if deadline.name == "silence":
            await self.handle_call.fire(deadline, c.SilencePassed(call_id=call_id, at=occasion.at), occasion)
            return
        call = (await self.calls.load(call_id)).state
        errand = Errand(deadline.name)
        if call is not None and errand in call.errands:
            await self._run(errand, call, occasion)
        done = c.ErrandDone(call_id=call_id, errand=errand, at=occasion.at)
        await self.handle_call.fire(deadline, done, occasion)

    async def on_due(self, callback_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Nobody rang back in time: the next one has to (R106)."""
        callback = (await self.callbacks.load(callback_id)).state
        if callback is None:
            return
        now = self.situating.situation(None, callback.wish.shop_id, occasion.at)
        owner_id = escalated_to(callback, now)
        passed = k.DuePassed(
            callback_id=callback_id, actor=occasion.actor, at=occasion.at, owner_id=owner_id,
            due_at=due_at(now, owner_id),
        )  # fmt: skip
        await self.handle.fire(deadline, passed, occasion)

    async def open(
        self, callback_id: str, wish: k.Wish, owner: Step, actor: Actor, occasion: Occasion
    ) -> Outcome[k.Callback]:
        """With an owner and a deadline, as the last step of a plan names them."""
        assert owner.staff_id is not None
        assert owner.due_at is not None
        command = k.OpenCallback(
            callback_id=callback_id, actor=actor, at=occasion.at, wish=wish,
            owner_id=owner.staff_id, due_at=owner.due_at,
        )  # fmt: skip
        return await self.handle(command, occasion)

    async def settle(self, command: k.Settle, occasion: Occasion) -> Outcome[k.Callback]:
        """Who was talked to is not rung again for each time he rang in vain (R99)."""
        done = await self.handle(command, occasion)
        if command.outcome == TALKED and done.state is not None:
            wish, also = done.state.wish, Occasion(f"{occasion.id}:also", occasion.at, occasion.actor)
            for callback_id in await self._open_for(wish.hash, wish.customer_id):
                await self._settle(callback_id, TALKED, also)
        return done

    def who(self, hash_: str | None, shop_id: str, at: datetime) -> tuple[Step, str | None]:
        """Who would ring back whoever has this number, and which customer that is."""
        plan = route(Call(hash_ is not None), self.situating.situation(hash_, shop_id, at))
        return plan.last, plan.customer_id

    async def _run(self, errand: Errand, call: PhoneCall, occasion: Occasion) -> None:
        match errand:
            case Errand.CALL_BACK:
                await self._call_back(call, occasion)
            case Errand.WITHDRAW:
                await self._settle(callback_of(call.call_id), "withdrawn", occasion)
            case Errand.SETTLE:
                for callback_id in await self._open_of(call):
                    await self._settle(callback_id, "rang_again", occasion)

    async def _call_back(self, call: PhoneCall, occasion: Occasion) -> None:
        """By the last step of its plan, its deadline counted anew when it came late."""
        offer, plan = call.offer, call.plan
        last, customer_id = self.who(offer.hash, offer.shop_id, occasion.at)
        if plan is not None and plan.last.due_at is not None and plan.last.due_at > occasion.at:
            last, customer_id = plan.last, plan.customer_id
        manner = MANNERS.get(last.reason, "call")
        closed = plan is not None and any(step.reason in CLOSED_REASONS for step in plan.steps)
        blocked = plan is not None and plan.recognition is Recognition.BLOCKED
        origin = "phone_hours" if closed and not blocked else "missed_call"
        wish = k.Wish(offer.shop_id, origin, manner, call.call_id, customer_id, offer.hash, offer.number)
        await self.open(callback_of(call.call_id), wish, last, occasion.actor, occasion)

    async def _open_of(self, call: PhoneCall) -> list[str]:
        """What he was to be rung back for before this call."""
        found = await self._open_for(call.offer.hash, call.plan.customer_id if call.plan else None)
        return [each for each in found if each != callback_of(call.call_id)]

    async def _open_for(self, hash_: str | None, customer_id: str | None) -> list[str]:
        """By his number and by who he is."""
        found: list[str] = []
        for name, value in (("hash", hash_), ("customer_id", customer_id)):
            if value is not None:
                page = await self.callbacks.page(Query(equal={name: value, "open": True}), 50)
                found += [held.key for held in page.items if held.key not in found]
        return found

    async def _settle(self, callback_id: str, outcome: str, occasion: Occasion) -> None:
        if (await self.callbacks.load(callback_id)).state is not None:
            command = k.Settle(callback_id=callback_id, actor=occasion.actor, at=occasion.at, outcome=outcome)
            await self.handle(command, occasion)


def callback_of(call_id: str) -> str:
    """The callback that a call opens: the same call names the same one."""
    return uuid5(NAMESPACE_URL, f"opblok:callback:{call_id}").hex


def escalated_to(callback: k.Callback, now: Situation) -> str:
    """First whoever has the telephone now, then who answers for service, then the shop's owner; he keeps it (R106)."""
    heads = sorted(
        each.staff_id for each in now.people.values() if each.active and "service_owner" in each.roles
    )
    heads = [each for each in heads if not now.people[each].is_away(now.now)]
    duty = [each.staff_id for each in now.on_duty()]
    ladder = (duty if callback.level == 0 else [], heads if callback.level <= 1 else [])
    others = (each for rung in ladder for each in rung if each != callback.owner_id)
    return next(others, now.last_resort)
