"""The rules of a pick-up: asked for before its cut-off, wide enough, handed over piece by piece, a missed one known at once
(R61-R63).
"""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from logistics.domain import pick_up_changes as c
from logistics.domain import pick_up_commands as k
from logistics.domain.pick_up import STEP_WITHIN, AgreedPickUp, Handed, Interval, PickUp, PickUpStage
from logistics.domain.pick_up_refusals import (
    CutOffPassed,
    PickUpIsOver,
    PickUpOutOfHours,
    PickUpTooNarrow,
    UnknownPickUp,
)
from logistics.domain.pick_up_watching import pass_deadline


def decide(command: k.Command, pick_up: PickUp | None) -> Decision[c.Change]:
    """The rule of each command."""
    if isinstance(command, k.ExpectPickUp):
        return expect(command, pick_up)
    if isinstance(command, k.RequestPickUp):
        return request(command, pick_up)
    if pick_up is None:
        raise UnknownPickUp("There is no such pick-up.")
    if isinstance(command, k.HandOver | k.CancelPickUp):
        no = duty(command.actor, Action.SHIP)
        return no or _asked(command, pick_up)
    return _known(command, pick_up)


def _asked(command: k.HandOver | k.CancelPickUp, pick_up: PickUp) -> list[c.Change]:
    return hand_over(command, pick_up) if isinstance(command, k.HandOver) else cancel(command, pick_up)


def _known(
    command: k.NoteHandedOver | k.NoteMoved | k.PickUpDeadlinePassed, pick_up: PickUp
) -> list[c.Change]:
    match command:
        case k.NoteHandedOver():
            return note(command, pick_up)
        case k.NoteMoved():
            return [c.WaitingMoved()] if pick_up.move_at is not None else []
        case k.PickUpDeadlinePassed():
            return pass_deadline(command, pick_up)


def expect(command: k.ExpectPickUp, pick_up: PickUp | None) -> list[c.Change]:
    """Open it when it is the first shipment; ask for it at once when the hour of asking by itself has come (R61)."""
    agreed = pick_up.agreed if pick_up else command.agreed
    planned: list[c.Change] = [] if pick_up else [c.PickUpPlanned(agreed)]
    waits = pick_up is None or pick_up.stage is PickUpStage.PLANNED
    if waits and agreed.ask_at is not None and agreed.ask_at <= command.at < agreed.cut_off_at:
        return [*planned, c.PickUpRequested(command.by, agreed.hours, 1, command.at)]
    return planned


def request(command: k.RequestPickUp, pick_up: PickUp | None) -> Decision[c.Change]:
    """Before the cut-off; what comes later goes with the next one (R61, R63). Another interval may be asked for until then."""
    no = duty(command.actor, Action.SHIP)
    if no is not None:
        if pick_up is None:
            raise no.refusal
        return no
    agreed = pick_up.agreed if pick_up else command.agreed
    wanted = command.interval or agreed.hours
    next_on = command.next_on.isoformat() if command.next_on else None
    if pick_up is not None and not pick_up.open:
        raise PickUpIsOver(f"The pick-up is {pick_up.stage.value}.", next_on=next_on)
    if _asked_for(pick_up, wanted):
        return []
    if command.at >= agreed.cut_off_at:
        raise CutOffPassed("Its cut-off has passed; ask for the next one.", next_on=next_on)
    _wide_enough(wanted, agreed)
    planned: list[c.Change] = [] if pick_up else [c.PickUpPlanned(agreed)]
    return [*planned, c.PickUpRequested(command.actor.id, wanted, command.waiting, command.at)]


def _asked_for(pick_up: PickUp | None, wanted: Interval) -> bool:
    return pick_up is not None and pick_up.stage is PickUpStage.REQUESTED and pick_up.interval == wanted


def _wide_enough(wanted: Interval, agreed: AgreedPickUp) -> None:
    """Wanting the courier at 16:55 and not earlier is not workable (R62, R63)."""
    if not agreed.hours.starts_at <= wanted.starts_at < wanted.ends_at <= agreed.hours.ends_at:
        raise PickUpOutOfHours("The carrier takes parcels in other hours.")
    if wanted.width < agreed.least:
        least = int(agreed.least.total_seconds() // 60)
        raise PickUpTooNarrow("The carrier wants more time to come.", least_minutes=least)


def hand_over(command: k.HandOver, pick_up: PickUp) -> list[c.Change]:
    """What was given to the carrier was given to him, also when nobody had asked for him or it was too late; scanned twice it
    is the same.
    """
    if pick_up.stage is PickUpStage.CANCELLED:
        raise PickUpIsOver("The pick-up was cancelled.", next_on=_text(pick_up))
    known = {each.shipment_id for each in (*pick_up.handed, *pick_up.handing)}
    new = [each for each in dict.fromkeys(command.shipment_ids) if each not in known]
    if not new:
        return []
    handing = tuple(Handed(each, command.actor.id, command.at) for each in sorted(new))
    return [c.HandingOver(handing, command.at + STEP_WITHIN)]


def note(command: k.NoteHandedOver, pick_up: PickUp) -> list[c.Change]:
    """Each shipment's word, once."""
    open_ = {each.shipment_id for each in pick_up.handing}
    done = tuple(each for each in command.done if each in open_)
    away = tuple(each for each in command.turned_away if each.shipment_id in open_)
    return [c.HandedOver(done, away)] if done or away else []


def cancel(command: k.CancelPickUp, pick_up: PickUp) -> list[c.Change]:
    """What was to leave by it is planned for the next one (R61)."""
    if pick_up.stage is PickUpStage.CANCELLED:
        return []
    if not pick_up.open or pick_up.handed or pick_up.handing:
        raise PickUpIsOver("Something was handed over already, or it is over.", next_on=_text(pick_up))
    return [c.PickUpEnded(PickUpStage.CANCELLED, command.next_on, command.at, command.reason)]


def _text(pick_up: PickUp) -> str | None:
    return pick_up.next_on.isoformat() if pick_up.next_on else None
