"""Anything may be killed at any moment; afterwards nothing is lost, invented, doubled or late (wire.md 6)."""

import pytest

from bench.killing.evidence import Outside
from bench.killing.load import ADDRESS, NAME
from bench.killing.run import Killing
from bench.own_stack import OwnStack

KILLS = 12


@pytest.mark.timeout(360)
async def test_nothing_is_lost_whatever_is_killed(
    stack: OwnStack, outside: Outside, personal: set[str], servers: dict[str, str], said: list[str]
) -> None:
    parts = (
        ("orders", "procurement", "crm")
        if servers
        else ("kafka", "mongodb", *3 * ("orders", "procurement"), "crm")
    )
    killing = Killing(stack, outside, KILLS, parts=parts)

    report = await killing()

    personal.update((*killing.phones, ADDRESS, NAME))
    said.extend((f"seed {killing.seed}", *report.lines()))
    assert report.is_clean, "\n".join(said)
    assert report.kills.total() >= KILLS
    assert report.orders > 3 * KILLS
    assert report.verdict.facts > 5 * report.orders
