"""However many customers go out, the process holds a page of them; who breaks off meanwhile leaves nothing behind (issue 6)."""

import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chassis.handling import Entry, Handler, Held, Occasion
from chassis.listing import Page, Query
from chassis.memory import MemoryStore
from chassis.records import Record
from chassis.vault import Vault
from crm.adapters.customer_tables import WRITERS
from crm.adapters.moving_documents import EXPORTS
from crm.application.exporting import Exporting
from crm.application.moving_deciders import EXPORT
from crm.domain.customer import Customer
from crm.domain.customer_export import Export
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.phone import Phone
from starlette.requests import ClientDisconnect

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SERVICE}))
LONG = "Tver, Tenth street, " + "round the corner, " * 26
MEGABYTE = 1 << 20


class Crowd:
    """So many customers, made as they are asked for."""

    def __init__(self, many: int) -> None:
        self.many = many

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Customer]:
        del query
        first = int(after or 0)
        last = min(first + limit, self.many)
        items = [Held(str(n), somebody(n), 1) for n in range(first, last)]
        return Page(items, str(last) if last < self.many else None)

    async def load(self, key: str) -> Held[Customer]:
        return Held(key, somebody(int(key)), 1)

    async def count(self, query: Query, *, most: int | None = None) -> int:
        del query, most
        return self.many

    async def history(self, key: str) -> list[Entry]:
        del key
        return []


def somebody(n: int) -> Customer:
    phone = Phone(f"+7916{n:07d}")
    return Customer(f"c-{n}", "main", (phone,), (), Personal(f"Customer {n}"), (Personal(LONG),))


def nobody_hears(key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
    """Nothing is told of an export."""
    del key, owed, before


async def peak(folder: Path, form: str, many: int) -> int:
    """Bytes that Python held at most while so many went out."""
    kept = MemoryStore(EXPORTS, Vault.of({"test": Vault.generate_key()}))
    handle = Handler("crm", EXPORT, kept, nobody_hears)
    exporting = Exporting(handle, Crowd(many), WRITERS)
    wanted = Export(f"x-{many}", "clerk", NOW, 0, True, Personal("audit"), {}, form)
    tracemalloc.start()
    try:
        into = WRITERS[form](folder / f"{many}")
        done = await exporting.write(wanted, CLERK, into, "en", Occasion("x", NOW, CLERK))
        assert done.count == many
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", sorted(WRITERS))
async def test_ten_times_as_many_need_no_more_memory(tmp_path: Path, form: str) -> None:
    few, many = [await peak(tmp_path, form, count) for count in (800, 8000)]

    assert (tmp_path / "8000").stat().st_size > MEGABYTE / 20
    assert many < few + MEGABYTE / 4, f"{few} bytes for 800, {many} for 8000"


async def taken(crm: Any, pieces: int | None) -> int:
    """Ask for all customers, and go away after so many pieces; answer how many bytes came."""
    body = b'{"reason": "audit", "format": "csv", "unmasked": true}'
    came, sent = list[int](), list[bytes]([body])
    headers = [(name.lower().encode(), value.encode()) for name, value in crm.as_(CLERK).items()]

    async def receive() -> dict[str, Any]:
        if sent:
            return {"type": "http.request", "body": sent.pop(), "more_body": False}
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200
        elif pieces is not None and len(came) >= pieces:
            raise OSError
        else:
            came.append(len(message.get("body", b"")))

    app: Callable[..., Any] = crm.client._transport.app
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": "/customers:export", "raw_path": b"/customers:export", "query_string": b"", "root_path": "",
        "headers": [*headers, (b"content-type", b"application/json")], "client": ("127.0.0.1", 1), "server": ("crm.test", 80),
    }  # fmt: skip
    with suppress(ClientDisconnect) if pieces is not None else nullcontext():
        await app(scope, receive, send)
    return sum(came)


def open_tables() -> list[str]:
    """Tables this process has open, though their names are gone."""
    found = list[str]()
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(link.readlink()))
    return [each for each in found if "opblok-export-" in each]


async def test_a_table_of_many_is_given_more_time_than_other_answers(crm: Any) -> None:
    usual = crm.settings.edge.max_body_bytes

    assert crm.parts.larger_bodies["/customers:export"] > usual


async def test_who_breaks_off_leaves_nothing_open_and_it_is_written_down(crm: Any) -> None:
    for n in range(900):
        contact = {"phone": f"8916{n:07d}", "name": "N", "address": f"{n} {LONG}"}
        await crm.ask("POST", "/customers:resolve", contact, by=SITE)

    part = await taken(crm, 1)
    after = open_tables()
    whole = await taken(crm, None)

    assert 0 < part < whole
    assert (after, open_tables()) == ([], [])
    kept = (await crm.ask("GET", "/customer-exports", by=CLERK))["items"]
    assert [(each["by"], each["count"]) for each in kept] == [("clerk", 900)] * 2
