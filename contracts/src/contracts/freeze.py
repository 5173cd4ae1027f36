"""`python -m contracts.freeze [--adds TYPE]`: write down the schema of every new fact; never change a published one."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contracts.catalogue import as_text, facts, folder, schema_of
from contracts.compatibility import breaks
from contracts.fact import Fact
from contracts.gate import of_promises
from contracts.publication import current, published, write
from contracts.shape import shape

REFUSED = """\
{type}: its shape is not the frozen one any more.
  A published fact never changes: somebody reads it as it was. Put a {next} class beside it and tell both.
{why}
"""
SAY_SO = "  All of it is what readers may ignore. If that is meant, say so: python -m contracts.freeze --adds {type}"


def freeze(known: Iterable[type[Fact]], into: Path, adding: frozenset[str] = frozenset()) -> list[str]:
    """Freeze what is new. Answers the complaints about what may not be frozen."""
    return [
        complaint
        for fact in known
        if (complaint := _freeze(fact, into / f"{fact.type}.json", adds=fact.type in adding))
    ]


def _freeze(fact: type[Fact], path: Path, *, adds: bool) -> str | None:
    new = schema_of(fact)
    if path.exists() and (
        why := _refused(fact, json.loads(path.read_text(encoding="utf-8")), new, adds=adds)
    ):
        return REFUSED.format(type=fact.type, next=f"V{int(fact.type.rpartition('.v')[2]) + 1}", why=why)
    path.write_text(as_text(new), encoding="utf-8")
    return None


def _refused(fact: type[Fact], old: Any, new: Any, *, adds: bool) -> str:
    found = breaks(old, new)
    if found:
        return "\n".join(f"  {each}" for each in found)
    return "" if adds or shape(old) == shape(new) else SAY_SO.format(type=fact.type)


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m contracts.freeze", description=__doc__)
    asked.add_argument("--adds", action="append", default=[], metavar="TYPE", help="it got an optional field")
    adding = frozenset(asked.parse_args().adds)
    schemas = folder("schemas")
    known = facts().values()
    complaints = [*_broken_promises(schemas), *freeze(known, schemas, adding)]
    if not complaints:
        write()
    sys.stderr.write("\n".join(complaints))
    return 1 if complaints else 0


def _broken_promises(schemas: Path) -> list[str]:
    """Of keys, topics, partitions; and of schemas that were taken away, which would be frozen anew as if never seen."""
    before = published()
    lost = [type_ for type_ in before["facts"] if not (schemas / f"{type_}.json").exists()]
    return [*of_promises(before, current()), *(f"{type_}: its frozen schema is gone" for type_ in lost)]


if __name__ == "__main__":
    sys.exit(main())
