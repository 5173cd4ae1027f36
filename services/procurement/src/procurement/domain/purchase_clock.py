"""By when a purchase has to get on: a reminder, its cut-off, the day its goods are due, and no step for ever (R42, R43).

A purchase is for a day of the shop, bought by the supplier's cut-off on that day; what comes up later is for the next
working day. Times of day are the shop's.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline

from procurement.domain import purchase_changes as c
from procurement.domain.purchase import BEFORE_SENDING, UNDER_WAY, BuyingDay, Purchase, Stage
from procurement.domain.purchase_commands import PurchaseDeadlinePassed

FINISH = "finish"
REMIND = "remind"
CUT_OFF = "cut_off"
LATE = "late"
A_DAY = timedelta(days=1)


def buying_day(
    at: datetime, cut_off: time | None, calendar: WorkingCalendar, remind_before: timedelta
) -> BuyingDay:
    """The day on which what comes up now can still be bought; without a cut-off, until the shop closes."""
    zone = ZoneInfo(calendar.zone)
    day = at.astimezone(zone).date()
    while not calendar.working_day(day) or _cut_off(day, cut_off, calendar) <= at:
        day += A_DAY
    late = _cut_off(day, cut_off, calendar)
    return BuyingDay(day, late - remind_before, late)


def expected(day: date, lead_days: int, calendar: WorkingCalendar) -> tuple[date, datetime]:
    """The day on which goods bought on a day are due, and the moment from which they are late: when the shop opens next
    after that day.
    """
    due = calendar.nth_working_day(day, lead_days) if lead_days else day
    ends = datetime.combine(due + A_DAY, time(0), ZoneInfo(calendar.zone)).astimezone(UTC)
    return due, calendar.next_open(ends)


def deadlines(now: Purchase) -> Sequence[Deadline]:
    """What is due next."""
    due: list[Deadline] = []
    if now.due_at is not None:
        due.append(Deadline(FINISH, now.due_at))
    if now.stage in BEFORE_SENDING:
        due.append(Deadline(CUT_OFF, now.buying.cut_off_at))
        if not now.reminded:
            due.append(Deadline(REMIND, now.buying.remind_at))
    if now.stage is Stage.SENT and now.sent is not None and not now.late:
        due.append(Deadline(LATE, now.sent.late_at))
    return due


def pass_deadline(command: PurchaseDeadlinePassed, now: Purchase | None) -> list[c.Change]:
    """Remind the owner; move what missed its day; drop a draft that nobody needs; tell what is late (R42)."""
    if now is None:
        return []
    at = command.at
    match command.name:
        case "finish" if now.due_at is not None and now.due_at <= at:
            return [c.StepTakenUpAgain(at)] if now.stage in UNDER_WAY or now.to_take_in else []
        case "remind" if now.stage in BEFORE_SENDING and not now.reminded and now.buying.remind_at <= at:
            return [c.OwnerReminded(command.owner_id, at)] if _matters(command, now) else []
        case "cut_off" if now.stage in BEFORE_SENDING and now.buying.cut_off_at <= at:
            missed = c.CutOffMissed(command.following, command.owner_id, at)
            return [missed] if _matters(command, now) else [c.PurchaseCancelled("nothing_to_buy", at)]
        case "late" if now.stage is Stage.SENT and not now.late:
            return [c.WentLate(at)]
        case _:
            return []


def _matters(command: PurchaseDeadlinePassed, now: Purchase) -> bool:
    return now.stage is not Stage.DRAFT or command.waiting or bool(now.extras)


def _cut_off(day: date, cut_off: time | None, calendar: WorkingCalendar) -> datetime:
    hours = calendar.hours_of(day)
    clock = cut_off or (hours.closes if hours else time(18))
    return datetime.combine(day, clock, ZoneInfo(calendar.zone)).astimezone(UTC)
