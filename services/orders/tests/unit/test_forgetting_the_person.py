"""The customer is erased: his order keeps its number, goods, days and sums, and nothing of him once it is over (152-FZ art. 21)."""

import pytest
from chassis.documents import Codec
from chassis.vault import Vault
from kernel.actor import service
from kernel.personal import Personal
from orders.adapters.documents import ORDERS
from orders.domain.erasure import Erasure, ErasureHeard, ForgetPerson, PersonForgotten
from orders.domain.goods import Wrap
from orders.domain.goods_commands import ReadContact, SetWrap
from orders.domain.order import Order
from orders.domain.refusals import PersonErased
from orders.domain.words import Supply
from orders.testing.lamps import (
    ADDRESS,
    NAME,
    ORDER_ID,
    PHONE,
    attempt,
    cancel,
    did,
    given,
    link,
    minutes,
    opened,
    place,
    reach,
    supply,
)
from orders.testing.parcels import arrived, left
from orders.testing.people import ANNA
from orders.testing.promises import agree
from orders.testing.purse import ALL, approve, pay, pay_back

gone = ForgetPerson(ORDER_ID, minutes(9))
SECRETS = (NAME, PHONE, ADDRESS, "домофон", "после шести", "бант")
wrapped = SetWrap(ORDER_ID, Wrap(on=True, note=Personal("синий бант")), ANNA, minutes(2))
SERVICE = service("notifications")


def lies(order: Order) -> list[str]:
    """What of her is in the order, looked at without the seal."""
    raw = str(ORDERS.states.dump_python(order, mode="json"))
    return [each for each in SECRETS if each in raw]


def test_an_order_that_is_over_forgets_her_at_once_and_once() -> None:
    over = given(place(), attempt(), wrapped, link(), cancel())

    assert lies(over) == list(SECRETS)
    assert did(gone, over) == (ErasureHeard(minutes(9)), PersonForgotten(minutes(9)))
    forgotten = given(place(), attempt(), wrapped, link(), cancel(), gone)
    assert lies(forgotten) == []
    assert did(gone, forgotten) == ()
    assert (forgotten.customer_id, forgotten.placing.number) == ("c-maria", over.placing.number)
    assert forgotten.goods_total == over.goods_total


def test_what_she_ordered_is_still_brought_to_her_and_then_she_is_forgotten() -> None:
    order = opened(link(), reach(), supply(Supply.ALLOCATED), agree(), gone)
    assert (order.erasure, order.recipient.name) == (Erasure(minutes(9)), Personal(NAME))

    done = given(
        place(), link(), reach(), supply(Supply.ALLOCATED), agree(), gone, left(), arrived(collected=None)
    )
    assert lies(done) != [], "she still owes what it costs"
    paid = given(
        place(),
        link(),
        reach(),
        supply(Supply.ALLOCATED),
        agree(),
        gone,
        left(),
        arrived(),
        pay(ALL + agree().offered.price),
    )
    assert lies(paid) == []


def test_money_goes_back_to_her_first() -> None:
    owing = given(place(), link(), pay(), cancel(), gone)

    assert lies(owing) != []
    assert lies(given(place(), link(), pay(), cancel(), gone, approve(), pay_back())) == []


def test_an_open_order_that_is_cancelled_forgets_her_in_the_same_write() -> None:
    assert did(cancel(), opened(link(), gone))[-1] == PersonForgotten(minutes(5))


def test_nobody_is_told_how_to_reach_her_any_more() -> None:
    look = ReadContact(ORDER_ID, SERVICE, minutes(10))
    assert len(did(look, opened(link(), gone))) == 1, "while it is open she is written to"

    with pytest.raises(PersonErased):
        did(look, given(place(), link(), cancel(), gone))


def test_it_comes_back_from_its_document_as_it_went_in() -> None:
    codec = Codec(ORDERS, Vault.of({"test": Vault.generate_key()}))
    forgotten = given(place(), link(), cancel(), gone)

    assert codec.load(ORDER_ID, ORDERS.schema, codec.dump(ORDER_ID, forgotten)) == forgotten
