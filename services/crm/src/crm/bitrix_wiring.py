"""The bridge to Bitrix24, wired; nothing of it is there where no portal is set."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import structlog
from chassis.chassis import Chassis, Loop
from chassis.clock import Clock
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler
from chassis.settings import SettingsProblem
from kernel.actor import service

from crm.adapters import bitrix_documents as d
from crm.adapters.bitrix_oauth import Bitrix24Oauth
from crm.adapters.bitrix_portal import Bitrix24
from crm.adapters.bitrix_rest import Entry, Rest
from crm.application import bitrix_deciders as deciders
from crm.application.bitrix_contacts import PortalContacts
from crm.application.bitrix_following import Following
from crm.application.bitrix_installing import Installing
from crm.application.bitrix_joining import Joining
from crm.application.bitrix_passes import Passes
from crm.application.bitrix_people import PortalPeople
from crm.application.bitrix_port import NotInstalled, PortalDown, PortalRefused
from crm.application.knowing import Knowing
from crm.application.peopling import Turns
from crm.bitrix_settings import Bitrix24Settings
from crm.domain.bitrix_load import Cadence
from crm.domain.staff import Staff
from crm.domain.staff_changes import Change
from crm.domain.staff_commands import Command

ACTOR = service("bitrix24")
LOOK_EVERY = 5.0
AFTER_A_NO = 60.0
TIMEOUT = httpx.Timeout(65.0, connect=5.0)
"""A request may run 60 seconds at the portal (reference A1.1)."""
OAUTH_TIMEOUT = httpx.Timeout(8.0, connect=3.0)
"""Less than a turn lasts (crm.adapters.turns.LEASE): who waits for a renewal must not begin a second one."""
log = structlog.get_logger("crm.bitrix24")


@dataclass(frozen=True, slots=True)
class Bridge:
    """What the rest of crm is wired with."""

    joining: Joining
    deadlines: DeadlineWorker
    task: Loop

    @property
    def wired(self) -> dict[str, Any]:
        """What routes and reactions reach."""
        return {"bitrix24": self.joining, "bitrix24_following": self.joining.following}


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
    installing = _installing(chassis, settings, turns)
    portal = _portal(settings, installing)
    people = PortalPeople(chassis.handler(deciders.PORTAL_USER, users), users, knowing.staff, staff)
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
    joining = Joining(installing, following, passes)
    worker = chassis.deadlines(cards, following.due)
    return Bridge(joining, worker, _pass_for_ever(passes))


def _installing(chassis: Chassis, settings: Bitrix24Settings, turns: Turns) -> Installing:
    kept = chassis.store(d.ACCESS)
    oauth = None
    if settings.bitrix24_client_id:
        client_secret = settings.bitrix24_secret("client_secret")
        if client_secret is None:
            raise SettingsProblem("OPBLOK_BITRIX24_CLIENT_ID needs OPBLOK_BITRIX24_CLIENT_SECRET.")
        host = settings.bitrix24_oauth_url.rstrip("/")
        client = httpx.AsyncClient(timeout=OAUTH_TIMEOUT)
        oauth = Bitrix24Oauth(host, settings.bitrix24_client_id, client_secret, client)
    return Installing(
        url=str(settings.bitrix24_url),
        oauth=oauth,
        kept=kept,
        handle=chassis.handler(deciders.ACCESS, kept),
        turns=turns,
        clock=chassis.clock,
        actor=ACTOR,
        given_token=settings.bitrix24_secret("application_token"),
    )


def _portal(settings: Bitrix24Settings, installing: Installing) -> Bitrix24:
    url, webhook = str(settings.bitrix24_url).rstrip("/"), settings.bitrix24_secret("webhook")
    client = httpx.AsyncClient(timeout=TIMEOUT, headers={"User-Agent": "opblok-crm"})
    if webhook:
        return Bitrix24(Rest(Entry(f"{url}/rest/{webhook.strip('/')}/"), client), writes=False)
    entry = Entry(f"{url}/rest/", installing.token, installing.renewed)
    return Bitrix24(Rest(entry, client), writes=True)


def _pass_for_ever(passes: Passes) -> Loop:
    async def pass_over_bitrix24() -> None:
        while True:
            await _stepped(passes)

    return pass_over_bitrix24


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
