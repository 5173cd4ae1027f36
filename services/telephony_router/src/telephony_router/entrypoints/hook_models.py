"""The neutral webhook's bodies: what a provider's scenario asks and reports, and the whole plan as it is answered."""

from typing import Annotated

from chassis.http.fields import Count, Id
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from telephony_router.application.dialling import SAID, Hop
from telephony_router.domain.call import Event, Said
from telephony_router.domain.reasons import words_of

Number = Annotated[str, StringConstraints(max_length=120)]
ProviderId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class HookIn(BaseModel):
    """What providers add of their own is passed over."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    call_id: ProviderId = Field(description="The provider's own id of the call.")
    from_: Number = Field("", alias="from", description="The caller's number in any spelling; empty: hidden.")
    to: Number = Field("", description="Which of our numbers was rung.")
    started_at: AwareDatetime | None = None


class CallIn(HookIn):
    """It rings: who is to be rung?"""


class EventIn(BaseModel):
    """One thing that happened. The same `event_id` again changes nothing."""

    model_config = ConfigDict(extra="ignore")

    event_id: ProviderId
    said: Said
    at: AwareDatetime
    leg: int | None = Field(None, ge=1, le=100, description="The number of the step, as answered.")
    staff_id: Id | None = Field(None, description="Who, where it is no step of the plan.")
    code: Word | None = Field(
        None, description="busy, no_answer, declined, unreachable; of the end also hung_up."
    )
    talked_seconds: Count | None = Field(None, description="Of the end: how long they talked.")
    recording: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://\S+$")] | None = None

    def event(self) -> Event:
        """In the domain's words."""
        return Event(
            self.event_id,
            self.said,
            self.at,
            self.leg,
            self.staff_id,
            self.code,
            self.talked_seconds,
            self.recording,
        )


class EventsIn(HookIn):
    """What happened to it, in any order."""

    events: Annotated[list[EventIn], Field(min_length=1, max_length=50)]


class DialOut(BaseModel):
    way: str = Field(description="extension, sip or phone (E.164)")
    address: str


class SayOut(BaseModel):
    ru: str
    en: str


class HopOut(BaseModel):
    """`number` is what events name as `leg`."""

    number: int
    kind: str = Field(description="ring, play, overflow, callback")
    target: str
    staff_id: str | None
    seconds: int
    dial: DialOut | None = Field(description="Of ring and overflow: what to dial.")
    say: SayOut | None = Field(description="Of play: answer the call and say it.")
    reason: str
    because: str = Field(description="The reason in English, for the scenario's log.")


class FullPlanOut(BaseModel):
    """Carry the steps out one after another until somebody answers; the callback needs nothing but the report of the end."""

    call_id: str
    recognition: str
    steps: list[HopOut]


class ReportOut(BaseModel):
    """`saved`: written down; else it will be, and the report need not be repeated."""

    call_id: str
    saved: bool


def hop_out(hop: Hop) -> HopOut:
    """A step as a scenario carries it out."""
    step, said = hop.step, SAID.get(hop.step.reason) if hop.dial is None else None
    return HopOut(
        number=hop.number,
        kind=step.kind,
        target=step.target,
        staff_id=step.staff_id,
        seconds=step.seconds,
        dial=DialOut(way=hop.dial.way, address=hop.dial.address) if hop.dial else None,
        say=SayOut(ru=said[0], en=said[1]) if said else None,
        reason=step.reason,
        because=words_of(step.reason).en,
    )
