"""Zadarma and Novofon 1.0 ask for one redirect at a time, and sign their own way."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from contracts.calls import CallAnsweredV1, CallFinishedV1, CallMissedV1
from pydantic import SecretStr
from telephony_router.application.believing import zadarma_signature
from telephony_router.entrypoints.http_zadarma import SIGNED
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import KIRA

SECRET = "zadarma-api-secret"
USUAL = {
    "caller_id": MARIA,
    "called_did": "74951234567",
    "call_start": "2026-03-02 11:00:00",
    "pbx_call_id": "in_1",
}


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(zadarma_secret=SecretStr(SECRET)) as router:
        yield router


async def post(it: Running, event: str, *, secret: str = SECRET, **more: str) -> httpx.Response:
    form = {"event": event, **USUAL, **more}
    signature = zadarma_signature(secret, "".join(form.get(each, "") for each in SIGNED.get(event, ())))
    headers = {"Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return await it.client.post("/webhooks/zadarma", content=urlencode(form), headers=headers)


async def asked(it: Running, event: str, **more: str) -> Any:
    answer = await post(it, event, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_signature_is_base64_of_the_hex_text() -> None:
    assert zadarma_signature("key", "The quick brown fox jumps over the lazy dog") == (
        "ZGU3YzliODViOGI3OGFhNmJjOGE3YTM2ZjcwYTkwNzAxYzlkYjRkOQ=="
    )


async def test_one_telephone_after_the_other_until_somebody_answers(it: Running) -> None:
    first = {"redirect": "101", "return_timeout": 15}
    assert await asked(it, "NOTIFY_START") == first
    assert await asked(it, "NOTIFY_START") == first
    it.clock.forward(timedelta(seconds=16))

    second = await asked(it, "NOTIFY_IVR")
    assert second == {"redirect": "101", "return_timeout": 15, "rewrite_forward_number": "+79035550100"}
    assert await asked(it, "NOTIFY_IVR") == second
    it.clock.forward(timedelta(seconds=16))
    assert await asked(it, "NOTIFY_IVR") == {"redirect": "102", "return_timeout": 10}
    it.clock.forward(timedelta(seconds=4))
    for _ in range(2):
        await asked(it, "NOTIFY_ANSWER", destination="102", internal="102")
        await asked(it, "NOTIFY_END", disposition="answered", duration="60", internal="102")
    await asked(it, "NOTIFY_RECORD", call_id_with_rec="171.2")

    (answered,), (finished,) = it.told(CallAnsweredV1), it.told(CallFinishedV1)
    assert (answered.staff_id, answered.target, answered.waited_seconds) == ("boris", "deputy", 36)
    assert finished.talked_seconds == 60
    (call,) = (await it.read("/calls"))["items"]
    assert [(leg["staff_id"], leg["ended"]) for leg in call["legs"]] == [
        ("anna", "no_answer"), ("anna", "no_answer"), ("boris", "answered"),
    ]  # fmt: skip
    assert await it.read(f"/calls/{call['call_id']}/recording", KIRA) == {"url": "zadarma:171.2"}


async def test_where_a_call_is_stands_in_its_record(it: Running) -> None:
    await asked(it, "NOTIFY_START")
    it.wired("walking").walked.clear()
    it.clock.forward(timedelta(seconds=16))

    assert (await asked(it, "NOTIFY_IVR"))["rewrite_forward_number"] == "+79035550100"


async def test_nobody_is_left_and_the_caller_is_missed(it: Running) -> None:
    await asked(it, "NOTIFY_START")
    answers: list[Any] = []
    for _ in range(9):
        it.clock.forward(timedelta(seconds=16))
        answers.append(await asked(it, "NOTIFY_IVR"))

    assert answers[-1] == {"hangup": 1}
    await asked(it, "NOTIFY_END", disposition="no answer", duration="90")
    assert [fact.reason for fact in it.told(CallMissedV1)] == ["nobody_answered"]


@pytest.mark.parametrize("event", ["NOTIFY_START", "NOTIFY_END"])
async def test_a_forged_one(it: Running, event: str) -> None:
    assert (await post(it, event, secret="another")).status_code == 401
    assert it.chassis.told == []


async def test_a_signature_makes_no_other_call_than_its_own(it: Running) -> None:
    await asked(it, "NOTIFY_START")
    told = len(it.chassis.told)

    assert (await post(it, "NOTIFY_START", pbx_call_id="in_2")).status_code == 401
    assert (await post(it, "NOTIFY_END", pbx_call_id="in_2", disposition="answered")).status_code == 401
    assert len(it.chassis.told) == told


@pytest.mark.parametrize("call_start", ["2026-02-28 11:00:00", "2026-03-04 11:00:00", "at noon"])
async def test_a_call_that_does_not_begin_today_is_asked_about_too_late(it: Running, call_start: str) -> None:
    assert (await post(it, "NOTIFY_START", call_start=call_start)).status_code == 401
    assert it.chassis.told == []
    assert (await it.read("/calls"))["items"] == []


async def test_the_end_of_a_call_is_believed_days_later(it: Running) -> None:
    await asked(it, "NOTIFY_START")
    await it.later(days=3)

    assert await asked(it, "NOTIFY_END", disposition="answered", duration="60", internal="101") == {}


async def test_one_that_can_not_be_read(it: Running) -> None:
    assert (await post(it, "NOTIFY_SONG")).status_code == 422
    assert (await post(it, "NOTIFY_START", pbx_call_id="")).status_code == 422
    assert (await it.client.post("/webhooks/zadarma", content=b"\xff\xfe")).status_code == 422
    assert it.chassis.told == []


async def test_without_a_secret_it_is_nobody() -> None:
    async with running() as it:
        assert (await post(it, "NOTIFY_START")).status_code == 404
