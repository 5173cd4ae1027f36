"""Lines, recipient, address, bonuses and wrapping change at any stage; what it costs is told before (R30, R35, R36, R69)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.personal import Personal
from kernel.refusal import Refusal
from orders.domain import goods_commands as g
from orders.domain import goods_refusals as no
from orders.domain.bonuses import most_bonuses
from orders.domain.costing import PromiseAfter, cost_of
from orders.domain.deadlines import due
from orders.domain.goods import Wrap
from orders.domain.goods_changes import AddressChanged, LinesChanged
from orders.domain.order import Open
from orders.domain.policies import USUAL, Clocks
from orders.domain.refusals import MixedCurrencyOrder
from orders.domain.words import Supply
from orders.testing.lamps import (
    CLOCKS,
    LAMPS,
    MONDAY,
    ORDER_ID,
    SHADE,
    apologise,
    did,
    opened,
    reach,
    refused,
    supply,
)
from orders.testing.people import ANNA, IVAN, KIRA
from orders.testing.promises import agree
from orders.testing.substitutes import (
    GONE,
    answer,
    bonuses,
    change,
    make,
    move,
    unreached,
    wick,
    written,
)


def promised() -> Open:
    """Maria's order, agreed with her."""
    return opened(reach(), supply(Supply.ALLOCATED), agree())


def test_lines_are_added_taken_out_and_counted_anew() -> None:
    order = opened(change((1, 1), (2, 0), add=(wick(),)))

    assert [(line.line_no, line.product_id, line.quantity) for line in order.lines] == [
        (1, "brass-lamp", 1),
        (3, "wick", 3),
    ]
    assert order.goods_total == Money(648000 + 15000)
    assert order.placing.lines == (LAMPS, SHADE), "what was ordered never changes"


def test_a_number_of_a_line_is_never_used_twice() -> None:
    order = opened(change(add=(wick(),)), change((3, 0)), change(add=(wick(1),)))

    assert [line.line_no for line in order.lines] == [1, 2, 4]


def test_what_is_so_already_changes_nothing() -> None:
    assert did(change((1, 2), (2, 1)), opened()) == ()


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (change((9, 1)), no.UnknownLine),
        (change((1, 0), (2, 0)), no.NothingLeft),
        (change(add=(wick(),), closed=frozenset({"wick"})), no.SaleClosed),
        (change(add=(replace(wick(), unit_price=Money(1, "USD")),)), MixedCurrencyOrder),
    ],
)
def test_lines_that_can_not_be(command: g.GoodsCommand, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        did(command, opened())


def test_changed_lines_are_sought_anew_and_older_news_of_supply_says_nothing_of_them() -> None:
    changed = opened(supply(Supply.ALLOCATED), change((1, 3)))

    assert changed.supply is Supply.SOUGHT
    before = replace(supply(Supply.ALLOCATED), about=((1, "brass-lamp", 2), (2, "green-shade", 1)))
    now = replace(before, about=((1, "brass-lamp", 3), (2, "green-shade", 1)))
    assert opened(supply(Supply.ALLOCATED), change((1, 3)), before).supply is Supply.SOUGHT
    assert opened(supply(Supply.ALLOCATED), change((1, 3)), now).supply is Supply.ALLOCATED


def test_missing_goods_that_nobody_wants_any_more_owe_no_apology() -> None:
    order = opened(GONE, change((1, 0)))

    assert (order.missing, order.owes_apology, order.owes_next_offer) == ((), False, False)


@pytest.mark.parametrize(
    "command", [change((1, 1), actor=KIRA), move(actor=IVAN), bonuses(1, KIRA)]
)  # fmt: skip
def test_who_may_not_change_an_order_is_written_down(command: g.GoodsCommand) -> None:
    assert refused(command, opened()).refusal.rule == "R30"


def test_before_a_promise_every_change_is_free() -> None:
    before = opened()
    cost = cost_of(before, opened(move()))

    assert (cost.difference, cost.promise, cost.is_free) == (Money(0), PromiseAfter.NONE, True)


def test_more_goods_than_were_promised_are_promised_anew_fewer_are_not() -> None:
    more, fewer = did(change((1, 3)), promised()), did(change((1, 1)), promised())

    assert [type(each).__name__ for each in more] == ["LinesChanged", "PromiseVoided"]
    assert [type(each) for each in fewer] == [LinesChanged]


def test_after_a_promise_another_address_is_promised_anew_unless_the_carrier_keeps_it() -> None:
    assert [type(each).__name__ for each in did(move(), promised())] == ["AddressChanged", "PromiseVoided"]
    assert [type(each) for each in did(move(kept=True), promised())] == [AddressChanged]


def test_the_cost_of_a_change_says_what_becomes_of_money_and_promise() -> None:
    before = promised()
    after = opened(reach(), supply(Supply.ALLOCATED), agree(), change((1, 3)))

    cost = cost_of(before, after, fee=Money(20000))

    assert (cost.goods_before, cost.goods_after) == (Money(1386000), Money(2034000))
    assert (cost.difference, cost.promise, cost.is_free) == (Money(668000), PromiseAfter.AGAIN, False)


@pytest.mark.parametrize(
    ("total", "share", "most"),
    [(1386000, "0.5", 693000), (1, "0.5", 0), (999, "0.333", 332), (5, "0", 0), (5, "1", 5)],
)
def test_bonuses_pay_a_share_rounded_down(total: int, share: str, most: int) -> None:
    assert most_bonuses(Money(total), Decimal(share)) == Money(most)


def test_more_bonuses_than_the_share_are_refused() -> None:
    with pytest.raises(no.TooManyBonuses) as refusal:
        did(bonuses(693001), opened())

    assert refusal.value.about["most"] == 693000
    assert opened(bonuses(693000)).goods.bonuses == Money(693000)
    assert did(bonuses(0), opened()) == ()


def test_bonuses_shrink_with_the_goods() -> None:
    order = opened(bonuses(693000), change((1, 1)))

    assert order.goods.bonuses == Money((648000 + 90000) // 2)


def test_a_substitute_that_is_cheaper_shrinks_them_too() -> None:
    order = opened(GONE, bonuses(693000), make(), answer())

    assert order.goods.bonuses == Money((2 * 598000 + 90000) // 2)


def test_another_share_is_a_setting() -> None:
    clocks = Clocks(CLOCKS.calendar, replace(USUAL, bonus_max_share=Decimal("0.1")))

    with pytest.raises(no.TooManyBonuses):
        did(replace(bonuses(200000), clocks=clocks), opened())


def test_gift_wrap_goes_on_and_off_with_its_note() -> None:
    on = g.SetWrap(ORDER_ID, Wrap(True, Personal("ленту синюю")), ANNA, MONDAY)
    order = opened(on)

    assert order.wrap == on.wrap
    assert did(on, order) == ()
    assert opened(on, replace(on, wrap=Wrap(False))).wrap == Wrap(False)
    assert opened().wrap == Wrap(False)


def test_another_recipient_keeps_what_is_not_named() -> None:
    asked = g.ChangeRecipient(ORDER_ID, Personal("Пётр"), None, Personal("p@example.ru"), None, ANNA, MONDAY)
    order = opened(asked)

    assert (order.recipient.name, order.recipient.address) == (
        Personal("Пётр"),
        order.placing.recipient.address,
    )
    assert did(asked, order) == ()


def test_a_message_that_did_not_arrive_is_a_task_until_somebody_reaches_her() -> None:
    order = opened(unreached(), unreached(), unreached("m-2"))

    assert len(order.goods.unreached) == 2
    (task,) = [each for each in due(order) if each.name == "unreached"]
    assert task == Deadline("unreached", CLOCKS.after(MONDAY, CLOCKS.policy.apology_within))
    settle: list[Any] = [reach(), g.AcknowledgeUnreached(ORDER_ID, ANNA, MONDAY)]
    for done in settle:
        assert "unreached" not in {each.name for each in due(opened(unreached(), done))}


def test_the_written_apology_of_a_gateway_does_the_task_but_not_that_of_an_earlier_shortage() -> None:
    assert did(written(MONDAY.replace(hour=6)), opened(GONE)) == ()
    assert opened(GONE, written()).apologised_at == MONDAY
    assert did(written(), opened(GONE, apologise())) == ()
    assert did(written(), opened()) == ()
