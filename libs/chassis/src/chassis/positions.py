"""What may be committed: for each partition the offset after the last record settled. No I/O."""

from collections.abc import Mapping

from aiokafka import TopicPartition

from chassis.reading import Raw


class Positions:
    """Settled but not yet committed, and all that was settled."""

    def __init__(self) -> None:
        self.settled: dict[TopicPartition, int] = {}
        self._uncommitted: dict[TopicPartition, int] = {}

    def settle(self, record: Raw) -> None:
        """The record may be committed, and all before it in its partition."""
        partition = TopicPartition(record.topic, record.partition)
        self.settled[partition] = self._uncommitted[partition] = record.offset + 1

    def take(self) -> dict[TopicPartition, int]:
        """What is to be committed now."""
        taken, self._uncommitted = self._uncommitted, {}
        return taken

    def give_back(self, taken: Mapping[TopicPartition, int]) -> None:
        """The commit failed; what has been settled since is newer."""
        self._uncommitted = {**taken, **self._uncommitted}

    def forget(self) -> None:
        """The partitions were revoked."""
        self.settled.clear()
        self._uncommitted.clear()
