"""The one rule of the house: who is rung, in what order, and why. Pure (R96-R99, R105, R112-R115)."""

from zoneinfo import ZoneInfo

from telephony_router.domain.chain import Chain
from telephony_router.domain.last_step import last_step
from telephony_router.domain.people import Moment, Standing
from telephony_router.domain.plan import By, Kind, Plan, Recognition, Step, Target
from telephony_router.domain.recognising import recognise
from telephony_router.domain.situation import SELLS, Call, Card, Situation

PHONE_ORDERS = "phone_orders"


def route(call: Call, situation: Situation) -> Plan:
    """The plan of a call: never empty, and it ends in a callback, or in a task where there is no number to ring back."""
    recognition, cards = recognise(call, situation)
    chain = Chain(situation)
    card = cards[0] if cards else None
    if recognition is not Recognition.BLOCKED:
        _in_trouble(chain, card)
        if _phone_hours(situation):
            _usual(chain, cards)
            _overflow(chain)
    _words(chain, recognition)
    chain.add(last_step(recognition, card, situation))
    return Plan(
        tuple(chain.steps),
        recognition,
        situation.rules.version,
        card.customer_id if card else None,
        card.owner_id if card else None,
        card.troubled[0].order_id if card and card.troubled else None,
        tuple(each.customer_id for each in cards),
        tuple(each for each in chain.passed_over if not chain.rings(each.staff_id)),
        situation.shop_id,
    )


def _in_trouble(chain: Chain, card: Card | None) -> None:
    """An order in trouble: who settles it, else any conflict manager who is there (R5)."""
    situation = chain.situation
    if card is None or not card.troubled or not situation.rules.conflict_manager_first:
        return
    seconds, target = situation.rules.conflict_seconds, Target.CONFLICT_MANAGER
    able = [each.staff_id for each in situation.there("conflict_manager")]
    for each in situation.people.values():
        if "conflict_manager" in each.roles and each.staff_id not in able:
            chain.note(each)
    keepers = [each.keeper_id for each in card.troubled if each.keeper_id in able]
    for staff_id in (*keepers, *able):
        if staff_id and chain.person(staff_id, target, seconds, "order_in_trouble"):
            return


def _usual(chain: Chain, cards: tuple[Card, ...]) -> None:
    if chain.situation.lanes is not None:
        _rush(chain, cards)
        return
    owners = list(dict.fromkeys(card.owner_id for card in cards if card.owner_id))
    reached = [
        chain.rings(owner_id)
        or _at_both(chain, owner_id, "answers_for_another_card" if number else "answers_for_customer")
        for number, owner_id in enumerate(owners[: chain.situation.rules.most_owners])
    ]
    if owners:
        _deputy(chain, owners[0], reached=reached[0])
    _duty(chain)


def _deputy(chain: Chain, owner_id: str, *, reached: bool) -> None:
    """Off, on a break or still silent: who stands in for him (R96)."""
    rules, now = chain.situation.rules, chain.standing(owner_id)
    why = "owner_silent" if reached else "owner_unreachable"
    if now in (Standing.OFF, None):
        why = "owner_off"
    elif now is Standing.BREAK:
        why = "owner_on_break"
    chain.deputy_of(owner_id, rules.deputy_seconds, why)


def _at_both(chain: Chain, owner_id: str, reason: str) -> bool:
    """Who answers for the customer; busy or silent, his mobile (R96, R97)."""
    rules, busy = chain.situation.rules, owner_id in chain.situation.busy
    if chain.standing(owner_id) is not Standing.THERE:
        return chain.person(owner_id, Target.OWNER, rules.owner_seconds, reason)
    phones = chain.situation.people[owner_id].telephones
    if phones.may(By.DESK) and not busy:
        chain.person(owner_id, Target.OWNER, rules.owner_seconds, reason)
        chain.mobile(owner_id, Target.OWNER_MOBILE, rules.mobile_seconds, "silent_at_desk")
        return True
    why = "busy_at_desk" if phones.may(By.DESK) else "no_desk"
    return chain.person(owner_id, Target.OWNER_MOBILE, rules.mobile_seconds, why)


def _duty(chain: Chain) -> None:
    """The duty persons (R105); a shop without a roster: who sells and is there."""
    situation = chain.situation
    on_duty = situation.on_duty()
    found = on_duty or situation.there(*SELLS)
    reason = "on_duty" if on_duty else "first_line"
    left = situation.rules.most_on_duty
    for person in (each for each in found if not chain.rings(each.staff_id)):
        if not left:
            return
        left -= chain.person(person.staff_id, Target.DUTY, situation.rules.duty_seconds, reason)


def _rush(chain: Chain, cards: tuple[Card, ...]) -> None:
    """In a rush only the lane of orders answers, nobody else grabs the telephone (R112, R114)."""
    situation, rules = chain.situation, chain.situation.rules
    lanes = situation.lanes or {}
    members = sorted(staff_id for staff_id, lane in lanes.items() if lane == PHONE_ORDERS)
    owner_id = cards[0].owner_id if cards else None
    if owner_id in members:
        chain.person(owner_id, Target.LANE, rules.lane_seconds, "rush_owner_in_lane")
    elif owner_id:
        chain.pass_over(owner_id, "not_in_lane")
    for staff_id in members:
        if sum(step.target is Target.LANE for step in chain.steps) >= rules.most_in_lane:
            return
        chain.person(staff_id, Target.LANE, rules.lane_seconds, "rush_lane")


def _phone_hours(situation: Situation) -> bool:
    """Whether the telephone is answered at this hour at all (R113)."""
    hours = situation.rules.phone_hours
    if hours is None:
        return True
    local = situation.now.astimezone(ZoneInfo(situation.calendar.zone)).time()
    begins, ends = hours
    return begins <= local < ends if begins < ends else local >= begins or local < ends


def _overflow(chain: Chain) -> None:
    """The external call centre, when the shop has one (R115)."""
    rules, situation = chain.situation.rules, chain.situation
    if rules.call_centre and (situation.moment is not Moment.CLOSED or rules.call_centre_when_closed):
        seconds = rules.call_centre_seconds
        chain.add(Step(Kind.OVERFLOW, Target.CALL_CENTRE, "nobody_of_us", seconds=seconds))


def _words(chain: Chain, recognition: Recognition) -> None:
    """Who can't be put through hears why, and is not left with silence (R108, R113)."""
    if recognition is Recognition.BLOCKED:
        chain.add(Step(Kind.PLAY, Target.CALLER, "blocked"))
    elif not _phone_hours(chain.situation):
        chain.add(Step(Kind.PLAY, Target.CALLER, "outside_phone_hours"))
    elif not chain.steps:
        closed = chain.situation.moment is Moment.CLOSED
        chain.add(Step(Kind.PLAY, Target.CALLER, "closed" if closed else "nobody_there"))
