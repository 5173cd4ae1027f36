"""What a carrier owes by his terms, and that it is neither forgotten nor asked for twice over (R55, R60, R69, R70)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.refusal import Refused
from kernel.window import Window
from logistics.domain import incident_commands as asks
from logistics.domain import incident_refusals as no
from logistics.domain import order_worth as ow
from logistics.domain.incident import Incident, Payer, Sums
from logistics.domain.incident_decider import decide
from logistics.domain.incident_evolving import evolve
from logistics.domain.incident_trouble import DELAY, LOSS, Source, Trouble
from logistics.domain.ladder import USUAL
from logistics.domain.penalty import Owed, Penalty, days_late, owed
from logistics.domain.playbook_catalogue import CATALOGUE
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA

WINDOW = Window(MONDAY, MONDAY + timedelta(hours=6), "Europe/Moscow")
GOODS = Money(6480_00)
BY_DAY = Penalty(DELAY, Money(100_00), 3, True, Money(1000_00))
WHOLE = Penalty(LOSS, Money(0), 100)
PACE = asks.Pace(WorkingCalendar.usual())
TROUBLE = Trouble(DELAY, Source.COURIER_SERVICE, MONDAY, "main", "cdek", "o-1", "s-1", window=WINDOW)
OWED = Owed(Money(900_00), 1, 3)
NOTHING = Money(0)


@pytest.mark.parametrize(
    ("kind", "days", "minor"),
    [(DELAY, 1, 294_40), (DELAY, 2, 588_80), (DELAY, 9, 1000_00), (LOSS, 4, 6480_00), ("damage", 1, None)],
)
def test_it_is_reckoned_by_day_by_share_and_up_to_its_limit(kind: str, days: int, minor: int | None) -> None:
    found = owed((BY_DAY, WHOLE), kind, GOODS, days, 7)

    assert (found and found.money.minor) == minor
    assert found is None or (found.terms_version, found.days) == (7, days if kind == DELAY else None)


@pytest.mark.parametrize(("hours", "days"), [(-1, 0), (0, 0), (1, 1), (24, 1), (25, 2), (71, 3)])
def test_each_day_begun_counts(hours: int, days: int) -> None:
    assert days_late(WINDOW.ends, WINDOW.ends + timedelta(hours=hours)) == days


@given(st.integers(0, 10**9), st.integers(1, 400), st.integers(0, 100), st.booleans())
def test_it_is_never_above_its_limit_and_never_falls_with_time(
    goods: int, days: int, percent: int, by_day: bool
) -> None:
    agreed = Penalty(DELAY, Money(50_00), percent, by_day, Money(5000_00))

    today, tomorrow = agreed.sum(Money(goods), days), agreed.sum(Money(goods), days + 1)

    assert Money(0) <= today <= tomorrow <= Money(5000_00)


@pytest.mark.parametrize(("days", "customers"), [(-1, False), (0, True), (1, True)])
def test_another_address_on_the_day_of_the_promise_is_no_failure_of_the_carriers(
    days: int, customers: bool
) -> None:
    worth = ow.Worth("o-1", readdressed_at=MONDAY + timedelta(days=days))

    assert ow.customers_doing(worth, WINDOW) is customers
    assert not ow.customers_doing(ow.Worth("o-1"), WINDOW)
    assert not ow.customers_doing(worth, None)


def test_what_is_at_stake_is_the_goods_or_what_is_given_back_for_them_and_the_way() -> None:
    assert ow.Sums(GOODS, Money(390_00)).at_stake == Money(6870_00)
    assert ow.Sums(GOODS, Money(390_00), Money(7000_00)).at_stake == Money(7390_00)


def after(*commands: asks.Command, by_terms: Owed | None = OWED) -> Incident:
    book = CATALOGUE[DELAY]
    opening = asks.OpenIncident("i", TROUBLE, DELAY, book, USUAL, "lena", PACE, LENA, MONDAY, owed=by_terms)
    incident: Incident | None = None
    for command in (opening, *commands):
        decision = decide(command, incident)
        assert not isinstance(decision, Refused)
        for change in decision:
            incident = evolve(incident, change)
    assert incident is not None
    return incident


def money(penalty: Money = NOTHING, keeps: bool = False) -> asks.SetMoney:
    sums = Sums(GOODS, Payer.CARRIER, Money(500_00), Money(500_00), penalty)
    return asks.SetMoney("i", sums, LENA, MONDAY, keeps)


def source(of: Source) -> asks.ChangeSource:
    return asks.ChangeSource("i", of, "seen", LENA, MONDAY)


def closing(**more: Any) -> asks.CloseIncident:
    usual = asks.CloseIncident(
        "i", "late", "talk", True, Source.COURIER_SERVICE, "sooner", Money(5000_00), LENA, MONDAY
    )
    return replace(usual, **more)


LEARNED = asks.LearnStake("i", Money(6870_00), Owed(Money(1000_00), 1, 9))


def test_it_is_proposed_at_once_and_follows_what_becomes_known() -> None:
    assert after().sums.penalty == OWED.money
    later = after(LEARNED)
    assert (later.sums.at_stake, later.sums.penalty) == (Money(6870_00), Money(1000_00))
    assert decide(LEARNED, later) == []
    assert decide(LEARNED, None) == []
    assert decide(LEARNED, after(closing())) == []


def test_what_a_person_set_stays_and_never_is_above_what_is_owed() -> None:
    assert after(money(Money(400_00)), LEARNED).sums.penalty == Money(400_00)
    assert after(money(keeps=True)).sums.penalty == OWED.money
    with pytest.raises(no.MoneyDoesNotAddUp):
        decide(money(Money(900_01)), after())
    fewer = asks.LearnStake("i", GOODS, Owed(Money(100_00), 1, 1))
    assert after(money(Money(400_00)), fewer).sums.penalty == Money(100_00)


def test_it_is_owed_only_for_what_is_the_carriers_doing() -> None:
    ours = after(source(Source.WAREHOUSE))

    assert ours.sums.penalty == NOTHING
    assert after(source(Source.WAREHOUSE), source(Source.COURIER_SERVICE)).sums.penalty == OWED.money
    with pytest.raises(no.MoneyDoesNotAddUp):
        decide(money(Money(1)), ours)


def test_it_is_not_let_go_in_silence_and_above_the_limit_not_alone() -> None:
    lenient = after(money(NOTHING))

    with pytest.raises(no.PenaltyLetGo) as refusal:
        decide(closing(), lenient)
    assert (refusal.value.rule, refusal.value.about) == ("R70", {"minor": 900_00})
    kept = after(money(NOTHING), closing(let_go="he_came_at_night"))
    assert kept.settlement is not None
    assert kept.settlement.let_go == "he_came_at_night"
    asked = decide(closing(let_go="he_came_at_night", most_borne=Money(899_99)), lenient)
    assert not isinstance(asked, Refused)
    assert type(asked[-1]).__name__ == "SecondPersonAsked"
