"""A token is believed when a trusted issuer signed it for us and it is still good; every other one is refused."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from chassis.auth.verifier import BadToken, Verifier
from chassis.testing.issuer import AUDIENCE, TestIssuer
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from kernel.actor import Actor, Grade, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), Grade.SENIOR, "main")
ISSUER = TestIssuer()
VERIFIER = ISSUER.verifier()


def said(**more: Any) -> dict[str, Any]:
    """The claims of a good token."""
    now = int(time.time())
    return {"iss": ISSUER.name, "sub": "anna", "aud": AUDIENCE, "exp": now + 600, "roles": ["owner"], **more}


def written(header: Any, claims: Any, signature: bytes = b"") -> str:
    """A token by hand, whatever stands in it."""
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def signed_by_the_public_key_as_a_secret() -> str:
    public = json.dumps(ISSUER.jwks["keys"][0]).encode()
    secret = OctKey.import_key(public, {"kid": ISSUER.key_id})
    return jwt.encode({"alg": "HS256", "kid": ISSUER.key_id}, said(), secret, algorithms=["HS256"])


def with_other_claims() -> str:
    head, _, signature = ISSUER.token(ANNA).split(".")
    _, claims, _ = written({}, said(roles=["owner"], sub="mallory")).split(".")
    return f"{head}.{claims}.{signature}"


async def test_a_good_token_names_its_actor() -> None:
    assert await ISSUER.verifier().actor(ISSUER.token(ANNA)) == ANNA


FORGED: dict[str, Callable[[], str]] = {
    "of an issuer nobody trusts": lambda: TestIssuer("http://elsewhere.test").token(ANNA),
    "of one who only calls himself so": lambda: TestIssuer().token(ANNA),
    "with another key of the same id": lambda: TestIssuer(key_id=ISSUER.key_id).token(ANNA),
    "without a signature": lambda: written({"alg": "none"}, said()),
    "without a signature, naming the key": lambda: written({"alg": "none", "kid": ISSUER.key_id}, said()),
    "with the algorithm spelled otherwise": lambda: written({"alg": "nOnE", "kid": ISSUER.key_id}, said()),
    "signed by the public key as a secret": signed_by_the_public_key_as_a_secret,
    "with other claims under the signature": with_other_claims,
    "with an empty signature": lambda: ISSUER.token(ANNA).rpartition(".")[0] + ".",
    "naming a key that is not there": lambda: written({"alg": "ES256", "kid": "made-up"}, said(), b"x" * 64),
    "with an extension we must understand": lambda: written(
        {"alg": "ES256", "kid": ISSUER.key_id, "crit": ["x"], "x": 1}, said(), b"x" * 64
    ),
    "over": lambda: ISSUER.token(ANNA, ttl=-31),
    "not good yet": lambda: ISSUER.token(ANNA, nbf=int(time.time()) + 120),
    "for somebody else": lambda: ISSUER.token(ANNA, aud="another-shop"),
    "for nobody": lambda: ISSUER.token(ANNA, aud=None),
    "without an end": lambda: ISSUER.token(ANNA, exp=None),
    "with an end that is no time": lambda: ISSUER.token(ANNA, exp="tomorrow"),
    "of nobody": lambda: ISSUER.token(ANNA, sub=""),
    "too long": lambda: ISSUER.token(ANNA, note="x" * 8_192),
    "not a token": lambda: "hello",
    "of two parts": lambda: "e30.e30",
    "of a list": lambda: written([], []),
    "of deep brackets": lambda: f"{base64.urlsafe_b64encode(b'[' * 2_000).decode()}.e30.e30",
    "not of ASCII": lambda: "жетон.жетон.жетон",
}


@pytest.mark.parametrize("make", FORGED.values(), ids=FORGED.keys())
async def test_a_token_is_not_believed_which_is(make: Callable[[], str]) -> None:
    token = make()

    with pytest.raises(BadToken) as bad:
        await ISSUER.verifier().actor(token)

    assert token not in str(bad.value)


@settings(deadline=None)
@given(token=st.text(max_size=200) | st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}", fullmatch=True))
async def test_whatever_is_shown_as_a_token_is_refused_and_breaks_nothing(token: str) -> None:
    with pytest.raises(BadToken):
        await VERIFIER.actor(token)


async def test_clocks_may_differ_by_half_a_minute() -> None:
    believed = await ISSUER.verifier().actor(ISSUER.token(ANNA, ttl=-15))

    assert believed == ANNA


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # many issuers still call it so
@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (RSAKey.generate_key(2048), "RS256"),
        (ECKey.generate_key("P-256"), "ES256"),
        (OKPKey.generate_key("Ed25519"), "Ed25519"),
        (OKPKey.generate_key("Ed25519"), "EdDSA"),
    ],
    ids=["RS256", "ES256", "Ed25519", "EdDSA"],
)
async def test_issuers_may_sign_by(key: Any, algorithm: str) -> None:
    published = {"keys": [{**key.as_dict(private=False), "kid": "k"}]}
    token = jwt.encode({"alg": algorithm, "kid": "k"}, said(), key, algorithms=[algorithm])

    actor = await Verifier([ISSUER.name], AUDIENCE, own_keys=lambda: published).actor(token)

    assert actor.id == "anna"


@pytest.mark.parametrize(
    ("claims", "actor"),
    [
        ({}, Actor("anna", frozenset())),
        ({"roles": ["owner", "astronaut", 7, ["owner"]]}, Actor("anna", frozenset({Role.OWNER}))),
        ({"roles": "owner"}, Actor("anna", frozenset())),
        ({"roles": {"owner": True}}, Actor("anna", frozenset())),
        ({"grade": "senior"}, Actor("anna", frozenset(), Grade.SENIOR)),
        ({"grade": ["senior"]}, Actor("anna", frozenset())),
        ({"grade": "emperor"}, Actor("anna", frozenset())),
        ({"shop_id": 5}, Actor("anna", frozenset())),
    ],
)
async def test_what_a_token_says_that_we_do_not_know_is_left_out(
    claims: dict[str, Any], actor: Actor
) -> None:
    said: dict[str, Any] = {"roles": None, "grade": None, "shop_id": None, **claims}

    token = ISSUER.token(ANNA, ttl=600, **said)

    assert await ISSUER.verifier().actor(token) == actor


async def test_a_token_verified_a_moment_ago_ends_all_the_same() -> None:
    now = time.time()
    verifier = Verifier([ISSUER.name], AUDIENCE, own_keys=lambda: ISSUER.jwks, clock=lambda: now)
    token = ISSUER.token(ANNA, ttl=10)
    assert await verifier.actor(token) == ANNA

    now += 41

    with pytest.raises(BadToken):
        await verifier.actor(token)
