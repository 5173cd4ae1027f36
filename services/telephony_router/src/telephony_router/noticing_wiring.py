"""What is noted of customers, wired."""

from chassis.chassis import Chassis

from telephony_router.adapters import documents as d
from telephony_router.application import deciders
from telephony_router.application.noticing import NoticedMemory, Noticing


def noticing_of(chassis: Chassis) -> Noticing:
    """Its stores, its memory, its handlers."""
    notes, type_words = chassis.store(d.NOTES), chassis.store(d.TYPE_WORDS)
    return Noticing(
        NoticedMemory(notes, type_words),
        chassis.handler(deciders.NOTES, notes),
        chassis.handler(deciders.TYPE_WORDS, type_words),
    )
