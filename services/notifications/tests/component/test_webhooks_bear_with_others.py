"""One receiver's troubles are not the others': calls, backlogs, old facts, and what is shown of all that."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from chassis.testing.waiting import eventually
from notifications.application.hooks import Answered
from notifications.settings import NotificationsSettings
from notifications.testing.letters import MONDAY
from notifications.testing.news import created
from notifications.testing.receivers import DOWN, GONE, OK, Hooks, hooked

SLOW = Answered(9_000, 200)


@pytest.mark.parametrize(
    ("answer", "most"), [(OK, 10), (SLOW, 4), (DOWN, 4)], ids=["well", "slow", "failing"]
)
async def test_who_is_slow_or_fails_holds_few_of_the_calls_that_all_share(
    answer: Answered, most: int
) -> None:
    async with hooked() as hooks:
        await hooks.open()
        hooks.receiver.answers = [answer]
        await hooks.tell(created())
        await hooks.chassis.pass_deadlines()

        hooks.receiver.holds = asyncio.Event()
        for number in range(10):
            await hooks.tell(created(order_id=f"o-{number}-more"))
        going = asyncio.create_task(hooks.delivering.once())
        await eventually(lambda: hooks.receiver.inside == most)
        hooks.receiver.holds.set()
        await going

        assert hooks.receiver.most == most


async def test_a_replay_leaves_room_for_what_is_told_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_WEBHOOK_BACKLOG_MOST", "3")
    async with hooked(NotificationsSettings()) as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        for number in range(5):
            await hooks.tell(created(order_id=f"o-{number}"))
            await hooks.chassis.pass_deadlines()
            hooks.clock.forward(timedelta(seconds=1))

        first = await replay(hooks, id_, "r-1")
        full = await replay(hooks, id_, "r-2", cursor=first["next"])
        newest = (await hooks.log(id_))[0]["delivery_id"]
        one = (await hooks.ask("POST", f"/webhook-deliveries/{newest}:replay")).json()
        await hooks.chassis.pass_deadlines()
        rest = await replay(hooks, id_, "r-2", cursor=first["next"])

        assert (first["replayed"], rest["replayed"], rest["next"]) == (3, 2, None)
        assert [each["type"] for each in (full, one)] == ["/problems/webhook-backlog-full"] * 2


async def replay(hooks: Hooks, id_: str, key: str, **more: str | None) -> dict[str, Any]:
    body = {"since": MONDAY.isoformat(), **more}
    return (await hooks.ask("POST", f"/webhook-endpoints/{id_}:replay", key=key, json=body)).json()


async def test_a_fact_older_than_what_is_remembered_is_not_sent_by_itself() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        hooks.clock.forward(timedelta(days=40))
        await hooks.tell(created(), at=MONDAY + timedelta(days=5))
        await hooks.tell(created(order_id="o-2"), at=MONDAY + timedelta(days=15))
        await hooks.chassis.pass_deadlines()

        told = {each["reason"]: each for each in await hooks.log(id_)}
        assert set(told) == {None, "too_old"}
        assert len(hooks.receiver.calls) == 1
        again = f"/webhook-deliveries/{told['too_old']['delivery_id']}:replay"
        assert (await hooks.ask("POST", again)).status_code == 200
        await hooks.chassis.pass_deadlines()
        assert len(hooks.receiver.calls) == 2


async def test_how_endpoints_fare_is_counted() -> None:
    async with hooked() as hooks:
        ids = [(await hooks.open(key=f"k-{number}"))["endpoint_id"] for number in range(4)]
        hooks.receiver.answers = [GONE, DOWN, OK]
        for id_ in ids[:3]:
            await hooks.ask("POST", f"/webhook-endpoints/{id_}:test")
            await hooks.chassis.pass_deadlines()
        await hooks.ask("POST", f"/webhook-endpoints/{ids[3]}:disable")

        figures = await hooks.chassis.figures()

        assert figures["opblok.webhooks.endpoints"] == {
            "given_up": 1.0,
            "failing": 1.0,
            "working": 1.0,
            "paused": 1.0,
        }
        assert figures["opblok.webhooks.waiting"] == {"": 1.0}


async def test_a_replay_of_something_old_does_not_hide_what_has_waited_longer() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        await hooks.tell(created())
        await hooks.chassis.pass_deadlines()
        (old,) = await hooks.log(id_)
        hooks.clock.forward(timedelta(days=1))
        hooks.receiver.answers = [DOWN]
        await hooks.tell(created(order_id="o-2"))
        await hooks.chassis.pass_deadlines()
        hooks.clock.forward(timedelta(seconds=1))

        await hooks.ask("POST", f"/webhook-deliveries/{old['delivery_id']}:replay")

        assert (await hooks.chassis.figures())["opblok.webhooks.backlog_age"] == {"": 1.0}
