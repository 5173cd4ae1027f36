"""Measuring two sides in one run: ratios, never a lone time. Our machines are shared and noisy."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Side:
    """What one side did: how long each took, in seconds, and how many a second."""

    name: str
    took: list[float] = field(default_factory=list[float])
    per_second: float = 0.0

    def quantile(self, part: float) -> float:
        """The time within which this part of them was done."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    @property
    def p50(self) -> float:
        return statistics.median(self.took)

    @property
    def p99(self) -> float:
        return self.quantile(0.99)


async def drive(name: str, one: Callable[[int], Awaitable[float]], count: int, in_flight: int) -> Side:
    """Do it `count` times, so many at once; each answers how long it took itself."""
    side = Side(name)
    numbers = iter(range(count))

    async def client() -> None:
        for n in numbers:
            side.took.append(await one(n))

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(in_flight)))
    side.per_second = count / (time.perf_counter() - began)
    return side


async def in_turns(
    sides: Sequence[tuple[str, Callable[[int], Awaitable[float]]]],
    count: int,
    in_flight: int,
    rounds: int = 3,
) -> list[Side]:
    """Each side in turn, several rounds, so that a noisy moment hits both; the first round only warms up."""
    gathered = [Side(name) for name, _ in sides]
    rates: list[list[float]] = [[] for _ in sides]
    for turn in range(rounds + 1):
        for place, (name, one) in enumerate(sides):
            done = await drive(name, one, count, in_flight)
            if turn:
                gathered[place].took += done.took
                rates[place].append(done.per_second)
    for side, seen in zip(gathered, rates, strict=True):
        side.per_second = statistics.median(seen)
    return gathered


def row(*cells: object, widths: Sequence[int] = (44, 14, 14, 10)) -> None:
    """A line of the report."""
    print("  ".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=False)).rstrip())


def compare(what: str, ours: Side, bare: Side) -> None:
    """Throughput as a part of the bare stack's, and times as a multiple of its."""
    row(
        f"{what}: rate",
        f"{ours.per_second:.0f}/s",
        f"{bare.per_second:.0f}/s",
        f"{ours.per_second / bare.per_second:.2f}",
    )
    for name, a, b in (("p50", ours.p50, bare.p50), ("p99", ours.p99, bare.p99)):
        row(f"{what}: {name}", f"{a * 1000:.1f} ms", f"{b * 1000:.1f} ms", f"{a / b:.2f}")
