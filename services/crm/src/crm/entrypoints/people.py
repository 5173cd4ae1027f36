"""The staff over HTTP: hiring, roles, absence, presence, passwords."""

from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.handling import Outcome
from chassis.http.asking import Asking, asked_by
from chassis.http.fields import Id, Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Request
from kernel.actor import Actor, Grade, Role
from kernel.duties import Action, may
from kernel.personal import Personal
from pydantic import BaseModel, ConfigDict, Field

from crm.application.issuing import Issuing
from crm.application.peopling import Peopling
from crm.domain import staff as s
from crm.domain.refusals import (
    ControllerReportsToOwner,
    DeputyNeeded,
    DeputyUnfit,
    GoesInCircles,
    NotYourDuty,
    OwnerStays,
    RolesNotTogether,
    StaffGone,
    UnknownStaff,
    WeakPassword,
)
from crm.domain.secrets import check_password, login_key
from crm.domain.staff import Phones, Presence, Staff
from crm.entrypoints.phones import PhoneIn, phone_of

router = APIRouter(prefix="/staff", tags=["staff"])
STAFF = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER}))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
StaffId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]
ALWAYS = (UnknownStaff, StaffGone, NotYourDuty)


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StaffIn(Asked):
    """A new member of the staff; roles are granted one by one."""

    staff_id: Id
    shop_id: Id = "main"
    login: Id
    name: Line
    password: str = Field(min_length=1, max_length=1000)
    grade: Grade = Grade.REGULAR
    reports_to: Id | None = None
    extension: Id | None = None
    mobile: PhoneIn | None = None


class DescriptionIn(Asked):
    grade: Grade | None = None
    reports_to: Id | None = None
    extension: Id | None = None
    mobile: PhoneIn | None = None


class GrantIn(Asked):
    """`waiver`: the owner allows a tolerated pair; it is written down (R12)."""

    role: Role
    waiver: bool = False


class AbsenceIn(Asked):
    absence: s.Absence
    deputy_id: Id | None = None


class PresenceIn(Asked):
    presence: Presence


class PasswordIn(Asked):
    """`old` is needed by who changes his own."""

    password: str = Field(min_length=1, max_length=1000)
    old: str = Field(default="", max_length=1000)


class StaffOut(BaseModel):
    staff_id: str
    shop_id: str
    login: str
    name: str
    roles: list[str]
    waived: dict[str, str]
    grade: str
    reports_to: str | None
    active: bool
    presence: str
    absence: s.Absence | None
    deputy_id: str | None
    extension: str | None
    mobile: str | None = Field(description="Masked.")


def peopling(request: Request) -> Peopling:
    """The wired use cases."""
    return request.app.state.peopling


def issuing(request: Request) -> Issuing:
    """The wired issuer."""
    return request.app.state.issuing


def kept(request: Request) -> Listing[Staff]:
    """Where the staff is kept."""
    return request.app.state.staff


People = Annotated[Peopling, Depends(peopling)]
Issues = Annotated[Issuing, Depends(issuing)]
Kept = Annotated[Listing[Staff], Depends(kept)]


@router.post("", status_code=HTTPStatus.CREATED, responses=refusals(NotYourDuty, WeakPassword))
async def hire(body: StaffIn, asked: Asking, people: People, issues: Issues) -> ReceiptOut:
    """A new member of the staff, who can log in and has no role yet."""
    if not may(asked.actor, Action.MANAGE_STAFF):
        raise NotYourDuty("Only who manages the staff hires (R9).")
    check_password(body.password, body.login)
    command = s.HireStaff(
        staff_id=body.staff_id,
        shop_id=body.shop_id,
        login=body.login.lower(),
        name=Personal(body.name),
        grade=body.grade,
        reports_to=body.reports_to,
        phones=Phones(body.extension, phone_of(body.mobile)),
        actor=asked.actor,
        at=asked.at,
    )
    done: Outcome[Staff] = await people.handle(command, asked.occasion(body))
    if done.changes:
        key = login_key(body.login)
        await issues.keep(key, body.password, asked.actor, staff_id=body.staff_id, roles=frozenset())
    return receipt(done)


@router.get("")
async def list_staff(actor: Reader, page: Paging, staff: Kept) -> PageOut[StaffOut]:
    """Everybody who works or worked here."""
    del actor
    found = await staff.page(Wanted(), page.limit, page.cursor)
    return PageOut(items=[_shown(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{staff_id}", responses=refusals(UnknownStaff))
async def read_staff(staff_id: StaffId, actor: Reader, staff: Kept) -> StaffOut:
    """One member of the staff."""
    del actor
    found = (await staff.load(staff_id)).state
    if found is None:
        raise UnknownStaff("There is no such member of the staff.")
    return _shown(found)


@router.patch("/{staff_id}", responses=refusals(*ALWAYS, GoesInCircles, ControllerReportsToOwner))
async def describe(staff_id: StaffId, body: DescriptionIn, asked: Asking, people: People) -> ReceiptOut:
    """Another grade, superior (R10), or phones; what is left out stays."""
    phones = Phones(body.extension, phone_of(body.mobile)) if body.extension or body.mobile else None
    return receipt(await people.describe(staff_id, body.grade, body.reports_to, phones, asked.occasion(body)))


@router.post("/{staff_id}/grants", responses=refusals(*ALWAYS, RolesNotTogether))
async def grant(staff_id: StaffId, body: GrantIn, asked: Asking, people: People) -> ReceiptOut:
    """Grant a role, unless separation of duties forbids it (R4, R6, R9); a refused attempt is written down."""
    return receipt(await people.grant(staff_id, body.role, asked.occasion(body), waiver=body.waiver))


@router.delete("/{staff_id}/grants/{role}", responses=refusals(*ALWAYS, OwnerStays))
async def take(staff_id: StaffId, role: Role, asked: Asking, people: People) -> ReceiptOut:
    """Take a role away."""
    return receipt(await people.take(staff_id, role, asked.occasion()))


@router.put("/{staff_id}/absence", responses=refusals(*ALWAYS, DeputyNeeded, DeputyUnfit))
async def be_absent(staff_id: StaffId, body: AbsenceIn, asked: Asking, people: People) -> ReceiptOut:
    """Away for a while, with a deputy; a conflict manager needs one (R5)."""
    return receipt(await people.leave(staff_id, body.absence, body.deputy_id, asked.occasion(body)))


@router.delete("/{staff_id}/absence", responses=refusals(*ALWAYS))
async def come_back(staff_id: StaffId, asked: Asking, people: People) -> ReceiptOut:
    """Back at work."""
    return receipt(await people.come_back(staff_id, asked.occasion()))


@router.put("/{staff_id}/presence", responses=refusals(*ALWAYS))
async def show(staff_id: StaffId, body: PresenceIn, asked: Asking, people: People) -> ReceiptOut:
    """At work, on a break, off."""
    return receipt(await people.show(staff_id, body.presence, asked.occasion(body)))


@router.post("/{staff_id}/dismissal", responses=refusals(*ALWAYS, OwnerStays))
async def dismiss(staff_id: StaffId, asked: Asking, people: People) -> ReceiptOut:
    """He works here no more: no new tokens, no new work."""
    return receipt(await people.dismiss(staff_id, asked.occasion()))


@router.put(
    "/{staff_id}/password", status_code=HTTPStatus.NO_CONTENT, responses=refusals(*ALWAYS, WeakPassword)
)
async def set_password(
    staff_id: StaffId, body: PasswordIn, asked: Asking, staff: Kept, issues: Issues
) -> None:
    """His own, with the old one; or by who manages the staff."""
    found = (await staff.load(staff_id)).state
    if found is None:
        raise UnknownStaff("There is no such member of the staff.")
    own = asked.actor.id == staff_id and await issues.fits(found.login, body.old)
    if not own and (asked.actor.id == staff_id or not may(asked.actor, Action.MANAGE_STAFF)):
        raise NotYourDuty("Give your old password, or let who manages the staff do it.")
    check_password(body.password, found.login)
    key = login_key(found.login)
    await issues.keep(key, body.password, asked.actor, staff_id=staff_id, roles=frozenset())


@router.get("/{staff_id}/timeline", responses=refusals(UnknownStaff))
async def read_timeline(staff_id: StaffId, actor: Reader, staff: Kept) -> TimelineOut:
    """Grants, absences and refused attempts, with who and when."""
    del actor
    entries = await staff.history(staff_id)
    if not entries:
        raise UnknownStaff("There is no such member of the staff.")
    return timeline(staff_id, entries)


def _shown(staff: Staff) -> StaffOut:
    return StaffOut(
        staff_id=staff.staff_id,
        shop_id=staff.shop_id,
        login=staff.login,
        name=staff.name.value,
        roles=sorted(staff.roles),
        waived={role.value: by for role, by in staff.waived.items()},
        grade=staff.grade,
        reports_to=staff.reports_to,
        active=staff.active,
        presence=staff.presence,
        absence=staff.absence,
        deputy_id=staff.deputy_id,
        extension=staff.phones.extension,
        mobile=str(staff.phones.mobile) if staff.phones.mobile else None,
    )
