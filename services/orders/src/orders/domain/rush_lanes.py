"""Borders between duties in a rush: who may stand in which lane (R18, R112)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.action import Action
from kernel.actor import Role
from kernel.duties import DUTIES, Duty
from kernel.pairs import SELLS

from orders.domain.rush import Stand
from orders.domain.rush_commands import Plan
from orders.domain.rush_refusals import NotForThisLane, NotOnTheStaff, PhoneLaneNotOneOrTwo, TwoLanes
from orders.domain.rush_words import Lane, Part
from orders.domain.team import Team

MOST_ON_THE_PHONE = 2
"""R112: one or two people."""

CONTROLS = frozenset({Role.QUALITY_CONTROLLER})

_HANDS = Duty(
    frozenset({
        Role.OWNER, Role.SERVICE_OWNER, *SELLS - {Role.CALL_CENTRE_AGENT}, Role.BUYER, Role.LOGISTICIAN,
        Role.WAREHOUSE_WORKER, Role.COURIER, Role.OFFICE_ADMINISTRATOR,
    }),
    "R18", never=CONTROLS, never_rule="R9",
)  # fmt: skip
"""Whoever works inside the shop may pack (R113: one person may answer and pack); not who controls the packers (R9)."""

_WHEELS = Duty(
    frozenset({Role.OWNER, Role.LOGISTICIAN, Role.WAREHOUSE_WORKER, Role.COURIER}),
    "R18",
    never=CONTROLS,
    never_rule="R9",
)

LANES: Mapping[Lane, Duty] = {
    Lane.PHONE_ORDERS: DUTIES[Action.PLACE_ORDER],
    Lane.PROCESSING: DUTIES[Action.WORK_ORDER],
    Lane.PACKING: _HANDS,
    Lane.DELIVERY: _WHEELS,
    Lane.CLAIMS: DUTIES[Action.ANSWER_CLAIM],
}
"""Who may stand in a lane: whoever may do its work at any other time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A person of the plan with his roles, as crm told of him."""

    staff_id: str
    roles: frozenset[Role]


def sound(plan: Plan, parts: Iterable[Part], team: Team) -> None:
    """Refuse a plan that leaves borders unclear: count the people first, then draw the borders (R18, R112)."""
    if Part.LANES not in parts:
        return
    seen: set[str] = set()
    for stand in plan.stands:
        if stand.staff_id in seen:
            raise TwoLanes("A person has one primary lane.", staff_id=stand.staff_id)
        seen.add(stand.staff_id)
        _permitted(stand, _on_the_staff(stand.staff_id, team))
    on_the_phone = sum(1 for stand in plan.stands if stand.lane is Lane.PHONE_ORDERS)
    if not 1 <= on_the_phone <= MOST_ON_THE_PHONE:
        raise PhoneLaneNotOneOrTwo("One or two people take orders on the phone.", people=on_the_phone)


def lane_of(stands: Iterable[Stand], staff_id: str) -> Lane | None:
    """The primary lane of a person."""
    return next((stand.lane for stand in stands if stand.staff_id == staff_id), None)


def _on_the_staff(staff_id: str, team: Team) -> Standing:
    """The person, whom crm must have told of as working here; the owner is always known. Away for a day is no reason:
    a rush lasts for weeks.
    """
    member = team.member(staff_id)
    if member is not None and member.active:
        known = {role.value: role for role in Role}
        return Standing(staff_id, frozenset(known[role] for role in member.roles if role in known))
    if member is None and staff_id == team.last_resort:
        return Standing(staff_id, frozenset({Role.OWNER}))
    raise NotOnTheStaff("The person is unknown to the shop, or gone.", staff_id=staff_id)


def _permitted(stand: Stand, person: Standing) -> None:
    duty = LANES[stand.lane]
    if person.roles & duty.never:
        no = NotForThisLane("His roles forbid this lane.", staff_id=stand.staff_id, lane=stand.lane.value)
        raise no.by(duty.never_rule)
    if not person.roles & duty.roles:
        raise NotForThisLane(
            "His roles do not cover this lane.", staff_id=stand.staff_id, lane=stand.lane.value
        )
