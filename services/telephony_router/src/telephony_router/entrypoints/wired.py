"""What the routes reach of the composed service, and who may ask."""

from datetime import datetime
from typing import Annotated, Any

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from fastapi import Depends, Query, Request
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from telephony_router.application.callers import Callers
from telephony_router.application.calling_back import CallingBack
from telephony_router.application.carding import Carding
from telephony_router.application.counting import Counting
from telephony_router.application.loading import Load
from telephony_router.application.looking import Looking
from telephony_router.application.reading_notes import ReadingNotes
from telephony_router.application.remembering import Remembered
from telephony_router.application.revising import Revising
from telephony_router.application.rostering import Rostering
from telephony_router.application.situating import Situating
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.callback import Callback


def reached(name: str) -> Any:
    """A dependency: the wired thing of this name."""

    async def reach(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(reach)


def who_may(action: Action) -> Any:
    """A dependency: the actor, one of whose roles may do this; of questions, which nobody has to remember."""
    return Depends(asked_by(*sorted(DUTIES[action].roles)))


HOUSE = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.CALL_CENTRE_AGENT}))
Reader = Annotated[Actor, Depends(asked_by(*HOUSE))]
CallReader = Annotated[Actor, who_may(Action.READ_CALL)]

Memory = Annotated[Remembered, reached("memory")]
Situates = Annotated[Situating, reached("situating")]
Rosters = Annotated[Rostering, reached("rostering")]
CallsKept = Annotated[Listing[PhoneCall], reached("calls")]
CallbacksKept = Annotated[Listing[Callback], reached("callbacks")]
CallingBacks = Annotated[CallingBack, reached("calling_back")]
Looks = Annotated[Looking, reached("looking")]
Revises = Annotated[Revising, reached("revising")]
Counts = Annotated[Counting, reached("counting")]
Cards = Annotated[Carding, reached("carding")]
NotesRead = Annotated[ReadingNotes, reached("reading_notes")]
CallersKnown = Annotated[Callers, reached("callers")]
Loads = Annotated[Listing[Load], reached("loads")]
TheShop = Annotated[str, reached("shop_id")]
ShopAsked = Annotated[str | None, Query(max_length=120, description="The shop; the usual one if not given.")]


FIRST_YEAR, LAST_YEAR = 1970, 9000


def _within_reach(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("beyond any calendar")
    return moment


Instant = Annotated[AwareDatetime, AfterValidator(_within_reach)]
"""A moment of a year that every calendar and time zone can tell."""


class In(BaseModel):
    """A body without anything unknown."""

    model_config = ConfigDict(extra="forbid")
