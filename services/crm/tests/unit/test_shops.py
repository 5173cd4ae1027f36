"""A shop is as it is described by who manages the staff."""

from dataclasses import replace
from datetime import date

import pytest
from crm.domain.shop import DescribeShop, Shop, ShopDescribed, decide, evolve
from kernel.actor import Actor, Role
from kernel.calendar import WorkingCalendar
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, NotYourDuty

VERA = Actor("vera", frozenset({Role.OWNER}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
igla = Shop("igla", "Europe/Moscow", WorkingCalendar.usual().week, owner_id="vera")


def test_a_shop_is_opened_and_changed() -> None:
    closed = replace(igla, overrides={date(2026, 3, 9): None})

    assert decide(DescribeShop(igla, VERA), None) == [ShopDescribed(igla)]
    assert decide(DescribeShop(closed, VERA), igla) == [ShopDescribed(closed)]
    assert evolve(igla, ShopDescribed(closed)) == closed


def test_the_same_description_again_changes_nothing() -> None:
    assert decide(DescribeShop(igla, VERA), igla) == []


def test_who_does_not_manage_sets_nobodys_clock_and_the_attempt_is_written_down() -> None:
    refused = decide(DescribeShop(replace(igla, zone="Asia/Omsk"), ANNA), igla)

    assert isinstance(refused, Refused)
    (change,) = refused.changes
    assert isinstance(change, DutyRefused)
    assert evolve(igla, change) == igla
    with pytest.raises(NotYourDuty):
        decide(DescribeShop(igla, ANNA), None)
