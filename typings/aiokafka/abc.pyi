from collections.abc import Set as AbstractSet

from aiokafka import TopicPartition

class ConsumerRebalanceListener:
    async def on_partitions_revoked(self, revoked: AbstractSet[TopicPartition]) -> None: ...
    async def on_partitions_assigned(self, assigned: AbstractSet[TopicPartition]) -> None: ...
