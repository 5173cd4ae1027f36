"""Who may keep webhooks, how many there may be, and what is refused."""

import asyncio
from datetime import timedelta

import pytest
from notifications.settings import NotificationsSettings
from notifications.testing.letters import ANNA
from notifications.testing.news import cancelled, created
from notifications.testing.receivers import DOWN, HTTPS, hooked


async def test_a_seller_keeps_none_and_his_attempt_is_told() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        body = {"shop_id": "main", "url": HTTPS, "types": ["*"]}

        assert (await hooks.ask("POST", "/webhook-endpoints", ANNA, key="a", json=body)).status_code == 403
        assert (await hooks.ask("GET", f"/webhook-endpoints/{id_}", ANNA)).status_code == 403
        assert (await hooks.ask("POST", f"/webhook-endpoints/{id_}:rotate", ANNA, json={})).status_code == 403
        refused = await hooks.ask("DELETE", f"/webhook-endpoints/{id_}", ANNA)

        assert refused.json()["type"] == "/problems/not-your-duty"
        assert [fact.topic for fact in hooks.chassis.told] == ["duty.refused", "duty.refused"]


async def test_a_removed_one_is_gone_for_good() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        await hooks.tell(created())
        for _ in range(2):
            assert (await hooks.ask("DELETE", f"/webhook-endpoints/{id_}")).status_code == 200
        await hooks.chassis.pass_deadlines()
        await hooks.tell(cancelled())

        enabled = await hooks.ask("POST", f"/webhook-endpoints/{id_}:enable")
        assert enabled.json()["type"] == "/problems/endpoint-not-enabled"
        assert hooks.receiver.calls == []
        assert [each["reason"] for each in await hooks.log(id_)] == ["endpoint_disabled"]
        listed = await hooks.ask("GET", "/webhook-endpoints", params={"shop_id": "main"})
        assert listed.json()["items"] == []


async def test_ceilings_of_endpoints_and_of_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_WEBHOOK_ENDPOINTS_MOST", "1")
    monkeypatch.setenv("OPBLOK_WEBHOOK_BACKLOG_MOST", "2")
    async with hooked(NotificationsSettings()) as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        body = {"shop_id": "main", "url": HTTPS, "types": ["*"]}
        second = await hooks.ask("POST", "/webhook-endpoints", key="k-2", json=body)
        assert second.json()["type"] == "/problems/too-many-endpoints"

        for number in range(3):
            await hooks.tell(created(order_id=f"o-{number}"))
            hooks.clock.forward(timedelta(seconds=1))

        assert sorted(str(each["reason"]) for each in await hooks.log(id_)) == [
            "None",
            "None",
            "backlog_full",
        ]
        assert (await hooks.chassis.figures())["opblok.webhooks.backlog_age"] == {"": 3.0}


async def test_one_delivery_is_replayed_but_not_while_it_is_tried() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        await hooks.tell(created())
        await hooks.chassis.pass_deadlines()
        (logged,) = await hooks.log(id_)
        path = f"/webhook-deliveries/{logged['delivery_id']}"
        hooks.receiver.answers = [DOWN]

        for _ in range(2):
            assert (await hooks.ask("POST", f"{path}:replay", key="again")).status_code == 200
        await hooks.chassis.pass_deadlines()
        early = await hooks.ask("POST", f"{path}:replay")

        assert early.json()["type"] == "/problems/delivery-on-its-way"
        assert len(hooks.receiver.calls) == 2
        assert (await hooks.ask("GET", path)).json()["round"] == 2
        assert "DeliveryReplayed" in (await hooks.ask("GET", f"{path}/timeline")).text
        assert (await hooks.ask("GET", "/webhook-deliveries/nothing")).status_code == 404


async def test_changed_it_sends_what_waits_to_the_new_address() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        await hooks.tell(created())
        new = {"url": "https://erp2.example/", "types": ["claim.*"]}
        assert (await hooks.ask("PUT", f"/webhook-endpoints/{id_}", json=new)).status_code == 200
        bad = await hooks.ask("PUT", f"/webhook-endpoints/{id_}", json={**new, "url": "https://10.0.0.1/"})
        await hooks.tell(cancelled())
        await hooks.chassis.pass_deadlines()

        assert bad.json()["type"] == "/problems/webhook-address-refused"
        assert [url for url, _, _, _ in hooks.receiver.calls] == ["https://erp2.example/"]


async def test_five_replicas_that_find_it_due_at_once_send_it_once() -> None:
    async with hooked() as hooks:
        id_ = (await hooks.open())["endpoint_id"]
        await hooks.tell(created())

        await asyncio.gather(*(hooks.delivering.once() for _ in range(5)))

        assert len(hooks.receiver.calls) == 1
        assert [each["state"] for each in await hooks.log(id_)] == ["delivered"]
