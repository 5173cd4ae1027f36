"""What is wired of imports and exports of customers."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from chassis.chassis import Chassis
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter

from crm.adapters import moving_documents as d
from crm.adapters.customer_tables import WRITERS, opened
from crm.application import moving_deciders as deciders
from crm.application.exporting import Exporting
from crm.application.importing import Importing
from crm.application.knowing import Knowing
from crm.entrypoints import exports, imports
from crm.settings import CrmSettings


@dataclass(frozen=True, slots=True)
class Moves:
    """Parts of the service."""

    importing: Importing
    routers: tuple[APIRouter, ...]
    larger_bodies: dict[str, int]
    wired: dict[str, Any]
    deadlines: tuple[DeadlineWorker, ...]


def moves(chassis: Chassis, knowing: Knowing, settings: CrmSettings) -> Moves:
    """Customers come in and go out."""
    kept, chunks, records = chassis.store(d.IMPORTS), chassis.store(d.CHUNKS), chassis.store(d.EXPORTS)
    importing = Importing(
        chassis.handler(deciders.IMPORT, kept),
        chassis.handler(deciders.CHUNK, chunks),
        kept,
        chunks,
        knowing,
        partial(opened, most_megabytes=settings.import_workbook_max_megabytes),
    )
    exporting = Exporting(chassis.handler(deciders.EXPORT, records), knowing.customers, WRITERS)
    return Moves(
        importing=importing,
        routers=(imports.router, exports.router),
        larger_bodies={
            "/customers:import": imports.MOST_BYTES,
            # its answer is what is large: who may ask for more bytes is given more time, too
            "/customers:export": settings.edge.max_body_bytes + 1,
        },
        wired={"importing": importing, "exporting": exporting, "customer_exports": records},
        deadlines=(
            chassis.deadlines(kept, importing.go_on),
            chassis.deadlines(chunks, importing.forget),
        ),
    )
