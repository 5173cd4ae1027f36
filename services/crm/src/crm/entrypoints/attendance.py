"""Who is away, who stands in for him, who is at work and by what he is rung, over HTTP."""

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter
from pydantic import AwareDatetime, field_validator

from crm.domain.refusals import AbsenceMakesNoSense, DeputyNeeded, DeputyUnfit
from crm.domain.staff import Absence, Phones, Presence
from crm.entrypoints.phones import phone_of
from crm.entrypoints.staff_models import ALWAYS, Asked, People, PhonesIn, StaffId

router = APIRouter(prefix="/staff/{staff_id}", tags=["staff"])


class AbsenceIn(Asked):
    """Without `until`: until further notice."""

    since: AwareDatetime
    until: AwareDatetime | None = None
    deputy_id: Id | None = None

    @field_validator("since", "until")
    @classmethod
    def within_reach(cls, moment: AwareDatetime | None) -> AwareDatetime | None:
        """A year that every clock and time zone can tell."""
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError("beyond any calendar")
        return moment


FIRST_YEAR, LAST_YEAR = 1970, 9000


class PresenceIn(Asked):
    presence: Presence


@router.put("/absence", responses=refusals(*ALWAYS, DeputyNeeded, DeputyUnfit, AbsenceMakesNoSense))
async def be_absent(staff_id: StaffId, body: AbsenceIn, asked: Asking, people: People) -> ReceiptOut:
    """Away for a while, with a deputy; a conflict manager needs one (R5)."""
    absence = Absence(body.since, body.until)
    return receipt(await people.leave(staff_id, absence, body.deputy_id, asked.occasion(body)))


@router.delete("/absence", responses=refusals(*ALWAYS))
async def come_back(staff_id: StaffId, asked: Asking, people: People) -> ReceiptOut:
    """Back at work."""
    return receipt(await people.come_back(staff_id, asked.occasion()))


@router.put("/phones", responses=refusals(*ALWAYS))
async def reach(staff_id: StaffId, body: PhonesIn, asked: Asking, people: People) -> ReceiptOut:
    """Where he is rung (R96). Colleagues see the mobile masked; telephony gets it by a service's token."""
    phones = Phones(body.extension, phone_of(body.mobile), body.sip, frozenset(body.hidden))
    return receipt(await people.reach(staff_id, phones, asked.occasion(body)))


@router.post("/presence", responses=refusals(*ALWAYS))
@router.put("/presence", responses=refusals(*ALWAYS))
async def show(staff_id: StaffId, body: PresenceIn, asked: Asking, people: People) -> ReceiptOut:
    """At work, on a break, off; who speaks last is right. Telephony, whose client knows no PUT, says by POST who came back."""
    return receipt(await people.show(staff_id, body.presence, asked.occasion(body)))
