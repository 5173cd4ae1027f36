"""How the business says no."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Self, TypeVar

E_co = TypeVar("E_co", covariant=True)


class Refusal(Exception):
    """A command that a rule forbids; the caller should hear why. A subclass is named after the state of affairs.

    `rule` names the rule (`R27`), `overridable_by` the roles that may do it all the same, `about` what the caller can
    act on (never a phone, a name or an address).
    """

    rule: str = ""
    overridable_by: ClassVar[tuple[str, ...]] = ()

    def __init__(self, detail: str, **about: str | int | bool | None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.about = about

    def by(self, rule: str) -> Self:
        """The same refusal by another rule than its kind's: which duty was broken depends on who asked for what."""
        self.rule = rule
        return self

    @property
    def code(self) -> str:
        """The refusal's name on the wire: `OfferAlreadySold` is `offer-already-sold`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class NotFound(Refusal):
    """The thing asked for does not exist, or not for this caller."""


class NotAllowed(Refusal):
    """Another actor may do it; not this one."""


@dataclass(frozen=True, slots=True)
class Refused(Generic[E_co]):
    """A refusal that must be remembered: its changes are saved and told before the caller hears it (wire.md 3)."""

    changes: tuple[E_co, ...]
    refusal: Refusal


Decision = Sequence[E_co] | Refused[E_co]
"""What a decider answers: changes (none when asked twice), or a refusal to be remembered. Other refusals it raises."""
