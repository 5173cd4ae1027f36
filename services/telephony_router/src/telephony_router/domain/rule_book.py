"""The rules of a shop's plans as versions: drafted, looked at, approved by somebody else, taken back at once (R80, R102)."""

from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may_approve
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty, refused

from telephony_router.domain.refusals import ApproverWrote, EffectNotSeen, NothingToApprove, UnknownVersion
from telephony_router.domain.situation import Rules


@dataclass(frozen=True, slots=True)
class Version:
    """Rules that held, or hold; `restores` is the version that was taken up again."""

    rules: Rules
    by: str
    approved_by: str
    at: datetime
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Rules that wait; `changed_calls` is how many of yesterday's calls would have gone otherwise, once that was looked at."""

    rules: Rules
    by: str
    at: datetime
    changed_calls: int | None = None


@dataclass(frozen=True, slots=True)
class RuleBook:
    """One per shop. Version 0 are the rules as shipped."""

    shop_id: str
    changed_at: datetime
    versions: tuple[Version, ...] = ()
    draft: Draft | None = None
    last_number: int = 0

    @property
    def rules(self) -> Rules:
        """Those that hold."""
        return self.versions[-1].rules if self.versions else Rules()

    def version(self, number: int) -> Rules:
        """The rules of a version; raise when it never held."""
        if number == 0:
            return Rules()
        found = next((each.rules for each in self.versions if each.rules.version == number), None)
        if found is None:
            raise UnknownVersion("There is no such version.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    shop_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteDraft(Asked):
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEffect(Asked):
    number: int
    changed_calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Asked):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollBack(Asked):
    """Without `to`, to the version before."""

    to: int | None = None


Command = WriteDraft | NoteEffect | Approve | RollBack


@dataclass(frozen=True, slots=True)
class BookOpened:
    shop_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftWritten:
    draft: Draft


@dataclass(frozen=True, slots=True)
class EffectNoted:
    changed_calls: int
    at: datetime


@dataclass(frozen=True, slots=True)
class RulesApproved:
    version: Version


@dataclass(frozen=True, slots=True)
class RulesRestored:
    version: Version


Change = BookOpened | DraftWritten | EffectNoted | RulesApproved | RulesRestored | DutyRefused


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
