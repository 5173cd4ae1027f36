"""The topics of opblok, from `topics.yaml` beside this file: what an operator creates and a reader can count on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

Mode = Literal["development", "production"]
MODES: tuple[Mode, ...] = ("development", "production")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is to be created. `config` speaks Kafka's own names."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]
    told_by: tuple[str, ...]
    kept_because: str
    is_dead_letters: bool = False

    @property
    def retention(self) -> timedelta | None:
        """How long a fact is kept; None where the newest fact of each key stays for ever."""
        return None if self.is_compacted else timedelta(milliseconds=int(self.config["retention.ms"]))

    @property
    def is_compacted(self) -> bool:
        return self.config["cleanup.policy"] == "compact"


def topics(mode: Mode = "development") -> list[Topic]:
    """Every topic, dead letters included, sorted by name."""
    return sorted((*_told(mode), *_dead_letters(mode)), key=lambda topic: topic.name)


def services() -> list[str]:
    """Who tells anything."""
    return sorted({service for told in _read()["topics"].values() for service in told["told_by"]})


def dead_letters_of(service: str) -> str:
    return f"dead-letters.{service}"


def longest_retention() -> timedelta:
    """After this time nothing is left of a fact, save in topics that keep the newest of each."""
    return max(each for each in (topic.retention for topic in topics()) if each is not None)


def _told(mode: Mode) -> Iterator[Topic]:
    for name, told in _read()["topics"].items():
        yield _topic(mode, name, told["kept"], tuple(told["told_by"]))


def _dead_letters(mode: Mode) -> Iterator[Topic]:
    rule = _read()["dead_letters"]
    more = {"max.message.bytes": str(rule["max_message_bytes"])}
    for service in services():
        yield _topic(mode, dead_letters_of(service), rule["kept"], (service,), more, is_dead_letters=True)


def _topic(
    mode: Mode,
    name: str,
    kept: str,
    told_by: tuple[str, ...],
    more: Mapping[str, str] | None = None,
    *,
    is_dead_letters: bool = False,
) -> Topic:
    size, rule = _read()["settings"][mode], _read()["kept"][kept]
    config = {"min.insync.replicas": str(size["in_sync"]), **_keeping(rule), **(more or {})}
    why = rule["why"].strip()
    return Topic(name, size["partitions"], size["replication"], config, told_by, why, is_dead_letters)


def _keeping(rule: Mapping[str, Any]) -> dict[str, str]:
    kept = str(int(timedelta(days=rule["days"]) / timedelta(milliseconds=1)))
    if rule.get("newest_of_each", False):
        return {"cleanup.policy": "compact", "min.compaction.lag.ms": kept}
    return {"cleanup.policy": "delete", "retention.ms": kept}


@cache
def _read() -> Mapping[str, Any]:
    return yaml.safe_load((files("contracts") / "topics.yaml").read_text(encoding="utf-8"))
