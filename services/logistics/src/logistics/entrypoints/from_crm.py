"""What crm tells, in logistics' own words."""

from contracts.crm import StaffChangedV1

from logistics.domain.staff_member import StaffMember


def member_of(told: StaffChangedV1) -> StaffMember:
    """A member of the staff as told."""
    away = told.absence
    return StaffMember(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        active=told.active,
        at_work=told.presence == "at_work",
        away_from=away.since if away else None,
        away_until=away.until if away else None,
        deputy_id=told.deputy_id,
    )
