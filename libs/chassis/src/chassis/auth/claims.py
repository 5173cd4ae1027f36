"""What a token says about its bearer. Pure."""

from collections.abc import Mapping
from typing import Any

from kernel.actor import Actor, Grade, Role

ALGORITHMS = ["ES256", "Ed25519", "RS256"]


def actor_of(claims: Mapping[str, Any]) -> Actor:
    """The actor; roles this version does not know are left out."""
    known = {role.value: role for role in Role}
    given = claims.get("roles")
    roles = (
        frozenset(known[each] for each in given if each in known)
        if isinstance(given, list)
        else frozenset[Role]()
    )
    grade = claims.get("grade")
    shop = claims.get("shop_id")
    return Actor(
        id=str(claims["sub"]),
        roles=roles,
        grade=Grade(grade) if grade in set(Grade) else Grade.REGULAR,
        shop_id=shop if isinstance(shop, str) else None,
    )
