"""From a change in crm to the facts told of it: the one place where the two meet. Nobody's name, phone or address."""

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from contracts import crm as told
from crm.domain import staff_changes as s
from crm.domain.lead import Change as LeadChange
from crm.domain.lead import Lead
from crm.domain.lead_stages import Change as StagesChange
from crm.domain.lead_stages import LeadStages
from crm.domain.note_form import Change as FormChange
from crm.domain.note_form import NoteForm
from crm.domain.shop import Change as ShopChange
from crm.domain.shop import Shop
from crm.domain.staff import Staff


def announce_shop(change: ShopChange, shop: Shop) -> list[Fact]:
    """Its hours and people of last resort."""
    if isinstance(change, DutyRefused):
        return [duty_refused(change, "shop", shop.shop_id)]
    hours = tuple(
        told.DayHoursV1(
            weekday=day,
            opens=each.opens,
            closes=each.closes,
            lunch_from=each.lunch[0] if each.lunch else None,
            lunch_until=each.lunch[1] if each.lunch else None,
        )
        for day, each in sorted(shop.week.items())
    )
    overrides = tuple(
        told.DayOverrideV1(day=day, opens=each.opens if each else None, closes=each.closes if each else None)
        for day, each in sorted(shop.overrides.items())
    )
    return [
        told.ShopChangedV1(
            shop_id=shop.shop_id,
            time_zone=shop.zone,
            hours=hours,
            overrides=overrides,
            follows_production_calendar=shop.production,
            owner_id=shop.owner_id,
        )
    ]


def announce_staff(change: s.Change, staff: Staff) -> list[Fact]:
    """How he is now; a grant besides, and a refused attempt."""
    match change:
        case DutyRefused():
            return [duty_refused(change, "staff", staff.staff_id)]
        case s.StaffHired():
            grants = [_grant(staff, role, change.by, granted=True) for role in sorted(staff.roles)]
            return [*grants, _now(staff)]
        case s.RoleGranted():
            return [_grant(staff, change.role, change.by, granted=True), _now(staff)]
        case s.RoleTaken():
            return [_grant(staff, change.role, change.by, granted=False), _now(staff)]
        case s.PasswordSet() | s.LeavingSettled():
            return []
        case _:
            return [_now(staff)]


def announce_lead(change: LeadChange, lead: Lead) -> list[Fact]:
    """There is no fact of a lead: whose he is, is told of the customer. A refused attempt is told as any."""
    return [duty_refused(change, "lead", lead.lead_id)] if isinstance(change, DutyRefused) else []


def announce_stages(change: StagesChange, stages: LeadStages) -> list[Fact]:
    """A refused attempt; what stages a shop has concerns nobody outside."""
    return [duty_refused(change, "lead_stages", stages.shop_id)] if isinstance(change, DutyRefused) else []


def announce_form(change: FormChange, form: NoteForm) -> list[Fact]:
    """A refused attempt; how a shop notes its customers concerns nobody outside."""
    return [duty_refused(change, "note_form", form.shop_id)] if isinstance(change, DutyRefused) else []


def _now(staff: Staff) -> Fact:
    absence = staff.absence and told.AbsenceV1(since=staff.absence.since, until=staff.absence.until)
    return told.StaffChangedV1(
        staff_id=staff.staff_id,
        shop_id=staff.shop_id,
        roles=tuple(sorted(staff.roles)),
        grade=staff.grade,
        reports_to=staff.reports_to,
        active=staff.active,
        presence=staff.presence,
        absence=absence,
        deputy_id=staff.deputy_id,
    )


def _grant(staff: Staff, role: str, by: str, *, granted: bool) -> Fact:
    """`waived_by`: who let a tolerated pair be one person (R12)."""
    waivers = {waived.value: who for waived, who in staff.waived.items()}
    return told.GrantChangedV1(
        staff_id=staff.staff_id,
        role=role,
        granted=granted,
        by=by,
        waived_by=waivers.get(role) if granted else None,
        roles=tuple(sorted(staff.roles)),
    )
