"""A chunk of a file waits sealed, is taken in once, and forgets who is erased meanwhile (152-FZ art. 21)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from crm.domain import import_chunk as ch
from crm.domain.customer_import import Fate, RowReport
from crm.domain.import_chunk import Chunk, decide, evolve
from crm.domain.import_rows import Row
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
HERS, HIS = Row(2, (Phone("+79161234567"),), Personal("Pelageya")), Row(3, (Phone("+79161234568"),))
waiting = Chunk("i-1-0", "i-1", 0, NOW, (HERS, HIS), hashes=("hers", "his"))
done = ch.Report("i-1-0", tuple(RowReport(row.line, Fate.REGISTERED, (), "c") for row in (HERS, HIS)))
gone = ch.Strike("i-1-0", (2,), ("hers",))


def after(*commands: ch.Command, chunk: Chunk = waiting) -> Chunk:
    for command in commands:
        for change in did(command, chunk):
            chunk = evolve(chunk, change)
    return chunk


def did(command: ch.Command, chunk: Chunk | None) -> Sequence[ch.Change]:
    decision = decide(command, chunk)
    assert not isinstance(decision, Refused)
    return decision


def test_it_is_begun_once_so_that_the_next_knows_somebody_was_here() -> None:
    begun = after(ch.Begin("i-1-0"))

    assert (begun.begun, did(ch.Begin("i-1-0"), begun), did(ch.Begin("i-1-0"), None)) == (True, [], [])


def test_who_is_erased_is_in_it_no_more_and_the_others_are() -> None:
    left = after(gone)

    assert left.rows == (Row(2, fault="erased"), HIS)
    assert (left.hashes, left.struck) == (("his",), (2,))
    assert did(gone, left) == []


def test_his_row_is_reported_as_refused_whatever_was_done_with_it() -> None:
    reported = after(ch.Begin("i-1-0"), gone, done)

    assert reported.report == (RowReport(2, Fate.REFUSED, ("erased",)), done.report[1])


def test_what_is_reported_has_no_rows_and_no_hashes_and_stays_as_it_is() -> None:
    reported = after(done)

    assert (reported.rows, reported.hashes, reported.report) == ((), (), done.report)
    for command in (done, gone, ch.Begin("i-1-0"), ch.Keep(waiting)):
        assert did(command, reported) == []
