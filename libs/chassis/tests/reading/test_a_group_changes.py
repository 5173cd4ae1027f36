"""Members come and go while facts are worked: nothing is lost, nothing runs twice at once."""

import asyncio
from collections import Counter

from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions
from chassis.sessions import Pace
from chassis.settings import KafkaSettings
from chassis.testing.lamps import (
    LampBrokenV1,
    LampLitV1,
    lamps_of_different_lanes,
    new_lamp,
    reading,
    tell_all,
    told,
)
from chassis.testing.waiting import eventually


async def test_a_fact_in_hand_is_finished_before_its_lane_goes_to_another(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps, begun, finished = lamps_of_different_lanes(), list[str](), list[str]()
    door = asyncio.Event()
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def light_slowly(lit: LampLitV1) -> None:
        begun.append(lit.lamp_id)
        await door.wait()
        finished.append(lit.lamp_id)

    async with reading(kafka, group, reactions, publisher):
        await tell_all(publisher, [told(LampLitV1(lamp_id=lamp)) for lamp in lamps])
        await eventually(lambda: len(begun) == 3)

        async with reading(kafka, group, reactions, publisher) as another:
            asyncio.get_running_loop().call_later(1.0, door.set)
            await eventually(lambda: another.ready)
            await tell_all(publisher, [told(LampLitV1(lamp_id=lamp), 2) for lamp in lamps])
            await eventually(lambda: len(finished) == 6)

    assert Counter(begun) == dict.fromkeys(lamps, 2)


async def test_a_fact_that_takes_too_long_is_given_up_and_worked_by_the_other_never_at_once(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, running, most, cancelled, finished = new_lamp(), 0, 0, 0, 0
    slow = True
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def light_for_ever(lit: LampLitV1) -> None:
        nonlocal running, most, cancelled, finished, slow
        if lit.lamp_id != lamp:
            return
        running += 1
        most = max(most, running)
        try:
            if slow:
                await asyncio.Event().wait()
            finished += 1
        except asyncio.CancelledError:
            cancelled, slow = cancelled + 1, False
            raise
        finally:
            running -= 1

    hasty = Pace(drain_within=0.3)
    async with reading(kafka, group, reactions, publisher, pace=hasty):
        await publisher(told(LampLitV1(lamp_id=lamp)))
        await eventually(lambda: running == 1)

        async with reading(kafka, group, reactions, publisher, pace=hasty):
            await eventually(lambda: cancelled == 1 and finished >= 1)

    assert most == 1


async def test_nothing_is_lost_while_members_come_and_go(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps, heard, running, most = [new_lamp() for _ in range(20)], set[str](), Counter[str](), Counter[str]()
    reactions = Reactions("lamps")

    async def work(lamp: str, fact: str) -> None:
        running[lamp] += 1
        most[lamp] = max(most[lamp], running[lamp])
        await asyncio.sleep(0.001)
        running[lamp] -= 1
        heard.add(fact)

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        await work(lit.lamp_id, f"{lit.lamp_id} {lit.minutes}")

    @reactions.told(LampBrokenV1)
    async def mourn(broken: LampBrokenV1) -> None:
        await work(broken.lamp_id, f"{broken.lamp_id} broken")

    async def tell() -> None:
        for minute in range(60):
            await asyncio.gather(
                *(publisher(told(LampLitV1(lamp_id=lamp, minutes=minute))) for lamp in lamps)
            )
        await asyncio.gather(*(publisher(told(LampBrokenV1(lamp_id=lamp))) for lamp in lamps))

    telling = asyncio.create_task(tell())
    async with reading(kafka, group, reactions, publisher):
        for _ in range(3):
            async with reading(kafka, group, reactions, publisher) as guest:
                await eventually(lambda guest=guest: guest.ready)
        await telling
        await eventually(lambda: len(heard) == 20 * 61, within=30)

    assert most == dict.fromkeys(lamps, 1)
