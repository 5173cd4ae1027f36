"""Calls, for controllers and the owner; what was answered is at `answers`."""

from enum import StrEnum
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty

from quality.application.calling import Calling, is_by_link
from quality.application.contact import ContactRefused
from quality.application.linking import LinkUnreadable, SurveyLinks
from quality.application.scripting import Scripting
from quality.domain import refusals as no
from quality.domain.call import Answered, Call
from quality.domain.forgetting import is_erased
from quality.entrypoints.models import CallOut, CheckIn, ContactOut, LinkOut, TryIn, call_out
from quality.entrypoints.scripts import scripting_of

router = APIRouter(prefix="/calls", tags=["calls"])

Reader = Annotated[Actor, Depends(asked_by(Role.OWNER, Role.QUALITY_CONTROLLER, Role.SERVICE_OWNER))]
Linker = Annotated[Actor, Depends(asked_by(Role.OWNER, Role.SERVICE))]
"""Not who asks: what comes by the link counts as the customer's own word, and nobody looks at it again (R9, R11)."""
CallId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
Text = Annotated[str | None, Query(max_length=200)]
NOT_HIS = (NotYourDuty, no.NotIndependent, no.UnknownCall)


async def calls_of(request: Request) -> Listing[Call]:
    """Where calls are kept."""
    return request.app.state.calls


async def calling_of(request: Request) -> Calling:
    """The wired use case."""
    return request.app.state.calling


async def links_of(request: Request) -> SurveyLinks:
    """Links of surveys."""
    return request.app.state.links


Calls = Annotated[Listing[Call], Depends(calls_of)]
Callings = Annotated[Calling, Depends(calling_of)]


class State(StrEnum):
    """How far a call is."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_CALLED = "not_called"


@router.get("")
async def list_calls(  # noqa: PLR0917 - what calls are looked for by
    actor: Reader,
    page: Paging,
    calls: Calls,
    state: State | None = None,
    assignee: Text = None,
    checker: Text = None,
    overdue: bool | None = None,
    contradicted: bool | None = None,
    order_id: Text = None,
) -> PageOut[CallOut]:
    """Calls by the day of delivery. `contradicted`: closed as fine, and a claim came later, or the second look found something
    else (R11); `checker`: second checks that are this person's to make.
    """
    del actor
    asked = {
        "state": state and state.value,
        "assignee": assignee,
        "checker": checker,
        "overdue": overdue,
        "contradicted": contradicted,
        "order_id": order_id,
    }
    equal = {name: value for name, value in asked.items() if value is not None}
    found = await calls.page(Wanted(equal=equal, order="delivered_on"), page.limit, page.cursor)
    return PageOut(items=[call_out(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{call_id}", responses=refusals(no.UnknownCall))
async def read_call(call_id: CallId, actor: Reader, calling: Callings) -> CallOut:
    """One call."""
    del actor
    return call_out(await calling.call(call_id))


@router.get("/{call_id}/timeline", responses=refusals(no.UnknownCall))
async def read_timeline(call_id: CallId, actor: Reader, calls: Calls) -> TimelineOut:
    """What happened to the call, when, by whom, and the facts told of it."""
    del actor
    entries = await calls.history(call_id)
    if not entries:
        raise no.UnknownCall("There is no such call.")
    return timeline(call_id, entries)


@router.get("/{call_id}/link", responses=refusals(no.UnknownCall, LinkUnreadable, no.CallClosed))
async def read_link(
    call_id: CallId, actor: Linker, calling: Callings, links: Annotated[SurveyLinks, Depends(links_of)]
) -> LinkOut:
    """The signed link of a customer who wants no calls, or may answer before he is called (R26)."""
    del actor
    call = await calling.call(call_id)
    link = links.link(call_id) if is_by_link(call) else None
    if link is None:
        raise LinkUnreadable("There is no link for this call.")
    if isinstance(call, Answered) or is_erased(call):
        raise no.CallClosed("This was answered already, or the customer was erased.")
    return LinkOut(link=link)


@router.post(
    "/{call_id}/opening",
    responses=refusals(
        *NOT_HIS,
        no.CallClosed,
        no.ContactShownAlready,
        no.SomebodyIsCalling,
        no.NotCallingTime,
        no.NoCallsWanted,
        ContactRefused,
    ),
)
async def open_call(
    call_id: CallId, asked: Asking, calling: Callings, scripting: Annotated[Scripting, Depends(scripting_of)]
) -> ContactOut:
    """The contact, shown for this one call; that it was shown stands in the journal (R97)."""
    contact, nps = await calling.open(call_id, asked.actor, asked.occasion())
    script = await scripting.questions(contact.language)
    questions = {name: text for name, text in script.items() if nps or name != "nps"}
    return ContactOut(
        number=contact.number,
        name=contact.name.value,
        phone=contact.phone.e164 if contact.phone else None,
        language=contact.language,
        ask_nps=nps,
        questions=questions,
    )


@router.post("/{call_id}/attempts", responses=refusals(*NOT_HIS, no.CallClosed, no.CallNotOpened))
async def record_attempt(call_id: CallId, body: TryIn, asked: Asking, calling: Callings) -> ReceiptOut:
    """A call that gave no answers; it is tried again by the schedule, or ends with a reason (R82)."""
    return receipt(await calling.record_try(call_id, asked.actor, body.result, asked.occasion(body)))


@router.post(
    "/{call_id}/second-check",
    responses=refusals(*NOT_HIS, no.NoCheckDue, no.CheckedBySomebodyElse),
)
async def check_call(call_id: CallId, body: CheckIn, asked: Asking, calling: Callings) -> ReceiptOut:
    """A second look by somebody else (R11)."""
    words = Personal(body.words) if body.words else None
    outcome = await calling.check(call_id, asked.actor, body.agrees, words, asked.occasion(body))
    return receipt(outcome)
