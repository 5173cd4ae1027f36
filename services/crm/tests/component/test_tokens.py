"""The issuer: who gets a token, what it says, and how guessing is made slow."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from chassis.auth.verifier import BadToken
from crm.application.signing import TOKEN_LASTS
from kernel.actor import Grade, Role

WRONG = {"error": "invalid_grant", "error_description": "Login or password is wrong."}


async def test_a_person_logs_in_and_the_token_says_who_he_is_now(crm: Any) -> None:
    granted = await crm.log_in("Anna")

    assert (granted["token_type"], granted["expires_in"]) == ("Bearer", TOKEN_LASTS)
    actor = await crm.who(granted["access_token"])
    assert (actor.id, actor.roles, actor.grade) == ("anna", {Role.SALES_MANAGER}, Grade.REGULAR)
    assert actor.shop_id == "main"


async def test_a_token_lasts_ten_minutes(crm: Any) -> None:
    granted = await crm.log_in("anna")

    crm.clock.forward(timedelta(minutes=9))
    await crm.who(granted["access_token"])
    crm.clock.forward(timedelta(minutes=2))
    with pytest.raises(BadToken):
        await crm.who(granted["access_token"])


async def test_a_wrong_password_and_a_login_of_nobody_are_answered_alike(crm: Any) -> None:
    assert await crm.log_in("anna", "wrong password", 400) == WRONG
    assert await crm.log_in("nobody", "wrong password", 400) == WRONG


@pytest.mark.parametrize("login", ["anna", "nobody"])
async def test_guessing_costs_time_whether_the_login_exists_or_not(crm: Any, login: str) -> None:
    answers = [await crm.client.post("/oauth/token", data=guess(login, f"guess {n}")) for n in range(8)]

    assert [answer.status_code for answer in answers] == [400] * 6 + [429] * 2
    assert answers[-1].headers["retry-after"] == "31"
    assert answers[-1].json() == {"error": "invalid_grant", "error_description": "Too many failures; wait."}


def guess(login: str, password: str) -> dict[str, str]:
    return {"grant_type": "password", "username": login, "password": password}


async def test_who_waited_gets_in_with_the_right_password_and_guesses_are_forgotten(crm: Any) -> None:
    for n in range(6):
        await crm.log_in("anna", f"guess {n}", 400)
    await crm.log_in("anna", status=429)

    crm.clock.forward(timedelta(seconds=31))
    await crm.log_in("anna")
    await crm.log_in("anna", "wrong once", 400)
    await crm.log_in("anna")


async def test_a_locked_login_locks_nobody_else_out_here_and_no_program(crm: Any) -> None:
    for n in range(60):
        await crm.client.post("/oauth/token", data=guess(f"nobody-{n % 20}", "guess"))

    await crm.log_in("boris")
    await crm.token(grant_type="client_credentials", client_id="orders", client_secret="orders-secret")


async def test_one_address_guesses_no_end_of_logins(crm: Any) -> None:
    issuing = crm.parts.wired["issuing"]
    refused: list[Any] = []
    for n in range(32):
        with pytest.raises(Exception, match=r"wrong|wait") as no:
            await issuing.by_password(f"nobody-{n}", "guess", f"2001:db8::{n:x}")
        refused.append(no.value)

    assert [no.wait is not None for no in refused] == [False] * 31 + [True]
    await issuing.by_password("anna", "brass lamps burn bright", "2001:db8:0:1::1")


async def test_a_program_shows_its_secret(crm: Any) -> None:
    granted = await crm.token(
        grant_type="client_credentials", client_id="orders", client_secret="orders-secret"
    )
    site = await crm.token(grant_type="client_credentials", client_id="site", client_secret="site-secret")

    actor, other = await crm.who(granted["access_token"]), await crm.who(site["access_token"])
    assert (actor.id, actor.roles) == ("service:orders", {Role.SERVICE})
    assert (other.id, other.roles) == ("client:site", {Role.SITE})
    assert "refresh_token" not in granted


async def test_a_program_may_show_it_by_http_basic(crm: Any) -> None:
    shown = base64.b64encode(b"orders:orders-secret").decode()
    form = {"grant_type": "client_credentials"}

    right = await crm.client.post("/oauth/token", data=form, headers={"Authorization": f"Basic {shown}"})
    wrong = await crm.client.post("/oauth/token", data=form, auth=("orders", "guess"))
    odd = await crm.client.post("/oauth/token", data=form, headers={"Authorization": "Basic ???"})

    assert (right.status_code, wrong.status_code, odd.status_code) == (200, 401, 401)
    assert wrong.headers["www-authenticate"].startswith("Basic")
    assert wrong.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "implicit"}, "unsupported_grant_type"),
        ({"grant_type": "password", "username": "anna"}, "invalid_request"),
        ({"grant_type": "password", "username": "anna", "password": "x" * 1001}, "invalid_request"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "no.token"}, "invalid_grant"),
    ],
)
async def test_what_can_not_be_granted_is_said_in_the_words_of_the_standard(
    crm: Any, form: dict[str, str], error: str
) -> None:
    assert (await crm.token(400, **form))["error"] == error


async def test_a_refresh_token_works_once(crm: Any) -> None:
    granted = await crm.log_in("anna")

    fresh = await crm.token(grant_type="refresh_token", refresh_token=granted["refresh_token"])

    assert (await crm.who(fresh["access_token"])).id == "anna"
    assert fresh["refresh_token"] != granted["refresh_token"]


async def test_one_shown_again_ends_the_whole_log_in(crm: Any) -> None:
    granted = await crm.log_in("anna")
    fresh = await crm.token(grant_type="refresh_token", refresh_token=granted["refresh_token"])

    await crm.token(400, grant_type="refresh_token", refresh_token=granted["refresh_token"])
    await crm.token(400, grant_type="refresh_token", refresh_token=fresh["refresh_token"])


async def test_a_refreshed_token_carries_the_roles_of_the_moment(crm: Any) -> None:
    granted = await crm.log_in("anna")
    await crm.ask("POST", "/staff/anna/grants", {"role": "phone_operator"})

    fresh = await crm.token(grant_type="refresh_token", refresh_token=granted["refresh_token"])

    assert Role.PHONE_OPERATOR in (await crm.who(fresh["access_token"])).roles


async def test_logging_out_ends_the_log_in_and_tells_nothing(crm: Any) -> None:
    granted = await crm.log_in("anna")

    for token in (granted["refresh_token"], "unknown", granted["refresh_token"]):
        assert (await crm.client.post("/oauth/revoke", data={"token": token})).status_code == 200
    await crm.token(400, grant_type="refresh_token", refresh_token=granted["refresh_token"])
    assert (await crm.client.post("/oauth/revoke")).status_code == 400


async def test_who_was_dismissed_gets_no_token_by_any_way(crm: Any) -> None:
    granted = await crm.log_in("anna")
    await crm.ask("POST", "/staff/anna/dismissal")

    assert await crm.log_in("anna", status=400) == WRONG
    await crm.token(400, grant_type="refresh_token", refresh_token=granted["refresh_token"])
