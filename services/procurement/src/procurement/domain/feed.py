"""What a format's reader finds in a supplier's feed, in the order of the file. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from procurement.domain.offer import Terms


@dataclass(frozen=True, slots=True)
class RawRow:
    """An offer as the feed spells it, by the names of YML. `line` is its place in the file, or in the `part` of it (a sheet,
    a file of an archive). `fault` says why the reader knows it to be bad.
    """

    line: int
    code: str
    attributes: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]]
    category: str = ""
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    part: str = ""
    fault: str = ""

    def text(self, name: str) -> str:
        return self.texts.get(name, ("",))[0]


@dataclass(frozen=True, slots=True)
class Row:
    """A good row."""

    line: int
    code: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is passed over: where it stands, whose it is, why."""

    line: int
    code: str
    reason: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The feed's own date, where it tells one that can be read. `partial`: it holds changes alone, and leaves out nothing."""

    dated: datetime | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """The file ends here, whatever was to follow; what stood before is kept."""

    line: int
    reason: str
    part: str = ""


Read = Heading | RawRow | Broken
ReadFeed = Callable[[Path], Iterator[Read]]
"""A format's reader: lazily, from the file's beginning to its end or to where it breaks."""
