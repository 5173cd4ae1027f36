"""Imports and exports of customers, each with its pure rules; nothing is told of them but attempts by whose duty it is not."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from chassis.handling import Decider
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from crm.application.deciders import tell_nobody
from crm.domain import customer_export as ex
from crm.domain import customer_import as im
from crm.domain import import_chunk as ch


def announce_import(change: im.Change, one: im.Import) -> Sequence[Fact]:
    """An attempt."""
    return [duty_refused(change, "customer_import", one.import_id)] if isinstance(change, DutyRefused) else []


def announce_export(change: ex.Recorded | DutyRefused, one: ex.Export) -> Sequence[Fact]:
    """An attempt."""
    return [duty_refused(change, "customer_export", one.export_id)] if isinstance(change, DutyRefused) else []


IMPORT: Decider[im.Command, im.Import, im.Change] = Decider(
    lambda command: command.import_id, im.decide, im.evolve, announce_import, im.deadlines
)
CHUNK: Decider[ch.Command, ch.Chunk, ch.Change] = Decider(
    lambda command: command.chunk_id, ch.decide, ch.evolve, tell_nobody, ch.deadlines
)
EXPORT: Decider[ex.Record, ex.Export, ex.Recorded | DutyRefused] = Decider(
    lambda command: command.export_id, ex.decide, ex.evolve, announce_export, ex.deadlines
)
