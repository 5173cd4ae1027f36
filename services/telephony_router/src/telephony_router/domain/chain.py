"""Putting steps one after another: nobody twice, nobody who is off, nothing that is hidden."""

from dataclasses import dataclass, field

from telephony_router.domain.people import Person, Standing
from telephony_router.domain.plan import By, Kind, PassedOver, Step, Target
from telephony_router.domain.situation import Situation

DEEPEST = 4
"""So many deputies of deputies are looked at."""


@dataclass(slots=True)
class Chain:
    """The steps so far. It lives as long as one plan is made, and no longer."""

    situation: Situation
    steps: list[Step] = field(default_factory=list[Step])
    passed_over: list[PassedOver] = field(default_factory=list[PassedOver])

    def standing(self, staff_id: str | None) -> Standing | None:
        """How it is with somebody; None when crm has not told of him."""
        person = self.situation.people.get(staff_id or "")
        return self.situation.standing_of(person) if person else None

    def rings(self, staff_id: str) -> bool:
        """Whether he is rung already."""
        return any(step.staff_id == staff_id and step.kind is Kind.RING for step in self.steps)

    def person(self, staff_id: str | None, target: Target, seconds: int, reason: str) -> bool:
        """Ring somebody by what is best; answer whether he is rung now or was before."""
        person = self.situation.people.get(staff_id or "")
        if person is None:
            return False
        if self.rings(person.staff_id):
            return True
        if self.situation.standing_of(person) is not Standing.THERE:
            self.note(person)
            return False
        by = self._best(person)
        if by is None:
            busy = person.staff_id in self.situation.busy
            self.pass_over(person.staff_id, "is_busy" if busy else "nothing_to_ring")
            return False
        self.add(Step(Kind.RING, target, reason, person.staff_id, by, seconds))
        return True

    def mobile(self, staff_id: str, target: Target, seconds: int, reason: str) -> None:
        """His mobile, where he may be rung by it."""
        if self.situation.people[staff_id].telephones.may(By.MOBILE):
            self.add(Step(Kind.RING, target, reason, staff_id, By.MOBILE, seconds))

    def deputy_of(self, staff_id: str, seconds: int, reason: str) -> bool:
        """Who stands in for him; when that one is away too, who stands in for that one."""
        seen, current = {staff_id}, self.situation.people.get(staff_id)
        for _ in range(DEEPEST):
            deputy_id = current.deputy_id if current else None
            if deputy_id is None or deputy_id in seen:
                return False
            if self.person(deputy_id, Target.DEPUTY, seconds, reason):
                return True
            seen.add(deputy_id)
            current = self.situation.people.get(deputy_id)
        return False

    def add(self, step: Step) -> None:
        """Before the caller has waited too long unanswered he hears something, which answers him (Voximplant: 60 s)."""
        played = any(each.kind is Kind.PLAY for each in self.steps)
        waited = sum(each.seconds for each in self.steps)
        if (
            not played
            and step.seconds
            and waited
            and waited + step.seconds > self.situation.rules.ring_budget
        ):
            self.steps.append(Step(Kind.PLAY, Target.CALLER, "hold_the_line"))
        self.steps.append(step)

    def pass_over(self, staff_id: str, reason: str) -> None:
        """Note why somebody is not rung."""
        noted = PassedOver(staff_id, reason)
        if noted not in self.passed_over:
            self.passed_over.append(noted)

    def note(self, person: Person) -> None:
        """Why this one, who is not there, is not rung."""
        away = "is_off" if self.situation.standing_of(person) is Standing.OFF else "is_on_break"
        self.pass_over(person.staff_id, away if person.active else "left")

    def _best(self, person: Person) -> By | None:
        """The desk, unless he talks there or has none."""
        phones, busy = person.telephones, person.staff_id in self.situation.busy
        if phones.may(By.DESK) and not (busy and phones.may(By.MOBILE)):
            return None if busy else By.DESK
        return By.MOBILE if phones.may(By.MOBILE) else None
