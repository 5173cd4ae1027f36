"""Secrets are made once, stay the same over restarts, and are their owner's alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chassis.vault import Vault
from opblok.home import Home
from opblok.stack.apps import Addresses, told
from opblok.stack.keeping import Keeping, ring
from opblok.stack.secret_files import kept
from opblok.stack.settings import SERVICES, StackSettings

ADDRESSES = Addresses("127.0.0.1:1", "mongodb://127.0.0.1:2")


def all_of(keeping: Keeping) -> dict[str, str]:
    files = [keeping.phone_key(), keeping.vault_keys("crm"), keeping.client_secret("orders")]
    keeping.people()
    return {file.name: file.read_text() for file in (*files, keeping.bootstrap_file)}


def test_secrets_are_the_same_after_a_restart(tmp_path: Path) -> None:
    first = all_of(Keeping(tmp_path / "secrets"))

    assert all_of(Keeping(tmp_path / "secrets")) == first


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    all_of(Keeping(folder))

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_two_starts_at_once_end_with_one_secret(tmp_path: Path) -> None:
    makers = [lambda n=n: kept(tmp_path / "secret", lambda: f"secret {n}").read_text() for n in range(16)]

    with ThreadPoolExecutor(16) as threads:
        found = {each.result() for each in [threads.submit(maker) for maker in makers]}

    assert len(found) == 1


def test_every_service_has_its_own_keys_and_who_looks_phones_up_the_one_for_phones(tmp_path: Path) -> None:
    variables = {name: told(name, StackSettings(), Home(tmp_path), ADDRESSES) for name in SERVICES}

    rings = {Path(each["OPBLOK_VAULT_KEYS_FILE"]).read_text() for each in variables.values()}
    assert len(rings) == len(SERVICES)
    assert [name for name, each in variables.items() if "OPBLOK_PHONE_KEY_FILE" in each] == [
        "crm",
        "telephony_router",
    ]
    assert len({each.get("OPBLOK_PHONE_KEY_FILE") for each in variables.values()} - {None}) == 1


def test_a_generated_ring_opens_what_it_seals() -> None:
    vault = Vault.parse(ring())

    assert vault.open(vault.seal(b"a street", "place"), "place") == b"a street"


def test_a_client_a_later_version_adds_gets_a_secret_and_the_others_keep_theirs(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    before = keeping.people()
    older = {**before, "clients": [each for each in before["clients"] if each["client_id"] != "site"]}
    keeping.bootstrap_file.write_text(json.dumps(older))

    after = Keeping(tmp_path).people()

    assert [each["client_id"] for each in after["clients"]] == [*SERVICES, "site"]
    assert after["clients"][:-1] == before["clients"][:-1]
    assert after["owner"] == before["owner"]
