"""What a run of kills showed, for people."""

from collections import Counter
from dataclasses import dataclass

from bench.killing.oracle import Verdict


@dataclass
class Report:
    """What a run showed. `wrong`: effects that are lost, doubled or contradictory; `unrest`: what never came to an end."""

    trouble: Counter[str]
    commands: int
    tries: int
    orders: int
    verdict: Verdict
    wrong: list[str]
    late: list[str]
    dead: list[str]
    seconds: float
    quiet_after: float
    lives: dict[str, int]
    unrest: str = ""

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not (self.wrong or self.late or self.dead or self.unrest)

    def lines(self) -> list[str]:
        """For people: the figures, then the first of what is wrong."""
        verdict, times = self.verdict, self.trouble.total()
        parts = ", ".join(f"{name} {many}" for name, many in sorted(self.trouble.items()))
        figures = [
            f"trouble          {times} times ({parts}) in {self.seconds:.0f} s",
            f"commands         {self.commands} answered, {self.tries} tries; {self.orders} orders",
            f"whole lives      {', '.join(f'{name} {many}' for name, many in self.lives.items())}",
            f"facts            {verdict.facts}, told again {verdict.again}",
            f"lost             {len(verdict.missing)}",
            f"invented         {len(verdict.invented)}",
            f"out of order     {len(verdict.disordered)}",
            f"facts doubled    {len(verdict.doubled)}",
            f"effects wrong    {len(self.wrong)}",
            f"deadlines late   {len(self.late)}",
            f"dead letters     {len(self.dead)}",
            f"quiet after      {self.quiet_after:.1f} s{self.unrest and ': never, ' + self.unrest}",
        ]
        kinds = (verdict.missing, verdict.invented, verdict.disordered, verdict.doubled)
        return figures + [each for kind in (*kinds, self.wrong, self.late, self.dead) for each in kind[:8]]
