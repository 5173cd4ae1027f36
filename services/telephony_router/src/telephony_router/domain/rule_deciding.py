"""How the rules of a shop's plans are written, approved and taken back (R80, R102)."""

from dataclasses import replace

from kernel.action import Action
from kernel.duties import may_approve
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty, refused

from telephony_router.domain.refusals import ApproverWrote, EffectNotSeen, NothingToApprove
from telephony_router.domain.rule_book import (
    Approve,
    BookOpened,
    Change,
    Command,
    Draft,
    DraftWritten,
    EffectNoted,
    NoteEffect,
    RollBack,
    RuleBook,
    RulesApproved,
    RulesRestored,
    Version,
    WriteDraft,
)


def decide(command: Command, book: RuleBook | None) -> Decision[Change]:
    """The rule of each command; whatever happens first opens the book."""
    decision = _of(command, book or RuleBook(command.shop_id, command.at))
    if book is not None or not decision:
        return decision
    opened = BookOpened(command.shop_id, command.at)
    if isinstance(decision, Refused):
        return Refused((opened, *decision.changes), decision.refusal)
    return [opened, *decision]


def _of(command: Command, book: RuleBook) -> Decision[Change]:
    match command:
        case WriteDraft():
            return duty(command.actor, Action.WRITE_ROUTING) or _write(command, book)
        case NoteEffect():
            return _note(command, book)
        case Approve():
            return duty(command.actor, Action.APPROVE_ROUTING) or _approve(command, book)
        case RollBack():
            return duty(command.actor, Action.APPROVE_ROUTING) or _roll_back(command, book)


def _write(command: WriteDraft, book: RuleBook) -> Decision[Change]:
    rules = replace(command.rules, version=book.last_number + 1)
    return [DraftWritten(Draft(rules, command.actor.id, command.at))]


def _waiting(book: RuleBook, number: int) -> Draft:
    if book.draft is None or book.draft.rules.version != number:
        raise NothingToApprove("No draft with this number waits.")
    return book.draft


def _note(command: NoteEffect, book: RuleBook) -> Decision[Change]:
    draft = _waiting(book, command.number)
    return (
        []
        if draft.changed_calls == command.changed_calls
        else [EffectNoted(command.changed_calls, command.at)]
    )


def _approve(command: Approve, book: RuleBook) -> Decision[Change]:
    if book.versions and book.rules.version == command.number:
        return []
    draft = _waiting(book, command.number)
    if not may_approve(command.actor.id, draft.by):
        no = ApproverWrote("Somebody else approves what you wrote.")
        return refused(command.actor, Action.APPROVE_ROUTING, "R80", no)
    if draft.changed_calls is None:
        raise EffectNotSeen("Look at its effect on yesterday's calls first.")
    return [RulesApproved(Version(draft.rules, draft.by, command.actor.id, command.at))]


def _roll_back(command: RollBack, book: RuleBook) -> Decision[Change]:
    before = book.versions[-2].rules.version if len(book.versions) > 1 else 0
    to = before if command.to is None else command.to
    rules = book.version(to)
    if replace(rules, version=0) == replace(book.rules, version=0):
        return []
    again = replace(rules, version=book.last_number + 1)
    return [RulesRestored(Version(again, command.actor.id, command.actor.id, command.at, restores=to))]


def evolve(book: RuleBook | None, change: Change) -> RuleBook:
    """The book after a change."""
    if isinstance(change, BookOpened):
        return RuleBook(change.shop_id, change.at)
    assert book is not None
    match change:
        case DraftWritten():
            number = change.draft.rules.version
            return replace(book, draft=change.draft, last_number=number, changed_at=change.draft.at)
        case EffectNoted():
            assert book.draft is not None
            return replace(
                book, draft=replace(book.draft, changed_calls=change.changed_calls), changed_at=change.at
            )
        case RulesApproved() | RulesRestored():
            return _held(book, change.version, approved=isinstance(change, RulesApproved))
        case DutyRefused():
            return book


def _held(book: RuleBook, version: Version, *, approved: bool) -> RuleBook:
    return replace(
        book,
        versions=(*book.versions, version),
        draft=None if approved else book.draft,
        last_number=max(book.last_number, version.rules.version),
        changed_at=version.at,
    )
