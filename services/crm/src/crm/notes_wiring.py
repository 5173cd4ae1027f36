"""What is wired of notes on customers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.chassis import Chassis, Loop
from chassis.clock import Clock
from fastapi import APIRouter

from crm.adapters.note_documents import NOTE_FORMS
from crm.application import deciders
from crm.application.knowing import Knowing
from crm.application.noting import Noting
from crm.entrypoints import note_forms, notes
from crm.settings import CrmSettings

LOOK_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class NoteParts:
    """What the rest of crm is wired with."""

    routers: tuple[APIRouter, ...]
    wired: Mapping[str, Any]
    tasks: tuple[Loop, ...]


def notes_of(chassis: Chassis, knowing: Knowing, settings: CrmSettings) -> NoteParts:
    """Notes, their forms, and what makes them go."""
    forms = chassis.store(NOTE_FORMS)
    noting = Noting(knowing, forms)
    return NoteParts(
        routers=(notes.router, note_forms.router),
        wired={"noting": noting, "describe_form": chassis.handler(deciders.NOTE_FORM, forms)},
        tasks=(dropping(chassis.clock, noting, timedelta(days=settings.notes_kept_days)),),
    )


def dropping(clock: Clock, noting: Noting, kept_for: timedelta) -> Loop:
    """Looks for what is kept no longer; indexes answer, so often is cheap."""

    async def drop_now_and_then() -> None:
        while True:
            await noting.untype(clock.now())
            if kept_for:
                await noting.age(clock.now(), kept_for)
            await asyncio.sleep(LOOK_EVERY)

    return drop_now_and_then
