"""smsc.ru, as far as its fake is like it: its codes, its duplicates, its silence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from notifications.adapters.smsc import Smsc
from notifications.application.outgoing import NotNow, Refused, Reported, Sms, Taken
from notifications.domain.words import Report
from notifications.testing.letters import PHONE

Fake = Any

SMS = Sms(
    "m-1", Phone.parse(PHONE), Personal("Заказ 1042 принят"), timedelta(hours=5), number="1042", again=False
)


@pytest.fixture
def left() -> list[Money]:
    """What the gateway told of the balance."""
    return []


@pytest.fixture
def gateway(smsc: Fake, client: httpx.AsyncClient, left: list[Money]) -> Smsc:
    return Smsc(client, smsc.url, "shop", "brass", "IGLA", lambda _, money: left.append(money))


async def test_it_takes_an_sms_and_tells_what_it_cost(gateway: Smsc, smsc: Fake, left: list[Money]) -> None:
    answer = await gateway.send(SMS)

    assert answer == Taken("m-1", Money(380))
    assert left == [Money(9620)]
    (request,) = (await smsc.play())["requests"]
    assert (request["id"], request["sender"], request["valid"], request["charset"]) == (
        "m-1",
        "IGLA",
        "5",
        "utf-8",
    )
    assert await smsc.shown(PHONE) == ["Заказ 1042 принят"]


async def test_an_api_key_needs_no_login(smsc: Fake, client: httpx.AsyncClient) -> None:
    assert await Smsc(client, smsc.url, "", "brass-key").send(SMS) == Taken("m-1", Money(380))
    assert await Smsc(client, smsc.url, "", "guessed").send(SMS) == NotNow("gateway_login")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (1, Refused("refused")),
        (3, NotNow("gateway_money")),
        (4, NotNow("gateway_blocked")),
        (6, Refused("refused")),
        (7, Refused("no_address")),
        (8, Refused("undeliverable")),
        (9, NotNow("gateway_busy")),
    ],
)
async def test_each_of_its_errors_is_a_no_or_a_later(
    gateway: Smsc, smsc: Fake, code: int, answer: object
) -> None:
    await smsc.play("moods", refuse={PHONE: code})

    assert await gateway.send(SMS) == answer


async def test_an_empty_account_is_no_reason_to_give_up(gateway: Smsc, smsc: Fake) -> None:
    await smsc.play("moods", balance=1.0)

    assert await gateway.send(SMS) == NotNow("gateway_money")


async def test_who_did_not_hear_the_answer_asks_again_and_the_phone_shows_it_once(
    gateway: Smsc, smsc: Fake
) -> None:
    await smsc.play("moods", slow=2.0)
    silent = await gateway.send(SMS)
    await smsc.play("moods", slow=0.0)

    again = await gateway.send(replace(SMS, again=True))

    assert silent == NotNow("gateway_silent", perhaps_taken=True)
    assert again == Taken("m-1")
    assert len(await smsc.shown(PHONE)) == 1


async def test_a_duplicate_that_we_did_not_expect_is_looked_up_as_well(gateway: Smsc, smsc: Fake) -> None:
    await gateway.send(SMS)

    assert await gateway.send(SMS) == Taken("m-1")
    assert await gateway.send(replace(SMS, key="m-2")) == NotNow("gateway_busy")
    assert len(await smsc.shown(PHONE)) == 1


async def test_a_repeat_of_what_never_came_there_is_sent(gateway: Smsc, smsc: Fake) -> None:
    assert await gateway.send(replace(SMS, again=True)) == Taken("m-1", Money(380))
    assert len(await smsc.shown(PHONE)) == 1


async def test_whoever_cannot_be_told_whether_it_was_taken_does_not_send_it_again(
    gateway: Smsc, smsc: Fake
) -> None:
    await gateway.send(SMS)
    for _ in range(6):  # more questions than it answers in a minute
        await gateway.look("m-1", None, SMS.phone)

    answer = await gateway.send(replace(SMS, text=Personal("Заказ 1042 у нас"), again=True))

    assert answer == NotNow("gateway_busy", perhaps_taken=True)
    assert len(await smsc.shown(PHONE)) == 1


async def test_down_and_away_are_told_apart(faking: Any, client: httpx.AsyncClient) -> None:
    async with faking("smsc") as smsc:
        gateway = Smsc(client, smsc.url, "shop", "brass")
        await smsc.play("moods", down=True)
        down = await gateway.send(SMS)
        smsc.process.terminate()
        await smsc.process.wait()

        assert down == NotNow("gateway_down", perhaps_taken=True)
        assert await gateway.send(SMS) == NotNow("gateway_down")
        assert await gateway.look("m-1", None, SMS.phone) is None


@pytest.mark.parametrize(
    ("status", "report"),
    [
        (-1, Report.ON_WAY),
        (0, Report.ON_WAY),
        (1, Report.ARRIVED),
        (2, Report.ARRIVED),
        (3, Report.LOST),
        (20, Report.LOST),
        (25, Report.LOST),
    ],
)
async def test_its_statuses_are_asked_for_and_called_back(
    gateway: Smsc, smsc: Fake, status: int, report: Report
) -> None:
    await gateway.send(SMS)
    await smsc.play("report", status=status)
    body = urlencode({"id": "m-1", "phone": PHONE[1:], "status": status, "time": "02.03.2026 10:00:00"})

    assert await gateway.look("m-1", None, SMS.phone) is report
    assert gateway.reports(body.encode()) == [Reported(report, key="m-1")]


@pytest.mark.parametrize("body", [b"", b"id=m-1", b"status=1", b"id=m-1&status=one", b"\xff\xfe", b"&&&=="])
def test_what_can_t_be_read_is_no_report(body: bytes) -> None:
    assert Smsc(httpx.AsyncClient(), "http://nowhere", "", "").reports(body) == []
