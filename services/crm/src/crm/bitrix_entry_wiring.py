"""How crm comes in at a portal, wired: its tokens, its client."""

import httpx
from chassis.chassis import Chassis
from chassis.settings import SettingsProblem
from kernel.actor import Actor

from crm.adapters import bitrix_documents as d
from crm.adapters.bitrix_oauth import Bitrix24Oauth
from crm.adapters.bitrix_portal import Bitrix24
from crm.adapters.bitrix_rest import Entry, Rest
from crm.application import bitrix_deciders as deciders
from crm.application.bitrix_installing import Installing
from crm.application.peopling import Turns
from crm.bitrix_settings import Bitrix24Settings

TIMEOUT = httpx.Timeout(65.0, connect=5.0)
"""A request may run 60 seconds at the portal (reference A1.1)."""
OAUTH_WITHIN = 8.0
"""Seconds; less than a turn lasts (crm.adapters.turns.LEASE): who waits for a renewal must not begin a second one."""


def installing_at(chassis: Chassis, settings: Bitrix24Settings, turns: Turns, actor: Actor) -> Installing:
    """Who keeps the tokens, and knows the portal's own events."""
    kept = chassis.store(d.ACCESS)
    oauth = None
    if settings.bitrix24_client_id:
        client_secret = settings.bitrix24_secret("client_secret")
        if client_secret is None:
            raise SettingsProblem("OPBLOK_BITRIX24_CLIENT_ID needs OPBLOK_BITRIX24_CLIENT_SECRET.")
        host = settings.bitrix24_oauth_url.rstrip("/")
        client = httpx.AsyncClient(timeout=httpx.Timeout(OAUTH_WITHIN, connect=3.0))
        oauth = Bitrix24Oauth(host, settings.bitrix24_client_id, client_secret, client, OAUTH_WITHIN)
    return Installing(
        url=str(settings.bitrix24_url),
        oauth=oauth,
        kept=kept,
        handle=chassis.handler(deciders.ACCESS, kept),
        turns=turns,
        clock=chassis.clock,
        actor=actor,
        given_token=settings.bitrix24_secret("application_token"),
    )


def portal_of(settings: Bitrix24Settings, installing: Installing) -> Bitrix24:
    """The portal: by its webhook for reading, else by our application."""
    url, webhook = str(settings.bitrix24_url).rstrip("/"), settings.bitrix24_secret("webhook")
    client = httpx.AsyncClient(timeout=TIMEOUT, headers={"User-Agent": "opblok-crm"})
    if webhook:
        return Bitrix24(Rest(Entry(f"{url}/rest/{webhook.strip('/')}/"), client), writes=False)
    entry = Entry(f"{url}/rest/", installing.token, installing.renewed)
    return Bitrix24(Rest(entry, client), writes=True)
