"""Facts of crm and procurement in orders' own words."""

from datetime import UTC, date, datetime, time

import pytest
from chassis.shop_told import shop_of
from contracts.crm import AbsenceV1, DayHoursV1, DayOverrideV1, ShopChangedV1, StaffChangedV1
from contracts.procurement import SupplyLineV1, SupplyShortV1
from kernel.calendar import Hours
from kernel.zone import UnknownZone
from orders.entrypoints.from_crm import member_of
from orders.entrypoints.from_procurement import missing_of

SINCE = datetime(2026, 3, 2, tzinfo=UTC)
EIGHT_TO_FIVE = DayHoursV1(
    weekday=1, opens=time(8), closes=time(17), lunch_from=time(12), lunch_until=time(13)
)


def test_a_shop_with_its_hours_its_days_and_its_owner() -> None:
    told = ShopChangedV1(
        shop_id="main",
        time_zone="Asia/Omsk",
        hours=(EIGHT_TO_FIVE, DayHoursV1(weekday=6, opens=time(10), closes=time(14))),
        overrides=(
            DayOverrideV1(day=date(2026, 3, 7)),
            DayOverrideV1(day=date(2026, 3, 8), opens=time(11), closes=time(12)),
        ),
        follows_production_calendar=False,
        owner_id="olga",
    )

    shop = shop_of(told)

    assert shop.week == {1: Hours(time(8), time(17), (time(12), time(13))), 6: Hours(time(10), time(14))}
    assert shop.overrides == {date(2026, 3, 7): None, date(2026, 3, 8): Hours(time(11), time(12))}
    assert (shop.zone, shop.production, shop.owner_id) == ("Asia/Omsk", False, "olga")


def test_a_shop_in_no_time_zone_is_not_taken_in() -> None:
    with pytest.raises(UnknownZone):
        shop_of(ShopChangedV1(shop_id="main", time_zone="Middle/Earth", hours=(EIGHT_TO_FIVE,)))


def test_a_person_with_his_absence_and_deputy() -> None:
    told = StaffChangedV1(
        staff_id="anna",
        shop_id="main",
        roles=("sales_manager",),
        grade="regular",
        active=True,
        absence=AbsenceV1(since=SINCE),
        deputy_id="boris",
    )

    anna = member_of(told)

    assert (anna.staff_id, anna.roles, anna.deputy_id) == ("anna", ("sales_manager",), "boris")
    assert anna.is_absent(SINCE)


def test_a_shortage_names_each_product_once() -> None:
    line = SupplyLineV1(line_no=1, product_id="lamp", wanted=2, missing=1)
    had = SupplyLineV1(line_no=3, product_id="shade", wanted=1)

    assert missing_of(SupplyShortV1(order_id="o", lines=(line, line, had))) == ("lamp",)


def test_a_shortage_that_names_nothing_concerns_everything() -> None:
    had = SupplyLineV1(line_no=1, product_id="shade", wanted=1)

    assert missing_of(SupplyShortV1(order_id="o", lines=(had,))) == ("shade",)
