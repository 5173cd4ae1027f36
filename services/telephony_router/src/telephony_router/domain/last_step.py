"""Who rings back and by when: the step that no plan is without (R96, R106)."""

from datetime import datetime, timedelta

from kernel.calendar import NeverOpen

from telephony_router.domain.people import Moment, Person
from telephony_router.domain.plan import Kind, Recognition, Step, Target
from telephony_router.domain.situation import SELLS, Card, Situation

WORTH_WAITING = timedelta(days=1)
"""An owner who is back by then rings back himself; else who stands in for him does."""


def last_step(recognition: Recognition, card: Card | None, situation: Situation) -> Step:
    """A callback by who answers for the customer, a letter to who wants no calls, a task of the duty person without a
    number.
    """
    if recognition is Recognition.HIDDEN:
        return _step(_of_the_house(situation), "no_number", situation)
    if recognition is Recognition.BLOCKED:
        return _step(_of_the_house(situation), "blocked_rang", situation)
    owner = _answering(card, situation)
    reason = "write_back" if card and card.no_calls else "call_back"
    return _step(owner or _of_the_house(situation), reason, situation)


def due_at(situation: Situation, staff_id: str) -> datetime:
    """One working hour (a rule of the shop) after he is back; UTC."""
    person, now = situation.people.get(staff_id), situation.now
    back = situation.duty.back(staff_id) or now
    if person and person.is_away(now) and person.absent_until:
        back = max(back, person.absent_until)
    within = situation.rules.callback_within
    try:
        return situation.calendar.after(max(back, now), within)
    except NeverOpen:
        return max(back, now) + within


def _step(staff_id: str, reason: str, situation: Situation) -> Step:
    return Step(Kind.CALLBACK, Target.TASK, reason, staff_id, due_at=due_at(situation, staff_id))


def _answering(card: Card | None, situation: Situation) -> str | None:
    """The customer's owner; where he stays away, who stands in for him; where all of them went home, the owner again."""
    line = _line(card, situation)
    here = (each for each in line if _will_do(each, situation) and not _went_home(each, situation))
    later = (each for each in line if _will_do(each, situation))
    found = next(here, None) or next(later, None)
    return found.staff_id if found else None


def _line(card: Card | None, situation: Situation) -> list[Person]:
    """The owner, his deputy, the deputy's deputy, each once."""
    line: list[Person] = []
    current = situation.people.get((card.owner_id or "") if card else "")
    while current and current not in line:
        line.append(current)
        current = situation.people.get(current.deputy_id or "")
    return line


def _will_do(person: Person, situation: Situation) -> bool:
    if not person.active:
        return False
    now, until = situation.now, person.absent_until
    return not person.is_away(now) or (until is not None and until - now <= WORTH_WAITING)


def _went_home(person: Person, situation: Situation) -> bool:
    """Off, though the shop is open: he would ring back tomorrow."""
    return person.presence == "off" and situation.moment is not Moment.CLOSED


def _of_the_house(situation: Situation) -> str:
    """The duty person, else who sells and is there, else who answers for service, else the shop's owner."""
    first = [*situation.on_duty(), *situation.there(*SELLS)]
    if first:
        return first[0].staff_id
    heads = (each for each in situation.people.values() if each.active and "service_owner" in each.roles)
    there = [each.staff_id for each in heads if not each.is_away(situation.now)]
    return min(there, default=situation.last_resort)
