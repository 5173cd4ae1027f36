"""What a token says about its bearer. Pure."""

import base64
import json
from collections.abc import Mapping
from typing import Any, cast

from kernel.actor import Actor, Grade, Role

ALGORITHMS = ["ES256", "Ed25519", "EdDSA", "RS256"]
"""Signatures by a key pair alone: a public key must never pass for a shared secret, nor `none` for a signature."""

MOST_CHARS = 8_192
_ROLES = {role.value: role for role in Role}
_GRADES = {grade.value: grade for grade in Grade}


class BadToken(Exception):
    """A token that is not believed; the text says why, and nothing of the token."""


def actor_of(claims: Mapping[str, Any]) -> Actor:
    """The actor; roles this version does not know are left out."""
    given, grade, shop = claims.get("roles"), claims.get("grade"), claims.get("shop_id")
    roles = cast("list[object]", given) if isinstance(given, list) else []
    return Actor(
        id=str(claims["sub"]),
        roles=frozenset(_ROLES[each] for each in roles if isinstance(each, str) and each in _ROLES),
        grade=_GRADES.get(grade, Grade.REGULAR) if isinstance(grade, str) else Grade.REGULAR,
        shop_id=shop if isinstance(shop, str) else None,
    )


def unverified(token: str) -> tuple[str, str]:
    """Issuer and key id as the token has them, to find the key by; nothing is believed yet."""
    if len(token) > MOST_CHARS:
        raise BadToken("The token is too long.")
    try:
        head, body, _ = token.split(".")
        header, claims = _part(head), _part(body)
    except (ValueError, RecursionError) as wrong:
        raise BadToken("This is not a JWT.") from wrong
    return str(claims.get("iss", "")).rstrip("/"), str(header.get("kid") or "")


def _part(text: str) -> Mapping[str, Any]:
    part = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if not isinstance(part, dict):
        raise ValueError("not an object")  # noqa: TRY004 - a malformed value, not a wrong argument
    return cast("Mapping[str, Any]", part)
