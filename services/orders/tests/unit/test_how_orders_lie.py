"""An order comes back from its document as it went in; what is personal lies sealed; old documents stay readable."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec, UnreadableState
from chassis.vault import CannotOpen, Vault
from kernel.money import Money
from orders.adapters.documents import ORDERS
from orders.domain.delivery import Delivery
from orders.domain.ledger import BankState, Receipt, Terms
from orders.domain.order import Order
from orders.domain.words import AttemptOutcome, CancelReason, Channel, Supply
from orders.testing.lamps import (
    ADDRESS,
    MONDAY,
    NAME,
    PHONE,
    apologise,
    attempt,
    cancel,
    follow,
    given,
    link,
    minutes,
    offer,
    passed,
    place,
    reach,
    supply,
)
from orders.testing.parcels import arrived, came_back, failed, left
from orders.testing.people import BORIS, OLGA
from orders.testing.promises import NEIGHBOUR, agree
from orders.testing.purse import approve, ask_link, bank_says, let_bank_pay, open_link, pay, pay_back

FROZEN = Path(__file__).parent / "frozen"
SECRETS = (
    NAME,
    "Мария",
    PHONE,
    PHONE[1:],
    ADDRESS,
    "Бронная",
    "домофон",
    "после шести",
    "Клавдия",
    "консьерж",
)
LIVED = (
    attempt(),
    passed("remind", minutes(30)),
    passed("reassign", minutes(120)),
    passed("alarm", minutes(300)),
    link("vera", wants_no_calls=True),
    follow("boris"),
    supply(Supply.SHORT, "brass-lamp", "green-shade"),
    apologise(),
    offer(),
    attempt(MONDAY + timedelta(days=1), AttemptOutcome.REACHED, Channel.SMS),
)
RECEIPT = Receipt("0001", "https://ofd.test/1")
PROMISED = (
    reach(),
    replace(supply(Supply.ALLOCATED), ready_on=date(2026, 3, 3)),
    agree(leaving=NEIGHBOUR, told_by=Channel.PHONE, actor=OLGA),
    ask_link(),
    open_link(),
    bank_says(BankState.PAID, Money(1_425_000)),
    pay(Money(5_000), receipt=RECEIPT),
    pay_back(),
)
AGREED = (reach(), supply(Supply.ALLOCATED), agree())
ORDERS_LIKE = {
    "new": given(place()),
    "lived": given(place(external_number="M-1007", is_test=True, gift_wrap=True), *LIVED),
    "cancelled": given(place(), *LIVED, cancel(CancelReason.OUT_OF_STOCK)),
    "promised": given(place(terms=Terms.PREPAID), *PROMISED),
    "refunding": given(
        place(),
        *PROMISED,
        passed("promise", minutes(480)),
        cancel(actor=BORIS),
        approve("r-2"),
        let_bank_pay("r-2"),
    ),
    "came-back": given(place(), *AGREED, left(), failed(), failed(final=True, told=7), came_back()),
    "completed": given(place(), *AGREED, left(), arrived(kept=((1, 1),), collected=Money(687_000))),
}
BEFORE_PROMISES = {"new", "lived", "cancelled"}
"""Written before an order knew when a promise is due, and since when goods are missing."""


@pytest.fixture
def codec() -> Codec[Order]:
    return Codec(ORDERS, Vault.of({"test": Vault.generate_key()}))


@pytest.mark.parametrize("order", ORDERS_LIKE.values(), ids=ORDERS_LIKE)
def test_an_order_comes_back_as_it_went_in(codec: Codec[Order], order: Order) -> None:
    lying: dict[str, Any] = BSON.encode(codec.dump("order-1", order)).decode()

    assert codec.load("order-1", ORDERS.schema, lying) == order


@pytest.mark.parametrize("order", ORDERS_LIKE.values(), ids=ORDERS_LIKE)
def test_nothing_personal_can_be_read_where_it_lies(codec: Codec[Order], order: Order) -> None:
    lying = json.dumps(
        [codec.dump("order-1", order), dict(ORDERS.listed(order))], ensure_ascii=False, default=str
    )

    assert [secret for secret in SECRETS if secret in lying] == []


def test_what_is_sealed_for_one_order_does_not_open_in_another(codec: Codec[Order]) -> None:
    lying = codec.dump("order-1", ORDERS_LIKE["new"])

    with pytest.raises(CannotOpen):
        codec.load("order-2", ORDERS.schema, lying)


def test_a_document_that_cannot_be_read_does_not_say_what_it_holds(codec: Codec[Order]) -> None:
    lying = codec.dump("order-1", ORDERS_LIKE["new"])
    del lying["responsible_id"], lying["placing"]["recipient"]["name"]

    with pytest.raises(UnreadableState) as wrong:
        codec.load("order-1", ORDERS.schema, lying)

    assert [secret for secret in SECRETS if secret in str(wrong.value)] == []


@pytest.mark.parametrize("name", ORDERS_LIKE)
def test_documents_of_an_older_version_are_read(name: str) -> None:
    """Frozen as schema 1 wrote them, unsealed. Never edited: a new shape gets a new number and an upgrade (wire.md 4)."""
    written: dict[str, Any] = json.loads((FROZEN / f"order-1-{name}.json").read_text())

    meant = ORDERS_LIKE[name]
    if name in BEFORE_PROMISES:
        unheard = replace(meant.goods, missing_since=None)
        meant = replace(meant, delivery=Delivery(), goods=unheard)

    assert Codec(ORDERS, None).load("order-1", 1, written) == meant


def test_lists_find_an_order_by_what_it_is_now() -> None:
    new, lived, cancelled, promised, refunding, back, completed = (
        dict(ORDERS.listed(order)) for order in ORDERS_LIKE.values()
    )

    assert (new["is_open"], new["uncontacted"], new["without_promise"], new["overdue"]) == (
        True,
        True,
        True,
        False,
    )
    assert (lived["is_open"], lived["uncontacted"], lived["external_number"]) == (True, False, "M-1007")
    assert (cancelled["is_open"], cancelled["uncontacted"], cancelled["overdue"]) == (False, False, False)
    assert (new["due_at"], cancelled["due_at"]) == (minutes(30), None)
    assert (promised["without_promise"], promised["overdue"], promised["payment_links"]) == (
        False,
        False,
        ["link-1"],
    )
    assert (back["is_open"], back["came_back"], completed["is_open"], completed["came_back"]) == (
        True,
        True,
        False,
        False,
    )
    assert (refunding["is_open"], refunding["refund_owed"], refunding["refund_to_approve"]) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("lived", "overdue"),
    [
        ((), False),
        ((passed("alarm", minutes(300)),), True),
        ((passed("alarm", minutes(300)), reach(minutes(310))), False),
        ((supply(Supply.SHORT, "brass-lamp"), passed("apology", minutes(120))), True),
        ((supply(Supply.SHORT, "brass-lamp"), passed("apology", minutes(120)), apologise()), True),
        ((supply(Supply.SHORT, "brass-lamp"), passed("apology", minutes(120)), apologise(), offer()), False),
    ],
)
def test_an_order_is_overdue_until_what_was_due_is_done(lived: tuple[Any, ...], overdue: bool) -> None:
    assert dict(ORDERS.listed(given(place(), *lived)))["overdue"] is overdue
