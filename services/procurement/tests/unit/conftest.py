"""A feed read as an import reads it, without the rest of the service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from procurement.adapters.opening import Opening
from procurement.domain.feed import BadRow, Broken, Heading, RawRow, Read, Row
from procurement.domain.feed_sight import FeedMapping, Sight, guessed
from procurement.domain.feed_terms import read_row
from procurement.domain.offer import Terms


@dataclass(frozen=True)
class Looked:
    """What came of a feed. `asked`: what was seen before a person said yes to the guess."""

    asked: Sight | None
    reads: Sequence[Read]

    @property
    def rows(self) -> list[Row | BadRow]:
        return [read_row(each, "brass") for each in self.reads if isinstance(each, RawRow)]

    @property
    def good(self) -> list[Row]:
        return [each for each in self.rows if isinstance(each, Row)]

    @property
    def bad(self) -> list[BadRow]:
        return [each for each in self.rows if isinstance(each, BadRow)]

    @property
    def terms(self) -> dict[str, Terms]:
        return {row.code: row.terms for row in self.good}

    @property
    def heading(self) -> Heading | None:
        return next((each for each in self.reads if isinstance(each, Heading)), None)

    @property
    def broken(self) -> Broken | None:
        return next((each for each in self.reads if isinstance(each, Broken)), None)

    @property
    def guess(self) -> dict[str, str]:
        """Meanings by header."""
        assert self.asked is not None
        return {self.asked.header[each.use.column]: each.use.meaning.value for each in self.asked.guesses}


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Looked]:
    """Read a feed; where it asks, the guess is accepted."""
    numbers = count()

    def looked(
        content: bytes | Path,
        *,
        known: Sequence[FeedMapping] = (),
        most_bytes: int = 2**30,
        megabytes: int = 2048,
    ) -> Looked:
        here = tmp_path / str(next(numbers))
        here.mkdir()
        path = here / "feed"
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
        opening = Opening("Europe/Moscow", most_bytes, megabytes)
        (here / "first").mkdir()
        feed = opening(path, here / "first", known)
        if feed.asks is None:
            return Looked(None, list(feed.rows()))
        (here / "second").mkdir()
        return Looked(feed.asks, list(opening(path, here / "second", [guessed(feed.asks)]).rows()))

    return looked
