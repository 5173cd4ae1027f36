"""Reporting: gateways call back. What is unknown, repeated or out of order does no harm."""

from dataclasses import dataclass, replace

from chassis.handling import Handler, Occasion
from chassis.listing import Query
from chassis.metrics import meter

from notifications.application.corresponding import Messages
from notifications.application.outgoing import Reported, SendSms
from notifications.domain import commands as o
from notifications.domain.changes import Change
from notifications.domain.message import Message

UNKNOWN = meter.create_counter(
    "opblok.messages.unknown_reports", description="Reports of gateways about messages not kept here."
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """What gateways tell of messages that they took."""

    messages: Messages
    handle: Handler[o.Command, Message, Change]

    async def hear(self, gateway: SendSms, body: bytes, why: Occasion) -> str:
        """Take a call in; answers what the gateway wants to hear. Raise `NotFromGateway`."""
        for number, each in enumerate(gateway.reports(body)):
            message_id = await self._meant(gateway.name, each)
            if message_id is None:
                UNKNOWN.add(1, {"gateway": gateway.name})
                continue
            command = o.HearReport(message_id, each.key, gateway.name, each.gateway_id, each.report, why.at)
            await self.handle(command, replace(why, id=f"{why.id}/{number}"))
        return gateway.confirmation

    async def _meant(self, gateway: str, reported: Reported) -> str | None:
        if reported.key is not None:
            message_id = reported.key.partition(".")[0]
            return message_id if (await self.messages.load(message_id)).state else None
        named = f"{gateway}/{reported.gateway_id}"
        found = (await self.messages.page(Query(equal={"gateway_id": named}), 1)).items
        return found[0].key if found else None
