"""The composition root of incidents, carriers' scorecards, and what is known of shops and staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker
from chassis.handling import Handler
from chassis.reactions import Reactions
from chassis.shops import Shops, Unheard
from fastapi import APIRouter

from logistics.adapters import incident_documents as documents
from logistics.application import following, incident_deciders
from logistics.application.carrier_scoring import CarrierScoring
from logistics.application.incident_methods import Methods
from logistics.application.incident_owning import Owning
from logistics.application.incident_reporting import Reporting
from logistics.application.incident_running import Running
from logistics.application.incident_troubling import Troubling
from logistics.application.incident_weighing import Weighing
from logistics.application.standing import Standing
from logistics.application.warning_of_difficult import DIFFICULT, Cautioning
from logistics.domain.carrier import Carrier
from logistics.domain.carrier_score_review import CarrierRelation
from logistics.domain.incident import Incident
from logistics.domain.incident_changes import Change
from logistics.domain.incident_commands import Command
from logistics.entrypoints import (
    erasing_subscribers,
    http_carrier_score_reviews,
    http_carrier_scores,
    http_difficult,
    http_incident_closing,
    http_incident_emergency,
    http_incident_reports,
    http_incidents,
    http_playbooks,
)
from logistics.incident_settings import IncidentSettings


@dataclass(frozen=True, slots=True)
class Incidents:
    """What the rest of logistics needs of it, and its share of the service's parts."""

    shops: Shops
    kept: Listing[Incident]
    relations: Listing[CarrierRelation]
    scoring: CarrierScoring
    troubling: Troubling
    to_incidents: Handler[Command, Incident, Change]
    routers: Sequence[APIRouter]
    reactions: Reactions
    wired: Mapping[str, Any]
    deadlines: Sequence[DeadlineWorker]


def incidents(
    chassis: Chassis, settings: IncidentSettings, carriers: Listing[Carrier], standing: Standing
) -> Incidents:
    """All of it, wired."""
    shops_kept, members = chassis.store(documents.SHOPS), chassis.store(documents.MEMBERS)
    shops = Shops(shops_kept, Unheard(settings.default_shop, settings.default_responsible))
    kept, days = chassis.store(documents.INCIDENTS), chassis.store(documents.SCORE_DAYS)
    playbooks, ladders = chassis.store(documents.PLAYBOOKS), chassis.store(documents.LADDERS)
    relations = chassis.store(documents.RELATIONS)
    to_incidents = chassis.handler(incident_deciders.INCIDENTS, kept)
    scoring = CarrierScoring(
        chassis.handler(incident_deciders.SCORE_DAYS, days),
        days,
        chassis.handler(incident_deciders.RELATIONS, relations),
        shops,
        settings.carrier_limits,
    )
    methods = Methods(
        chassis.handler(incident_deciders.PLAYBOOKS, playbooks),
        playbooks,
        chassis.handler(incident_deciders.LADDERS, ladders),
        ladders,
    )
    owning = Owning(members, to_incidents, kept, shops, settings.pace_of)
    worths = chassis.handler(incident_deciders.WORTHS, chassis.store(documents.WORTHS))
    weighing = Weighing(worths, to_incidents, kept, standing)
    running = Running(to_incidents, methods, owning, scoring, weighing)
    flags = chassis.store(documents.DIFFICULT)
    cautioning = Cautioning(chassis.handler(DIFFICULT, flags), flags)
    return Incidents(
        shops=shops,
        kept=kept,
        relations=relations,
        scoring=scoring,
        troubling=running,
        routers=(
            http_incidents.router,
            http_incident_closing.router,
            http_incident_emergency.router,
            http_playbooks.router,
            http_carrier_scores.router,
            http_carrier_score_reviews.router,
            http_incident_reports.router,
            http_difficult.router,
        ),
        to_incidents=to_incidents,
        reactions=erasing_subscribers.HEARD,
        wired={
            "incidents": kept,
            "playbooks": playbooks,
            "ladders": ladders,
            "relations": relations,
            "methods": methods,
            "owning": owning,
            "running": running,
            "weighing": weighing,
            "difficult": flags,
            "cautioning": cautioning,
            "scoring": scoring,
            "reporting": Reporting(kept, carriers, scoring, shops),
            "shops": shops,
            "most_borne": settings.most_borne,
            "window_grace": settings.window_grace,
            "default_shop": settings.default_shop,
            "hear_shop": chassis.handler(following.SHOPS, shops_kept),
            "hear_member": chassis.handler(following.MEMBERS, members),
        },
        deadlines=(
            chassis.deadlines(kept, running.pass_deadline),
            chassis.deadlines(relations, scoring.on_deadline),
            chassis.deadlines(flags, cautioning.on_deadline),
        ),
    )
