"""Anything may be killed, join or leave at any moment; afterwards nothing is lost, invented, doubled or late (wire.md 6)."""

import random

import pytest

from bench.killing.evidence import Outside
from bench.killing.kills import PARTS, Kills
from bench.killing.load import ADDRESS, NAME
from bench.killing.replicas import Replicas
from bench.killing.report import Report
from bench.killing.run import Killing, Trouble
from bench.own_stack import OwnStack

KILLS, CHANGES = 14, 8
SERVERS = ("kafka", "mongodb")


@pytest.fixture
def lived(stack: OwnStack, outside: Outside, personal: set[str], said: list[str]) -> "Lived":
    return Lived(stack, outside, personal, said)


class Lived:
    """Lives under trouble, and the report of them in the summary of the run."""

    def __init__(self, stack: OwnStack, outside: Outside, personal: set[str], said: list[str]) -> None:
        self.stack, self._outside, self._personal, self._said = stack, outside, personal, said

    async def under(self, trouble: Trouble, seed: int) -> Report:
        killing = Killing(self.stack, self._outside, trouble, seed, day_lasts=24.0)
        report = await killing()
        self._personal.update((*killing.phones, ADDRESS, NAME))
        self._said.extend((f"seed {seed}", *report.lines()))
        return report


@pytest.fixture
def seed() -> int:
    return random.randrange(10**6)


@pytest.mark.timeout(420)
async def test_nothing_is_lost_whatever_is_killed(lived: Lived, servers: dict[str, str], seed: int) -> None:
    parts = tuple(part for part in PARTS if not (servers and part in SERVERS))

    report = await lived.under(Kills(lived.stack, KILLS, seed, parts), seed)

    assert report.is_clean, "\n".join(report.lines())
    assert report.trouble.total() >= KILLS
    assert report.orders > 3 * KILLS
    assert report.verdict.facts > 5 * report.orders


@pytest.mark.timeout(420)
async def test_nothing_is_doubled_while_replicas_join_and_leave(lived: Lived, seed: int) -> None:
    """Three of each service that an order goes through first."""
    services = ("orders", "procurement", "logistics")

    report = await lived.under(Replicas(lived.stack, CHANGES, seed, services=services), seed)

    assert report.is_clean, "\n".join(report.lines())
    assert report.trouble.total() >= 2 * len(services) + CHANGES
    assert report.verdict.facts > 5 * report.orders
