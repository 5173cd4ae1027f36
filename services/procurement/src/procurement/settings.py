"""Procurement's own settings."""

import ipaddress
from datetime import timedelta

from pydantic import Field, field_validator

from procurement.adapters.public_addresses import Network
from procurement.partner_settings import PartnerSettings
from procurement.purchase_settings import PurchaseSettings


class ProcurementSettings(PartnerSettings, PurchaseSettings):
    """What procurement is told beyond what every service is."""

    shop_zone: str = Field(
        default="Europe/Moscow",
        description="Time zone of the working hours in which suppliers answer, and of feeds' dates.",
    )
    answer_hours: float = Field(
        default=4.0, gt=0, le=100, description="Working hours within which a supplier's yes must be recorded."
    )
    feed_max_bytes: int = Field(default=512 * 2**20, ge=1024, description="Largest feed, in bytes.")
    feed_unpacked_max_bytes: int = Field(
        default=4 * 2**30, ge=2**20, description="Largest feed once it is unpacked, in bytes."
    )
    feed_workbook_max_megabytes: int = Field(
        default=3072,
        ge=512,
        description="Memory that reading one workbook (XLSX, XLS, ODS) may take, in a process of its own.",
    )
    feed_timeout: float = Field(default=600.0, gt=0, description="Seconds a feed may take to be fetched.")
    feed_networks: str = Field(
        default="",
        description="Networks beyond the public ones that feeds may be fetched from, e.g. `10.0.0.0/8`, parted by commas.",
    )

    @field_validator("feed_networks")
    @classmethod
    def readable_networks(cls, given: str) -> str:
        """A network that can't be read stops the service at its start."""
        networks(given)
        return given

    @property
    def answer_within(self) -> timedelta:
        return timedelta(hours=self.answer_hours)


def networks(text: str) -> tuple[Network, ...]:
    """The networks of a list parted by commas."""
    return tuple(ipaddress.ip_network(each.strip()) for each in text.split(",") if each.strip())
