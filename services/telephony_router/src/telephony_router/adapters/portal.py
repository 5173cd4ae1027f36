"""The portal's side of calls, by way of crm: `POST /bitrix/calls/{call}:register|show|hide|finish|record` (README of crm)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.peers import Peers

from telephony_router.application.showing import Shown
from telephony_router.domain.portal_telling import Saying, Word

INCOMING = 2


@dataclass(frozen=True, slots=True)
class PortalByCrm:
    """One try each time: what fails is tried again by the call's own deadline."""

    peers: Peers

    async def tell(self, call: Shown, saying: Saying) -> None:
        path = f"/bitrix/calls/{call.call_id}:{saying.word}"
        await self.peers.of("crm").post(path, body_of(call, saying))


def body_of(call: Shown, saying: Saying) -> Mapping[str, Any]:
    """As crm wants it."""
    match saying.word:
        case Word.REGISTER:
            return {
                "phone": call.number, "kind": INCOMING, "staff_id": saying.staff_id,
                "customer_id": saying.customer_id, "line": call.line, "started_at": call.started_at.isoformat(),
            }  # fmt: skip
        case Word.SHOW | Word.HIDE:
            return {"staff_ids": list(saying.staff_ids)}
        case Word.FINISH:
            return {"staff_id": saying.staff_id, "seconds": saying.seconds, "status": saying.status}
        case Word.RECORD:
            return {"url": saying.recording}
