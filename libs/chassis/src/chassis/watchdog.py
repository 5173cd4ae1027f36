"""Sees a consumer that looks alive and reads nothing: it happens after rebalances and broker restarts. Pure."""

from collections.abc import Mapping

from aiokafka import TopicPartition

STUCK_AFTER = 60.0


class Watchdog:
    """Looked at every few seconds. Kafka's time, not the service's: `now` is monotonic."""

    def __init__(self, now: float, stuck_after: float = STUCK_AFTER) -> None:
        self._stuck_after = stuck_after
        self._unassigned_since: float | None = now
        self._behind: dict[TopicPartition, tuple[int, float]] = {}

    def look(self, now: float, *, assigned: bool, behind: Mapping[TopicPartition, int]) -> str | None:
        """`behind` has the position of each partition that has more to read and is not paused by us. Answers what is
        wrong, if it has been so for too long.
        """
        if assigned:
            self._unassigned_since = None
        elif self._unassigned_since is None:
            self._unassigned_since = now
        self._behind = {
            partition: (position, now)
            if self._behind.get(partition, (None,))[0] != position
            else self._behind[partition]
            for partition, position in behind.items()
        }
        if self._unassigned_since is not None and now - self._unassigned_since >= self._stuck_after:
            return "no assignment"
        if any(now - since >= self._stuck_after for _, since in self._behind.values()):
            return "lag without progress"
        return None
