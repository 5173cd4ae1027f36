"""How the things of crm lie in MongoDB; what is personal or secret lies sealed."""

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from crm.domain.customer import Customer
from crm.domain.doubles import Phase
from crm.domain.families import Family
from crm.domain.keyring import Ring
from crm.domain.lockout import Lockout
from crm.domain.noting import quiet_at, type_of
from crm.domain.secrets import Secret
from crm.domain.shop import Shop
from crm.domain.staff import Staff


def listed_of_customer(customer: Customer) -> dict[str, Listed]:
    """What customers are found by. A card that is another's is found by nothing of its own but whose it is; its phones, while
    the other has not taken them in.
    """
    joined = customer.joined
    mine = joined is None
    return {
        "hashes": list(customer.hashes) if mine or joined.phase is not Phase.JOINED else [],
        "shop_id": customer.shop_id,
        "owner_id": customer.owner_id if mine else None,
        "stage": customer.stage.value,
        "heard_at": customer.heard_at if mine else None,
        "erased_at": customer.erased.at if customer.erased else None,
        "joined_into": None if mine else joined.into,
        "handover": _handover(customer) if mine else None,
        "customer_type": type_of(customer) if mine else None,
        "typed": type_of(customer) is not None,
        "quiet_at": quiet_at(customer),
        "settling": not mine and joined.phase is not Phase.JOINED,
    }


def _handover(customer: Customer) -> str | None:
    waits = customer.handover
    return None if waits is None else "late" if waits.late_at else "waiting"


SHOPS: Documents[Shop] = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda shop: {"shop_id": shop.shop_id}
)

STAFF: Documents[Staff] = Documents(
    collection="staff",
    states=TypeAdapter(Staff),
    schema=1,
    listed=lambda staff: {
        "shop_id": staff.shop_id,
        "login": staff.login,
        "active": staff.active,
        "roles": sorted(staff.roles),
    },
    indexes=(("shop_id", "active"), ("roles", "active")),
    unique=(("login",),),
    sealed=("name", "phones.mobile"),
)

CUSTOMERS: Documents[Customer] = Documents(
    collection="customers",
    states=TypeAdapter(Customer),
    schema=1,
    listed=listed_of_customer,
    indexes=(
        ("hashes",),
        ("owner_id",),
        ("shop_id", "stage"),
        ("handover", "owner_id"),
        ("heard_at",),
        ("erased_at",),
        ("joined_into", "settling"),
        ("customer_type",),
        ("typed", "shop_id"),
        ("quiet_at",),
    ),
    sealed=(
        "phones",
        "name",
        "addresses",
        "looks.*.reason",
        "notes.*.text",
        "taken.*.said.name",
        "taken.*.said.addresses",
        "taken.*.said.notes.*.text",
        "taken.*.gained.name",
        "taken.*.gained.addresses",
    ),
)

SECRETS: Documents[Secret] = Documents(
    collection="secrets", states=TypeAdapter(Secret), schema=1, listed=lambda _: {}, sealed=("digest",)
)

LOCKOUTS: Documents[Lockout] = Documents(
    collection="lockouts",
    states=TypeAdapter(Lockout),
    schema=1,
    listed=lambda lockout: {"last_at": lockout.last_at},
    indexes=(("last_at",),),
)

FAMILIES: Documents[Family] = Documents(
    collection="families",
    states=TypeAdapter(Family),
    schema=1,
    listed=lambda family: {"staff_id": family.staff_id, "ends_at": family.ends_at},
    indexes=(("staff_id",), ("ends_at",)),
)

RINGS: Documents[Ring] = Documents(
    collection="rings", states=TypeAdapter(Ring), schema=1, listed=lambda _: {}, sealed=("keys.*.private",)
)
