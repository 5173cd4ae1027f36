"""`python -m contracts.freeze [--adds TYPE]`: write down the schema of every new fact; never change a published one."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from contracts.catalogue import as_text, facts, folder, frozen_schema_of, schema_of
from contracts.fact import Fact
from contracts.shape import only_adds, shape

REFUSED = """\
{type}: its shape is not the frozen one any more.
  A published fact never changes: somebody reads it as it was. Put a {next} class beside it and tell both.
  If all you did is add an optional field, say so: python -m contracts.freeze --adds {type}
"""


def freeze(published: Iterable[type[Fact]], *, adding: frozenset[str] = frozenset()) -> list[str]:
    """Freeze what is new. Answers the complaints about what may not be frozen."""
    return [complaint for fact in published if (complaint := _freeze(fact, adds=fact.type in adding))]


def _freeze(fact: type[Fact], *, adds: bool) -> str | None:
    path = _path(fact)
    if path.exists() and not _is_fine(fact, adds=adds):
        return REFUSED.format(type=fact.type, next=f"V{int(fact.type.rpartition('.v')[2]) + 1}")
    path.write_text(as_text(schema_of(fact)), encoding="utf-8")
    return None


def _is_fine(fact: type[Fact], *, adds: bool) -> bool:
    old, new = shape(frozen_schema_of(fact)), shape(schema_of(fact))
    return bool(old == new) or (adds and only_adds(old, new))


def _path(fact: type[Fact]) -> Path:
    return folder("schemas") / f"{fact.type}.json"


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m contracts.freeze", description=__doc__)
    asked.add_argument("--adds", action="append", default=[], metavar="TYPE", help="it got an optional field")
    folder("schemas").mkdir(exist_ok=True)
    complaints = freeze(facts().values(), adding=frozenset(asked.parse_args().adds))
    sys.stderr.write("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
