"""`python -m contracts.gate`: whether what stands here breaks anybody who reads by what was published.

Published are the frozen schemas and `published.json`; `--against DIRECTORY` compares with those of another release (an
unpacked wheel or sdist, or a checkout of its tag).
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.catalogue import facts, folder, schema_of
from contracts.compatibility import breaks
from contracts.publication import PUBLISHED, current

Node = Mapping[str, Any]
SHORTER = ("retention.ms", "min.compaction.lag.ms")


def complaints(promised: Path, schemas: Path) -> list[str]:
    """What readers of the release that wrote `promised` and `schemas` would meet, and cannot."""
    before, now = json.loads(promised.read_text(encoding="utf-8")), current()
    old = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in schemas.glob("*.json")}
    new = {type_: schema_of(fact) for type_, fact in facts().items()}
    return [*of_promises(before, now), *of_schemas(old, new), *_unfrozen(before, old)]


def of_promises(before: Node, now: Node) -> Iterator[str]:
    """Topics, keys, partitions, how long facts are kept."""
    for type_, fact in before["facts"].items():
        yield from _differs(type_, fact, now["facts"].get(type_), ("topic", "key", "subject", "since"))
    for name, topic in before["topics"].items():
        after = now["topics"].get(name)
        yield from _differs(name, topic, after, ("partitions", "cleanup.policy"))
        if after is not None:
            yield from _shorter(name, topic, after)
            yield from (
                f"{name}: {each} tells it no more"
                for each in topic["told_by"]
                if each not in after["told_by"]
            )


def of_schemas(old: Mapping[str, Node], new: Mapping[str, Node]) -> Iterator[str]:
    """Bodies."""
    for type_, schema in old.items():
        if type_ not in new:
            yield f"{type_}: it is gone"
        else:
            yield from (f"{type_}: {each}" for each in breaks(schema, new[type_]))


def _differs(name: str, before: Node, after: Node | None, what: tuple[str, ...]) -> Iterator[str]:
    if after is None:
        yield f"{name}: it is gone"
        return
    for each in what:
        if before.get(each) != after.get(each):
            yield f"{name}: {each} was {before.get(each)} and is {after.get(each)}"


def _shorter(name: str, before: Node, after: Node) -> Iterator[str]:
    for each in SHORTER:
        if each in before and int(after.get(each, 0)) < int(before[each]):
            yield f"{name}: {each} was {before[each]} and is {after.get(each, 'not there')}"


def _unfrozen(before: Node, schemas: Node) -> Iterator[str]:
    """A schema that somebody took away by hand would let its fact change unseen."""
    yield from (f"{type_}: its frozen schema is gone" for type_ in before["facts"] if type_ not in schemas)


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m contracts.gate", description=__doc__)
    asked.add_argument("--against", type=Path, metavar="DIRECTORY", help="where that release is unpacked")
    other: Path | None = asked.parse_args().against
    found = complaints(*((_within(other, PUBLISHED.name), _within(other, "schemas")) if other else HERE))
    sys.stdout.write("".join(f"breaks: {each}\n" for each in found) or "Nobody is broken.\n")
    return 1 if found else 0


HERE = (PUBLISHED, folder("schemas"))


def _within(folder: Path, name: str) -> Path:
    found = next(folder.rglob(name), None)
    if found is None:
        raise SystemExit(f"there is no {name} within {folder}")
    return found


if __name__ == "__main__":
    sys.exit(main())
