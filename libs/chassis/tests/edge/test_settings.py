"""Settings: read from the environment, told by name when they are wrong, never by value."""

from pathlib import Path

import pytest
from chassis.settings import (
    CONCERNS,
    AuthSettings,
    KafkaSettings,
    MongoSettings,
    ServiceSettings,
    Settings,
    SettingsProblem,
    VaultSettings,
    described,
    read,
)
from pydantic import Field, SecretStr


@pytest.fixture(autouse=True)
def _an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for concern in CONCERNS:
        for variable, *_ in described(concern):
            monkeypatch.delenv(variable, raising=False)


def made(settings: type[Settings]) -> Settings:
    return settings()


def test_without_any_variable_a_service_runs_on_one_machine() -> None:
    known = read(ServiceSettings)

    assert known.mode == "production"
    assert known.kafka.servers == "127.0.0.1:19092"
    assert known.peers.url_of("procurement") == "http://127.0.0.1:8102"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("OPBLOK_PORT", "eighty", "OPBLOK_PORT: Input should be a valid integer"),
        ("OPBLOK_PORT", "70000", "OPBLOK_PORT: Input should be less than or equal to 65535"),
        ("OPBLOK_KAFKA_SECURITY", "NONE", "OPBLOK_KAFKA_SECURITY: Input should be 'PLAINTEXT', 'SSL'"),
        ("OPBLOK_CRM_URL", "crm:8101", "OPBLOK_CRM_URL: an address begins with http:// or https://"),
        ("OPBLOK_ISSUERS", " , ", "OPBLOK_ISSUERS: at least one address is needed"),
        ("OPBLOK_MONGO_DATABASE_PREFIX", "A b", "OPBLOK_MONGO_DATABASE_PREFIX: String should match"),
        ("OPBLOK_CLIENT_SECRET_FILE", "/nowhere/at/all", "OPBLOK_CLIENT_SECRET_FILE: /nowhere/at/all can't be read"),
    ],
)  # fmt: skip
def test_a_wrong_value_stops_the_service_with_one_message(
    variable: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SystemExit) as stopped:
        read(ServiceSettings)

    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert told in said
    assert "Traceback" not in said


def test_all_that_is_wrong_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPBLOK_PORT", "eighty")
    monkeypatch.setenv("OPBLOK_KAFKA_SESSION_TIMEOUT", "0")
    monkeypatch.setenv("OPBLOK_TOKEN_URL", "nowhere")

    with pytest.raises(SystemExit):
        read(ServiceSettings)

    said = capsys.readouterr().err
    assert all(each in said for each in ("OPBLOK_PORT", "OPBLOK_KAFKA_SESSION_TIMEOUT", "OPBLOK_TOKEN_URL"))


def test_a_wrong_value_is_not_repeated_since_it_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_PORT", "hunter2")

    with pytest.raises(SettingsProblem) as problem:
        _ = ServiceSettings().edge

    assert "hunter2" not in str(problem.value)
    assert problem.value.__cause__ is None


def test_a_setting_that_is_needed_and_not_set_says_what_it_means() -> None:
    class Needy(Settings):
        nothing_without: str = Field(description="The one thing it can't do without.")

    with pytest.raises(SettingsProblem, match=r"OPBLOK_NOTHING_WITHOUT: it is not set\. It means: The one"):
        made(Needy)


@pytest.mark.parametrize(
    ("settings", "name", "variable"),
    [
        (KafkaSettings, "password", "OPBLOK_KAFKA_PASSWORD_FILE"),
        (MongoSettings, "mongo", "OPBLOK_MONGO_FILE"),
        (AuthSettings, "client_secret", "OPBLOK_CLIENT_SECRET_FILE"),
        (VaultSettings, "vault_keys", "OPBLOK_VAULT_KEYS_FILE"),
    ],
)
def test_a_secret_may_stand_in_a_file(
    settings: type[Settings], name: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("of-the-file\n")
    monkeypatch.setenv(variable, str(file))

    value = getattr(settings(), name)

    assert value.get_secret_value() == "of-the-file"
    assert "of-the-file" not in repr(settings())


def test_the_variable_itself_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_CLIENT_SECRET_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("OPBLOK_CLIENT_SECRET", "of-the-variable")

    assert AuthSettings().client_secret == SecretStr("of-the-variable")


def test_a_missing_key_ring_names_the_remedy() -> None:
    with pytest.raises(
        SettingsProblem, match=r"OPBLOK_VAULT_KEYS \(or .*_FILE\) is not set.*opblok keys generate"
    ):
        VaultSettings().ring()


def test_several_issuers_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_ISSUERS", "http://crm:8101 , https://id.example.test,")

    assert AuthSettings().issuers == "http://crm:8101,https://id.example.test"


def test_the_documentation_has_a_row_for_each_variable() -> None:
    rows = {row[0]: row for concern in CONCERNS for row in described(concern)}

    assert rows["OPBLOK_KAFKA"][1:3] == ("str", "127.0.0.1:19092")
    assert rows["OPBLOK_PORT"][1:] == ("int", "8100", "Port to listen on.")
    assert rows["OPBLOK_VAULT_KEYS"][2] == ""
    assert all(row[3] for row in rows.values())
