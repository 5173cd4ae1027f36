"""CDEK as a carrier: orders, their stories and print forms (https://api-docs.cdek.ru, v2).

He works on everything later: an order is accepted first, and found good or wrong after a moment. So whoever asks again
finds by our number what he asked before.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from logistics.adapters import cdek_codes as codes
from logistics.adapters.cdek_connection import (
    CdekConnection,
    CdekSaidNo,
    Json,
    first_error,
    many,
    mapping,
    word,
)
from logistics.adapters.cdek_forms import CdekForms
from logistics.adapters.cdek_order import Sending, order_of_parcel
from logistics.adapters.cdek_story import last_code, story_of
from logistics.application.carrier_port import CarrierDown, CarrierRefused, PrintForm, Story
from logistics.application.recipient_asking import Recipients, Zones
from logistics.domain.shipment import KnownOrder, Parcel

NOT_FOUND = frozenset({"v2_entity_not_found", "v2_entity_not_found_im_number", "v2_order_not_found"})
DUPLICATE = "error_validate_im_dep_number_has_already_had_integration"
STILL_WITH_US = frozenset({"ACCEPTED", "CREATED"})
OVER = frozenset({"DELIVERED", "POSTOMAT_RECEIVED", "NOT_DELIVERED", "REMOVED", codes.NO_ORDER})
LOOKS = (0.0, 0.3, 0.6, 1.2, 2.4)
"""Seconds before each look whether he is ready; then the step is taken again later."""
ORDER_STATUS = "ORDER_STATUS"


@dataclass(frozen=True, slots=True)
class Cdek:
    """A `CarrierSystem`."""

    connection: CdekConnection
    sending: Sending
    recipients: Recipients
    zones: Zones
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    forms: CdekForms = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "forms", CdekForms(self.connection, self.pause))

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str:
        """His number. Asked again, also by another process, it is the same order: he is asked for ours first."""
        try:
            return await self._registered(order_id, parcel, known)
        except CdekSaidNo as no:
            found = await self._alive(parcel) if no.code == DUPLICATE else None
            if found is None:
                raise CarrierRefused(word(no.code)) from no
        try:
            return await self._settled(_uuid(found))
        except CdekSaidNo as no:
            raise CarrierRefused(word(no.code)) from no

    async def cancel(self, parcel: Parcel, known: KnownOrder) -> None:
        """Deleted while it has not moved, afterwards refused: it comes back."""
        del known
        found = await self._of(parcel)
        if found is None or last_code(found) in OVER:
            return
        uuid = _uuid(found)
        try:
            if last_code(found) in STILL_WITH_US:
                await self.connection.asked("DELETE", f"/orders/{uuid}")
                await self._gone(uuid)
            else:
                await self.connection.asked("POST", f"/orders/{uuid}/refusal")
        except CdekSaidNo as no:
            raise CarrierRefused(word(no.code)) from no

    async def story(self, parcel: Parcel) -> Story | None:
        """His whole list of statuses, and whether what was not delivered is back."""
        found = await self._of(parcel)
        if found is None:
            return None
        related = many(found.get("related_entities"))
        ways = [str(each.get("uuid")) for each in related if each.get("type") == "return_order"]
        back = await self._find_uuid(ways[-1]) if ways else None
        return story_of(found, back, parcel.withdrawn_at)

    async def print_form(self, ref: str, form: PrintForm) -> AsyncIterator[bytes]:
        """PDF, as it comes."""
        return await self.forms.of(ref, form)

    async def subscribe(self, url: str) -> bool:
        """Have statuses told to this address, unless they are; whether it was new. He has one address for each type."""
        kept = many(await self.connection.asked("GET", "/webhooks"))
        if any(each.get("type") == ORDER_STATUS and each.get("url") == url for each in kept):
            return False
        await self.connection.asked("POST", "/webhooks", body={"type": ORDER_STATUS, "url": url})
        return True

    async def _registered(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str:
        found = await self._alive(parcel)
        if found is not None:
            return await self._settled(_uuid(found))
        recipient = await self.recipients.of(order_id)
        zone = await self.zones.of(order_id, parcel.promised.reservation_id)
        body = order_of_parcel(parcel, known, recipient, zone, self.sending)
        return await self._settled(_uuid(await self.connection.asked("POST", "/orders", body=body)))

    async def _alive(self, parcel: Parcel) -> Json | None:
        """His order with our number, unless it came to nothing."""
        found = await self._find(im_number=parcel.shipment_id)
        return None if found is None or last_code(found) in {"REMOVED", codes.NO_ORDER} else found

    async def _of(self, parcel: Parcel) -> Json | None:
        if parcel.carrier_ref is not None:
            return await self._find(cdek_number=parcel.carrier_ref)
        return await self._find(im_number=parcel.shipment_id)

    async def _find(self, **named: str) -> Json | None:
        return await self._known(self.connection.asked("GET", "/orders", params=named))

    async def _find_uuid(self, uuid: str) -> Json | None:
        return await self._known(self.connection.asked("GET", f"/orders/{uuid}"))

    async def _known(self, asking: Awaitable[Any]) -> Json | None:
        try:
            return mapping(await asking)
        except CdekSaidNo as no:
            if no.code in NOT_FOUND:
                return None
            raise CarrierRefused(word(no.code)) from no

    async def _settled(self, uuid: str) -> str:
        """His number, once he has found the order good."""
        for pause in LOOKS:
            await self.pause(pause)
            told = await self._find_uuid(uuid) or {}
            if last_code(told) == codes.NO_ORDER or _state(told) == codes.NO_ORDER:
                raise CdekSaidNo(first_error(told) or "no_reason")
            number = mapping(told.get("entity")).get("cdek_number")
            if number:
                return str(number)
        raise CarrierDown("CDEK has not looked the order through yet")

    async def _gone(self, uuid: str) -> None:
        """What moved meanwhile is not deleted: then it is refused."""
        for pause in LOOKS:
            await self.pause(pause)
            told = await self._find_uuid(uuid)
            if told is None or last_code(told) in OVER:
                return
            if last_code(told) not in STILL_WITH_US:
                await self.connection.asked("POST", f"/orders/{uuid}/refusal")
                return
        raise CarrierDown("CDEK has not deleted the order yet")


def _uuid(told: Any) -> str:
    uuid = mapping(mapping(told).get("entity")).get("uuid")
    if not uuid:
        raise CarrierDown("CDEK names no order")
    return str(uuid)


def _state(told: Mapping[str, Any]) -> str:
    """How far the making of it is."""
    made = [each for each in many(told.get("requests")) if each.get("type") == "CREATE"]
    return str(made[0].get("state")) if made else ""
