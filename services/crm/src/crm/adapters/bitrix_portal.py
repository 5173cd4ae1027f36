"""One portal of Bitrix24 as crm asks it: contacts by number in batches, one contact, users, the owner, subscriptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote

from crm.adapters.bitrix_rest import Rest
from crm.application.bitrix_port import PortalRefused, Row, Rows

PAGE = 50
PAGES = 10
"""Pages in one batch: 500 contacts. A batch may run 60 seconds, a page takes the portal up to a second or so."""
MOST_USERS = 10_000
CONTACT = 3
COLUMNS = ("ID", "NAME", "SECOND_NAME", "LAST_NAME", "ASSIGNED_BY_ID", "DATE_MODIFY", "PHONE")
ABSENT = frozenset({"NOT_FOUND", "ERROR_NOT_FOUND"})


@dataclass(frozen=True, slots=True)
class Bitrix24:
    """`writes`: an application may; a webhook is for reading."""

    rest: Rest
    writes: bool

    async def contacts(self, after: int, since: datetime | None) -> Rows:
        """Keyset paging without counting; each page of the batch begins where the one before it ended (reference A1.6, A1.7)."""
        first = {"p0": _page(str(after), since)}
        chained = {f"p{n}": _page(f"$result[p{n - 1}][{PAGE - 1}][ID]", since) for n in range(1, PAGES)}
        found = await self.rest.batch({**first, **chained})
        rows: list[Row] = []
        for n in range(PAGES):
            page = found.get(f"p{n}")
            read = cast("list[Row]", page) if isinstance(page, list) else []
            rows.extend(read)
            if len(read) < PAGE:  # what follows a short page has no place to begin at, and begins anywhere
                return Rows(rows, ended=True)
        return Rows(rows, ended=False)

    async def contact(self, number: int) -> Row | None:
        """crm.contact.list by number: one that is not there is an empty list, and one that may not be read, too."""
        asked = {"filter": {"ID": number}, "select": list(COLUMNS), "start": -1}
        found: Any = (await self.rest.call("crm.contact.list", asked)).get("result")
        return cast("list[Row]", found)[0] if isinstance(found, list) and found else None

    async def how_many(self, since: datetime | None) -> int | None:
        """The `total` of a list."""
        asked: dict[str, Any] = {"select": ["ID"], "filter": _changed(since)}
        total: Any = (await self.rest.call("crm.contact.list", asked)).get("total")
        return int(total) if isinstance(total, int) else None

    async def users(self) -> Sequence[Row]:
        """user.get, page by page; everybody, since who left is to be known as such."""
        rows: list[Row] = []
        start = 0
        while len(rows) < MOST_USERS:
            envelope = await self.rest.call("user.get", {"SORT": "ID", "ORDER": "ASC", "start": start})
            rows.extend(cast("list[Row]", envelope.get("result") or []))
            following = envelope.get("next")
            if not isinstance(following, int):
                break
            start = following
        return rows

    async def days(self, user_ids: Sequence[str]) -> Mapping[str, str]:
        """timeman.status of each, in one request; there is no event that tells of it (reference A6)."""
        commands = {f"u{each}": f"timeman.status?USER_ID={quote(each)}" for each in user_ids}
        found = await self.rest.batch(commands, halt=False)
        days = {each: _status(found.get(f"u{each}")) for each in user_ids}
        return {each: day for each, day in days.items() if day}

    async def assign(self, number: int, user_id: str) -> None:
        """crm.item.update; runs the portal's robots, hence it is asked only when the owner really differs."""
        fields = {"assignedById": int(user_id)}
        asked = {"entityTypeId": CONTACT, "id": number, "fields": fields}
        await self.rest.call("crm.item.update", asked, reads=False)

    async def subscribe(self, handler: str, events: Sequence[str]) -> None:
        """event.bind, for each that is not bound yet. Handlers are dropped with each reinstallation of an application."""
        found: Any = (await self.rest.call("event.get", {})).get("result")
        rows = cast("list[Mapping[str, Any]]", found) if isinstance(found, list) else []
        bound = {str(row.get("event", "")).upper() for row in rows if row.get("handler") == handler}
        for event in events:
            if event.upper() not in bound:
                await self._bind(handler, event)

    async def _bind(self, handler: str, event: str) -> None:
        try:
            await self.rest.call("event.bind", {"event": event, "handler": handler}, reads=False)
        except PortalRefused as no:
            if no.code not in ("ERROR_CORE", "http_400"):  # bound meanwhile, by another process
                raise


def _status(day: Any) -> str:
    return str(cast("Row", day).get("STATUS") or "") if isinstance(day, dict) else ""


def _page(after: str, since: datetime | None) -> str:
    """A command of a batch. The reference in it is not encoded, so that the portal finds it."""
    words = [f"filter[>ID]={after}", "order[ID]=ASC", "start=-1"]
    words += [f"select[]={column}" for column in COLUMNS]
    words += [f"filter[{name}]={quote(value)}" for name, value in _changed(since).items()]
    return f"crm.contact.list?{'&'.join(words)}"


def _changed(since: datetime | None) -> dict[str, str]:
    return {">=DATE_MODIFY": since.isoformat(timespec="seconds")} if since else {}
