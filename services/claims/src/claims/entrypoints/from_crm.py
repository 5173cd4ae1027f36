"""What crm tells, in claims' own words."""

from contracts.crm import StaffChangedV1

from claims.domain.team import Member


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told."""
    away = told.absence
    return Member(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        grade=told.grade,
        active=told.active,
        absent_since=away.since if away else None,
        absent_until=away.until if away else None,
        deputy_id=told.deputy_id,
    )
