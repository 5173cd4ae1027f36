"""What docs/subscribing.md promises is what the contracts say."""

import re
from pathlib import Path

from contracts.topics import topics

PAGE = Path(__file__).parents[2] / "docs" / "subscribing.md"
TEXT = PAGE.read_text(encoding="utf-8")
TOLD = {topic.name: topic for topic in topics() if not topic.is_dead_letters}


def row(beginning: str) -> str:
    [found] = [line for line in TEXT.splitlines() if line.startswith(f"| {beginning}")]
    return found


def test_it_tells_how_long_facts_are_kept() -> None:
    kept_for_ever = {name for name, topic in TOLD.items() if topic.is_compacted}
    a_year = {name for name, topic in TOLD.items() if topic.retention and topic.retention.days == 365}
    others = {topic.retention.days for topic in TOLD.values() if topic.retention} - {365}

    assert set(re.findall(r"`([a-z_]+\.[a-z_]+)`", row("`shop.changed`"))) == kept_for_ever
    assert set(re.findall(r"`([a-z_]+\.[a-z_]+)`", row("`grant.changed`"))) == a_year
    assert f"| {others.pop()} days |" in row("all others")
    assert not others
    lags = {topic.config["min.compaction.lag.ms"] for topic in TOLD.values() if topic.is_compacted}
    assert lags == {str(7 * 24 * 3600 * 1000)}
    assert "every change for 7 days" in row("`shop.changed`")


def test_what_it_leads_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    files = re.findall(r"`((?:contracts|deploy|tests|examples)/[\w./-]+)`", TEXT)

    assert [link for link in links if not (PAGE.parent / link).exists()] == []
    assert [file for file in files if not (PAGE.parents[1] / file).exists()] == []


def test_the_topics_of_its_commands_exist() -> None:
    named = re.findall(r"\b(?:order|delivery|shop|staff|stock|terms|grant|duty|customer)\.[a-z_]+\b", TEXT)

    assert {name for name in named if name not in TOLD} == set()
