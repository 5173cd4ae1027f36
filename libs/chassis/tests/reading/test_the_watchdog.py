"""A consumer that looks alive and reads nothing is noticed; one that has nothing to do is not."""

from aiokafka import TopicPartition
from chassis.lagging import NOWHERE, Lagging
from chassis.positions import Positions
from chassis.reading import Raw
from chassis.watchdog import Watchdog

HALL, ROOM = TopicPartition("lamp.lit", 0), TopicPartition("lamp.lit", 1)


def test_a_consumer_without_assignment_is_missed_after_a_minute() -> None:
    watchdog = Watchdog(0.0)

    assert watchdog.look(59, assigned=False, behind={}) is None
    assert watchdog.look(60, assigned=False, behind={}) == "no assignment"


def test_an_assignment_in_between_begins_the_minute_anew() -> None:
    watchdog = Watchdog(0.0)

    assert watchdog.look(50, assigned=True, behind={}) is None
    assert watchdog.look(55, assigned=False, behind={}) is None
    assert watchdog.look(114, assigned=False, behind={}) is None
    assert watchdog.look(115, assigned=False, behind={}) == "no assignment"


def test_a_position_that_does_not_move_while_there_is_more_is_missed() -> None:
    watchdog = Watchdog(0.0)

    assert watchdog.look(1, assigned=True, behind={HALL: 7, ROOM: 1}) is None
    assert watchdog.look(31, assigned=True, behind={HALL: 7, ROOM: 2}) is None
    assert watchdog.look(61, assigned=True, behind={HALL: 7, ROOM: 3}) == "lag without progress"


def test_slow_progress_is_progress() -> None:
    watchdog = Watchdog(0.0)

    seen = [watchdog.look(now, assigned=True, behind={HALL: now}) for now in range(1, 1000, 50)]

    assert seen == [None] * 20


def test_nothing_to_read_is_no_fault() -> None:
    watchdog = Watchdog(0.0)
    watchdog.look(1, assigned=True, behind={HALL: 7})

    assert watchdog.look(50, assigned=True, behind={}) is None
    assert watchdog.look(100, assigned=True, behind={HALL: 7}) is None


def test_what_we_hold_back_ourselves_is_not_stuck() -> None:
    seen = Lagging(ends={HALL: 9, ROOM: 9}, at={HALL: 7, ROOM: 7})

    assert seen.behind({ROOM}) == {HALL: 7}


def test_a_partition_that_is_not_read_at_all_is_behind() -> None:
    assert Lagging(ends={HALL: 9}, at={HALL: NOWHERE}).behind(set()) == {HALL: NOWHERE}


def test_the_lag_counts_what_is_not_settled() -> None:
    seen = Lagging(ends={HALL: 9, ROOM: 9}, at={HALL: 9, ROOM: 8})

    assert seen.by_topic({HALL: 5}) == {"lamp.lit": 4 + 1}


def test_a_commit_that_failed_is_made_again_unless_there_is_a_newer() -> None:
    positions = Positions()
    positions.settle(at(HALL, 4))
    positions.settle(at(ROOM, 1))
    failed = positions.take()

    positions.settle(at(HALL, 6))
    positions.give_back(failed)

    assert positions.take() == {HALL: 7, ROOM: 2}
    assert positions.take() == {}


def at(partition: TopicPartition, offset: int) -> Raw:
    return Raw(partition.topic, partition.partition, offset, 0, 1, b"", b"", 0, 0, 0, [])
