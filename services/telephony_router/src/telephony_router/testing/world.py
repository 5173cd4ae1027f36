"""The people of the shop `main`, and situations among them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kernel.calendar import WorkingCalendar

from telephony_router.domain.people import Person, Telephones
from telephony_router.domain.situation import Situation

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""Monday, eleven in the morning in Moscow."""

BOTH, DESK = Telephones(desk=True, mobile=True), Telephones(desk=True)


def person(staff_id: str, *roles: str, **more: Any) -> Person:
    """Somebody of `main`."""
    return Person(staff_id, "main", roles, **more)


STAFF: Mapping[str, Person] = {
    each.staff_id: each
    for each in (
        person("anna", "sales_manager", deputy_id="boris", telephones=BOTH),
        person("boris", "sales_manager", deputy_id="vera", telephones=DESK),
        person("vera", "account_manager", telephones=BOTH),
        person("oleg", "phone_operator", telephones=DESK),
        person("kostya", "conflict_manager", telephones=BOTH),
        person("lena", "logistician", telephones=DESK),
        person("sveta", "service_owner", telephones=DESK),
        person("owner", "owner", telephones=Telephones(mobile=True)),
    )
}


def situation(**more: Any) -> Situation:
    """Monday morning; everybody is there, nobody has said so."""
    usual: dict[str, Any] = {
        "now": MONDAY,
        "calendar": WorkingCalendar.usual(),
        "last_resort": "owner",
        "people": STAFF,
    }
    return Situation(**(usual | more))


def with_people(**changed: Mapping[str, Any]) -> dict[str, Person]:
    """The staff, some of them otherwise than usual."""
    return {name: replace(each, **changed.get(name, {})) for name, each in STAFF.items()}
