"""How leads and the stages of shops lie in MongoDB; what a customer wants, as somebody wrote it down, lies sealed."""

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from crm.domain.lead import Lead, Open
from crm.domain.lead_ladder import Rung
from crm.domain.lead_stages import LeadStages


def listed_of_lead(lead: Lead) -> dict[str, Listed]:
    """What leads are found by; what is over has no stage and no term any more."""
    now = lead.course if isinstance(lead.course, Open) else None
    return {
        "shop_id": lead.shop_id,
        "customer_id": lead.customer_id,
        "owner_id": lead.owner_id,
        "course": lead.course.kind,
        "stage": now.stage if now else None,
        "due_at": lead.course.due_at if isinstance(lead.course, Open) else lead.course.at,
        "overdue": now is not None and now.rung is not Rung.ON_TIME,
        "turned_to": now.turned_to if now else None,
    }


LEADS: Documents[Lead] = Documents(
    collection="leads",
    states=TypeAdapter(Lead),
    schema=1,
    listed=listed_of_lead,
    indexes=(
        ("customer_id",),
        ("owner_id", "course", "due_at"),
        ("turned_to", "due_at"),
        ("shop_id", "course", "due_at"),
        ("course", "overdue"),
        ("due_at",),
    ),
    sealed=("wants",),
)

LEAD_STAGES: Documents[LeadStages] = Documents(
    collection="lead_stages",
    states=TypeAdapter(LeadStages),
    schema=1,
    listed=lambda stages: {"shop_id": stages.shop_id},
)
