"""What is looked at before a command to a call is carried out: who asks, and how the call stands."""

from dataclasses import replace

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, duty, refused

from quality.domain.answers import Answers
from quality.domain.call import Answered, Call, Open
from quality.domain.refusals import CallClosed, CallNotOpened, NotIndependent


def impartial(actor: Actor, action: Action, bias: str | None) -> Refused[DutyRefused] | None:
    """A refusal to be remembered: not his duty (R8, R9), or he is not independent of this order (R9, R10)."""
    no = duty(actor, action)
    if no is not None or bias is None:
        return no
    why = "You touched this order." if bias == "R9" else "You report to somebody who touched this order."
    return refused(actor, action.value, bias, NotIndependent(why))


def still_open(call: Call) -> Open:
    """Raise `CallClosed`."""
    if not isinstance(call, Open):
        raise CallClosed("This call is closed.", state=call.kind)
    return call


def has_the_contact(call: Open, actor: Actor) -> None:
    """Raise `CallNotOpened`."""
    if call.opened is None or call.opened.by != actor.id:
        raise CallNotOpened("Open the call first.")


def same(call: Answered, answers: Answers) -> bool:
    """Whether that is what was answered; tags that the delivery gave are no part of it."""
    return replace(call.answers, tags=()) == replace(answers, tags=())
