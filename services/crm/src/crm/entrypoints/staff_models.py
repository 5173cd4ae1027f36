"""The staff as asked for and shown over HTTP."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from chassis.http.fields import Id
from chassis.http.fields import Line as Text
from fastapi import Depends, Path, Request
from kernel.actor import Actor, Grade, Role
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crm.application.issuing import Issuing
from crm.application.peopling import Peopling
from crm.domain.refusals import StaffGone, UnknownStaff
from crm.domain.staff import Absence, Line, Staff
from crm.entrypoints.phones import PhoneIn

STAFF = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER}))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
StaffId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]
ALWAYS = (UnknownStaff, StaffGone, NotYourDuty)
Secret = Annotated[str, Field(min_length=1, max_length=1000)]
Nickname = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{1,59}$")]
"""A word that names somebody in facts, for ever: no phone, no address of mail."""


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StaffIn(Asked):
    """A new member of the staff; roles are granted one by one."""

    staff_id: Nickname
    shop_id: Id = "main"
    login: Nickname
    name: Text
    password: Secret
    grade: Grade = Grade.REGULAR
    reports_to: Id | None = None
    extension: Id | None = None
    mobile: PhoneIn | None = None


class DescriptionIn(Asked):
    grade: Grade | None = None
    reports_to: Id | None = None
    extension: Id | None = None
    mobile: PhoneIn | None = None


class PhonesIn(Asked):
    """All his telephones; what is left out he has no more."""

    extension: Id | None = None
    sip: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.+-]{1,60}@[A-Za-z0-9.-]{1,120}$")] | None = (
        Field(None, description="`user@host`, without `sip:`.")
    )
    mobile: PhoneIn | None = None
    hidden: list[Line] = Field(default=[], max_length=2, description="What nobody is to be put through to.")


class PasswordIn(Asked):
    """`old` is needed by who changes his own."""

    password: Secret
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
    absence: Absence | None
    deputy_id: str | None
    extension: str | None
    sip: str | None
    mobile: str | None = Field(description="Masked.")
    hidden: list[str]


async def peopling(request: Request) -> Peopling:
    """The wired use cases."""
    return request.app.state.peopling


async def issuing(request: Request) -> Issuing:
    """The wired issuer."""
    return request.app.state.issuing


async def kept(request: Request) -> Listing[Staff]:
    """Where the staff is kept."""
    return request.app.state.staff


People = Annotated[Peopling, Depends(peopling)]
Issues = Annotated[Issuing, Depends(issuing)]
Kept = Annotated[Listing[Staff], Depends(kept)]


def shown(staff: Staff) -> StaffOut:
    """As colleagues see him."""
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
        sip=staff.phones.sip,
        hidden=sorted(staff.phones.hidden),
        mobile=str(staff.phones.mobile) if staff.phones.mobile else None,
    )
