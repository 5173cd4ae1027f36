"""When the first ones can't, the next one rings: nobody takes a place in the plan whose telephone does not ring (R96, R99)."""

from telephony_router.domain.people import Duty
from telephony_router.domain.plan import Kind, Plan, Target
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Card, Rules
from telephony_router.testing.world import situation, with_people

THREE = Duty(frozenset({"boris", "oleg", "vera"}))


def on_duty(plan: Plan) -> list[str | None]:
    return [step.staff_id for step in plan.steps if step.kind is Kind.RING and step.target is Target.DUTY]


def test_given_two_on_duty_who_talk_the_third_rings() -> None:
    plan = route(Call(has_number=True), situation(duty=THREE, busy=frozenset({"boris", "oleg"})))

    assert on_duty(plan) == ["vera"]
    assert {each.staff_id: each.reason for each in plan.passed_over} == {
        "boris": "is_busy",
        "oleg": "is_busy",
    }


def test_given_no_shift_and_two_sellers_who_talk_the_next_who_sells_rings() -> None:
    people = with_people(anna={"presence": "off"})

    plan = route(Call(has_number=True), situation(people=people, busy=frozenset({"boris", "oleg"})))

    assert on_duty(plan) == ["vera"]


def test_who_was_rung_for_the_customer_takes_no_place_of_the_persons_on_duty() -> None:
    boris_answers = (Card("c-maria", owner_id="boris"),)

    plan = route(
        Call(has_number=True), situation(duty=THREE, candidates=boris_answers, rules=Rules(most_on_duty=1))
    )

    rung = [(step.target, step.staff_id) for step in plan.rings]
    assert rung == [(Target.OWNER, "boris"), (Target.DEPUTY, "vera"), (Target.DUTY, "oleg")]
