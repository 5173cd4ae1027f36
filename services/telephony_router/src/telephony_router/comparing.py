"""The part of the composition that compares calls with Voximplant's history, where its credentials are given."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from chassis.chassis import Chassis

from telephony_router.adapters import documents as d
from telephony_router.adapters.voximplant import VoximplantHistory
from telephony_router.application import deciders
from telephony_router.application.reconciling import Reconciling
from telephony_router.application.remembering import Remembered
from telephony_router.application.taking_calls import Taking
from telephony_router.history_settings import HistorySettings

FIRST_PAUSE = 30.0


def reconciling(
    chassis: Chassis, settings: HistorySettings, taking: Taking, memory: Remembered
) -> Reconciling | None:
    """None: it is off."""
    file = settings.voximplant_credentials_file
    if file is None:
        return None
    kept = chassis.store(d.RECONCILED)
    return Reconciling(
        VoximplantHistory(file, settings.voximplant_api_url, settings.voximplant_application),
        taking,
        memory,
        chassis.handler(deciders.RECONCILED, kept),
        kept,
        chassis.clock,
        timedelta(hours=settings.voximplant_overlap),
    )


def for_ever(by: Reconciling, every: float) -> Callable[[], Awaitable[None]]:
    """A round now and then; after one that failed sooner, with pauses that grow."""

    async def compare() -> None:
        pause = FIRST_PAUSE
        while True:
            compared = await by.once()
            await asyncio.sleep(every if compared else min(pause, every))
            pause = FIRST_PAUSE if compared else pause * 2

    return compare
