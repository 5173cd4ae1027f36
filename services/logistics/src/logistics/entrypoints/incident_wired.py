"""What the routes of incidents reach of the composed service, and who may ask."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from chassis.shops import Shops
from fastapi import Depends
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from kernel.money import Money

from logistics.application.carrier_scoring import CarrierScoring
from logistics.application.incident_methods import Methods
from logistics.application.incident_reporting import Reporting
from logistics.application.incident_running import Running
from logistics.domain.carrier_score_review import CarrierRelation
from logistics.domain.incident import Incident
from logistics.domain.ladder import Ladder
from logistics.domain.playbook import Playbook
from logistics.entrypoints.wired import reached

READERS = (
    DUTIES[Action.RUN_INCIDENT].roles | DUTIES[Action.APPROVE_INCIDENT].roles | {Role.QUALITY_CONTROLLER}
)
IncidentReader = Annotated[Actor, Depends(asked_by(*sorted(READERS)))]
"""Who may read what carriers and customers said: those who settle incidents, approve what they cost, or control it."""

IncidentsKept = Annotated[Listing[Incident], reached("incidents")]
PlaybooksKept = Annotated[Listing[Playbook], reached("playbooks")]
LaddersKept = Annotated[Listing[Ladder], reached("ladders")]
RelationsKept = Annotated[Listing[CarrierRelation], reached("relations")]
Runs = Annotated[Running, reached("running")]
KnowsMethods = Annotated[Methods, reached("methods")]
Scores = Annotated[CarrierScoring, reached("scoring")]
Reports = Annotated[Reporting, reached("reporting")]
ShopsKnown = Annotated[Shops, reached("shops")]
MostBorne = Annotated[Money, reached("most_borne")]
