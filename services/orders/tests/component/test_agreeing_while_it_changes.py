"""Somebody changes the order while logistics is asked: what was checked is not the order any more, and is not promised (R65)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from orders.testing.agreed import MORNING, ready
from orders.testing.asking import Running, running
from orders.testing.logistics import Logistics

Step = Callable[[], Awaitable[Any]]


class SlowLogistics(Logistics):
    """`meanwhile` happens while it reserves."""

    meanwhile: Step | None = None

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        answer = await super().post(path, body, key=key, repeatable=repeatable)
        if path == "/reservations" and self.meanwhile:
            step, self.meanwhile = self.meanwhile, None
            await step()
        return answer


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("payment-terms", {"terms": "on_delivery"}),
        ("address", {"address": "Тверь, Садовая, 1"}),
    ],
)
async def test_what_logistics_was_not_asked_for_is_not_promised(what: str, asked: dict[str, Any]) -> None:
    logistics = SlowLogistics()
    async with running(logistics=logistics) as shop:
        order_id = await ready(shop, payment="prepaid")
        logistics.meanwhile = _does(shop, order_id, what, asked)

        refused = await shop.do(order_id, "delivery", **MORNING)

        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/order-changed-meanwhile")
        assert (await shop.order(order_id))["promise"] is None
        assert (await shop.do(order_id, "delivery", **MORNING)).status_code == 200


async def test_what_has_no_bearing_on_it_may_change() -> None:
    slow = SlowLogistics()
    async with running(logistics=slow) as shop:
        order_id = await ready(shop)
        slow.meanwhile = _does(shop, order_id, "gift-wrap", {"on": True})

        assert (await shop.do(order_id, "delivery", **MORNING)).status_code == 200


def _does(shop: Running, order_id: str, what: str, asked: dict[str, Any]) -> Step:
    async def step() -> None:
        answer = await shop.do(order_id, what, **asked)
        assert answer.is_success, answer.text

    return step
