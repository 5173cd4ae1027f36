"""Passwords and secrets."""

from datetime import UTC, datetime

import pytest
from crm.domain.refusals import WeakPassword
from crm.domain.secrets import Secret, SecretSet, SetSecret, check_password, client_key, decide, login_key
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "login"), [("short-one", "anna"), ("anna-anna-1", "anna"), ("SVETA12345", "sveta")]
)
def test_a_weak_password_is_refused(password: str, login: str) -> None:
    with pytest.raises(WeakPassword) as no:
        check_password(password, login)
    assert password not in no.value.detail


@pytest.mark.parametrize(("password", "login"), [("correct horse battery", "anna"), ("xoli-8u2k-q0", "li")])
def test_a_long_one_will_do(password: str, login: str) -> None:
    check_password(password, login)


def test_a_login_is_the_same_in_any_case_and_no_client() -> None:
    assert login_key(" Anna ") == login_key("anna")
    assert login_key("orders") != client_key("orders")


@given(st.text(max_size=30))
def test_setting_the_same_secret_twice_sets_it_once(digest: str) -> None:
    command = SetSecret(Secret("login:anna", digest, "anna"), NOW)

    assert decide(command, None) == [SecretSet(command.secret)]
    assert decide(command, command.secret) == []
