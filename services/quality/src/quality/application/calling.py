"""Calling: a controller opens a call, asks, and writes down what was said; or the customer does by his link."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.handling import Handler, Occasion, Outcome
from kernel.actor import Actor
from kernel.personal import Personal
from kernel.refusal import Refused

from quality.application.afterwards import Afterwards
from quality.application.contact import Contact, FindContact
from quality.application.knowing import Kept, Known
from quality.domain import commands as o
from quality.domain.answers import Answers
from quality.domain.call import BY_LINK, Answered, Asking, Call, Result
from quality.domain.changes import Change
from quality.domain.deciding import CUSTOMER, Deciding
from quality.domain.limiter import AskNps, Limiting, Pestering, PesteringChanged, may_ask
from quality.domain.refusals import NpsAskedLately, UnknownCall


@dataclass(frozen=True, slots=True)
class Calling:
    """What people do with calls. `decide` is the rule alone, to look whether a command would be refused."""

    calls: Kept[Call]
    handle: Handler[o.Command, Call, Change]
    decide: Deciding
    known: Known
    pestering: Kept[Pestering]
    limit: Handler[Limiting, Pestering, PesteringChanged]
    find: FindContact
    afterwards: Afterwards

    async def call(self, call_id: str) -> Call:
        """Raise `UnknownCall`."""
        call = (await self.calls.load(call_id)).state
        if call is None:
            raise UnknownCall("There is no such call.")
        return call

    async def open(self, call_id: str, actor: Actor, why: Occasion) -> tuple[Contact, bool]:
        """The contact, shown this once and kept nowhere, and whether NPS is to be asked (R86, R97). Who may not call does
        not make us ask orders; what is shown is written down before it is shown.
        """
        call = await self.call(call_id)
        command = o.OpenContact(call_id, actor, await self._bias(actor, call), why.at)
        allowed = not isinstance(self.decide(command, call), Refused)
        contact = await self.find(call.asking.order_id) if allowed else None
        await self.handle(command, why)
        assert contact is not None
        await self.afterwards(call_id, why)
        return contact, await self.asks_nps(call.asking, why)

    async def record_try(self, call_id: str, actor: Actor, result: Result, why: Occasion) -> Outcome[Call]:
        """A call that gave no answers."""
        call = await self.call(call_id)
        bias, checker = await self._bias(actor, call), await self._checker(call, actor.id, why.at)
        outcome = await self.handle(o.RecordTry(call_id, actor, bias, result, checker, why.at), why)
        await self.afterwards(call_id, why)
        return outcome

    async def record(self, call_id: str, actor: Actor, answers: Answers, why: Occasion) -> Outcome[Call]:
        """What the customer said on the phone."""
        call = await self.call(call_id)
        bias, checker = await self._bias(actor, call), await self._checker(call, actor.id, why.at)
        return await self._answer(o.RecordAnswers(call_id, actor, bias, answers, checker, why.at), call, why)

    async def by_link(self, call_id: str, answers: Answers, why: Occasion) -> Outcome[Call]:
        """What the customer wrote himself. Asked to recommend us by another order's page meanwhile, he is not asked again:
        the rest of what he says counts (R86, R90).
        """
        call = await self.call(call_id)
        checker = await self._checker(call, CUSTOMER, why.at)
        command = o.AnswerByLink(call_id, answers, checker, why.at)
        try:
            return await self._answer(command, call, why)
        except NpsAskedLately:
            silent = replace(answers, nps=None, nps_asked=False)
            return await self._answer(replace(command, answers=silent), call, why)

    async def read(self, call_id: str, actor: Actor, why: Occasion) -> Answered:
        """What was said, for who may know it; that he read it is written down (R8)."""
        call = await self.call(call_id)
        await self.handle(o.ReadAnswers(call_id, actor, await self._bias(actor, call), why.at), why)
        await self.afterwards(call_id, why)
        assert isinstance(call, Answered)
        return call

    async def check(
        self, call_id: str, actor: Actor, agrees: bool, words: Personal | None, why: Occasion
    ) -> Outcome[Call]:
        """A second look by somebody else (R11)."""
        call = await self.call(call_id)
        bias = await self._bias(actor, call)
        outcome = await self.handle(o.RecordCheck(call_id, actor, bias, agrees, words, why.at), why)
        await self.afterwards(call_id, why)
        return outcome

    async def asks_nps(self, asking: Asking, why: Occasion) -> bool:
        """Whether the customer may be asked to recommend us, for this call (R86)."""
        known = (await self.pestering.load(_person(asking))).state
        return may_ask(known, asking.call_id, why.at)

    async def _answer(
        self, command: o.RecordAnswers | o.AnswerByLink, call: Call, why: Occasion
    ) -> Outcome[Call]:
        """The limiter is asked only for what would be taken, so a refused answer uses nothing up."""
        decision = self.decide(command, call)
        asked = command.answers.nps_asked or command.answers.nps is not None
        if asked and not isinstance(decision, Refused) and decision:
            ask = AskNps(_person(call.asking), call.asking.call_id, why.at)
            quiet = replace(why, id=f"{why.id}/nps", remembered=False, fingerprint=None)
            await self.limit(ask, quiet)
        outcome = await self.handle(command, why)
        await self.afterwards(call.asking.call_id, why)
        return outcome

    async def _bias(self, actor: Actor, call: Call) -> str | None:
        return await self.known.bias(actor.id, call.asking.order_id, call.asking.shop_id)

    async def _checker(self, call: Call, by: str, at: datetime) -> str:
        hands = (by, *(each.by for each in call.tries))
        return await self.known.assignee(call.asking.order_id, call.asking.shop_id, at, besides=hands)


def _person(asking: Asking) -> str:
    """A customer, or, where nobody named him, his order."""
    return asking.customer_id or f"order:{asking.order_id}"


def is_by_link(call: Call) -> bool:
    """Whether the customer has a link to answer by."""
    return call.asking.channel in BY_LINK
