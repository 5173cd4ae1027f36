"""External telephony of a portal: a call is registered, shown, hidden, finished, and its record attached (reference A3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from crm.adapters.bitrix_rest import NO_SUCH_CALL, Rest
from crm.application.bitrix_calling import NOT_COUNTED_YET
from crm.application.bitrix_port import PortalDown, PortalRefused
from crm.domain.bitrix_call import Ending, Ring


@dataclass(frozen=True, slots=True)
class Bitrix24Calls:
    """None of it is asked again here: who asks knows what may have arrived."""

    rest: Rest

    async def register(self, call_id: str, ring: Ring) -> str:
        """The portal's name of the call; the same call asked again within thirty minutes is the same one there."""
        asked: dict[str, Any] = {
            "USER_ID": int(ring.user_id),
            "PHONE_NUMBER": ring.phone.e164 if ring.phone else "",
            "TYPE": ring.kind,
            "CALL_START_DATE": ring.started_at.isoformat(timespec="seconds"),
            "CRM_CREATE": 0,
            "SHOW": 0,
            "EXTERNAL_CALL_ID": call_id,
        }
        if ring.line:
            asked["LINE_NUMBER"] = ring.line
        if ring.contact:
            asked |= {"CRM_ENTITY_TYPE": "CONTACT", "CRM_ENTITY_ID": ring.contact}
        told: Any = (await self._once("telephony.externalCall.register", asked)).get("result")
        named = cast("dict[str, Any]", told).get("CALL_ID") if isinstance(told, dict) else None
        if not isinstance(named, str):
            raise PortalDown("no_call_id", 5.0)
        return named

    async def show(self, portal_id: str, users: Sequence[str], *, shown: bool) -> None:
        """The card pops up with these users, or goes away. False of a call that is over is no error."""
        method = "show" if shown else "hide"
        asked = {"CALL_ID": portal_id, "USER_ID": [int(user) for user in users]}
        await self._once(f"telephony.externalCall.{method}", asked)

    async def finish(self, portal_id: str, ending: Ending) -> None:
        """It is over. A call that the portal does not find any more was finished before."""
        asked = {
            "CALL_ID": portal_id,
            "USER_ID": int(ending.user_id),
            "DURATION": ending.seconds,
            "STATUS_CODE": ending.status,
        }
        try:
            await self._once("telephony.externalCall.finish", asked)
        except PortalRefused as no:
            if no.code != NO_SUCH_CALL:
                raise

    async def attach(self, portal_id: str, url: str) -> None:
        """The portal fetches the record from there; said again, it replaces it by the same. A call that was finished just now may not stand
        in its statistics yet (reference A3.5).
        """
        name = url.partition("?")[0].rpartition("/")[2]
        asked = {"CALL_ID": portal_id, "RECORD_URL": url, "FILENAME": name if "." in name else "record.mp3"}
        try:
            await self._once("telephony.externalCall.attachRecord", asked)
        except PortalRefused as no:
            if no.code == NO_SUCH_CALL:
                raise PortalDown(NOT_COUNTED_YET, 5.0) from no
            raise

    async def _once(self, method: str, asked: dict[str, Any]) -> dict[str, Any]:
        return await self.rest.call(method, asked, reads=False)
