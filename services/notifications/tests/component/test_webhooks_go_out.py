"""Facts go out to those without Kafka: signed, tried again, logged, replayed; and what is refused."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from contracts.fact import FACTS
from notifications.application.hooks import Answered
from notifications.testing.letters import MONDAY
from notifications.testing.news import cancelled, created
from notifications.testing.receivers import DOWN, GONE, HTTPS, OK, Hooks, hooked


@pytest.fixture
async def hooks() -> AsyncIterator[Hooks]:
    async with hooked() as running:
        yield running


async def test_a_fact_goes_to_who_subscribed_as_the_contracts_say(hooks: Hooks) -> None:
    opened = await hooks.open("order.created")

    await hooks.tell(created(), times=3)
    await hooks.tell(cancelled())
    await hooks.tell(created(shop_id="other"))
    await hooks.chassis.pass_deadlines()

    ((url, id_, body, secrets),) = hooks.receiver.calls
    event = json.loads(body)
    assert (url, secrets) == (HTTPS, (opened["secret"],))
    assert opened["secret"].startswith("whsec_")
    assert FACTS[event["type"]].model_validate(event["data"]) == created()
    assert (event["specversion"], event["subject"], event["source"]) == ("1.0", "o-1", "orders")
    (logged,) = await hooks.log(opened["endpoint_id"])
    assert (logged["delivery_id"], logged["state"], logged["event_id"]) == (id_, "delivered", event["id"])
    assert [(each["status"], each["milliseconds"]) for each in logged["log"]] == [(200, 12)]


async def test_what_was_told_before_it_subscribed_is_not_owed(hooks: Hooks) -> None:
    opened = await hooks.open()

    await hooks.tell(created(), at=MONDAY - timedelta(hours=1))

    assert await hooks.log(opened["endpoint_id"]) == []


async def test_it_is_tried_again_and_again_and_then_it_is_known_that_it_failed(hooks: Hooks) -> None:
    opened = await hooks.open()
    hooks.receiver.answers = [DOWN]
    await hooks.tell(created())

    for _ in range(14):
        await hooks.chassis.pass_deadlines()
        hooks.clock.forward(timedelta(hours=25))

    (logged,) = await hooks.log(opened["endpoint_id"])
    assert (logged["state"], logged["reason"]) == ("failed", "tries_over")
    assert len(hooks.receiver.calls) == logged["tries"] < 10
    assert len({id_ for _, id_, _, _ in hooks.receiver.calls}) == 1


async def test_retry_after_is_heeded(hooks: Hooks) -> None:
    opened = await hooks.open()
    hooks.receiver.answers = [Answered(5, 429, None, timedelta(hours=2)), OK]
    await hooks.tell(created())
    await hooks.chassis.pass_deadlines()

    (logged,) = await hooks.log(opened["endpoint_id"], state="waiting")
    assert logged["next_try_at"] == "2026-03-02T09:00:00Z"
    hooks.clock.forward(timedelta(hours=2))
    await hooks.chassis.pass_deadlines()

    assert [each["state"] for each in await hooks.log(opened["endpoint_id"])] == ["delivered"]


async def test_who_died_while_sending_is_found_and_it_is_sent_with_the_same_id(hooks: Hooks) -> None:
    await hooks.open()
    hooks.receiver.dies = 1
    await hooks.tell(created())
    await hooks.chassis.pass_deadlines()
    hooks.clock.forward(timedelta(minutes=3))
    await hooks.chassis.pass_deadlines()

    assert len(hooks.receiver.calls) == 2
    assert len({id_ for _, id_, _, _ in hooks.receiver.calls}) == 1


async def test_gone_disables_it_warns_its_keeper_and_a_replay_brings_what_was_missed(hooks: Hooks) -> None:
    opened = await hooks.open(email="erp@example.com", language="en")
    id_ = opened["endpoint_id"]
    hooks.receiver.answers = [GONE, OK]
    await hooks.tell(created())
    await hooks.chassis.pass_deadlines()
    await hooks.tell(cancelled())
    await hooks.chassis.pass_deadlines()

    endpoint = (await hooks.ask("GET", f"/webhook-endpoints/{id_}")).json()
    assert (endpoint["state"], endpoint["why"]) == ("disabled", "gone")
    assert [each.subject.value for each in hooks.mail.given] == ["Webhooks are disabled"]
    assert {each["reason"] for each in await hooks.log(id_)} == {"endpoint_disabled", "gone"}

    refused = await hooks.ask("POST", f"/webhook-endpoints/{id_}:test")
    assert refused.json()["type"] == "/problems/endpoint-not-enabled"
    await hooks.ask("POST", f"/webhook-endpoints/{id_}:enable")
    since = {"since": MONDAY.isoformat(), "types": ["order.cancelled"]}
    for _ in range(2):
        answer = await hooks.ask("POST", f"/webhook-endpoints/{id_}:replay", key="r-1", json=since)
        await hooks.chassis.pass_deadlines()
        assert answer.status_code == 200, answer.text
    assert [json.loads(body)["type"] for _, _, body, _ in hooks.receiver.calls] == [
        "order.created.v1",
        "order.cancelled.v1",
    ]


async def test_one_that_fails_for_days_is_warned_of_and_disabled(hooks: Hooks) -> None:
    opened = await hooks.open(email="erp@example.com")
    hooks.receiver.answers = [DOWN]
    for _ in range(7):
        await hooks.tell(created(order_id=f"o-{hooks.clock.now():%d}"))
        await hooks.chassis.pass_deadlines()
        hooks.clock.forward(timedelta(days=1))

    endpoint = (await hooks.ask("GET", f"/webhook-endpoints/{opened['endpoint_id']}")).json()
    assert (endpoint["state"], endpoint["why"]) == ("disabled", "failing")
    assert [each.subject.value for each in hooks.mail.given] == ["Вебхуки не доходят", "Вебхуки отключены"]
    assert {each["state"] for each in await hooks.log(opened["endpoint_id"])} == {"failed"}


async def test_a_secret_is_shown_once_and_while_it_is_replaced_both_sign(hooks: Hooks) -> None:
    opened = await hooks.open()
    assert (await hooks.open())["secret"] is None
    id_ = opened["endpoint_id"]

    rotated = (await hooks.ask("POST", f"/webhook-endpoints/{id_}:rotate", json={"keep_old": "PT1H"})).json()
    await hooks.ask("POST", f"/webhook-endpoints/{id_}:test", key="t-1")
    await hooks.ask("POST", f"/webhook-endpoints/{id_}:test", key="t-1")
    await hooks.chassis.pass_deadlines()
    hooks.clock.forward(timedelta(hours=1))
    await hooks.ask("POST", f"/webhook-endpoints/{id_}:test", key="t-2")
    await hooks.chassis.pass_deadlines()

    assert [secrets for _, _, _, secrets in hooks.receiver.calls] == [
        (rotated["secret"], opened["secret"]),
        (rotated["secret"],),
    ]
    timeline = (await hooks.ask("GET", f"/webhook-endpoints/{id_}/timeline")).text
    assert "SecretRotated" in timeline
    assert "whsec_" not in timeline + (await hooks.ask("GET", f"/webhook-endpoints/{id_}")).text


NEVER: dict[str, tuple[dict[str, Any], str]] = {
    "inside": ({"url": "https://127.0.0.1/"}, "webhook-address-refused"),
    "plain": ({"url": "http://erp.example/"}, "webhook-address-refused"),
    "password": ({"url": "https://a:b@erp.example/"}, "webhook-address-refused"),
    "types": ({"types": ["order.creatd"]}, "webhook-types-unknown"),
    "another shop": ({"shop_id": "other"}, "not-your-shop"),
}


@pytest.mark.parametrize(("body", "problem"), NEVER.values(), ids=NEVER)
async def test_what_is_not_opened(hooks: Hooks, body: dict[str, Any], problem: str) -> None:
    usual = {"shop_id": "main", "url": HTTPS, "types": ["*"]}

    answer = await hooks.ask("POST", "/webhook-endpoints", key="k", json={**usual, **body})

    assert answer.json()["type"] == f"/problems/{problem}"
