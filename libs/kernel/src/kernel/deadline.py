"""A moment by which something must have happened."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """`name` says what is due; `at` when, aware, UTC. The pair fires once; a moved deadline has another `at`."""

    name: str
    at: datetime
