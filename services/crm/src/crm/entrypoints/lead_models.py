"""Leads as asked for and shown over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from chassis.http.fields import Id, Words
from fastapi import Depends, Path, Request
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from pydantic import AwareDatetime, BaseModel, Field, field_validator, model_validator

from crm.application.lead_following import LeadFollowing
from crm.application.leading import Leading, Wish
from crm.domain.lead import Lead, Lost, Open, Source, Won
from crm.entrypoints.attendance import FIRST_YEAR, LAST_YEAR
from crm.entrypoints.customer_models import RESOLVERS, Asked, Code, ContactIn
from crm.entrypoints.phones import personal

Opener = Annotated[Actor, Depends(asked_by(Role.SITE, *RESOLVERS))]
Worker = Annotated[Actor, Depends(asked_by(*DUTIES[Action.WORK_LEAD].roles))]
LeadId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]


class LeadIn(Asked):
    """Somebody wants something: a customer that is known, or somebody new who can be reached."""

    shop_id: Id = "main"
    source: Source
    source_id: Id | None = Field(None, description="The call, or the site's own request.")
    customer_id: Id | None = None
    contact: ContactIn | None = Field(None, description="Personal; he is found or registered by it.")
    wants: Words | None = Field(None, description="What he wants. Personal; kept encrypted.")

    @model_validator(mode="after")
    def one_person(self) -> "LeadIn":
        """A lead is somebody's, and not two people's."""
        if (self.customer_id is None) == (self.contact is None):
            raise ValueError("either a customer or a contact")
        return self

    def wish(self, lead_id: str) -> Wish:
        """As the use case hears it."""
        who = replace(self.contact.contact(), shop_id=self.shop_id) if self.contact else self.customer_id
        assert who is not None
        return Wish(lead_id, self.shop_id, who, self.source, self.source_id, personal(self.wants))


class StepIn(Asked):
    """What is left out stays; without `due_at` the stage's term begins anew."""

    stage: Code | None = None
    step: Code | None = Field(None, examples=["call", "send_offer", "meet"])
    due_at: AwareDatetime | None = None
    wants: Words | None = Field(None, description="What he wants. Personal; kept encrypted.")

    @field_validator("due_at")
    @classmethod
    def within_reach(cls, moment: AwareDatetime | None) -> AwareDatetime | None:
        """A year that every clock and time zone can tell."""
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError("beyond any calendar")
        return moment.astimezone(UTC) if moment else None


class WinIn(Asked):
    order_id: Id


class LossIn(Asked):
    reason: Code = Field(examples=["too_expensive", "bought_elsewhere", "not_reached"])


class LeadOut(BaseModel):
    """A lead. Who it is, is asked for by `customer_id`."""

    lead_id: str
    shop_id: str
    customer_id: str
    source: str
    source_id: str | None
    opened_at: datetime
    owner_id: str
    course: str = Field(description="`open`, `won`, `lost`.")
    stage: str | None = Field(description="While it is open.")
    step: str | None = Field(description="What is done next.")
    due_at: datetime | None = Field(description="By when.")
    rung: str | None = Field(
        description="`on_time`; else who knows that it is overdue: `reminded`, `superior`, `last_resort`."
    )
    turned_to: str | None = Field(description="Who is to see to an overdue one.")
    order_id: str | None
    lost_because: str | None
    ended_at: datetime | None


class WholeLeadOut(LeadOut):
    wants: str | None


async def leading(request: Request) -> Leading:
    """The wired use cases."""
    return request.app.state.leading


async def kept(request: Request) -> Listing[Lead]:
    """Where leads are kept."""
    return request.app.state.leads


async def followed(request: Request) -> LeadFollowing:
    """All leads of a customer."""
    return request.app.state.lead_following


Followed = Annotated[LeadFollowing, Depends(followed)]
Leads = Annotated[Leading, Depends(leading)]
Kept = Annotated[Listing[Lead], Depends(kept)]


def shown(lead: Lead) -> LeadOut:
    """Without what was written down of him."""
    course = lead.course
    now = course if isinstance(course, Open) else None
    return LeadOut(
        lead_id=lead.lead_id,
        shop_id=lead.shop_id,
        customer_id=lead.customer_id,
        source=lead.source,
        source_id=lead.source_id,
        opened_at=lead.opened_at,
        owner_id=lead.owner_id,
        course=course.kind,
        stage=now.stage if now else None,
        step=now.step if now else None,
        due_at=now.due_at if now else None,
        rung=now.rung if now else None,
        turned_to=now.turned_to if now else None,
        order_id=course.order_id if isinstance(course, Won) else None,
        lost_because=course.reason if isinstance(course, Lost) else None,
        ended_at=None if isinstance(course, Open) else course.at,
    )


def whole(lead: Lead) -> WholeLeadOut:
    """All of it."""
    return WholeLeadOut(**shown(lead).model_dump(), wants=lead.wants.value if lead.wants else None)
