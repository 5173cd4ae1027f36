"""What crm tells, in procurement's own words."""

from contracts.crm import StaffChangedV1

from procurement.domain.member import Member


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told. Who is away for a while keeps his suppliers: a deadline finds who sleeps on them."""
    return Member(told.staff_id, told.shop_id, tuple(told.roles), told.grade, told.active)
