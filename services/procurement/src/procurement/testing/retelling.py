"""A story that processes hear of fact by fact, and may die over: who dies over a fact is told it again, who dies over a deadline
is not. What machines of tests are made of.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.handling import Conflict, Occasion
from chassis.listing import Query
from kernel.actor import service

from procurement.testing.interrupting import SlowChassis, Step, finish

Fact = Callable[[], Step]
"""What is done when it is told, once more at each call."""


class Retold:
    """Procurement as composed, what it is just doing (`going`), what it was told (`facts`), and what it must still be told."""

    def __init__(self, composed: Callable[[Any], Any]) -> None:
        self.chassis, self.number = SlowChassis(), 0
        self.going: dict[Step, Fact | None] = {}
        self.facts: list[Fact] = []
        self.untold: list[Fact] = []
        self.wired: Any = composed(self.chassis).wired

    def occasion(self, id_: str | None = None) -> Occasion:
        self.number += 1
        why = Occasion(id_ or f"c-{self.number}", self.chassis.clock.now(), service("test"))
        return replace(why, remembered=id_ is not None)

    def states(self, name: str) -> list[Any]:
        return [held.state for held in finish(self.wired[name].inner.page(Query(), 1000)).items]

    def happens(self, fact: Fact, *, late: bool) -> None:
        """It is told now, or only when all is quiet."""
        self.facts.append(fact)
        if late:
            self.untold.append(fact)
        else:
            self.going[fact()] = fact

    def go_on(self, step: Step, turns: int) -> None:
        try:
            for _ in range(turns):
                step.send(None)
        except StopIteration:
            del self.going[step]
        except Conflict:
            self.stop(step)

    def all_goes_on(self) -> None:
        """To the end, one after the other."""
        for step in [*self.going]:
            self.go_on(step, 5000)

    def stop(self, step: Step) -> None:
        """Who dies over a fact is told it again; who dies over a deadline is not."""
        fact = self.going.pop(step)
        self.untold += [fact] if fact else []

    def due(self) -> list[Step]:
        return self.chassis.steps_due(self.occasion)

    def all_is_told(self, facts: list[Fact]) -> None:
        """The newest first, until nobody has to wait for somebody else."""
        waiting = [*reversed(facts)]
        while waiting:
            fact = waiting.pop(0)
            try:
                finish(fact())
            except Conflict:
                waiting.append(fact)
                self.time_runs_on(1)
        self.time_runs_on(15)

    def time_runs_on(self, times: int) -> None:
        for _ in range(times):
            self.chassis.clock.forward(timedelta(seconds=11))
            for step in self.due():
                finish(step)
