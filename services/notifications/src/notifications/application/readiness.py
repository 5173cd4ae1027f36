"""Whether a message may go now: still so, in time, by day, and after its SMS."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.handling import Held

from notifications.application.zones import Zones
from notifications.domain import commands as o
from notifications.domain.correspondence import Correspondence
from notifications.domain.message import Message, Sending, Waiting
from notifications.domain.policies import BEHIND_SMS, Policy
from notifications.domain.quiet_hours import next_allowed
from notifications.domain.wanting import is_silenced, unwanted


class Known(Protocol):
    """Where it is kept what is known of orders."""

    async def load(self, key: str) -> Held[Correspondence]: ...


class Siblings(Protocol):
    """Where messages are kept."""

    async def load(self, key: str) -> Held[Message]: ...


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looked at right before a message goes: much may have happened since it was written."""

    known: Known
    messages: Siblings
    zones: Zones
    policy: Policy

    async def instead(self, message: Waiting | Sending, at: datetime) -> o.Command | None:
        """What is to be done instead of sending it now; None when it may go."""
        id_ = message.writing.message_id
        writing, known = message.writing, await self._known(message)
        silenced = known and is_silenced(writing, known, self.policy)
        reason = known and ("silent" if silenced else unwanted(writing, known, at))
        if reason:
            return o.Drop(id_, reason, at)
        if at >= message.expires_at:
            return o.GiveUp(id_, expiry_reason(message.trail.fault), at)
        by_day = next_allowed(at, await self.zone(message), self.policy.opens, self.policy.closes)
        if by_day > at:
            return o.PutOff(id_, by_day)
        return o.PutOff(id_, at + BEHIND_SMS) if await self._sms_goes_first(message) else None

    async def zone(self, message: Waiting | Sending) -> str:
        """The clock that counts for this message."""
        known, promise = await self._known(message), message.writing.about.promise
        if promise is not None:
            return promise.time_zone
        return await (self.zones.of(known.order) if known else self.zones.of_shop(message.writing.shop_id))

    async def _known(self, message: Waiting | Sending) -> Correspondence | None:
        order_id = message.writing.order_id
        return (await self.known.load(order_id)).state if order_id else None

    async def _sms_goes_first(self, message: Waiting | Sending) -> bool:
        """SMS and then e-mail (R19); but who can't be reached by SMS shall not wait for his e-mail."""
        if message.writing.follows is None or message.trail.round > 1:
            return False
        sms = (await self.messages.load(message.writing.follows)).state
        return isinstance(sms, Waiting | Sending) and sms.trail.tries < self.policy.sms_first


def expiry_reason(fault: str | None) -> str:
    """Why it is too late, in a word of `message.failed`: the gateway's fault, or nobody's in particular."""
    return "gateway_down" if fault and fault.startswith("gateway") else "expired"
