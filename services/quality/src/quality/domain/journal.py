"""The journal of who did what in quality: a chain in which each entry holds the digest of the one before (R11)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """`act_id` names the act, so that none is entered twice. `thing` and `thing_id` say what it was done to."""

    chain: str
    number: int
    act_id: str
    thing: str
    thing_id: str
    what: str
    about: str
    by: str
    at: datetime
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did, before it has a place in the chain."""

    act_id: str
    thing: str
    thing_id: str
    what: str
    about: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Append:
    entry: Entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_at` is the number of the first entry that is not as it was written; None: the chain holds."""

    entries: int
    head: str
    broken_at: int | None


def key_of(chain: str, number: int) -> str:
    """Sorted like the numbers; the place that only one writer can take."""
    return f"{chain}:{number:012d}"


def digest_of(number: int, previous: str, done: Done) -> str:
    """SHA-256 over the previous digest and the entry's canonical JSON: sorted names, no spaces, UTC."""
    body = {
        "number": number,
        "previous": previous,
        "act_id": done.act_id,
        "thing": done.thing,
        "thing_id": done.thing_id,
        "what": done.what,
        "about": done.about,
        "by": done.by,
        "at": done.at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def after(chain: str, last: Entry | None, done: Done) -> Entry:
    """The entry that follows."""
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    return Entry(
        chain,
        number,
        done.act_id,
        done.thing,
        done.thing_id,
        done.what,
        done.about,
        done.by,
        done.at,
        previous,
        digest_of(number, previous, done),
    )


def holds(entry: Entry, number: int, previous: str) -> bool:
    """Whether the entry stands in its place, follows the one before, and says what it said when it was written."""
    done = Done(entry.act_id, entry.thing, entry.thing_id, entry.what, entry.about, entry.by, entry.at)
    in_place = (entry.number, entry.previous) == (number, previous)
    return in_place and entry.digest == digest_of(number, previous, done)


def verify(entries: Iterable[Entry], so_far: Verdict | None = None) -> Verdict:
    """Walk on from where another walk ended; stops at the first broken link."""
    walked = so_far or Verdict(0, GENESIS, None)
    for entry in entries:
        if walked.broken_at is not None:
            return walked
        number = walked.entries + 1
        if holds(entry, number, walked.head):
            walked = Verdict(number, entry.digest, None)
        else:
            walked = Verdict(walked.entries, walked.head, number)
    return walked
