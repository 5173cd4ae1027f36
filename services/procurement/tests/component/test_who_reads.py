"""What we buy, of whom, and at what terms the staff reads: a partner is a supplier, an agent is from outside (R59, R115)."""

from typing import Any

import pytest
from kernel.actor import Actor, Role

PARTNER = Actor("partner:bolt", frozenset({Role.PARTNER}))
AGENT = Actor("agent", frozenset({Role.CALL_CENTRE_AGENT}))
SITE = Actor("site", frozenset({Role.SITE}))
SONYA = Actor("sonya", frozenset({Role.SALES_MANAGER}))
OF_THE_STAFF = (
    "/purchases",
    "/purchases/{brass}",
    "/purchases/{brass}/timeline",
    "/purchase-days/2026-03-02",
    "/suppliers",
    "/suppliers/brass",
    "/suppliers/brass/timeline",
    "/suppliers/brass/mapping",
    "/imports",
    "/matches",
    "/allocations",
    "/allocations/o-1",
    "/allocations/o-1/timeline",
)
FOR_WHO_SELLS = ("/offers", "/availability?product_id=brass-7", "/sales-stops")


@pytest.fixture
async def ordered(buying: Any) -> Any:
    """Something is bought for an order of Maria's."""
    await buying.order("o-1", ("brass-7", 2))
    return buying


async def reads(buying: Any, actor: Actor, path: str) -> int:
    answer = await buying.shop.ask(actor, "GET", path.format(brass=buying.brass))
    return answer.status_code


@pytest.mark.parametrize("path", OF_THE_STAFF)
async def test_a_supplier_with_a_token_of_his_own_sees_nothing_of_what_others_sell_us(
    ordered: Any, path: str
) -> None:
    assert [await reads(ordered, each, path) for each in (PARTNER, AGENT, SITE)] == [403, 403, 403]
    assert await reads(ordered, SONYA, path) == 200


async def test_a_supplier_does_not_discard_the_feeds_of_others(ordered: Any) -> None:
    answer = await ordered.shop.ask(PARTNER, "POST", "/imports/any/approval", json={"approve": False})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", FOR_WHO_SELLS)
async def test_what_there_is_to_be_had_the_site_and_who_takes_orders_ask(ordered: Any, path: str) -> None:
    assert [await reads(ordered, each, path) for each in (SITE, AGENT, SONYA)] == [200, 200, 200]
    assert await reads(ordered, PARTNER, path) == 403
