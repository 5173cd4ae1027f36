from datetime import UTC, datetime, timedelta

import pytest
from chassis.handling import fold
from kernel.actor import Actor, Grade, Role
from kernel.deadline import Deadline
from kernel.refusal import Refused
from procurement.domain import feed_import_decider as imports
from procurement.domain import supplier_decider as suppliers
from procurement.domain.feed_import import FeedImport, Stage, Tally, Wiping
from procurement.domain.feed_import_commands import Command as OnImport
from procurement.domain.feed_import_commands import (
    DecideOnImport,
    EndFeedImport,
    HoldForPerson,
    ImportDeadlinePassed,
    NoteAlive,
    NoteProgress,
    ReceiveFeed,
)
from procurement.domain.feed_import_evolving import BEGIN_WITHIN, PATIENCE, evolve
from procurement.domain.refusals import ImportNotHeld, UnknownImport, UnknownSupplier
from procurement.domain.supplier import (
    AgreeConditions,
    BeginImport,
    Catalogue,
    Conditions,
    ConfirmCatalogue,
    EndImport,
    Feed,
    Supplier,
    SupplierDeadlinePassed,
)
from procurement.domain.supplier import Command as OnSupplier
from procurement.domain.supplier_evolving import evolve as evolve_supplier

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = timedelta(days=1)
BORIS = Actor("boris", frozenset({Role.BUYER}), Grade.SENIOR)
receive = ReceiveFeed("i-1", "brass", "anna", from_address=False, accept_stale=False, at=NOW)
hold = HoldForPerson("i-1", Tally(good=6), Wiping(4, 10), NOW)
CONDITIONS = Conditions("Brass", None, 3, DAY, feed=Feed("https://feeds.example.org/", timedelta(hours=1)))
agree = AgreeConditions("brass", CONDITIONS, NOW)


def imported(*commands: OnImport) -> FeedImport:
    state: FeedImport | None = None
    for command in commands:
        decision = imports.decide(command, state)
        state = fold(evolve, decision.changes if isinstance(decision, Refused) else decision, state)
    assert state is not None
    return state


def supplied(*commands: OnSupplier) -> Supplier:
    state: Supplier | None = None
    for command in commands:
        changes = suppliers.decide(command, state)
        assert not isinstance(changes, Refused)
        state = fold(evolve_supplier, changes, state)
    assert state is not None
    return state


def begin(import_id: str = "i-1", at: datetime = NOW, over: str | None = None) -> BeginImport:
    return BeginImport("brass", import_id, at, over)


def end(
    import_id: str = "i-1", *, as_of: datetime = NOW, dated: bool = True, at: datetime = NOW
) -> EndImport:
    catalogue = Catalogue(import_id, as_of, dated, 10, accept_stale=False, received_at=at)
    return EndImport("brass", import_id, at, catalogue)


@pytest.mark.parametrize(("lost", "of", "much"), [(3, 10, False), (4, 10, True), (0, 0, False), (1, 1, True)])
def test_more_than_thirty_percent_is_much(lost: int, of: int, much: bool) -> None:
    assert imports.wipes(Wiping(lost, of)) is much


def test_an_import_is_due_soon_and_then_as_long_as_somebody_is_at_it() -> None:
    assert imports.deadlines(imported(receive)) == [Deadline("carry on", NOW + BEGIN_WITHIN)]
    later = NOW + DAY
    assert imported(receive, NoteAlive("i-1", later)).due_at == later + PATIENCE
    assert imports.deadlines(imported(receive, hold)) == []
    assert imports.decide(NoteAlive("i-1", later), imported(receive, hold)) == []


def test_an_import_that_gets_nowhere_is_given_up() -> None:
    tries = [ImportDeadlinePassed("i-1", NOW + n * PATIENCE) for n in range(1, imports.MOST_TAKES + 2)]

    assert imported(receive, *tries[:-1]).stage is Stage.WAITING
    assert imported(receive, *tries).stage is Stage.FAILED
    further = NoteProgress("i-1", Stage.APPLYING, Tally(places=500), NOW + 20 * PATIENCE)
    assert imported(receive, *tries[:19], further).takes == 0
    assert imported(receive, *tries[:19], NoteAlive("i-1", NOW, waits=True)).takes == 0


def test_what_comes_after_the_end_changes_nothing() -> None:
    over = EndFeedImport("i-1", Stage.DONE, Tally(good=1), "", NOW)

    assert imports.decide(over, imported(receive, over)) == []
    assert imports.decide(ImportDeadlinePassed("i-1", NOW + DAY), imported(receive, over)) == []


def test_only_a_held_import_is_decided_on() -> None:
    approve = DecideOnImport("i-1", True, BORIS, "", NOW)
    discard = DecideOnImport("i-1", False, BORIS, "no", NOW)

    with pytest.raises(ImportNotHeld):
        imports.decide(approve, imported(receive))
    with pytest.raises(UnknownImport):
        imports.decide(approve, None)
    assert imports.decide(approve, imported(receive, hold, approve)) == []
    assert imports.decide(discard, imported(receive, hold, discard)) == []
    assert imported(receive, hold, approve).stage is Stage.APPLYING


def test_catalogues_of_one_supplier_come_in_one_after_the_other() -> None:
    busy = supplied(agree, begin())

    assert suppliers.decide(begin("i-2"), busy) == []
    assert supplied(agree, begin(), begin("i-2", over="i-1")).busy_with == "i-2"
    assert supplied(agree, begin(), end()).busy_with is None
    assert suppliers.decide(end("i-9"), busy) == []


def test_a_feed_that_a_newer_one_overtook_does_not_begin() -> None:
    newer = supplied(agree, begin("i-2"), end("i-2", at=NOW + DAY))

    assert suppliers.decide(begin("i-1"), newer) == []


def test_an_unchanged_feed_without_a_date_is_as_of_now() -> None:
    confirm = ConfirmCatalogue("brass", "i-2", NOW + DAY)
    for dated, as_of in ((False, NOW + DAY), (True, NOW)):
        after = supplied(agree, begin(), end(dated=dated), begin("i-2", NOW + DAY), confirm)

        assert after.catalogue is not None
        assert (after.catalogue.as_of, after.busy_with) == (as_of, None)


def test_old_stock_is_told_once() -> None:
    old = SupplierDeadlinePassed("brass", "stale", NOW + DAY)
    fresh = supplied(agree, begin(), end())

    assert Deadline("stale", NOW + DAY) in suppliers.deadlines(fresh)
    assert suppliers.decide(SupplierDeadlinePassed("brass", "stale", NOW), fresh) == []
    told = supplied(agree, begin(), end(), old)
    assert suppliers.decide(old, told) == []
    assert not told.sells(NOW, NOW + DAY)
    assert fresh.sells(NOW, NOW + DAY - timedelta(seconds=1))


def test_a_feed_address_is_fetched_at_once_and_then_on_its_schedule() -> None:
    assert Deadline("fetch", NOW) in suppliers.deadlines(supplied(agree))
    due = SupplierDeadlinePassed("brass", "fetch", NOW)
    assert supplied(agree, due).fetch_at == NOW + timedelta(hours=1)
    without = Conditions("Brass", None, 3, DAY)
    assert supplied(agree, AgreeConditions("brass", without, NOW)).fetch_at is None


def test_nothing_begins_at_a_supplier_nobody_knows() -> None:
    with pytest.raises(UnknownSupplier):
        suppliers.decide(begin(), None)
    assert suppliers.decide(agree, supplied(agree)) == []
