"""Leads, wired."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis
from chassis.deadlines import DeadlineWorker
from chassis.figures import Figure
from chassis.listing import Query
from fastapi import APIRouter

from crm.adapters.lead_documents import LEAD_STAGES, LEADS
from crm.application import deciders
from crm.application.handing_over import HandingOver
from crm.application.lead_dues import LeadDues
from crm.application.lead_following import LeadFollowing
from crm.application.leading import Leading
from crm.application.merging import Merging
from crm.entrypoints import lead_stages
from crm.entrypoints import leads as http

OPEN, OVERDUE = "open", "overdue"


@dataclass(frozen=True, slots=True)
class LeadParts:
    """What the rest of crm is wired with."""

    following: LeadFollowing
    routers: tuple[APIRouter, ...]
    wired: Mapping[str, Any]
    deadlines: tuple[DeadlineWorker, ...]
    figures: tuple[Figure, ...]


def leads_of(chassis: Chassis, handing: HandingOver, merging: Merging) -> LeadParts:
    """Leads, their stages, and who goes with whom."""
    leads, stages = chassis.store(LEADS), chassis.store(LEAD_STAGES)
    leading = Leading(chassis.handler(deciders.LEAD, leads), leads, stages, handing.knowing)

    async def look() -> dict[str, float]:
        waiting = Query(equal={"course": "open"})
        late = Query(equal={"course": "open", "overdue": True})
        return {OPEN: await leads.count(waiting), OVERDUE: await leads.count(late)}

    figure = Figure(
        "opblok.leads",
        "{lead}",
        "Open leads, and how many of them are overdue.",
        look,
        label="list",
        values=(OPEN, OVERDUE),
    )
    following = LeadFollowing(leading, merging)
    return LeadParts(
        following=following,
        routers=(http.router, lead_stages.router),
        wired={
            "leads": leads,
            "leading": leading,
            "lead_following": following,
            "describe_stages": chassis.handler(deciders.LEAD_STAGES, stages),
        },
        deadlines=(chassis.deadlines(leads, LeadDues(leading, handing).due),),
        figures=(figure,),
    )
