"""The law counted a second time, by other means, for tests: the last day on which a demand may still be met."""

from datetime import date, time, timedelta

from kernel.calendar import Hours, WorkingCalendar

from claims.domain.words import Demand, Extension

COUNTRY = WorkingCalendar(
    "Europe/Moscow", dict.fromkeys(range(1, 6), Hours(time(9), time(18))), production=True
)
DAYS = {Demand.REPLACEMENT: 7, Demand.REPAIR: 45, Demand.LOAN_ITEM: 3, Demand.EXCHANGE_REFUND: 3}


def latest(demand: Demand, extension: Extension | None, received: date) -> date:
    """By market-facts.md 1: of the days the law gives, moved off days off."""
    if extension is Extension.NONE_IN_STOCK:
        return COUNTRY.nth_working_day(a_month_after(received), 0)
    days = 20 if extension is Extension.EXTRA_CHECK else DAYS.get(demand, 10)
    return COUNTRY.nth_working_day(received + timedelta(days=days), 0)


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    for number in range(day.day, 0, -1):
        try:
            return following.replace(day=number)
        except ValueError:
            continue
    raise AssertionError
