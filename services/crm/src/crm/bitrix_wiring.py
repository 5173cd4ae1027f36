"""The bridge to Bitrix24, wired; nothing of it is there where no portal is set."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import structlog
from chassis.chassis import Chassis, Loop
from chassis.clock import Clock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler
from kernel.actor import service

from crm.adapters import bitrix_documents as d
from crm.adapters.bitrix_calls import Bitrix24Calls
from crm.application import bitrix_deciders as deciders
from crm.application.bitrix_attendance import Attendance
from crm.application.bitrix_calling import PortalCalls
from crm.application.bitrix_contacts import PortalContacts
from crm.application.bitrix_following import Following
from crm.application.bitrix_joining import Joining
from crm.application.bitrix_passes import Passes
from crm.application.bitrix_people import PortalPeople
from crm.application.bitrix_port import NotInstalled, PortalDown, PortalRefused
from crm.application.knowing import Knowing
from crm.application.peopling import Turns
from crm.bitrix_entry_wiring import installing_at, portal_of
from crm.bitrix_settings import Bitrix24Settings
from crm.domain.bitrix_load import Cadence
from crm.domain.staff import Staff
from crm.domain.staff_changes import Change
from crm.domain.staff_commands import Command

ACTOR = service("bitrix24")
LOOK_EVERY = 5.0
AFTER_A_NO = 60.0
log = structlog.get_logger("crm.bitrix24")


@dataclass(frozen=True, slots=True)
class Bridge:
    """What the rest of crm is wired with."""

    joining: Joining
    calls: PortalCalls
    deadlines: tuple[DeadlineWorker, ...]
    tasks: tuple[Loop, ...]
    attendance: Attendance

    @property
    def wired(self) -> dict[str, Any]:
        """What routes reach."""
        return {
            "bitrix24": self.joining,
            "bitrix24_calls": self.calls,
            "bitrix24_attendance": self.attendance,
        }


def bridge(
    chassis: Chassis,
    settings: Bitrix24Settings,
    *,
    knowing: Knowing,
    staff: Handler[Command, Staff, Change],
    turns: Turns,
    real: Clock,
) -> Bridge | None:
    """The bridge, if a portal is set. Raise `SettingsProblem`."""
    if settings.bitrix24_url is None:
        return None
    settings.check_bitrix24()
    cards, users, loads = chassis.store(d.CARDS), chassis.store(d.PORTAL_USERS), chassis.store(d.LOADS)
    installing = installing_at(chassis, settings, turns, ACTOR)
    portal = portal_of(settings, installing)
    know_user = chassis.handler(deciders.PORTAL_USER, users)
    people = PortalPeople(know_user, users, knowing.staff, staff)
    attendance = Attendance(portal, users, know_user, staff, chassis.clock.now, ACTOR)
    handle = chassis.handler(deciders.CARD, cards)
    contacts = PortalContacts(knowing, people, cards, handle, settings.bitrix24_shop_id)
    following = Following(portal, contacts)
    changed, whole = settings.bitrix24_changed_every_minutes, settings.bitrix24_whole_every_hours
    cadence = Cadence(timedelta(minutes=changed), timedelta(hours=whole))
    passing = chassis.handler(deciders.LOAD, loads)
    holder = uuid4().hex
    passes = Passes(
        portal=portal,
        handler=settings.bitrix24_handler_url,
        contacts=contacts,
        people=people,
        handle=passing,
        kept=loads,
        clock=chassis.clock,
        real=real,
        cadence=cadence,
        holder=holder,
        actor=ACTOR,
        say=_warn,
    )
    kept_calls, technical = chassis.store(d.CALLS), settings.bitrix24_technical_user
    calls = PortalCalls(
        there=Bitrix24Calls(portal.rest),
        writes=portal.writes,
        people=people,
        cards=cards,
        kept=kept_calls,
        handle=chassis.handler(deciders.CALL, kept_calls),
        technical=str(technical) if technical else None,
    )
    workers = (chassis.deadlines(cards, following.due), chassis.deadlines(kept_calls, calls.due))
    looks = settings.bitrix24_presence_every_seconds
    attending = (_attend_for_ever(attendance, looks),) if looks else ()
    joining = Joining(installing, following, passes)
    return Bridge(joining, calls, workers, (_pass_for_ever(passes), *attending), attendance)


def _pass_for_ever(passes: Passes) -> Loop:
    async def pass_over_bitrix24() -> None:
        while True:
            await _stepped(passes)

    return pass_over_bitrix24


def _attend_for_ever(attendance: Attendance, every: float) -> Loop:
    async def look_at_working_days() -> None:
        refused = ""
        while True:
            wait = every
            try:
                await attendance.look()
                refused = ""
            except PortalDown as down:
                wait = max(every, down.wait)
            except PortalRefused as no:  # not installed yet, or without the permission `timeman`
                wait = max(every, AFTER_A_NO)
                if no.code != refused:
                    _warn("the portal tells no working days", {"code": no.code})
                refused = no.code
            await asyncio.sleep(wait)

    return look_at_working_days


async def _stepped(passes: Passes) -> None:
    """One step, and a pause as long as the portal wants it."""
    wait = LOOK_EVERY
    try:
        wait = 0.0 if await passes.step() else LOOK_EVERY
    except PortalDown as down:
        wait = max(LOOK_EVERY, down.wait)
        await passes.stumble(str(down))
    except NotInstalled as no:
        await passes.stumble(no.code)  # it costs the portal nothing to look again soon
    except PortalRefused as no:
        wait = AFTER_A_NO
        await passes.stumble(no.code)
    await asyncio.sleep(wait)


def _warn(text: str, about: dict[str, object]) -> None:
    log.warning(text, **about)
