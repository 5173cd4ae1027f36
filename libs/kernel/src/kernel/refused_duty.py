"""An attempt that separation of duties refused, and how the caller hears of it (R9, R17)."""

from dataclasses import dataclass

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import overridable_by, rule_against
from kernel.refusal import NotAllowed, Refused


class NotYourDuty(NotAllowed):
    """Somebody else's duty; the attempt is written down (R9, R17)."""


@dataclass(frozen=True, slots=True)
class DutyRefused:
    """Changes nothing, but is kept and told."""

    action: str
    rule: str
    actor_id: str
    actor_roles: tuple[str, ...]


def refused(actor: Actor, action: str, rule: str, no: NotAllowed) -> Refused[DutyRefused]:
    """The refusal, and the attempt as it is written down."""
    return Refused((DutyRefused(action, rule, actor.id, tuple(sorted(actor.roles))),), no.by(rule))


def duty(actor: Actor, action: Action) -> Refused[DutyRefused] | None:
    """A refusal to be remembered when the action is somebody else's duty."""
    rule = rule_against(actor, action)
    if rule is None:
        return None
    may_do_it = ", ".join(overridable_by(action))
    return refused(
        actor, action, rule, NotYourDuty(f"Your roles may not do this ({rule}).", may_do_it=may_do_it)
    )
