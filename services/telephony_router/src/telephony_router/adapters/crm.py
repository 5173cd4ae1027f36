"""Crm's directory over HTTP: numbers of customers only as keyed hashes, numbers of staff in the clear (README of crm)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.peers import PeerDown, Peers
from kernel.personal import Personal

from telephony_router.application.noticing import NotesAnswer, TypeAnswer
from telephony_router.application.reading_notes import NoteWords
from telephony_router.application.teaching import CardAnswer, StaffAnswer
from telephony_router.domain.directory import Numbers

MOST = 200


@dataclass(frozen=True, slots=True)
class HttpCrm:
    """Reached by our own token at the moment of asking, so that the router starts without crm."""

    peers: Peers

    async def customers(self, ids: Sequence[str]) -> list[CardAnswer]:
        said = await self._asked("/directory/customers:read", {"ids": list(ids)})
        return [card_of(each) for each in said["items"]]

    async def staff(self, ids: Sequence[str]) -> list[StaffAnswer]:
        said = await self._asked("/directory/staff:read", {"ids": list(ids)})
        return [staff_of(each) for each in said["items"]]

    async def customer_page(self, after: str | None) -> tuple[list[CardAnswer], str | None]:
        said = await self._page("/directory/customers", after)
        return [card_of(each) for each in said["items"]], said["next"]

    async def staff_page(self, after: str | None) -> tuple[list[StaffAnswer], str | None]:
        said = await self._page("/directory/staff", after)
        return [staff_of(each) for each in said["items"]], said["next"]

    async def is_back(self, staff_id: str) -> None:
        await self.peers.of("crm").post(
            f"/staff/{staff_id}/presence", {"presence": "at_work"}, repeatable=True
        )

    async def notes(self, customer_id: str, staff_id: str, why: str) -> list[NoteWords]:
        asked = {"staff_id": staff_id, "reason": why}
        said = await self._asked(f"/customers/{customer_id}/notes:read", asked)
        return notes_of(said)

    async def _asked(self, path: str, body: Mapping[str, Any]) -> Any:
        return await self.peers.of("crm").post(path, body, repeatable=True)

    async def _page(self, path: str, after: str | None) -> Any:
        params = {"limit": str(MOST), **({"cursor": after} if after else {})}
        return await self.peers.of("crm").get(path, params=params)


def card_of(said: Mapping[str, Any]) -> CardAnswer:
    """A customer as crm answers; what can't be read is no answer."""
    try:
        return CardAnswer(
            str(said["customer_id"]),
            str(said.get("stage") or "lead"),
            said.get("owner_id"),
            said.get("contact_preference") == "no_calls",
            bool(said.get("blocked")),
            tuple(said.get("hashes") or ()),
            said.get("merged_into"),
            str(said.get("shop_id") or ""),
            _noted(said.get("noted")),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise PeerDown("crm answered a card that can't be read") from wrong


def notes_of(said: Mapping[str, Any]) -> list[NoteWords]:
    """The notes on a customer as crm answers."""
    try:
        return [
            NoteWords(
                str(each["part"]),
                Personal(str(each["text"])),
                str(each["by"]),
                datetime.fromisoformat(each["at"]),
            )
            for each in said["notes"]
        ]
    except (KeyError, TypeError, ValueError) as wrong:
        raise PeerDown("crm answered notes that can't be read") from wrong


def _noted(said: Mapping[str, Any] | None) -> NotesAnswer | None:
    if said is None:
        return None
    type_ = said.get("customer_type")
    words = (
        type_
        and type_["ru"]
        and TypeAnswer(
            type_["ru"], type_["en"] or "", type_.get("advice_ru") or "", type_.get("advice_en") or ""
        )
    )
    return NotesAnswer(
        type_["code"] if type_ else None,
        words or None,
        tuple(said["notes"]),
        str(said["by"]),
        datetime.fromisoformat(said["at"]),
    )


def staff_of(said: Mapping[str, Any]) -> StaffAnswer:
    """A colleague's numbers as crm answers."""
    try:
        hidden = tuple(said.get("hidden") or ())
        numbers = Numbers(said.get("extension"), said.get("sip"), said.get("mobile"), hidden)
        return StaffAnswer(str(said["staff_id"]), str(said["shop_id"]), numbers)
    except (KeyError, TypeError) as wrong:
        raise PeerDown("crm answered numbers that can't be read") from wrong
