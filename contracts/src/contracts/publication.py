"""`published.json`: what of every fact and topic readers were promised beside its schema, and since which version.

Written by `python -m contracts.freeze`; the gate compares with it.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from contracts.catalogue import PACKAGE, as_text, facts
from contracts.fact import Fact
from contracts.record_keys import key_of, subject_of
from contracts.topics import MODES, Topic, topics

PUBLISHED = PACKAGE / "published.json"
Published = dict[str, dict[str, Any]]
KEEPING = ("cleanup.policy", "retention.ms", "min.compaction.lag.ms")


def published() -> Published:
    """As it was last written: `facts` by type, `topics` by name."""
    return json.loads(PUBLISHED.read_text(encoding="utf-8"))


def current() -> Published:
    """As the code has it now; what is new came with this version of the package."""
    since = _known_since()
    now = version("opblok-contracts")
    return {
        "facts": {name: {"since": since.get(name, now), **_fact(fact)} for name, fact in facts().items()},
        "topics": {topic.name: _topic(topic.name) for topic in topics() if not topic.is_dead_letters},
    }


def write() -> None:
    PUBLISHED.write_text(as_text(current()), encoding="utf-8")


def _known_since() -> Mapping[str, str]:
    return {name: fact["since"] for name, fact in published()["facts"].items()}


def _fact(fact: type[Fact]) -> dict[str, Any]:
    return {"topic": fact.topic, "key": list(key_of(fact)), "subject": list(subject_of(fact))}


def _topic(name: str) -> dict[str, Any]:
    by_mode = {mode: _one(name, topics(mode)) for mode in MODES}
    usual = by_mode["production"]
    kept = {setting: usual.config[setting] for setting in KEEPING if setting in usual.config}
    return {
        "told_by": list(usual.told_by),
        "partitions": {mode: topic.partitions for mode, topic in by_mode.items()},
        **kept,
    }


def _one(name: str, among: Iterable[Topic]) -> Topic:
    return next(topic for topic in among if topic.name == name)
