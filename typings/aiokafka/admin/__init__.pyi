from collections.abc import Mapping, Sequence
from ssl import SSLContext
from typing import Any

from aiokafka import TopicPartition
from aiokafka.admin.config_resource import ConfigResource

class NewTopic:
    def __init__(
        self,
        name: str,
        num_partitions: int,
        replication_factor: int,
        replica_assignments: Mapping[int, Sequence[int]] | None = ...,
        topic_configs: Mapping[str, str] | None = ...,
    ) -> None: ...

class NewPartitions:
    def __init__(self, total_count: int) -> None: ...

class OffsetAndMetadata:
    offset: int
    metadata: str

class AIOKafkaAdminClient:
    def __init__(
        self,
        *,
        bootstrap_servers: str | Sequence[str],
        client_id: str = ...,
        security_protocol: str = ...,
        ssl_context: SSLContext | None = ...,
        sasl_mechanism: str = ...,
        sasl_plain_username: str | None = ...,
        sasl_plain_password: str | None = ...,
        request_timeout_ms: int = ...,
    ) -> None: ...
    async def start(self) -> None: ...
    async def close(self) -> None: ...
    async def list_topics(self) -> list[str]: ...
    async def describe_topics(self, topics: Sequence[str] | None = ...) -> list[dict[str, Any]]: ...
    async def create_topics(self, new_topics: Sequence[NewTopic]) -> Any: ...
    async def delete_topics(self, topics: Sequence[str]) -> Any: ...
    async def create_partitions(self, topic_partitions: Mapping[str, NewPartitions]) -> Any: ...
    async def describe_configs(self, config_resources: Sequence[ConfigResource]) -> list[Any]: ...
    async def describe_consumer_groups(self, group_ids: Sequence[str]) -> list[Any]: ...
    async def list_consumer_group_offsets(
        self, group_id: str, *, partitions: Sequence[TopicPartition] | None = ...
    ) -> dict[TopicPartition, OffsetAndMetadata]: ...
    async def alter_configs(self, config_resources: Sequence[ConfigResource]) -> list[Any]: ...
