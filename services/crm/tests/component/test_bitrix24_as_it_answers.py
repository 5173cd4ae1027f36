"""What becomes of each answer a portal may give: said again, put off, or a no (reference A1.3-A1.5)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
import pytest
from crm.adapters.bitrix_oauth import Bitrix24Oauth
from crm.adapters.bitrix_portal import Bitrix24
from crm.adapters.bitrix_rest import Bucket, Entry, Rest
from crm.application.bitrix_port import NotInstalled, PortalDown, PortalRefused

from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.standing import free_socket, standing


@dataclass
class Asking:
    """A client of the portal, that writes down its pauses instead of waiting."""

    portal: Portal
    rest: Rest
    pauses: list[float] = field(default_factory=list[float])

    def asked(self, method: str) -> int:
        return [each.method for each in self.portal.journal].count(method)


@pytest.fixture
async def it() -> AsyncIterator[Asking]:
    at = free_socket()
    portal = peopled(1200, f"http://127.0.0.1:{at.getsockname()[1]}", time.time)
    tokens, pauses = portal.tokens, list[float]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        portal.bucket.level = 0.0

    async def token() -> str:
        return tokens.issue()["access_token"]

    async def renewed(over: str) -> str:
        del over
        return await token()

    async with standing(application(portal), at), httpx.AsyncClient(timeout=2) as client:
        rest = Rest(Entry(f"{portal.site}/rest/", token, renewed), client, Bucket(1000, 1000), pause)
        yield Asking(portal, rest, pauses)


async def test_all_contacts_are_read_in_a_few_requests(it: Asking) -> None:
    bitrix = Bitrix24(it.rest, writes=True)
    numbers, ended = list[int](), False
    while not ended:
        found = await bitrix.contacts(numbers[-1] if numbers else 0, None)
        numbers += [int(row["ID"]) for row in found.rows]
        ended = found.ended

    assert numbers == list(range(1, 1201))
    assert it.asked("batch") == 3
    assert await bitrix.how_many(None) == 1200


async def test_what_is_over_the_limit_waits_and_is_asked_again(it: Asking) -> None:
    it.portal.bucket.size, it.portal.bucket.level, it.portal.bucket.at = 2, 2.0, time.time()

    assert (await it.rest.call("user.get", {}))["result"]
    assert it.pauses == [0.5]


async def test_whose_operating_time_is_spent_comes_back_in_a_minute(it: Asking) -> None:
    it.portal.operating.add("crm.contact.list", time.time(), 481)

    for asking in (it.rest.call("crm.contact.list", {}), it.rest.batch({"a": "crm.contact.list"})):
        with pytest.raises(PortalDown, match="OPERATION_TIME_LIMIT") as down:
            await asking
        assert down.value.wait == 60
    assert it.pauses == []


async def test_a_page_instead_of_an_answer_is_an_outage(it: Asking) -> None:
    it.portal.weather.html = True

    with pytest.raises(PortalDown, match="not_json"):
        await it.rest.call("user.get", {})
    assert it.pauses == [0.5, 1.0]


async def test_a_write_whose_answer_is_lost_is_not_said_again(it: Asking) -> None:
    it.portal.weather.forgetful = True

    with pytest.raises(PortalDown):
        await Bitrix24(it.rest, writes=True).assign(3, "17")
    assert it.asked("crm.item.update") == 1
    assert it.portal.tables["CONTACT"].rows[3]["ASSIGNED_BY_ID"] == 17


async def test_an_error_without_a_word_is_a_no_and_an_empty_list_nobody(it: Asking) -> None:
    with pytest.raises(PortalRefused, match="http_400"):
        await it.rest.call("crm.duplicate.findbycomm", {"type": "PHONE", "values": "none"})
    with pytest.raises(PortalRefused, match="NOT_FOUND"):
        await it.rest.call("crm.contact.get", {"ID": 999_999})
    with pytest.raises(PortalRefused, match="NOT_FOUND"):
        await it.rest.batch({"a": "crm.contact.get?ID=999999"})
    assert await Bitrix24(it.rest, writes=True).contact(999_999) is None
    assert it.pauses == []


async def test_a_portal_that_moved_is_not_followed(it: Asking) -> None:
    it.portal.weather.moved_to = "http://127.0.0.1:9"

    with pytest.raises(PortalRefused, match="portal_moved"):
        await it.rest.call("user.get", {})


async def test_a_token_that_is_over_is_renewed_once(it: Asking) -> None:
    for token, (_, user) in list(it.portal.tokens.access.items()):
        it.portal.tokens.access[token] = (0.0, user)
    over = it.portal.tokens.issue()["access_token"]
    it.portal.tokens.access[over] = (0.0, 1)

    async def shown() -> str:
        return over

    async def none_better(token: str) -> str:
        return token

    old = Rest(Entry(it.rest.entry.address, shown, it.rest.entry.renewed), it.rest.client, it.rest.bucket)
    assert (await old.call("user.get", {}))["result"]
    hopeless = Rest(Entry(it.rest.entry.address, shown, none_better), it.rest.client, it.rest.bucket)
    with pytest.raises(PortalRefused, match="expired_token"):
        await hopeless.call("user.get", {})


async def test_a_fault_shows_no_secret(it: Asking) -> None:
    address = "http://127.0.0.1:9/rest/1/secret-of-the-webhook/"
    away = Rest(Entry(address), it.rest.client, it.rest.bucket, it.rest.pause)

    with pytest.raises(PortalDown) as down:
        await away.call("user.get", {})
    assert "secret" not in f"{down.value!r} {down.value.__cause__!r}"


async def test_without_an_installation_nothing_is_asked(it: Asking) -> None:
    async def none() -> str:
        raise NotInstalled("not_installed")

    with pytest.raises(NotInstalled):
        await Rest(Entry(it.rest.entry.address, none), it.rest.client).call("user.get", {})
    assert it.portal.journal == []


async def test_our_own_bucket_keeps_below_the_portals(it: Asking) -> None:
    del it
    bucket, began = Bucket(size=3, leak=20), time.monotonic()
    for _ in range(5):
        await bucket.take()

    assert 0.05 < time.monotonic() - began < 1


async def test_an_oauth_server_whose_answer_drips_is_given_up_before_the_turn_is_over() -> None:
    async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)

    async with (
        await asyncio.start_server(drips, sock=free_socket()) as server,
        httpx.AsyncClient(timeout=5) as client,
    ):
        host = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        oauth = Bitrix24Oauth(host, "an-id", "a-secret", client, within=0.2)

        async with asyncio.timeout(4):
            with pytest.raises(PortalDown, match="oauth_TimeoutError"):
                await oauth.renew("a-token")
