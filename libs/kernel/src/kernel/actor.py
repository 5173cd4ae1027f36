"""Who does it: a person or a service, with the roles that separation of duties looks at."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of rules.md, "Roles named or implied by the seeds"."""

    OWNER = "owner"
    SERVICE_OWNER = "service_owner"
    SALES_MANAGER = "sales_manager"
    ACCOUNT_MANAGER = "account_manager"
    BUYER = "buyer"
    LOGISTICIAN = "logistician"
    CONFLICT_MANAGER = "conflict_manager"
    QUALITY_CONTROLLER = "quality_controller"
    PHONE_OPERATOR = "phone_operator"
    WAREHOUSE_WORKER = "warehouse_worker"
    COURIER = "courier"
    CALL_CENTRE_AGENT = "call_centre_agent"
    OFFICE_ADMINISTRATOR = "office_administrator"
    LAWYER = "lawyer"
    TOP_MANAGEMENT = "top_management"
    PARTNER = "partner"
    SITE = "site"  # the shop's own site, a machine
    SERVICE = "service"  # another service of opblok


class Grade(StrEnum):
    """How far a person has come; only a senior may buy (R4)."""

    TRAINEE = "trainee"
    REGULAR = "regular"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Actor:
    """Travels with every command. `id` is the staff id, or `service:<name>`, never a name."""

    id: str
    roles: frozenset[Role]
    grade: Grade = Grade.REGULAR
    shop_id: str | None = None

    def has(self, *roles: Role) -> bool:
        """Whether he holds any of these."""
        return not self.roles.isdisjoint(roles)


def service(name: str) -> Actor:
    """A service acting by itself: a reaction, a deadline."""
    return Actor(f"service:{name}", frozenset({Role.SERVICE}))
