"""Settings of the orders service."""

from chassis.settings import ServiceSettings
from pydantic import Field


class OrdersSettings(ServiceSettings):
    """What orders is told besides what every service is."""

    default_responsible: str = Field(
        default="owner", description="Staff id that answers for an order when crm has told of nobody yet."
    )
    default_zone: str = Field(
        default="Europe/Moscow", description="Time zone of a shop that crm has not told of yet (IANA name)."
    )
