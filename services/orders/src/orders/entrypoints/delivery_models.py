"""What is asked about the delivery of an order over HTTP."""

from datetime import date, time
from typing import Annotated, Self

from chassis.http.fields import Id, Line
from kernel.personal import Personal
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from orders.application.wishing import Wish
from orders.domain.delivery import Handing, Leaving
from orders.domain.words import Channel
from orders.entrypoints.models import Asked, Code


def _local(clock: time) -> time:
    """A clock of the delivery city, without a zone of its own."""
    if clock.tzinfo is not None:
        raise ValueError("a clock of the delivery city has no zone")
    return clock


Day = date

Clock = Annotated[time, AfterValidator(_local)]


class DeliveryIn(Asked):
    """What the customer wishes: a window at his door or a pick-up point. Day and clocks are the delivery city's."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    zone: Id
    kind: Handing
    date: Day | None = None
    begins: Clock | None = Field(default=None, alias="from", examples=["09:00"])
    ends: Clock | None = Field(
        default=None, alias="to", examples=["15:00"], description="`from` alone is an exact hour (R67)."
    )
    point_id: Id | None = None
    ready_on: Day | None = Field(
        default=None, description="When the goods are at our warehouse; else what procurement told."
    )
    told_by: Channel | None = Field(
        default=None, description="The customer hears it in this very talk: the channel (R31)."
    )
    alternative_recipient: Line | None = Field(
        default=None, description="Who may take it instead; sealed (R67)."
    )
    payment_left_with: Line | None = Field(
        default=None, description="Who keeps the money for it; sealed (R67)."
    )
    waiver: Code | None = Field(
        default=None,
        description="Why it is promised before the goods are allocated; owner or service owner (R65).",
    )

    @model_validator(mode="after")
    def forwards(self) -> Self:
        """Hours run forwards."""
        if self.begins is not None and self.ends is not None and self.ends < self.begins:
            raise ValueError("`to` is before `from`")
        return self

    def wish(self) -> Wish:
        return Wish(
            zone=self.zone,
            kind=self.kind,
            day=self.date,
            begins=self.begins,
            ends=self.ends,
            point_id=self.point_id if self.kind is Handing.POINT else None,
            ready_on=self.ready_on,
            told_by=self.told_by,
            leaving=Leaving(_sealed(self.alternative_recipient), _sealed(self.payment_left_with)),
            waiver=self.waiver,
        )


class ToldIn(Asked):
    channel: Channel


def _sealed(words: str | None) -> Personal | None:
    return Personal(words) if words else None
