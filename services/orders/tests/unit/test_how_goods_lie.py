"""What changed in an order's goods comes back as it went in, sealed where it is personal; so do counts and links."""

import json
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec, Documents
from chassis.vault import Vault
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from orders.adapters.documents import ORDERS
from orders.adapters.goods_documents import PAIRS, PRODUCT_LINKS, SALES
from orders.application.following import Sale
from orders.domain import goods_commands as g
from orders.domain.goods import Wrap
from orders.domain.offers import Said
from orders.domain.order import Order
from orders.domain.pairs import Pair
from orders.domain.product_links import Accessory, ProductLinks
from orders.domain.tallies import Kind
from orders.domain.words import Language
from orders.testing.lamps import MONDAY, ORDER_ID, cancel, given, minutes, place
from orders.testing.people import ANNA
from orders.testing.substitutes import (
    COPPER,
    GONE,
    STEEL,
    answer,
    bonuses,
    change,
    make,
    move,
    suggest,
    unreached,
    wick,
    written,
)

FROZEN = Path(__file__).parent / "frozen"
SECRETS = ("Гринёв", "4957654321", "petr@example.ru", "Палиха", "лента", "второй")
LIVED = (
    GONE,
    make(STEEL, COPPER),
    answer(Said.NO),
    make(COPPER, at=minutes(5)),
    answer(offer_no=2, channel=None, at=minutes(6)),
    suggest(("green-shade", "wick")),
    change((2, 3), add=(wick(),), at=minutes(7)),
    make(STEEL, line_no=2, at=minutes(8)),
    bonuses(10000),
    g.SetWrap(ORDER_ID, Wrap(True, Personal("лента синяя")), ANNA, MONDAY),
    g.ChangeRecipient(
        ORDER_ID,
        Personal("Пётр Гринёв"),
        Phone("+74957654321"),
        Personal("petr@example.ru"),
        Personal("второй этаж"),
        ANNA,
        MONDAY,
    ),
    move(),
    unreached(),
    written(minutes(9)),
)
ORDERS_LIKE: dict[str, Order] = {
    "changed": given(place(language=Language.EN), *LIVED),
    "changed-cancelled": given(place(), *LIVED, cancel()),
}


@pytest.mark.parametrize("name", ORDERS_LIKE)
def test_a_changed_order_comes_back_as_it_went_in(name: str) -> None:
    codec = Codec(ORDERS, Vault.of({"test": Vault.generate_key()}))

    lying: dict[str, Any] = BSON.encode(codec.dump(ORDER_ID, ORDERS_LIKE[name])).decode()

    assert codec.load(ORDER_ID, ORDERS.schema, lying) == ORDERS_LIKE[name]


@pytest.mark.parametrize("name", ORDERS_LIKE)
def test_nothing_personal_of_the_change_can_be_read_where_it_lies(name: str) -> None:
    codec = Codec(ORDERS, Vault.of({"test": Vault.generate_key()}))
    order = ORDERS_LIKE[name]

    lying = json.dumps(
        [codec.dump(ORDER_ID, order), dict(ORDERS.listed(order))], ensure_ascii=False, default=str
    )

    assert [secret for secret in SECRETS if secret in lying] == []
    unsealed = json.dumps(Codec(ORDERS, None).dump(ORDER_ID, order), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret not in unsealed] == []


@pytest.mark.parametrize("name", ORDERS_LIKE)
def test_changed_orders_of_an_older_version_are_read(name: str) -> None:
    """Frozen as they were first written, unsealed; never edited (wire.md 4)."""
    written_then: dict[str, Any] = json.loads((FROZEN / f"order-1-{name}.json").read_text())

    assert Codec(ORDERS, None).load(ORDER_ID, 1, written_then) == ORDERS_LIKE[name]


KEPT: list[tuple[Documents[Any], Any, dict[str, Any]]] = [
    (
        PAIRS,
        Pair(Kind.ACCESSORY, "brass-lamp", "wick", "2026-03", 2, 1, 0, Money(15000)),
        {
            "kind": "accessory", "product_id": "brass-lamp", "other_id": "wick", "month": "2026-03",
            "offered": 2, "accepted": 1, "declined": 0, "sold": {"minor": 15000, "currency": "RUB"},
        },
    ),
    (SALES, Sale("wick", closed=True), {"product_id": "wick", "closed": True}),
    (
        PRODUCT_LINKS,
        ProductLinks("brass-lamp", (Accessory("wick", "Фитиль", "olga", MONDAY),)),
        {
            "product_id": "brass-lamp",
            "accessories": [
                {"accessory_id": "wick", "title": "Фитиль", "by": "olga", "at": "2026-03-02T07:00:00Z"}
            ],
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "state", "frozen"), KEPT, ids=["pairs", "sales", "links"])
def test_counts_links_and_sale_stops_lie_as_they_always_did(
    documents: Documents[Any], state: Any, frozen: dict[str, Any]
) -> None:
    codec = Codec(documents, None)

    assert codec.dump("x", state) == frozen
    assert codec.load("x", 1, frozen) == state
