"""What a message carries that another service keeps: the link of a survey, the words of a claim's letter."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from kernel.personal import Personal

from notifications.application.contact import Unanswered
from notifications.domain.message import Letter
from notifications.domain.words import Language


class QualityDown(Unanswered):
    """It is quality."""

    fault = "quality_down"


class ClaimsDown(Unanswered):
    """It is claims."""

    fault = "claims_down"


class NothingToTell(Exception):
    """What was offered is answered or expired, what was asked is answered or has no link; `reason` is a word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter as claims wrote it; it is sent whole."""

    language: Language
    subject: Personal
    text: Personal


FindLink = Callable[[str], Awaitable[Personal]]
"""By the id of a quality call. Raises `QualityDown`, or `NothingToTell` when it is answered, or not asked by a link."""
FindLetter = Callable[[Letter], Awaitable[LetterText]]
"""Raises `ClaimsDown`, or `Withheld` when claims does not give it."""
