"""The customer is erased in the whole house: what people wrote of his order in free words goes too (market-facts.md 3). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from logistics.domain.incident import Incident

GONE = "-"
"""Stands where words were that an inquiry cannot be without."""


@dataclass(frozen=True, slots=True)
class ForgetWords:
    """Whose order it is about has been erased."""

    incident_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WordsForgotten:
    at: datetime


def forget_words(command: ForgetWords, incident: Incident | None) -> Sequence[WordsForgotten]:
    """The incident itself, its sums and its deadlines stay; told twice, nothing is left to forget."""
    if incident is None or incident == without_words(incident):
        return []
    return [WordsForgotten(command.at)]


def without_words(incident: Incident) -> Incident:
    """Neither what was noted nor what the carrier was asked and said."""
    asked = incident.inquiry
    if asked is not None:
        asked = replace(asked, text=GONE, answer=asked.answer and GONE)
    return replace(incident, note=None, inquiry=asked)
