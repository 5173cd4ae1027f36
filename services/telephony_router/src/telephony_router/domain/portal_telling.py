"""What the portal is told of a call next, read from what was said of the call and what the portal knows. Pure and total."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from telephony_router.domain.call import PhoneCall
from telephony_router.domain.call_story import Story, story
from telephony_router.domain.portal_side import PortalSide

TALKED, MISSED = "200", "304"
"""The portal's words (bitrix24-voximplant.md B5)."""


class Word(StrEnum):
    """What is said; the last word of crm's path."""

    REGISTER = "register"
    SHOW = "show"
    HIDE = "hide"
    FINISH = "finish"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Saying:
    """`staff_id`: for whom it rings first, or whose the call is at its end; `staff_ids`: with whom the card comes and goes."""

    word: Word
    staff_id: str | None = None
    staff_ids: tuple[str, ...] = ()
    customer_id: str | None = None
    seconds: int = 0
    status: str = ""
    recording: str | None = None


def owed(call: PhoneCall) -> Saying | None:
    """The next thing. Nothing of a caller who hides his number, or who is erased."""
    side = call.portal
    if side is None or side.given_up or call.offer.number is None:
        return None
    if not side.registered:
        return _ring(call)
    now = story(call)
    if now.ended_at is None:
        return _moved(side, now)
    if not side.finished:
        return _ending(call, now)
    owes_recording = now.recording is not None and not side.recorded
    return Saying(Word.RECORD, recording=now.recording) if owes_recording else None


def taken(side: PortalSide, saying: Saying) -> PortalSide:
    """Crm has it."""
    after: dict[Word, Callable[[], PortalSide]] = {
        Word.REGISTER: lambda: replace(side, registered=True),
        Word.SHOW: lambda: replace(side, shown=(*side.shown, *saying.staff_ids)),
        Word.HIDE: lambda: replace(
            side, shown=tuple(each for each in side.shown if each not in saying.staff_ids)
        ),
        Word.FINISH: lambda: replace(side, finished=True, shown=()),
        Word.RECORD: lambda: replace(side, recorded=True),
    }
    return replace(after[saying.word](), tries=0)


def _ring(call: PhoneCall) -> Saying:
    plan = call.plan
    if plan is None:
        return Saying(Word.REGISTER)
    first = next((each.staff_id for each in plan.rings if each.staff_id), plan.owner_id)
    return Saying(Word.REGISTER, staff_id=first, customer_id=plan.customer_id)


def _moved(side: PortalSide, now: Story) -> Saying | None:
    """The card is with whose telephone rings, then with who picked up."""
    if now.answered_at is not None:
        wanted = (now.staff_id,)
    else:
        wanted = tuple(leg.staff_id for leg in now.legs if leg.rang_at and leg.ended is None)
    shown = tuple(dict.fromkeys(each for each in wanted if each))
    gone = tuple(each for each in side.shown if each not in shown)
    if gone:
        return Saying(Word.HIDE, staff_ids=gone)
    fresh = tuple(each for each in shown if each not in side.shown)
    return Saying(Word.SHOW, staff_ids=fresh) if fresh else None


def _ending(call: PhoneCall, now: Story) -> Saying:
    """Talked: who did; missed: whose the caller is, not whose telephone rang last (B5)."""
    if now.answered_at is not None:
        return Saying(Word.FINISH, staff_id=now.staff_id, seconds=now.talked, status=TALKED)
    return Saying(Word.FINISH, staff_id=call.plan.owner_id if call.plan else None, status=MISSED)
