"""A session as the provider's call history has it, and what of it was never reported to us. Pure and total."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from telephony_router.domain.call import Event, PhoneCall, Said
from telephony_router.domain.call_story import NO_REPORT


@dataclass(frozen=True, slots=True)
class PastLeg:
    """One call of a session: the caller's own is `incoming`. `seconds`: connected; `local`: our number."""

    incoming: bool
    local: str
    remote: str
    started_at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class PastSession:
    """`ended_at` is None while it runs. Addresses of recordings, the first first."""

    session_id: str
    ended_at: datetime | None
    legs: tuple[PastLeg, ...] = ()
    recordings: tuple[str, ...] = ()

    @property
    def caller(self) -> PastLeg | None:
        """Who rang us; None: we rang."""
        return next((leg for leg in self.legs if leg.incoming), None)

    @property
    def talks(self) -> tuple[PastLeg, ...]:
        """The legs at which somebody of us talked, in their order; what was only played to the caller is none."""
        talked = (leg for leg in self.legs if not leg.incoming and leg.seconds > 0)
        return tuple(sorted(talked, key=lambda leg: leg.started_at))


def lost(call: PhoneCall | None, session: PastSession, staff_id: str | None) -> list[Event]:
    """What the reports did not say. `staff_id`: who talked last. The ids come from the history alone, so it is brought back
    once; a report that comes after all changes nothing that was told.
    """
    if session.ended_at is None:
        return []
    talked = sum(leg.seconds for leg in session.talks)
    ended = Event("history:ended", Said.ENDED, session.ended_at, staff_id=staff_id, talked_seconds=talked)
    heard = call.events if call else ()
    found: list[Event] = []
    if not any(each.said is Said.ENDED and each.code != NO_REPORT for each in heard):
        found.append(ended)
    url = next((each for each in session.recordings if each.startswith(("http://", "https://"))), None)
    if url and _may_keep_his_voice(call) and not any(each.said is Said.RECORDED for each in heard):
        at = session.ended_at + timedelta(seconds=1)
        found.append(Event("history:recorded", Said.RECORDED, at, recording=url))
    return found


def _may_keep_his_voice(call: PhoneCall | None) -> bool:
    """A call without a number may be of somebody who was erased: nothing of him comes back."""
    return call is None or call.offer.number is not None
