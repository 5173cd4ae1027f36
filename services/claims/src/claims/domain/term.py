"""The clock of one demand: its last day, the moments at which somebody is warned, and what being late costs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from kernel.money import Money
from kernel.zone import zone_named

from claims.domain.reckoning import DAY, Length, last_day, working_day_before
from claims.domain.statute import row_by
from claims.domain.words import Channel, Demand, Extension

MARKS = ("half", "most", "last_day", "over")


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand as it was received. `proof` is what shows the day: the id of a mail or a call. `price` is the item's,
    `paid` what he paid under the contract (the prepaid sum for art. 23.1). Days are of `zone`. `in_window`: whether a
    refusal of a distance sale (art. 26.1), or the claim for a technically complex item (art. 18), came in time; None when
    it is neither. `next_delivery_on`, `application`: to the Far North, and what shows that he applied for it (art. 21 p. 1).
    """

    demand: Demand
    version: str
    received_on: date
    channel: Channel
    proof: str
    price: Money
    paid: Money
    zone: str
    agreed_days: int | None = None
    extension: Extension | None = None
    in_window: bool | None = None
    next_delivery_on: date | None = None
    application: str | None = None

    @property
    def article(self) -> str:
        return row_by(self.demand, self.version).article

    @property
    def length(self) -> Length:
        """How long the law gives for it, as it stands."""
        row = row_by(self.demand, self.version)
        if self.next_delivery_on is not None:
            return Length((self.next_delivery_on - self.received_on).days)
        if self.extension is not None:
            return row.extended[self.extension]
        return Length(self.agreed_days if row.agreed and self.agreed_days else row.days)

    @property
    def due_on(self) -> date:
        """The last day of the law's term."""
        return last_day(self.received_on, self.length)


def mark_at(demanded: Demanded, mark: str) -> datetime:
    """When half or four fifths of the term are over, the last working day before the last day begins, or it is over."""
    start = _midnight(demanded.received_on + DAY, demanded.zone)
    end = _midnight(demanded.due_on + DAY, demanded.zone)
    match mark:
        case "half":
            return start + (end - start) / 2
        case "most":
            return start + (end - start) * 4 / 5
        case "last_day":
            return max(start, _midnight(working_day_before(demanded.due_on), demanded.zone))
        case _:
            return end


def exposure(demanded: Demanded, today: date) -> Money:
    """What the delay costs by today: so much a day of the price, capped where the law caps it (art. 23, 23.1)."""
    row = row_by(demanded.demand, demanded.version)
    late = max((today - demanded.due_on).days, 0)
    of = demanded.paid if row.penalty_article == "23.1" else demanded.price
    penalty = Money(of.minor * row.rate * late // 10_000, of.currency)
    return min(penalty, demanded.paid) if row.capped else penalty


def day_in(zone: str, at: datetime) -> date:
    """The day that it is there."""
    return at.astimezone(zone_named(zone)).date()


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(0), zone_named(zone)).astimezone(UTC)
