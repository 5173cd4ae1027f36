"""The composition root of telephony_router."""

import asyncio

from chassis.chassis import Chassis, Parts
from chassis.handling import Occasion
from kernel.deadline import Deadline

from telephony_router.adapters import documents as d
from telephony_router.adapters.crm import HttpCrm
from telephony_router.adapters.portal import PortalByCrm
from telephony_router.application import deciders
from telephony_router.application.believing import ZadarmaSigned
from telephony_router.application.calling_back import CallingBack
from telephony_router.application.carding import Carding
from telephony_router.application.counting import Counting
from telephony_router.application.figures import figures
from telephony_router.application.forgetting import Forgetting
from telephony_router.application.journaling import Journal
from telephony_router.application.knowing import Knowing
from telephony_router.application.loading import Loading
from telephony_router.application.looking import Looking
from telephony_router.application.reading_notes import ReadingNotes
from telephony_router.application.remembering import Remembered, Stores
from telephony_router.application.revising import Revising
from telephony_router.application.rostering import Rostering
from telephony_router.application.showing import Showing
from telephony_router.application.situating import Situating
from telephony_router.application.taking_calls import Taking
from telephony_router.application.teaching import Teaching
from telephony_router.application.walking import Walking
from telephony_router.comparing import for_ever, reconciling
from telephony_router.domain.calling import PORTAL
from telephony_router.entrypoints import (
    http_callbacks,
    http_calls,
    http_cards,
    http_directory,
    http_figures,
    http_kamailio,
    http_plans,
    http_roster,
    http_rules,
    http_signed_hooks,
    http_zadarma,
)
from telephony_router.entrypoints.subscribers import reactions
from telephony_router.noticing_wiring import noticing_of
from telephony_router.settings import TelephonyRouterSettings
from telephony_router.settling import Settling

ROUTERS = (
    http_kamailio.router, http_zadarma.router, http_signed_hooks.router, http_roster.router, http_directory.router,
    http_plans.router, http_calls.router, http_callbacks.router, http_cards.router, http_rules.router, http_figures.router,
)  # fmt: skip
"""Callers wait, so webhooks are looked for first; those with a name before `{provider}`."""
LOOK_OVER_EVERY = 60.0
ASK_AGAIN_AFTER = 5.0


def compose(chassis: Chassis, settings: TelephonyRouterSettings) -> Parts:
    """Telephony_router, wired."""
    stores = Stores(
        people=chassis.store(d.PEOPLE),
        cards=chassis.store(d.CARDS),
        orders=chassis.store(d.ORDERS),
        troubles=chassis.store(d.TROUBLES),
        shops=chassis.store(d.SHOPS),
        lanes=chassis.store(d.LANES),
        rosters=chassis.store(d.ROSTERS),
        books=chassis.store(d.BOOKS),
    )
    memory = Remembered(stores)
    settling = Settling(memory)
    situating = Situating(memory, settings.unheard)
    people = chassis.handler(deciders.PEOPLE, stores.people)
    cards = chassis.handler(deciders.CARDS, stores.cards)
    knowing = Knowing(
        memory, people, cards,
        chassis.handler(deciders.ORDERS, stores.orders),
        chassis.handler(deciders.TROUBLES, stores.troubles),
        chassis.handler(deciders.SHOPS, stores.shops),
        chassis.handler(deciders.LANES, stores.lanes),
    )  # fmt: skip
    crm = HttpCrm(chassis.peers)
    noticing = noticing_of(chassis)
    teaching = Teaching(crm, cards, people, memory, noticing)
    loads = chassis.store(d.LOADS)
    loading = Loading(teaching, chassis.handler(deciders.LOADS, loads), loads, chassis.clock)
    rostering = Rostering(chassis.handler(deciders.ROSTERS, stores.rosters), memory, situating, crm)

    calls, callbacks = chassis.store(d.CALLS), chassis.store(d.CALLBACKS)
    handle_call = chassis.handler(deciders.CALLS, calls)
    journal = Journal(handle_call, settings.router_journal_within)
    taking = Taking(journal, situating, settings.callers, calls, settings.router_portal)
    showing = Showing(PortalByCrm(chassis.peers), calls, handle_call, settings.callers)
    handle_callback = chassis.handler(deciders.CALLBACKS, callbacks)
    calling_back = CallingBack(handle_callback, callbacks, handle_call, calls, situating)

    by_history = reconciling(chassis, settings, taking, memory)
    comparing = (for_ever(by_history, settings.voximplant_compare_every),) if by_history else ()

    async def on_call(call_id: str, deadline: Deadline, occasion: Occasion) -> None:
        owes = showing.on_due if deadline.name == PORTAL else calling_back.on_call
        await owes(call_id, deadline, occasion)

    async def fill() -> None:
        await asyncio.gather(*(each.fill(chassis.clock.now()) for each in (memory, noticing.memory)))
        settling.settle()

    async def follow() -> None:
        while True:
            await asyncio.sleep(settings.router_follow_every)
            await asyncio.gather(*(each.catch_up(chassis.clock.now()) for each in (memory, noticing.memory)))
            await taking.catch_up()

    async def load() -> None:
        while True:
            answered = await loading.once()
            await asyncio.sleep(LOOK_OVER_EVERY if answered else ASK_AGAIN_AFTER)

    return Parts(
        routers=ROUTERS,
        reactions=reactions,
        wired={
            "memory": memory,
            "situating": situating,
            "knowing": knowing,
            "noticing": noticing,
            "reading_notes": ReadingNotes(noticing.memory, crm, settings.router_notes_within),
            "rostering": rostering,
            "callers": settings.callers,
            "signed": settings.signed,
            "sip": settings.sip,
            "zadarma": ZadarmaSigned(settings.zadarma_secrets),
            "walking": Walking(taking, memory),
            "taking": taking,
            "reconciling": by_history,
            "calls": calls,
            "callbacks": callbacks,
            "calling_back": calling_back,
            "revising": Revising(chassis.handler(deciders.BOOKS, stores.books), memory, situating, calls),
            "counting": Counting(calls, situating),
            "carding": Carding(memory, calls, callbacks),
            "forgetting": Forgetting(memory, handle_call, calls, handle_callback, callbacks),
            "looking": Looking(handle_call, calls),
            "loads": loads,
            "loading": loading,
            "shop_id": settings.router_shop_id,
        },
        deadlines=(
            chassis.deadlines(stores.people, teaching.on_staff),
            chassis.deadlines(stores.cards, teaching.on_card),
            chassis.deadlines(stores.rosters, rostering.on_deadline),
            chassis.deadlines(calls, on_call),
            chassis.deadlines(callbacks, calling_back.on_due),
        ),
        starting=(fill,),
        tasks=(load, *comparing),
        everywhere=(follow, settling.keep),
        figures=figures(calls, callbacks, situating, settings.router_shop_id, chassis.clock),
    )
