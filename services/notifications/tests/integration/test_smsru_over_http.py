"""sms.ru, as far as its fake is like it: its codes, its limits on equal texts, its signed calls back."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from notifications.adapters.smsru import SmsRu
from notifications.application.outgoing import (
    NotFromGateway,
    NotNow,
    Refused,
    Reported,
    Sms,
    Taken,
)
from notifications.domain.words import Report
from notifications.testing.letters import PHONE

Fake = Any
SMS = Sms("m-1", Phone.parse(PHONE), Personal("Заказ 1042 принят"), timedelta(hours=50), number="1042")


@pytest.fixture
def gateway(smsru: Fake, client: httpx.AsyncClient) -> SmsRu:
    return SmsRu(client, smsru.url, "BRASS-ID", "IGLA")


async def test_it_takes_an_sms_and_tells_its_own_id(gateway: SmsRu, smsru: Fake) -> None:
    answer = await gateway.send(SMS)

    assert answer == Taken("202612-1000000", Money(420))
    (request,) = (await smsru.play())["requests"]
    assert (request["to"], request["ttl"], request["json"], request["from"]) == (
        PHONE[1:],
        "1440",
        "1",
        "IGLA",
    )
    assert await smsru.shown(PHONE) == ["Заказ 1042 принят"]


async def test_in_test_mode_no_phone_shows_anything(smsru: Fake, client: httpx.AsyncClient) -> None:
    answer = await SmsRu(client, smsru.url, "BRASS-ID", test=True).send(SMS)

    assert isinstance(answer, Taken)
    assert await smsru.shown(PHONE) == []


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (202, Refused("no_address")),
        (204, NotNow("gateway_settings")),
        (207, Refused("undeliverable")),
        (209, Refused("refused")),
        (220, NotNow("gateway_busy")),
        (230, NotNow("gateway_limit")),
        (231, NotNow("gateway_busy")),
        (232, Refused("refused")),
        (500, NotNow("gateway_error", perhaps_taken=True)),
        (999, NotNow("gateway_error")),
    ],
)
async def test_each_of_its_codes_is_a_no_or_a_later(
    gateway: SmsRu, smsru: Fake, code: int, answer: object
) -> None:
    await smsru.play("moods", refuse={PHONE[1:]: code})

    assert await gateway.send(SMS) == answer


async def test_a_wrong_account_and_an_empty_one_are_to_be_put_right(
    gateway: SmsRu, smsru: Fake, client: httpx.AsyncClient
) -> None:
    assert await SmsRu(client, smsru.url, "guessed").send(SMS) == NotNow("gateway_login")
    await smsru.play("moods", balance=0.5)
    assert await gateway.send(SMS) == NotNow("gateway_money")


async def test_who_did_not_hear_the_answer_asks_again_and_equal_texts_are_one(
    gateway: SmsRu, smsru: Fake
) -> None:
    await smsru.play("moods", slow=2.0)
    silent = await gateway.send(SMS)
    await smsru.play("moods", slow=0.0)

    again = await gateway.send(replace(SMS, again=True))

    assert silent == NotNow("gateway_silent", perhaps_taken=True)
    assert again == Taken()
    assert len(await smsru.shown(PHONE)) == 1


async def test_away_is_no_answer(client: httpx.AsyncClient, port: int) -> None:
    gateway = SmsRu(client, f"http://127.0.0.1:{port}", "BRASS-ID")

    assert await gateway.send(SMS) == NotNow("gateway_down")
    assert await gateway.look("m-1", "202612-1000000", SMS.phone) is None


@pytest.mark.parametrize(
    ("status", "report"),
    [
        (100, Report.ON_WAY),
        (102, Report.ON_WAY),
        (103, Report.ARRIVED),
        (104, Report.LOST),
        (108, Report.LOST),
        (110, Report.ARRIVED),
        (150, Report.LOST),
    ],
)
async def test_its_statuses_are_asked_for_by_its_own_id(
    gateway: SmsRu, smsru: Fake, status: int, report: Report
) -> None:
    answer = await gateway.send(SMS)
    await smsru.play("report", status=status)

    assert isinstance(answer, Taken)
    assert await gateway.look("m-1", answer.gateway_id, SMS.phone) is report
    assert await gateway.look("m-1", "202612-9", SMS.phone) is None
    assert await gateway.look("m-1", None, SMS.phone) is None


def signed(*data: str, api_id: str = "BRASS-ID") -> bytes:
    named = {f"data[{n}]": each for n, each in enumerate(data)}
    digest = hashlib.sha256((api_id + "".join(data)).encode()).hexdigest()
    return urlencode({"hash": digest, **named}).encode()


def test_many_reports_come_in_one_call_and_others_are_passed_over() -> None:
    gateway = SmsRu(httpx.AsyncClient(), "http://nowhere", "BRASS-ID")
    body = signed(
        "sms_status\n1-1\n103\n1", "callcheck_status\n5\n401", "sms_status\n1-2\n105\n1", "sms_status"
    )

    assert gateway.reports(body) == [
        Reported(Report.ARRIVED, gateway_id="1-1"),
        Reported(Report.LOST, gateway_id="1-2"),
    ]
    assert gateway.reports(b"data[]=sms_status%0A1-1%0A103%0A1") == [
        Reported(Report.ARRIVED, gateway_id="1-1")
    ]


def test_a_call_that_somebody_else_signed_is_not_believed() -> None:
    gateway = SmsRu(httpx.AsyncClient(), "http://nowhere", "BRASS-ID")

    with pytest.raises(NotFromGateway):
        gateway.reports(signed("sms_status\n1-1\n103\n1", api_id="guessed"))


@pytest.mark.parametrize(
    "body", [b"", b"data=", b"data[0]=sms_status%0A1", b"\xff", b"data[x]=sms_status%0A1%0A103"]
)
def test_what_can_t_be_read_is_no_report(body: bytes) -> None:
    assert SmsRu(httpx.AsyncClient(), "http://nowhere", "BRASS-ID").reports(body) == []
