"""The topics and their facts, as channels, operations and messages of the AsyncAPI document."""

import json
from collections.abc import Iterable
from typing import Any

from contracts.catalogue import example_of, example_text
from contracts.envelope_schema import example_headers, headers_of
from contracts.fact import Fact
from contracts.topics import Topic, topics


def channel(topic: Topic, published: Iterable[type[Fact]]) -> dict[str, Any]:
    here = [fact for fact in published if fact.topic == topic.name]
    return {
        "address": topic.name,
        "description": f"{says(here[-1])} {topic.kept_because}",
        "messages": {fact.type: {"$ref": f"#/components/messages/{fact.type}"} for fact in here},
        "bindings": {"kafka": _kafka(topic)},
        "tags": [tag(service) for service in topic.told_by],
    }


def _kafka(topic: Topic) -> dict[str, Any]:
    kept: dict[str, Any] = {"cleanup.policy": [topic.config["cleanup.policy"]]}
    if topic.retention is not None:
        kept["retention.ms"] = int(topic.config["retention.ms"])
    at_large = next(each for each in topics("production") if each.name == topic.name)
    return {
        "topic": topic.name,
        "partitions": at_large.partitions,
        "replicas": at_large.replication,
        "topicConfiguration": kept,
        "bindingVersion": "0.5.0",
    }


def operation(topic: Topic, service: str) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": f"{service} tells {topic.name}",
        "tags": [tag(service)],
    }


def message(fact: type[Fact], topic: Topic) -> dict[str, Any]:
    example = example_of(fact)
    key = {"type": "string", "description": "The id of the story.", "examples": [example.story()]}
    return {
        "name": fact.type,
        "title": fact.__name__,
        "summary": says(fact),
        "contentType": "application/json",
        "headers": headers_of(fact, topic.told_by),
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "payload": {"$ref": f"#/components/schemas/{fact.__name__}"},
        "bindings": {"kafka": {"key": key, "bindingVersion": "0.5.0"}},
        "tags": [tag(service) for service in topic.told_by],
        "examples": [
            {
                "name": fact.type,
                "headers": example_headers(example, topic.told_by),
                "payload": json.loads(example_text(fact)),
            }
        ],
    }


def tag(service: str) -> dict[str, str]:
    return {"name": service}


def says(fact: type[Fact]) -> str:
    """The first sentence of what a fact means."""
    return (fact.__doc__ or "").strip().splitlines()[0]
