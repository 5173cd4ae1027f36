"""What others are told of an order: all they need, and nothing of the person who ordered."""

from datetime import datetime
from typing import get_args

import pytest
from contracts.fact import Fact
from kernel.personal import Personal
from kernel.refusal import Refused
from orders.application.announcements import announce, as_told, stage_of
from orders.domain import changes as c
from orders.domain.commands import Command
from orders.domain.decider import decide
from orders.domain.delivery_changes import DeliveryChange
from orders.domain.erasure import ErasureChange
from orders.domain.evolving import evolve
from orders.domain.goods_changes import GoodsChange
from orders.domain.journey_changes import JourneyChange
from orders.domain.money_changes import MoneyChange
from orders.domain.order import Order
from orders.domain.same_day import same_working_day
from orders.domain.words import CancelReason, Preference, Supply
from orders.testing.lamps import (
    ADDRESS,
    CLOCKS,
    MONDAY,
    NAME,
    PHONE,
    apologise,
    attempt,
    cancel,
    follow,
    give,
    given,
    lapse,
    link,
    minutes,
    offer,
    opened,
    passed,
    place,
    reach,
    supply,
)
from orders.testing.people import KIRA

STORY: tuple[Command, ...] = (
    place(),
    attempt(),
    passed("remind", minutes(30)),
    link("vera"),
    passed("reassign", minutes(120)),
    passed("alarm", minutes(300)),
    attempt(actor=KIRA),
    supply(Supply.SHORT, "brass-lamp"),
    supply(Supply.SHORT, "brass-lamp"),
    passed("apology", minutes(120)),
    apologise(),
    offer(),
    follow("boris"),
    give("vera"),
    reach(minutes(400)),
    passed("attention", minutes(900)),
    cancel(CancelReason.OUT_OF_STOCK),
)
TOLD = """order.created order.changed order.contact_reminded order.changed order.reassigned order.reassigned
order.contact_overdue duty.refused order.changed order.item_unavailable order.changed order.apology_sent
order.substitute_offered order.reassigned order.reassigned order.changed order.contacted order.changed order.cancelled"""


def tell(*commands: Command) -> list[tuple[c.Change, Order, list[Fact]]]:
    order: Order | None = None
    told: list[tuple[c.Change, Order, list[Fact]]] = []
    for command in commands:
        decision = decide(command, order)
        for change in decision.changes if isinstance(decision, Refused) else decision:
            order = evolve(order, change)
            told.append((change, order, announce(change, order)))
    return told


def test_a_whole_story_is_told_in_order() -> None:
    facts = [fact for _, _, told in tell(*STORY) for fact in told]

    assert [fact.topic for fact in facts] == TOLD.split()


def test_every_fact_of_an_order_belongs_to_its_story_and_carries_the_state_after_it() -> None:
    for _, order, told in tell(*STORY):
        for fact in told:
            assert (fact.subject(), fact.story()) == ("order-1", "order-1")
            state = getattr(fact, "order", None)
            if state is not None:
                assert (state.stage, state.responsible_id) == (stage_of(order), order.responsible_id)


def test_no_fact_holds_anything_of_the_person() -> None:
    texts = [fact.model_dump_json() for _, _, told in tell(*STORY) for fact in told]

    for secret in (NAME, PHONE, PHONE[2:], ADDRESS, "Лисицына", "Бронная", "домофон", "после шести"):
        assert not any(secret in text for text in texts)


def test_every_kind_of_change_was_met_or_is_kept_to_ourselves() -> None:
    met = {type(change) for change, _, _ in tell(*STORY)}

    elsewhere = {
        *get_args(DeliveryChange),
        *get_args(MoneyChange),
        *get_args(GoodsChange),
        *get_args(JourneyChange),
        *get_args(ErasureChange),
        c.CustomerChosen,
    }
    assert set(get_args(c.Change)) - met - elsewhere == {c.NamingGivenUp, c.NamingPostponed}
    order = opened()
    assert announce(c.NamingGivenUp("crm answered 422"), order) == []
    assert announce(c.NamingPostponed(1, minutes(1)), order) == []


@pytest.mark.parametrize(
    ("order", "stage", "waits"),
    [
        (given(place()), "new", minutes(30)),
        (given(place(), reach()), "contacted", same_working_day(CLOCKS, MONDAY)),
        (given(place(), cancel()), "cancelled", None),
    ],
)
def test_others_learn_how_far_it_is_and_what_it_waits_for(
    order: Order, stage: str, waits: datetime | None
) -> None:
    told = as_told(order)

    assert (told.stage, told.next_deadline_at) == (stage, waits)


def test_a_card_that_says_no_calls_is_told() -> None:
    linked = opened(link(wants_no_calls=True))

    told = announce(c.CustomerLinked("c-maria", None, wants_no_calls=True), linked)[0]

    assert told.model_dump()["order"]["contact_preference"] == Preference.NO_CALLS


def test_a_lapse_is_told_as_one() -> None:
    day = 24 * 60
    lapsed = tell(
        place(),
        attempt(),
        attempt(minutes(90)),
        attempt(minutes(day)),
        apologise(),
        offer(),
        lapse(minutes(day)),
    )

    fact = lapsed[-1][2][0].model_dump()
    assert (fact["reason"], fact["lapsed"], fact["offer_made"], fact["by"]) == ("lapsed", True, True, "anna")


def test_personal_words_print_nothing() -> None:
    assert NAME not in f"{Personal(NAME)!r}{given(place())!r}"
