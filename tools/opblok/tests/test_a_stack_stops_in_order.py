"""What leans on others starts after them and stops before them."""

from collections.abc import Callable

import pytest
from chassis.embedded.unable import CannotStart
from opblok.supervision.part import Stage
from opblok.supervision.seen import Seen, State
from opblok.supervision.supervisor import Supervisor

from .conftest import DIES, MakePart


async def test_services_start_after_the_servers_and_stop_before_them(
    part: MakePart, notes: Callable[[], list[str]]
) -> None:
    servers = Stage((part("kafka"), part("mongodb")), together=False)
    services = Stage((part("crm"), part("orders")))
    supervisor = Supervisor((servers, services), lambda _: None)

    await supervisor.start()
    await supervisor.stop()

    began = [each for each in notes() if each.endswith("began")]
    ended = [each for each in notes() if each.endswith("ended")]
    assert {*began[:2]} == {"kafka began", "mongodb began"}
    assert {*ended[:2]} == {"crm ended", "orders ended"}
    assert ended[2:] == ["mongodb ended", "kafka ended"]


async def test_topics_are_made_between_servers_and_services(
    part: MakePart, notes: Callable[[], list[str]]
) -> None:
    when: list[list[str]] = []

    async def make_topics() -> None:
        when.append(notes())

    stages = (Stage((part("kafka"),), make_topics, doing="making topics"), Stage((part("crm"),)))
    told: list[Seen] = []
    supervisor = Supervisor(stages, told.append)

    await supervisor.start()
    await supervisor.stop()

    assert when == [["kafka began"]]
    assert "making topics" in {seen.doing for seen in told}
    assert [told[0].phase, told[-1].phase] == ["starting", "stopped"]


async def test_a_service_that_does_not_come_up_is_told_and_the_rest_can_be_stopped(
    part: MakePart, notes: Callable[[], list[str]]
) -> None:
    told: list[Seen] = []
    supervisor = Supervisor(
        (Stage((part("kafka"),)), Stage((part("crm", DIES, ready_within=1.5),))), told.append
    )

    with pytest.raises(CannotStart, match="crm does not come up"):
        await supervisor.start()
    await supervisor.stop()

    assert "kafka ended" in notes()
    assert {each.state for each in told[-1].parts} == {State.STOPPED}
