"""Figures of a shop: what is lost and why, what is asked for, what earns the most, when demand exceeds capacity."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from kernel.money import Money
from orders.adapters.rush_documents import reckoned
from orders.application.rush_reckoning import Days
from orders.domain.order import Cancelled
from orders.domain.rush_catalogue import Answer, entry_of
from orders.domain.rush_losses import Loss, losses
from orders.domain.rush_priority import exceeds, ranked
from orders.domain.rush_requests import AnswerRequest, Counted, Request, RequestAnswered, answer, tally
from orders.domain.rush_usual_answers import USUAL
from orders.domain.words import CancelReason, Supply
from orders.testing.lamps import MONDAY, ORDER_ID, cancel, given, minutes, place, reach, supply
from orders.testing.promises import agree, tell

MOSCOW = ZoneInfo("Europe/Moscow")


def lost(
    reason: CancelReason = CancelReason.CHANGED_MIND, by: str = "anna", *, is_test: bool = False
) -> Cancelled:
    offered = reason is CancelReason.OUT_OF_STOCK
    order = given(place(is_test=is_test), cancel(reason, offer_made=offered))
    assert isinstance(order, Cancelled)
    return replace(order, responsible_id=by)


def asked(kind: str, hours: float, *, in_rush: bool = False) -> Request:
    ready = entry_of(USUAL, kind).ready(in_rush=in_rush)
    return Request(
        f"r-{hours}", ORDER_ID, "main", kind, ready, in_rush, "anna", MONDAY + timedelta(hours=hours)
    )


def test_lost_orders_are_money_by_reason_and_person_the_dearest_first() -> None:
    found = losses([lost(), lost(), lost(by="boris"), lost(CancelReason.OUT_OF_STOCK)])

    price = 2 * 648000 + 90000
    assert found == [
        Loss("changed_mind", "anna", "RUB", orders=2, with_offer=0, minor=2 * price),
        Loss("changed_mind", "boris", "RUB", orders=1, with_offer=0, minor=price),
        Loss("out_of_stock", "anna", "RUB", orders=1, with_offer=1, minor=price),
    ]


def test_the_order_of_orders_does_not_matter_and_the_sum_is_the_sum_of_all() -> None:
    orders = [lost(), lost(by="boris"), lost(CancelReason.OUT_OF_STOCK)]

    reports = [losses(each) for each in permutations(orders)]

    assert all(report == reports[0] for report in reports)
    total = sum((order.goods_total for order in orders), start=Money(0))
    assert sum(loss.minor for loss in reports[0]) == total.minor


def test_a_test_order_is_no_loss() -> None:
    assert losses([lost(CancelReason.TEST, is_test=True)]) == []


def test_requests_are_counted_by_day_of_the_shop_or_by_hour() -> None:
    found = [asked("weigh_it", 0), asked("weigh_it", 14, in_rush=True), asked("where_is_my_order", 24)]

    assert tally(found, MOSCOW, by_hour=False) == [
        Counted("2026-03-02", "weigh_it", Answer.NEXT_DAY, in_rush=False, requests=1),
        Counted("2026-03-03", "weigh_it", Answer.NO, in_rush=True, requests=1),
        Counted("2026-03-03", "where_is_my_order", Answer.YES, in_rush=False, requests=1),
    ], "at 21 UTC it is tomorrow in Moscow"
    assert [each.when for each in tally(found, MOSCOW, by_hour=True)] == ["00:00", "10:00", "10:00"]


def test_a_request_is_answered_once() -> None:
    request = asked("weigh_it", 0)

    assert answer(AnswerRequest(request), None) == [RequestAnswered(request)]
    assert answer(AnswerRequest(request), request) == []


@pytest.mark.parametrize(
    ("category", "rank"),
    [
        ("Свет / Лампы", 0),
        ("Свет / Лампы / Латунь", 0),
        ("Свет", 1),
        ("Свет / Абажуры", 1),
        ("Светильники", 2),
    ],
)
def test_a_category_is_ranked_by_itself_or_by_what_it_is_part_of(category: str, rank: int) -> None:
    assert ranked(category, ("Свет / Лампы", "Свет")) == rank


def test_what_is_unknown_comes_last() -> None:
    assert ranked(None, ("Свет",)) == 1
    assert ranked("Свет", ()) == 0


@pytest.mark.parametrize(
    ("taken", "processed", "clearly"), [(0, 0, False), (12, 10, False), (13, 10, True), (1, 0, True)]
)
def test_demand_clearly_exceeds_capacity_from_a_fifth_on(taken: int, processed: int, clearly: bool) -> None:
    assert exceeds(taken, processed) is clearly


def test_days_begin_and_end_by_the_shops_clock() -> None:
    days = Days(date(2026, 3, 2), date(2026, 3, 3), "Europe/Moscow")

    first, last = days.bounds()

    assert (first.isoformat(), last.isoformat()) == (
        "2026-03-01T21:00:00+00:00",
        "2026-03-03T20:59:59.999000+00:00",
    )
    assert [each.first for each in days.each()] == [date(2026, 3, 2), date(2026, 3, 3)]


def test_an_order_is_processed_when_its_customer_was_told_and_a_test_order_never() -> None:
    steps = (reach(), supply(Supply.ALLOCATED), agree(), tell())

    taken, told = reckoned(given(place())), reckoned(given(place(), *steps))

    assert taken == {"taken_at": MONDAY, "processed_at": None, "lost_at": None}
    assert told["processed_at"] == minutes(3)
    assert reckoned(lost())["lost_at"] == minutes(5)
    assert reckoned(given(place(is_test=True), *steps)) == {}
