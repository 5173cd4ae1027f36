"""What is seen of a feed before anybody has said what its columns mean; and what a person said (R43). Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from procurement.domain.feed_meanings import NEEDED, SEVERAL, Meaning, header_words

MOST_COLUMNS = 200
MOST_SHOWN = 60
SAMPLES = 20
LONGEST_SAMPLE = 80
CUT = "the file ends in the middle of a row"


class Kind(StrEnum):
    YML = "yml"
    TABLE = "table"
    COMMERCEML = "commerceml"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it stands in the file; `fault`: it can't be read, and why."""

    number: int
    cells: Sequence[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """What a column, counted from 0, is used as; `name` of an attribute."""

    column: int
    meaning: Meaning
    name: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """A use, and how sure we are of it, 0 to 1."""

    use: Use
    confidence: float


@dataclass(frozen=True, slots=True)
class FeedMapping:
    """What a person said of feeds whose header is this one. Counts of several columns are summed."""

    fingerprint: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """A feed at first sight. `part`: the sheet. `header_line` is 0 where there is none. `told`: what else was guessed, as
    encoding and delimiter. `left_out` are columns beyond those that are shown.
    """

    kind: Kind
    fingerprint: str
    part: str
    header_line: int
    header: tuple[str, ...]
    rows: tuple[Line, ...]
    guesses: tuple[Guess, ...]
    told: str = ""
    left_out: int = 0


def fingerprint(kind: Kind, header: Sequence[str]) -> str:
    """By which a header is known again: its words, whatever their case and dates; empty cells at its end don't count."""
    words = [header_words(cell) for cell in header[:MOST_COLUMNS]]
    while words and not words[-1]:
        words.pop()
    said = "\x1f".join((kind.value, *words))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


def guessed(sight: Sight) -> FeedMapping:
    """The mapping that a person accepts by saying yes."""
    uses = tuple(each.use for each in sight.guesses if each.use.meaning is not Meaning.NOTHING)
    return FeedMapping(sight.fingerprint, uses)


def wrong_with(mapping: FeedMapping, sight: Sight) -> str:
    """Why this can't be the mapping of what was seen; empty when it can."""
    meanings = [use.meaning for use in mapping.uses]
    if any(not 0 <= use.column < len(sight.header) for use in mapping.uses):
        return "it names a column that the feed does not have"
    twice = sorted({each.value for each in meanings if each not in SEVERAL and meanings.count(each) > 1})
    if twice:
        return f"several columns are said to mean {', '.join(twice)}"
    lacking = [each.value for each in NEEDED if each not in meanings]
    if lacking:
        return f"no column is said to mean {', '.join(lacking)}"
    if sight.kind is Kind.COMMERCEML and not _fixed(mapping.uses) <= _fixed(
        each.use for each in sight.guesses
    ):
        return "of an exchange of 1C only prices and warehouses are a matter of choice"
    if any(use.meaning is Meaning.ATTRIBUTE and not use.name for use in mapping.uses):
        return "an attribute has no name"
    return ""


def _fixed(uses: Iterable[Use]) -> set[Use]:
    chosen = (Meaning.PRICE, Meaning.PURCHASE_PRICE, Meaning.COUNT, Meaning.NOTHING)
    return {use for use in uses if use.meaning not in chosen}
