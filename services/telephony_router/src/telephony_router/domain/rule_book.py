"""The rules of a shop's plans as versions: drafted, looked at, approved by somebody else, taken back at once (R80, R102)."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused

from telephony_router.domain.refusals import UnknownVersion
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
