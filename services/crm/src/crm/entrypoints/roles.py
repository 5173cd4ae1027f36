"""Roles over HTTP: granted one by one, taken one by one, and every attempt written down."""

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.rush_freezes import Despite
from fastapi import APIRouter
from kernel.actor import Role
from kernel.freeze import SettingsFrozen

from crm.domain.refusals import ControllerReportsToOwner, DeputyNeeded, OwnerStays, RolesNotTogether
from crm.entrypoints.staff_models import ALWAYS, Asked, People, StaffId

router = APIRouter(prefix="/staff/{staff_id}/grants", tags=["staff"])


class GrantIn(Asked):
    """`waiver`: the owner allows a tolerated pair; it is written down (R12)."""

    role: Role
    waiver: bool = False


@router.post(
    "",
    responses=refusals(*ALWAYS, SettingsFrozen, RolesNotTogether, ControllerReportsToOwner, DeputyNeeded),
)
async def grant(
    staff_id: StaffId, body: GrantIn, asked: Asking, people: People, despite: Despite = None
) -> ReceiptOut:
    """Grant a role, unless separation of duties forbids it (R4, R6, R9); a refused attempt is written down."""
    occasion = asked.occasion(body)
    return receipt(await people.grant(staff_id, body.role, occasion, waiver=body.waiver, despite=despite))


@router.delete("/{role}", responses=refusals(*ALWAYS, SettingsFrozen, OwnerStays))
async def take(
    staff_id: StaffId, role: Role, asked: Asking, people: People, despite: Despite = None
) -> ReceiptOut:
    """Take a role away."""
    return receipt(await people.take(staff_id, role, asked.occasion(), despite=despite))
