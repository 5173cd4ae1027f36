"""Where a record goes that will never work: `dead-letters.<service>`, acknowledged by Kafka before anything is committed.

Key, value and headers stay as they came; what is said about them stands beside in `dl_...` headers and holds no input
and no personal data. Letters are read, and told again, by `chassis.replaying`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from chassis.outcomes import Poison
from chassis.publishing import RawHeaders, Sends
from chassis.reading import Raw

MARK = "dl_"
REASON, ERROR, SERVICE = "dl_reason", "dl_error", "dl_service"
TOPIC, PARTITION, OFFSET = "dl_topic", "dl_partition", "dl_offset"
ATTEMPTS, FIRST_AT, LAST_AT, TRACE = "dl_attempts", "dl_first_at", "dl_last_at", "dl_trace"
NULL_VALUE = "dl_null_value"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a record has been through: how often it was tried, since when, in which trace."""

    attempts: int
    first_at: datetime
    trace: str = ""


def topic_of(service: str) -> str:
    """Where the dead letters of a service are kept."""
    return f"dead-letters.{service}"


class DeadLetters:
    """Buries what one service cannot work. Raises as the publisher does when Kafka did not acknowledge."""

    def __init__(self, service: str, publisher: Sends) -> None:
        self._service = service
        self._publisher = publisher

    async def bury(self, record: Raw, why: Poison, trial: Trial) -> None:
        """Keep the record, with all that is known about its failure."""
        said = {
            SERVICE: self._service,
            REASON: why.reason,
            ERROR: why.error,
            TOPIC: record.topic,
            PARTITION: str(record.partition),
            OFFSET: str(record.offset),
            ATTEMPTS: str(trial.attempts),
            FIRST_AT: trial.first_at.isoformat(timespec="milliseconds"),
            LAST_AT: datetime.now(UTC).isoformat(timespec="milliseconds"),
            TRACE: trial.trace,
        }
        value = record.value
        if value is None and record.key is None:  # aiokafka does not send nothing under no key
            value, said[NULL_VALUE] = b"", "true"
        headers: RawHeaders = [
            *(each for each in record.headers if not each[0].startswith(MARK)),
            *((name, text.encode()) for name, text in said.items()),
        ]
        await self._publisher.send(topic_of(self._service), value, record.key, headers)
