"""Whom the owner's column of an import names."""

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.listing import Query

from crm.application.knowing import MAY_OWN, Knowing
from crm.domain.customer import Customer
from crm.domain.import_rows import Row
from crm.domain.staff import Staff

PAGE = 200
OWNER_DIFFERS = "owner_differs"
OWNER_UNKNOWN = "owner_unknown"
OWNER_SELLS_NOTHING = "owner_sells_nothing"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the owner's column names, or what is wrong with it."""

    staff_id: str | None = None
    note: str = ""


def owner_of(row: Row, known: Customer | None, owners: Mapping[str, Staff | None]) -> Owner:
    """An import gives nobody's customer to another: where the file says otherwise than we know, it is said."""
    if row.owner is None:
        return Owner()
    person = owners.get(" ".join(row.owner.casefold().split()))
    if person is None:
        return Owner(note=OWNER_UNKNOWN)
    if person.roles.isdisjoint(MAY_OWN):
        return Owner(note=OWNER_SELLS_NOTHING)
    if known is not None:
        return Owner(note="" if known.owner_id == person.staff_id else OWNER_DIFFERS)
    return Owner(person.staff_id)


async def owners_of(knowing: Knowing, shop_id: str) -> dict[str, Staff | None]:
    """The staff of a shop as they are now, by what a file may call them."""
    owners: dict[str, Staff | None] = {}
    after: str | None = None
    while True:
        page = await knowing.staff.page(Query(equal={"active": True, "shop_id": shop_id}), PAGE, after)
        for person in (held.state for held in page.items if held.state):
            for name in {
                " ".join(each.casefold().split())
                for each in (person.staff_id, person.login, person.name.value)
            }:
                same = name not in owners or owners[name] == person
                owners[name] = person if same else None
        if (after := page.next) is None:
            return owners
