"""What a log of facts must be, held against what each thing's history says it told (wire.md 6). Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

H = TypeVar("H")


@dataclass(frozen=True, slots=True)
class Logged:
    """A record of the log. `thing` is its source and subject."""

    topic: str
    partition: int
    offset: int
    ce_id: str
    thing: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A line of a thing's history: the facts it says it told, in the order of their sequence."""

    source: str
    document: str
    number: int
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a log. Nothing is, when every list is empty; `again` is allowed (delivery is at least once)."""

    facts: int
    again: int
    missing: list[str] = field(default_factory=list[str])
    invented: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])
    disordered: list[str] = field(default_factory=list[str])

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.invented or self.doubled or self.disordered)


def judged(log: Sequence[Logged], histories: Iterable[Saved]) -> Verdict:
    """The log's facts by distinct `ce_id`, against those that the histories say were told."""
    first = first_appearances(log)
    saved = [(ce_id, entry) for entry in histories for ce_id in entry.told]
    promised = dict(saved)
    return Verdict(
        facts=len(first),
        again=len(log) - len(first),
        missing=[f"{ce_id}: told by {at(entry)}" for ce_id, entry in promised.items() if ce_id not in first],
        invented=[f"{each.ce_id}: {place(each)}" for each in first.values() if each.ce_id not in promised],
        doubled=[
            *(f"{ce_id}: told twice by histories" for ce_id in repeated(ce_id for ce_id, _ in saved)),
            *twice_in_the_log(log, first.values()),
        ],
        disordered=disorder(first.values()),
    )


def first_appearances(log: Sequence[Logged]) -> dict[str, Logged]:
    """Each fact where it stands first. It has one topic and, by its key, one partition, so offsets decide."""
    first: dict[str, Logged] = {}
    for each in sorted(log, key=lambda one: (one.topic, one.partition, one.offset)):
        first.setdefault(each.ce_id, each)
    return first


def twice_in_the_log(log: Sequence[Logged], first: Iterable[Logged]) -> list[str]:
    """One `ce_id` for two different facts, or one place in a thing's story taken by two facts of one topic."""
    identities = {(each.ce_id, each.topic, each.partition, each.thing, each.sequence) for each in log}
    places = repeated((each.topic, each.thing, each.sequence) for each in first)
    return [
        *(f"{ce_id}: names different facts" for ce_id in repeated(identity[0] for identity in identities)),
        *(f"{thing} has two facts number {number} in {topic}" for topic, thing, number in places),
    ]


def disorder(first: Iterable[Logged]) -> list[str]:
    """Where a thing's sequence falls within a topic, by first appearance; and stories that lie in two partitions."""
    found: list[str] = []
    last: dict[tuple[str, str], Logged] = {}
    for each in first:
        before = last.get((each.topic, each.thing))
        if before and before.partition != each.partition:
            found.append(f"{each.thing} lies in two partitions of {each.topic}")
        elif before and before.sequence > each.sequence:
            found.append(f"{each.thing}: {each.sequence} after {before.sequence}: {place(each)}")
        last[each.topic, each.thing] = each
    return found


def repeated(values: Iterable[H]) -> list[H]:
    return [value for value, times in Counter(values).items() if times > 1]


def at(entry: Saved) -> str:
    return f"{entry.source} {entry.document}, entry {entry.number}"


def place(each: Logged) -> str:
    return f"{each.topic}/{each.partition}/{each.offset} of {each.thing}"
