"""From a command to what is written of it. Pure: no store, no clock, nobody told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from contracts.fact import Fact
from kernel.deadline import Deadline
from kernel.refusal import Refusal, Refused

from chassis.decisions import Decided, Decider, Outcome
from chassis.occasions import KeyReused, Occasion, Receipt, again, told_no
from chassis.records import Record, record
from chassis.storing import Entry, Held, Writing

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


def decided(
    decider: Decider[C, S, E], source: str, command: C, occasion: Occasion, held: Held[S]
) -> Decided[S]:
    """Decide, unless this occasion was handled before or its fact is older than what the thing has heard."""
    known = held.inbox.get(occasion.id) or held.inbox.get(occasion.twin or "")
    if known is not None:
        return Decided(repeat(known, occasion, held))
    if (
        occasion.heard
        and not occasion.even_if_stale
        and held.heard.get(occasion.heard[0], 0) >= occasion.heard[1]
    ):
        return Decided(Outcome(held.key, held.state, held.version, repeated=True))
    try:
        decision = decider.decide(command, held.state)
    except Refusal as no:
        if not _answers_a_key(occasion, held):
            raise
        return Decided(_nothing(held), kept(decider, held, _receipt(occasion, held, (), no)), no)
    refusal = decision.refusal if isinstance(decision, Refused) else None
    changes = decision.changes if isinstance(decision, Refused) else tuple(decision)
    if changes:
        return _changed(decider, source, changes, occasion, held, refusal)
    receipt = _receipt(occasion, held, ()) if _answers_a_key(occasion, held) else None
    if receipt is None and not _is_news(occasion, held):
        return Decided(_nothing(held))
    return Decided(_nothing(held), replace(kept(decider, held, receipt), heard=occasion.heard))


def _answers_a_key(occasion: Occasion, held: Held[Any]) -> bool:
    """Whether somebody may ask with the same key again: then even a no, or that nothing was left to do, is kept."""
    return occasion.remembered and occasion.fingerprint is not None and held.state is not None


def _is_news(occasion: Occasion, held: Held[Any]) -> bool:
    """A newer fact that changes nothing is written down as heard: else an older one that comes late would pass for news."""
    if occasion.heard is None or held.state is None:
        return False
    thing, sequence = occasion.heard
    return held.heard.get(thing, 0) < sequence


def _nothing(held: Held[S]) -> Outcome[S]:
    return Outcome(held.key, held.state, held.version)


def _receipt(
    occasion: Occasion, held: Held[Any], changes: tuple[str, ...], refusal: Refusal | None = None
) -> Receipt:
    version, no = held.version + bool(changes), refusal and told_no(refusal)
    return Receipt(occasion.id, occasion.twin, occasion.fingerprint, version, changes, no)


def _changed(  # noqa: PLR0917 - all that a save is made of
    decider: Decider[C, S, E],
    source: str,
    changes: Sequence[E],
    occasion: Occasion,
    held: Held[S],
    refusal: Refusal | None,
) -> Decided[S]:
    facts: list[Fact] = []
    state = held.state
    for change in changes:
        state = decider.evolve(state, change)
        facts.extend(decider.announce(change, state))
    assert state is not None
    names, version = tuple(type(change).__name__ for change in changes), held.version + 1
    owing = _owed(facts, source, occasion, held)
    told, by = tuple(each.id for each in owing), occasion.actor.id
    receipt = _receipt(occasion, held, names, refusal) if occasion.remembered or refusal else None
    writing = Writing(
        state=state,
        version=version,
        sequence=held.sequence + len(owing),
        owing=owing,
        **_due(decider, state, held),
        entry=Entry(version, names, told, occasion.at, by, occasion.id),
        receipt=receipt,
        heard=occasion.heard,
    )
    refused = again(receipt) if receipt and refusal else None
    return Decided(Outcome(held.key, state, version, names), writing, refused)


def _owed(facts: Sequence[Fact], source: str, occasion: Occasion, held: Held[Any]) -> tuple[Record, ...]:
    at, why, story, last = occasion.at, occasion.id, occasion.correlation_id, held.sequence
    found = enumerate(facts, start=last + 1)
    return tuple(record(fact, n, source, at, why, correlation=story) for n, fact in found)


def _due(decider: Decider[Any, S, Any], state: S, held: Held[S]) -> dict[str, Any]:
    due = tuple(decider.deadlines(state))
    return {
        "deadlines": tuple(each for each in due if each not in held.fired),
        "fired": held.fired.intersection(due),
    }


def kept(decider: Decider[Any, S, Any], held: Held[S], receipt: Receipt | None = None) -> Writing[S]:
    """The thing as it was, its deadlines derived anew: for a receipt, or for a deadline that has fired."""
    assert held.state is not None
    return Writing(
        state=held.state,
        version=held.version + 1,
        sequence=held.sequence,
        owing=(),
        **_due(decider, held.state, held),
        entry=None,
        receipt=receipt,
        heard=None,
    )


def fired(
    decider: Decider[C, S, E],
    source: str,
    command: C,
    occasion: Occasion,
    held: Held[S],
    *,
    deadline: Deadline,
) -> Decided[S]:
    """What comes of a passed deadline. One that the rules don't derive any more (they changed since it was stored), or
    that has nothing to say, is still taken off: else it would come back for ever.
    """
    state, held = held.state, replace(held, fired=held.fired | {deadline})
    if state is None or deadline not in held.due:
        return Decided(_nothing(held))
    if deadline not in decider.deadlines(state):
        return Decided(_nothing(held), kept(decider, held))
    found = decided(decider, source, command, occasion, held)
    return found if found.writing is not None else replace(found, writing=kept(decider, held))


def repeat(known: Receipt, occasion: Occasion, held: Held[Any]) -> Outcome[Any]:
    """The answer to an occasion that was handled before."""
    if known.fingerprint and occasion.fingerprint and known.fingerprint != occasion.fingerprint:
        raise KeyReused("This Idempotency-Key was used before with another body.")
    if known.refusal is not None:
        raise again(known)
    return Outcome(held.key, held.state, known.version, known.changes, repeated=True)
