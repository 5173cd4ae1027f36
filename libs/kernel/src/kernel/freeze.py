"""What a shop's rush locks, as every service keeps it: in a rush as little as possible is changed (R116). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor, Role
from kernel.refusal import Refusal

MOST_OVERRIDES = 200
"""The newest are listed; the things that were changed keep who changed them for good."""


class Policy(StrEnum):
    """What may be locked outside of orders, each where it is kept.

    `DELIVERY_PRICES`: which terms of carriers come into force (logistics). `HOURS`: the shop's hours (crm). `DUTIES`: who
    may do what, and who answers to whom (crm). `BUYING`: what is agreed with a supplier (procurement).
    """

    DELIVERY_PRICES = "delivery_prices"
    HOURS = "hours"
    DUTIES = "duties"
    BUYING = "buying"


class SettingsFrozen(Refusal):
    """A rush locks it until it ends; the owner may change it all the same, and says why (`despite_rush`, R116)."""

    rule = "R116"
    overridable_by = (Role.OWNER.value,)


@dataclass(frozen=True, slots=True)
class Override:
    """The owner changed it all the same. `what` is the path of the thing, `reason` one word of ours."""

    policy: str
    what: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Freeze:
    """Of one shop. `rush_id` is the newest rush heard of; `policies` are locked now, none when no rush is on."""

    shop_id: str
    rush_id: str
    policies: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class HearOfRush:
    """A rush began or is otherwise now, or it ended: then it locks nothing."""

    shop_id: str
    rush_id: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteOverride:
    shop_id: str
    override: Override


@dataclass(frozen=True, slots=True)
class RushHeard:
    shop_id: str
    rush_id: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FreezeOverridden:
    override: Override


Command = HearOfRush | NoteOverride
Change = RushHeard | FreezeOverridden


def decide(command: Command, freeze: Freeze | None) -> Sequence[Change]:
    """News is kept even when it says what was known, so that it is known how new it is; an override is listed once."""
    match command:
        case HearOfRush():
            return [RushHeard(command.shop_id, command.rush_id, command.policies)]
        case NoteOverride(override=override):
            known = freeze is None or override in freeze.overrides
            return [] if known else [FreezeOverridden(override)]


def evolve(freeze: Freeze | None, change: Change) -> Freeze:
    """What is locked, and what was changed all the same while the same rush lasts."""
    match change:
        case RushHeard():
            same = freeze is not None and freeze.rush_id == change.rush_id
            kept = freeze.overrides if freeze is not None and same else ()
            return Freeze(change.shop_id, change.rush_id, change.policies, kept)
        case FreezeOverridden():
            assert freeze is not None
            return replace(freeze, overrides=(*freeze.overrides, change.override)[-MOST_OVERRIDES:])


def locks(freeze: Freeze | None, policy: str) -> bool:
    """Whether a rush that is on locks it."""
    return freeze is not None and policy in freeze.policies


def may_change(freeze: Freeze | None, policy: str, actor: Actor, despite: str | None) -> None:
    """Raise `SettingsFrozen` while a rush locks it, unless the owner asks and says why (R116)."""
    if freeze is None or not locks(freeze, policy):
        return
    if despite is None or not actor.has(Role.OWNER):
        text = "The rush locks it. It waits for the rush's end, or the owner changes it and says why."
        raise SettingsFrozen(text, policy=policy, rush_id=freeze.rush_id)
