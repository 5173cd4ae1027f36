"""A plan as a provider carries it out: whom to dial by what, looked up at the moment it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telephony_router.application.remembering import Remembered
from telephony_router.domain.directory import Numbers
from telephony_router.domain.plan import By, Kind, Plan, Step


class Way(StrEnum):
    """What kind of address is dialled."""

    EXTENSION = "extension"
    SIP = "sip"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Dial:
    """An address; `extension` is the person's own besides, where a provider dials nothing else."""

    way: Way
    address: str
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """A step with its number in the plan (the first is 1), and what is dialled, if anything is."""

    number: int
    step: Step
    dial: Dial | None = None


SAID = {
    "hold_the_line": (
        "Оставайтесь на линии, мы ищем, кто ответит.",
        "Stay on the line, we are looking for somebody.",
    ),
    "closed": ("Магазин закрыт. Мы перезвоним вам.", "The shop is closed. We will call you back."),
    "outside_phone_hours": (
        "Сейчас по телефону не отвечаем. Мы перезвоним вам.",
        "We don't answer the telephone now. We will call you back.",
    ),
    "nobody_there": (
        "Сейчас некому ответить. Мы перезвоним вам.",
        "Nobody can answer now. We will call you back.",
    ),
    "blocked": ("Номер не обслуживается.", "This number is not served."),
}
"""What the caller hears, Russian and English."""


def hops(plan: Plan, memory: Remembered) -> Sequence[Hop]:
    """The steps of a plan. A telephone that was taken from the card since the plan was made is left out."""
    call_centre = _call_centre(plan, memory)
    found: list[Hop] = []
    for number, step in enumerate(plan.steps, 1):
        if step.kind is Kind.RING:
            dial = _of_person(step, memory)
        elif step.kind is Kind.OVERFLOW:
            dial = Dial(Way.PHONE, call_centre) if call_centre else None
        else:
            found.append(Hop(number, step))
            continue
        if dial is not None:
            found.append(Hop(number, step, dial))
    return found


def _of_person(step: Step, memory: Remembered) -> Dial | None:
    member = memory.people.get(step.staff_id)
    numbers = member.numbers if member else Numbers()
    if step.by is None or step.by in numbers.hidden:
        return None
    if step.by is By.MOBILE:
        return Dial(Way.PHONE, numbers.mobile, numbers.extension) if numbers.mobile else None
    if numbers.sip:
        return Dial(Way.SIP, numbers.sip, numbers.extension)
    return Dial(Way.EXTENSION, numbers.extension, numbers.extension) if numbers.extension else None


def _call_centre(plan: Plan, memory: Remembered) -> str | None:
    """By the version of its shop's rules that the plan was made by."""
    books = memory.books.items  # a plan of before the shop was noted is of the one shop
    book = books.get(plan.shop_id) if plan.shop_id else next(iter(books.values()), None)
    found = (each.rules for each in book.versions) if book else ()
    return next((each.call_centre for each in found if each.version == plan.settings_version), None)
