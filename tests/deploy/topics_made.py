"""Which topics a command of a Job or of compose makes, by the command line itself, against what contracts want of a cluster."""

import re
from collections.abc import Sequence
from dataclasses import replace

import typer.core
import typer.main
from contracts.topics import Topic, topics
from opblok.commands.topics import app

APPLY = re.compile(r"\bopblok topics (apply\b[^&;]*)")


def made_by(command: str) -> list[Topic]:
    """Raise `ValueError` when it makes none."""
    found = APPLY.search(command)
    if found is None:
        raise ValueError(command)
    _, *words = found[1].split()
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    told = group.commands["apply"].make_context("apply", words).params
    made = topics("production" if told["production"] else "development")
    return [replace(each, partitions=told["partitions"] or each.partitions) for each in made]


def wrong_topics(command: str, wanted: Sequence[Topic], replicas: int) -> list[str]:
    """In words: stories stay where they are when a shop grows, so partitions are those of a cluster everywhere."""
    made = {each.name: each for each in made_by(command)}
    lines = [f"{each.name}: is not made" for each in wanted if each.name not in made]
    for each in wanted:
        there = made.get(each.name)
        if there is None:
            continue
        if there.partitions != each.partitions:
            lines.append(f"{each.name}: {there.partitions} partitions instead of {each.partitions}")
        if there.retention != each.retention:
            lines.append(f"{each.name}: kept {there.retention} instead of {each.retention}")
        if there.replication != replicas:
            lines.append(f"{each.name}: {there.replication} replicas instead of {replicas}")
    return lines
