"""Values of requests and answers: clocks, days, moments, time zones, sums."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from chassis.http.fields import GREATEST
from kernel.money import Money
from kernel.zone import zone_named
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def _known(name: str) -> str:
    zone_named(name)
    return name


def _livable(at: datetime) -> datetime:
    """A moment of a day that has a yesterday and a tomorrow, in UTC."""
    if not FIRST_DAY.year <= at.year <= LAST_DAY.year:
        raise ValueError("not a moment of this century")
    return at.astimezone(UTC)


Clock = Annotated[
    str,
    StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Field(description="HH:MM, clocks of the delivery city.", examples=["09:00"]),
]
OnDay = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = Annotated[AwareDatetime, AfterValidator(_livable)]
TimeZone = Annotated[
    str, StringConstraints(max_length=64), AfterValidator(_known), Field(examples=["Europe/Moscow"])
]
Weekday = Annotated[int, Field(ge=1, le=7, description="ISO: Monday is 1.")]


class MoneyIO(BaseModel):
    """A sum in kopecks."""

    minor: Annotated[int, Field(ge=0, le=GREATEST)]
    currency: Literal["RUB"] = "RUB"

    def money(self) -> Money:
        return Money(self.minor, self.currency)


def amount(money: Money) -> MoneyIO:
    """A sum as answered."""
    return MoneyIO.model_construct(minor=money.minor, currency=money.currency)


def clock(text: str | None) -> time | None:
    """A clock as typed; none when left out."""
    return time.fromisoformat(text) if text is not None else None


def clock_out(shown: time) -> str:
    """A clock as answered."""
    return f"{shown:%H:%M}"


class WordsOut(BaseModel):
    """The same in Russian and English."""

    ru: str
    en: str
