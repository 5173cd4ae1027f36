"""The staff over HTTP: hiring, describing, passwords, leaving."""

from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.rush_freezes import Despite
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Query, Request
from kernel.freeze import SettingsFrozen
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty

from crm.application.issuing import Refused
from crm.domain.refusals import (
    BuyerStaysSenior,
    ControllerReportsToOwner,
    GoesInCircles,
    OwnerStays,
    StaffIdTaken,
    UnknownStaff,
    WeakPassword,
    WrongPassword,
)
from crm.domain.secrets import check_password, login_key
from crm.domain.staff import Phones, Staff
from crm.entrypoints.phones import phone_of
from crm.entrypoints.staff_models import (
    ALWAYS,
    DescriptionIn,
    Issues,
    Kept,
    PasswordIn,
    People,
    Reader,
    StaffId,
    StaffIn,
    StaffOut,
    shown,
)

router = APIRouter(prefix="/staff", tags=["staff"])


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    responses=refusals(NotYourDuty, UnknownStaff, WeakPassword, StaffIdTaken),
)
async def hire(body: StaffIn, asked: Asking, people: People, issues: Issues) -> ReceiptOut:
    """A new member of the staff, who can log in and has no role yet."""
    check_password(body.password, body.login)
    staff = Staff(
        staff_id=body.staff_id,
        shop_id=body.shop_id,
        login=body.login,
        name=Personal(body.name),
        grade=body.grade,
        reports_to=body.reports_to,
        phones=Phones(body.extension, phone_of(body.mobile)),
    )
    done = await people.hire(staff, asked.occasion(body))
    key = login_key(body.login)
    if await issues.secrets.of(key) is None:
        await issues.secrets.keep(key, body.password, asked.actor, staff_id=body.staff_id)
    return receipt(done)


@router.get("")
async def list_staff(
    actor: Reader, page: Paging, staff: Kept, active: Annotated[bool | None, Query()] = None
) -> PageOut[StaffOut]:
    """Everybody who works or worked here."""
    del actor
    wanted = Wanted() if active is None else Wanted(equal={"active": active})
    found = await staff.page(wanted, page.limit, page.cursor)
    return PageOut(items=[shown(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{staff_id}", responses=refusals(UnknownStaff))
async def read_staff(staff_id: StaffId, actor: Reader, staff: Kept) -> StaffOut:
    """One member of the staff."""
    del actor
    found = (await staff.load(staff_id)).state
    if found is None:
        raise UnknownStaff("There is no such member of the staff.")
    return shown(found)


@router.patch(
    "/{staff_id}",
    responses=refusals(*ALWAYS, SettingsFrozen, GoesInCircles, ControllerReportsToOwner, BuyerStaysSenior),
)
async def describe(
    staff_id: StaffId, body: DescriptionIn, asked: Asking, people: People, despite: Despite = None
) -> ReceiptOut:
    """Another grade, superior (R10), or phones; what is left out stays."""
    phones = Phones(body.extension, phone_of(body.mobile)) if body.extension or body.mobile else None
    occasion = asked.occasion(body)
    return receipt(
        await people.describe(staff_id, body.grade, body.reports_to, phones, occasion, despite=despite)
    )


@router.post("/{staff_id}/dismissal", responses=refusals(*ALWAYS, OwnerStays))
async def dismiss(staff_id: StaffId, asked: Asking, people: People) -> ReceiptOut:
    """He works here no more: no new tokens, no new work; his customers go to others."""
    return receipt(await people.dismiss(staff_id, asked.occasion()))


@router.put(
    "/{staff_id}/password",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(*ALWAYS, WeakPassword, WrongPassword),
)
async def set_password(
    *, staff_id: StaffId, body: PasswordIn, asked: Asking, request: Request, people: People, issues: Issues
) -> None:
    """His own, with the old one; or by who manages him. All his log-ins of before end with it."""
    if asked.actor.id == staff_id:
        await _show_old(staff_id, body.old, request, people, issues)
    person = await people.allow_password(staff_id, asked.occasion())
    check_password(body.password, person.login)
    await issues.secrets.keep(login_key(person.login), body.password, asked.actor, staff_id=staff_id)


@router.get("/{staff_id}/timeline", responses=refusals(UnknownStaff))
async def read_timeline(staff_id: StaffId, actor: Reader, staff: Kept) -> TimelineOut:
    """Grants, absences and refused attempts, with who and when."""
    del actor
    entries = await staff.history(staff_id)
    if not entries:
        raise UnknownStaff("There is no such member of the staff.")
    return timeline(staff_id, entries)


async def _show_old(staff_id: str, old: str, request: Request, people: People, issues: Issues) -> None:
    """A stolen token is not enough to take somebody's log-in away from him."""
    person = (await people.staff.load(staff_id)).state
    address = request.client.host if request.client else "unknown"
    try:
        right = person is not None and await issues.shows_password(person, old, address)
    except Refused as locked:
        raise WrongPassword("Too many failures; wait.", wait_seconds=locked.wait) from locked
    if not right:
        raise WrongPassword("This is not your password of before.")
