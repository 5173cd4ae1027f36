"""An export of customers: who took how many out, when and why, whole or masked (market-facts 3). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty
from kernel.spreadsheet import harmless

from crm.domain.customer import Customer


@dataclass(frozen=True, slots=True)
class Export:
    """Written down before the first byte is given out. `chosen`: by what the customers were chosen."""

    export_id: str
    actor_id: str
    at: datetime
    count: int
    unmasked: bool
    reason: Personal
    chosen: dict[str, str]
    format: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    export: Export
    actor: Actor

    @property
    def export_id(self) -> str:
        """Whose command it is."""
        return self.export.export_id


@dataclass(frozen=True, slots=True)
class Recorded:
    export: Export


def decide(command: Record, known: Export | None) -> Decision[Recorded | DutyRefused]:
    """Taking customers out whole is somebody's duty; each time is written down, and each attempt."""
    no = duty(command.actor, Action.MOVE_CUSTOMERS) if command.export.unmasked else None
    if no:
        tried = replace(command.export, count=0, refused=True)
        return Refused((*([] if known else [Recorded(tried)]), *no.changes), no.refusal)
    return [] if known else [Recorded(command.export)]


def evolve(known: Export | None, change: Recorded | DutyRefused) -> Export:
    """A record does not change."""
    if isinstance(change, Recorded):
        return change.export
    assert known is not None
    return known


def deadlines(known: Export) -> Sequence[Deadline]:
    """None."""
    del known
    return ()


HEADINGS = {
    "ru": ("Номер клиента", "Магазин", "Стадия", "Ответственный", "Не звонить", "Телефон", "Имя", "Адрес"),
    "en": ("Customer id", "Shop", "Stage", "Owner", "No calls", "Phone", "Name", "Address"),
}


def cells_of(customer: Customer, *, unmasked: bool) -> tuple[str, ...]:
    """One customer as a row, numbers whole or masked; without them names and addresses are not given, either."""
    phones = [_written(each.e164, each.extension) if unmasked else str(each) for each in customer.phones]
    name = customer.name.value if unmasked and customer.name else ""
    addresses = [each.value for each in customer.addresses] if unmasked else []
    quiet = "1" if customer.preference.value == "no_calls" else ""
    owner = customer.owner_id or ""
    cells = (customer.customer_id, customer.shop_id, customer.stage.value, owner, quiet)
    return (
        *(harmless(each) for each in cells),
        harmless("; ".join(phones)),
        harmless(name),
        harmless("; ".join(addresses)),
    )


def _written(e164: str, extension: str | None) -> str:
    return f"{e164} доб. {extension}" if extension else e164
