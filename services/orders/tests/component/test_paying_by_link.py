"""A customer pays by a link of T-Bank: signed notices, told twice and out of order, are asked back and count once."""

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.orders.tests.component.bank_of_the_shop import ALL, HOOK, Shop, opened
from tests.fakes.tbank.bank import CARD
from tests.fakes.tbank.posting import post_all
from tests.fakes.tbank.signing import signature


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as it:
        yield it


async def test_a_link_is_made_once_and_shows_the_payer_no_more_than_his_number(shop: Shop) -> None:
    order_id = await shop.place()

    first, second = [await shop.link(order_id) for _ in range(2)]

    assert (first["url"], first["amount"], first["link_id"]) == (second["url"], ALL, second["link_id"])
    assert len(shop.bank.payments) == 1


async def test_under_the_same_key_another_order_has_another_link_and_the_money_finds_its_own(
    shop: Shop,
) -> None:
    hers, his = await shop.place("k-hers"), await shop.place("k-his")
    first, second = await shop.link(hers), await shop.link(his)
    await shop.pays()
    await shop.hears()

    assert first["link_id"] != second["link_id"]
    assert [(await shop.money(each))["paid"] for each in (hers, his)] == [0, ALL]


async def test_paid_by_link_is_recorded_once_however_often_it_is_notified(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    shop.bank.waiting *= 3

    waiting = await shop.hears()

    assert (waiting, shop.told.count("order.paid")) == (0, 1)
    now = await shop.money(order_id)
    assert (now["paid"], now["due"], now["links"][0]["state"]) == (ALL, 0, "paid")


@pytest.mark.parametrize("seed", range(6))
async def test_notices_in_any_order_come_to_the_same(shop: Shop, seed: int) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays("AUTHORIZED", "CONFIRMED")
    shop.bank.waiting *= 2

    await post_all(shop.bank, shop.client, shuffled=random.Random(seed))

    assert (await shop.money(order_id))["paid"] == ALL
    assert shop.told.count("order.paid") == 1


async def test_a_notice_is_a_hint_and_the_bank_is_asked_what_is_so(shop: Shop) -> None:
    """Signed with the right password, but the bank itself knows of no payment."""
    order_id = await shop.place()
    await shop.link(order_id)
    said = shop.bank.notification(shop.bank.payments[shop.payment_id])
    said |= {"Status": "CONFIRMED"}
    said["Token"] = signature(said, shop.bank.password)

    answer = await shop.client.post(HOOK, json=said)

    assert (answer.status_code, answer.text) == (200, "OK")
    assert (await shop.money(order_id))["paid"] == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Token": "0" * 64}, 403),
        ({"Amount": 1}, 403),
        ({"Success": False}, 403),
        ({"TerminalKey": "Other"}, 403),
    ],
)
async def test_what_the_bank_did_not_sign_is_not_heard(
    shop: Shop, change: dict[str, Any], status: int
) -> None:
    await shop.link(await shop.place())
    await shop.pays()
    _, body = shop.bank.waiting[-1]

    answer = await shop.client.post(HOOK, json={**body, **change})

    assert answer.status_code == status
    assert "order.paid" not in shop.told


@pytest.mark.parametrize("guess", ["", "x" * 32, "s" * 31])
async def test_who_does_not_know_the_path_is_not_heard(shop: Shop, guess: str) -> None:
    answer = await shop.client.post(f"/webhooks/tbank/{guess}", json={})

    assert answer.status_code in (404, 405)


@pytest.mark.parametrize("body", [b"[]", b"nonsense", b'"OK"'])
async def test_what_is_no_notice_is_malformed(shop: Shop, body: bytes) -> None:
    answer = await shop.client.post(HOOK, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422


async def test_nothing_of_a_card_is_kept_anywhere(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    await shop.hears()

    kept = str([shop.chassis.stores[0].raw(order_id), [each.value for each in shop.chassis.records]])
    assert [each for each in map(str, CARD.values()) if each in kept] == []


async def test_while_the_bank_cannot_be_asked_back_it_notifies_again(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    shop.weather.down = True
    waiting = await shop.hears()
    shop.weather.down = False

    assert (waiting, await shop.hears(), (await shop.money(order_id))["paid"]) == (2, 0, ALL)


async def test_a_notice_that_is_lost_for_good_is_made_up_for(shop: Shop) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays()
    shop.bank.waiting.clear()

    await shop.later(minutes=20)

    assert (await shop.money(order_id))["paid"] == ALL


async def test_a_link_asked_for_in_an_outage_is_made_by_the_same_key_afterwards(shop: Shop) -> None:
    order_id = await shop.place()
    shop.weather.down = True
    down = await shop.ask("POST", f"/orders/{order_id}/payment-links", key="link-1", json={})
    shop.weather.down = False

    assert (down.status_code, (await shop.link(order_id))["url"] is not None) == (503, True)


async def test_a_sum_that_the_bank_does_not_take_is_refused_with_its_code(shop: Shop) -> None:
    path = f"/orders/{await shop.place()}/payment-links"

    answer = await shop.ask("POST", path, key="link-2", json={"amount": 5})

    assert (answer.status_code, answer.json()["type"], answer.json()["code"]) == (
        409,
        "/problems/acquirer-said-no",
        "bank_251",
    )


@pytest.mark.parametrize("status", ["REJECTED", "DEADLINE_EXPIRED"])
async def test_a_card_that_is_refused_leaves_it_due(shop: Shop, status: str) -> None:
    order_id = await shop.place()
    await shop.link(order_id)
    await shop.pays(status)

    assert await shop.hears() == 0
    assert ((await shop.money(order_id))["due"], shop.told.count("order.paid")) == (ALL, 0)


async def test_of_a_payment_that_is_not_ours_nothing_is_made_and_the_bank_is_content(shop: Shop) -> None:
    body = {
        "TerminalKey": shop.bank.terminal,
        "Amount": 500,
        "OrderId": "of-another-site",
        "NotificationURL": HOOK,
    }
    shop.bank.answer("Init", {**body, "Token": signature(body, shop.bank.password)})
    await shop.pays()

    assert (await shop.hears(), "order.paid" in shop.told) == (0, False)


async def test_another_terminal_of_the_same_password_is_not_heard(shop: Shop) -> None:
    await shop.link(await shop.place())
    await shop.pays()
    _, body = shop.bank.waiting[-1]
    other = {**body, "TerminalKey": "another"}

    answer = await shop.client.post(HOOK, json={**other, "Token": signature(other, shop.bank.password)})

    assert answer.status_code == 403


async def test_a_payment_finds_its_own_order_among_others(shop: Shop) -> None:
    mine, others = await shop.place("k-1"), [await shop.place(f"k-{n}") for n in (2, 3)]
    await shop.link(others[0], "link-other")
    await shop.link(mine)
    await shop.pays()
    await shop.hears()

    assert [(await shop.money(each))["paid"] for each in (mine, *others)] == [ALL, 0, 0]
