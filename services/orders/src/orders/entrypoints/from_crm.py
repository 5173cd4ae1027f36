"""What crm tells, in orders' own words."""

from contracts.crm import StaffChangedV1

from orders.domain.team import Member


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told; absence alone tells who is away, since a break is over soon."""
    return Member(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        active=told.active,
        absent_since=told.absence.since if told.absence else None,
        absent_until=told.absence.until if told.absence else None,
        deputy_id=told.deputy_id,
    )
