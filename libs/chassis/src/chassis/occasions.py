"""What makes a command happen, and what is kept of it, so that asking again gives the same answer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.actor import Actor
from kernel.refusal import NotAllowed, NotFound, Refusal


class KeyReused(Refusal):
    """An Idempotency-Key came again with another body."""


class Repeated(Refusal):
    """A command that was refused before, asked again with the same key: the same answer."""

    def __init__(self, kind: str, detail: str, rule: str, *, base: str, about: Mapping[str, Any]) -> None:
        super().__init__(detail, **about)
        self.kind, self.of_rule, self.base = kind, rule, base

    @property
    def code(self) -> str:
        return self.kind


@dataclass(frozen=True, slots=True)
class Occasion:
    """What makes a command happen: a caller, a fact, a deadline. `at` is read off the service's clock.

    `id` is the cause that facts name; `remembered` says that the id is kept in the thing's inbox, so that the same
    occasion changes nothing when it comes again. For a fact, `heard` is `(source/subject, sequence)`; one older than
    what the thing has heard is passed over unless `even_if_stale`; `told_at` is the moment by its teller's clock.
    """

    id: str
    at: datetime
    actor: Actor
    correlation_id: str | None = None
    heard: tuple[str, int] | None = None
    fingerprint: str | None = None
    remembered: bool = False
    even_if_stale: bool = False
    told_at: datetime | None = None

    @property
    def came_about(self) -> datetime:
        """When what a fact tells of came about; it may have been heard long afterwards, but never before."""
        return min(self.told_at, self.at) if self.told_at else self.at

    @property
    def twin(self) -> str | None:
        """The name that a fact's versions share, so that v1 counts as seen once v2 was taken."""
        return f"{self.heard[0]}/{self.heard[1]}" if self.heard else None


def fingerprint(body: Any) -> str:
    """A digest of a request's body, by which a reused key is told from a repeated request."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of an occasion: enough to give the same answer again."""

    id: str
    twin: str | None
    fingerprint: str | None
    version: int
    changes: tuple[str, ...]
    refusal: Mapping[str, Any] | None = None


def told_no(refusal: Refusal) -> dict[str, Any]:
    """A refusal as the inbox keeps it."""
    base = (
        "not-found"
        if isinstance(refusal, NotFound)
        else "not-allowed"
        if isinstance(refusal, NotAllowed)
        else ""
    )
    return {
        "code": refusal.code,
        "detail": refusal.detail,
        "rule": refusal.rule,
        "base": base,
        "about": dict(refusal.about),
    }


def again(receipt: Receipt) -> Repeated:
    """The refusal that a receipt remembers."""
    assert receipt.refusal is not None
    no = receipt.refusal
    return Repeated(no["code"], no["detail"], no["rule"], base=no["base"], about=no["about"])
