"""An attempt that separation of duties refused, and how it is put (R9, R17)."""

from dataclasses import dataclass

from kernel.actor import Actor, Role
from kernel.duties import DUTIES, Action, may, overridable_by
from kernel.refusal import Refused

from crm.domain.refusals import NotYourDuty


@dataclass(frozen=True, slots=True)
class DutyRefused:
    """Somebody tried what is not his to do. Changes nothing but is remembered and told."""

    action: str
    rule: str
    actor_id: str
    actor_roles: tuple[str, ...]


def no_duty(actor: Actor, action: str, rule: str, words: str, *ask: Role) -> Refused[DutyRefused]:
    """A refusal to be remembered; `ask` are the roles to turn to."""
    change = DutyRefused(action, rule, actor.id, tuple(sorted(actor.roles)))
    return Refused((change,), NotYourDuty(f"{words} ({rule}).", may_do_it=", ".join(sorted(ask))))


def duty(actor: Actor, action: Action) -> Refused[DutyRefused] | None:
    """A refusal when the action is not among the actor's duties."""
    if may(actor, action):
        return None
    ask = [Role(name) for name in overridable_by(action)]
    return no_duty(actor, action, DUTIES[action].rule, "Your roles may not do this", *ask)
