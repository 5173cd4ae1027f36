"""Several customers share the order's number: crm's likeliest has it, and a person may give it to another of them (R97)."""

from dataclasses import replace

import pytest
from chassis.documents import Codec
from chassis.vault import Vault
from kernel.actor import Actor, Role
from orders.adapters.documents import ORDERS
from orders.application.announcements import announce
from orders.domain.changes import CustomerChosen, CustomerLinked, OrderReassigned
from orders.domain.meant import ChooseCustomer, Meant
from orders.domain.order import Open
from orders.domain.refusals import NotMeant, OrderCancelledAlready
from orders.domain.words import Chosen
from orders.testing.lamps import (
    ORDER_ID,
    cancel,
    did,
    give,
    given,
    link,
    minutes,
    opened,
    place,
    refused,
)
from orders.testing.people import ANNA, SELLERS

MARIA, HUSBAND = Meant("c-maria", "anna", "has_bought"), Meant("c-pavel", "boris", "has_this_number", True)
BOTH = replace(link("anna"), meant=(MARIA, HUSBAND))
STEPAN = Actor("stepan", frozenset({Role.WAREHOUSE_WORKER}))
his = ChooseCustomer(ORDER_ID, "c-pavel", "boris", ANNA, minutes(5), SELLERS)
hers = replace(his, customer_id="c-maria", owner_id="anna")


def test_the_likeliest_has_it_and_the_others_are_kept_with_why() -> None:
    order = opened(BOTH)

    assert (order.customer_id, order.meant) == ("c-maria", (MARIA, HUSBAND))
    assert did(BOTH, opened())[0] == CustomerLinked("c-maria", "anna", meant=(MARIA, HUSBAND))


def test_a_person_gives_it_to_another_and_who_answers_for_him_has_it() -> None:
    assert did(his, opened(BOTH)) == (
        CustomerChosen("c-pavel", "boris", "anna", wants_no_calls=True),
        OrderReassigned("anna", "boris", "customer_owner", Chosen.CUSTOMER_OWNER, minutes(5)),
    )
    order = opened(BOTH, his)
    assert (order.customer_id, order.owner_id, order.wants_no_calls) == ("c-pavel", "boris", True)


def test_it_is_told_as_a_change_of_the_customer() -> None:
    order = opened(BOTH, his)
    (told,) = announce(CustomerChosen("c-pavel", "boris", "anna"), order)

    assert told.model_dump()["what"] == ("customer",)
    assert told.model_dump()["order"]["customer_id"] == "c-pavel"


def test_it_goes_back_and_the_same_again_changes_nothing() -> None:
    assert did(his, opened(BOTH, his)) == ()
    assert opened(BOTH, his, hers).customer_id == "c-maria"


def test_who_does_not_share_the_number_is_not_chosen() -> None:
    for order in (opened(BOTH), opened(link("anna")), opened()):
        with pytest.raises(NotMeant):
            did(replace(his, customer_id="c-stranger"), order)
    with pytest.raises(OrderCancelledAlready):
        did(his, given(place(), BOTH, cancel()))


def test_whose_duty_it_is_not_has_tried() -> None:
    assert refused(replace(his, actor=STEPAN), opened(BOTH)).refusal.rule == "R31"


def test_whom_a_person_chose_to_answer_stays() -> None:
    order = opened(BOTH, give("vera"), his)

    assert (order.customer_id, order.responsible_id) == ("c-pavel", "vera")


def test_it_comes_back_from_its_document_and_an_old_one_has_nobody_else() -> None:
    codec = Codec(ORDERS, Vault.of({"test": Vault.generate_key()}))
    raw = codec.dump(ORDER_ID, opened(BOTH))
    again = codec.load(ORDER_ID, ORDERS.schema, raw)
    assert isinstance(again, Open)
    assert again.meant == (MARIA, HUSBAND)

    old = codec.dump(ORDER_ID, opened(link("anna")))
    del old["meant"]
    loaded = codec.load(ORDER_ID, ORDERS.schema, old)
    assert isinstance(loaded, Open)
    assert loaded.meant == ()
