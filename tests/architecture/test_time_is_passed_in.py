"""Rules get the time from the clock they are given; only leases, tokens and Kafka look at the real one (wire.md 5)."""

import ast
from collections.abc import Iterator, Mapping

import pytest

REAL = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time", "time_ns"}}

MAY = {
    "libs/chassis/src/chassis/clock.py": "it is the clock",
    "libs/chassis/src/chassis/auth/verifier.py": "life of tokens and of the keys they are checked by",
    "libs/chassis/src/chassis/mongo.py": "leases of the relay; folding of history that real time has outlived",
    "libs/chassis/src/chassis/memory.py": "age of an outbox",
    "libs/chassis/src/chassis/layout.py": "leases of the relay, age of an outbox",
    "libs/chassis/src/chassis/relay.py": "leases of the relay, age of an outbox",
    "libs/chassis/src/chassis/dead_letters.py": "when a letter was written, beside Kafka's own times",
    "libs/chassis/src/chassis/replaying.py": "when a letter was replayed, beside Kafka's own times",
    "libs/chassis/src/chassis/spans.py": "how old a record is by Kafka's own times: traces use the real time",
    "libs/chassis/src/chassis/settling.py": "when a record was first tried, beside Kafka's own times",
}
"""Files that may look at the real time, each with its reason. The chassis' testing and the command line are free."""

FREE = ("libs/chassis/src/chassis/testing/", "tools/opblok/")


def looks_at_the_real_time(text: str) -> list[int]:
    """The lines that do."""
    return sorted(line for node in ast.walk(ast.parse(text)) for line in _real(node))


def _real(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=asked):
            if asked in REAL.get(owner, ()):
                yield node.lineno
        case ast.ImportFrom(module="time", names=names):
            yield from (node.lineno for name in names if name.name in REAL["time"])
        case _:
            pass


def offenders(sources: Mapping[str, str]) -> dict[str, list[int]]:
    guarded = {path: text for path, text in sources.items() if not path.startswith(FREE)}
    return {path: found for path, text in guarded.items() if (found := looks_at_the_real_time(text))}


def test_nobody_looks_at_the_real_time_unless_he_must(sources: Mapping[str, str]) -> None:
    assert {path: lines for path, lines in offenders(sources).items() if path not in MAY} == {}


def test_the_exceptions_are_still_needed(sources: Mapping[str, str]) -> None:
    assert set(MAY) == MAY.keys() & offenders(sources).keys()


@pytest.mark.parametrize(
    "planted",
    [
        "at = datetime.now(UTC)",
        "at = datetime.datetime.utcnow()",
        "day = date.today()",
        "clock = field(default_factory=datetime.now)",
        "import time\nat = time.time()",
        "from time import time",
    ],
)
def test_the_guard_bites(planted: str) -> None:
    rule = f"{planted}\n"

    assert offenders({"services/orders/src/orders/domain/decider.py": rule}) != {}


@pytest.mark.parametrize("harmless", ["at = clock.now()", "import time\nbegan = time.monotonic()"])
def test_the_guard_lets_clocks_pass(harmless: str) -> None:
    assert looks_at_the_real_time(harmless) == []
