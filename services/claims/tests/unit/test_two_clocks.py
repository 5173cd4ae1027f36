"""Inner deadlines count in the shop's working time, the law's in calendar days: neither waits for the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.deadlines import deadlines
from claims.domain.policies import USUAL
from claims.domain.words import Verdict
from claims.testing.people import OLGA
from claims.testing.troubles import by, carried_out, demanded, demanding, opened, opening
from kernel.calendar import Hours, WorkingCalendar
from kernel.money import Money

MOSCOW = WorkingCalendar.usual()
SIX_DAYS = WorkingCalendar("Asia/Vladivostok", dict.fromkeys(range(1, 7), Hours(time(9), time(18))))
NEVER = WorkingCalendar("Europe/Moscow", {})
PAID = Money(2_000_000)


def local(text: str, zone: str = "Europe/Moscow") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def opened_at(at: datetime, calendar: WorkingCalendar = MOSCOW) -> Claim:
    claim, _ = carried_out(replace(opening(at=at), calendar=calendar), None)
    assert claim
    return claim


@pytest.mark.parametrize(
    ("told", "contact_by"),
    [
        ("2026-03-03T10:00", "2026-03-03T12:00"),
        ("2026-03-03T12:30", "2026-03-03T15:30"),  # lunch is no working time
        ("2026-03-03T22:15", "2026-03-04T12:00"),  # at night
        ("2026-03-06T17:30", "2026-03-10T11:30"),  # a Friday before Women's Day and the Monday moved to it
        ("2025-12-30T17:00", "2026-01-12T11:00"),  # New Year; 31 December and 9 January are off by decree
        ("2025-10-31T17:30", "2025-11-01T11:30"),  # a Saturday that the decree made working
        ("2026-05-08T17:00", "2026-05-12T11:00"),  # 9 May, and the Monday moved to it
    ],
)
def test_the_first_contact_is_due_in_working_time(told: str, contact_by: str) -> None:
    assert opened_at(local(told)).contact_by == local(contact_by)


def test_the_hours_are_the_shops_own() -> None:
    claim = opened_at(local("2026-03-07T17:00", "Asia/Vladivostok"), SIX_DAYS)

    assert claim.contact_by == local("2026-03-10T10:00", "Asia/Vladivostok")


def test_a_shop_that_never_opens_still_has_deadlines() -> None:
    at = local("2026-03-03T22:15")

    assert opened_at(at, NEVER).contact_by == at + USUAL.contact_within


def test_whoever_worked_on_it_is_next_expected_two_working_days_later() -> None:
    at = local("2026-03-05T15:00")
    claim, _ = carried_out(o.TryInstruction(**by(at=at), helped=False), opened_at(at))

    assert claim
    assert claim.attend_by == local("2026-03-10T15:00")


@pytest.mark.parametrize(
    ("decided", "approve_by"),
    [
        ("2026-03-03T10:00", "2026-03-03T18:00"),  # a working day
        ("2026-03-06T15:00", "2026-03-10T15:00"),  # over the holidays
        ("2026-03-10T17:00", "2026-03-11T00:00"),  # a day before the law's last an approval is late
        ("2026-03-13T10:00", "2026-03-13T18:00"),  # it is over: nothing waits for the approval any more
    ],
)
def test_an_approval_has_its_own_deadline_and_the_laws_day_stays(decided: str, approve_by: str) -> None:
    claim = opened(*demanding(paid=PAID))
    decision = o.Decide(
        **by(OLGA, local(decided)), verdict=Verdict.SATISFIED, amount=Money(1_500_000), reason="so"
    )

    after, _ = carried_out(decision, claim)

    assert after
    assert after.ruling
    assert after.ruling.approve_by == local(approve_by)
    law = {each.at for each in deadlines(after) if each.name == "over"}
    assert law == {local("2026-03-13T00:00")}


def test_a_shop_with_other_hours_has_the_same_law() -> None:
    written = o.WriteDemand(**by(), demanded=demanded(on=date(2026, 3, 2)))
    tried = o.TryInstruction(**by(), helped=False)
    claims = [
        opened(replace(tried, calendar=each), replace(written, calendar=each)) for each in (MOSCOW, NEVER)
    ]

    assert {each.demanded.due_on for each in claims if each.demanded} == {date(2026, 3, 12)}
    assert claims[1].attend_by - written.at == timedelta(hours=14)
