"""`python -m contracts.freeze [--adds TYPE]`: write down the schema of every new fact; never change a published one."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contracts.catalogue import as_text, facts, folder, schema_of
from contracts.fact import Fact
from contracts.shape import only_adds, shape

REFUSED = """\
{type}: its shape is not the frozen one any more.
  A published fact never changes: somebody reads it as it was. Put a {next} class beside it and tell both.
  If all you did is add an optional field, say so: python -m contracts.freeze --adds {type}
"""


def freeze(published: Iterable[type[Fact]], into: Path, adding: frozenset[str] = frozenset()) -> list[str]:
    """Freeze what is new. Answers the complaints about what may not be frozen."""
    return [
        complaint
        for fact in published
        if (complaint := _freeze(fact, into / f"{fact.type}.json", adds=fact.type in adding))
    ]


def _freeze(fact: type[Fact], path: Path, *, adds: bool) -> str | None:
    new = schema_of(fact)
    if path.exists() and not _is_fine(json.loads(path.read_text(encoding="utf-8")), new, adds=adds):
        return REFUSED.format(type=fact.type, next=f"V{int(fact.type.rpartition('.v')[2]) + 1}")
    path.write_text(as_text(new), encoding="utf-8")
    return None


def _is_fine(old: Any, new: Any, *, adds: bool) -> bool:
    before, after = shape(old), shape(new)
    return bool(before == after) or (adds and only_adds(before, after))


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m contracts.freeze", description=__doc__)
    asked.add_argument("--adds", action="append", default=[], metavar="TYPE", help="it got an optional field")
    schemas = folder("schemas")
    schemas.mkdir(exist_ok=True)
    complaints = freeze(facts().values(), schemas, frozenset(asked.parse_args().adds))
    sys.stderr.write("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
