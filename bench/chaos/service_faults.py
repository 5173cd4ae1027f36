"""What is done to services: one is stopped so long that its group and its leases go to others, and comes back not knowing it."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager

import psutil

from bench.chaos.field import Field, Struck
from bench.chaos.standing import members_of, until_true
from bench.killing.replicas import Replica, buried, join, leave

STOPPED = ("orders", "procurement")
ASLEEP = 20.0
"""Well beyond a group's session (3 s in the embedded stack) and a lease of the outbox (5 s)."""


async def zombie(field: Field, struck: Struck) -> None:
    """SIGSTOP of orders and procurement until Kafka has given up on them, then SIGCONT; counted from there."""
    with asleep(field):
        await asyncio.sleep(ASLEEP)
        for each in STOPPED:
            await until_true(lambda each=each: has_members(field, each, 0), f"{each} kept its membership")
        field.say("their groups have no members")
    struck()
    await asyncio.sleep(field.hold)


async def zombie_beside(field: Field, struck: Struck) -> None:
    """SIGSTOP of orders and procurement beside a second replica of each, and SIGCONT; counted from the SIGSTOP."""
    seconds = [Replica(each, 2) for each in STOPPED]
    try:
        for each in seconds:
            await join(field.stack, each)
        field.say("a second replica of each is in")
        with asleep(field):
            struck()
            await asyncio.sleep(ASLEEP)
            for each in STOPPED:
                await until_true(lambda each=each: has_members(field, each, 1), f"{each} kept both")
            field.say("their groups have one member each")
        await asyncio.sleep(field.hold)
        for each in STOPPED:
            await until_true(lambda each=each: has_members(field, each, 2), f"{each} did not come back")
    finally:
        for each in seconds:
            leave(field.stack, each, signal.SIGTERM)
        for each in seconds:
            await asyncio.to_thread(buried, each)


@contextmanager
def asleep(field: Field) -> Generator[None]:
    """They neither run nor know it."""
    found = [field.stack.process(each) for each in STOPPED]
    processes: list[psutil.Process] = [each for each in found if each is not None]
    assert len(processes) == len(STOPPED), "a service that is to be stopped is not alive"
    for each in processes:
        each.suspend()
    field.say(f"{' and '.join(STOPPED)} stopped")
    try:
        yield
    finally:
        for each in processes:
            each.resume()
        field.say(f"{' and '.join(STOPPED)} go on")


async def has_members(field: Field, group: str, count: int) -> bool:
    return await members_of(field.cluster.kafka, group) == count
