"""The first start, and every one after it."""

import json
from pathlib import Path
from typing import Any

import pytest
from chassis.settings import SettingsProblem
from contracts.crm import GrantChangedV1, ShopChangedV1, StaffChangedV1
from crm.bootstrap import compose, read_founding
from crm.settings import CrmSettings
from kernel.actor import Role
from pydantic import SecretStr


async def found_again(crm: Any, founding: dict[str, Any]) -> None:
    """What happens when the service starts on the same database with this file."""
    crm.settings.bootstrap_file.write_text(json.dumps(founding))
    again = compose(joined(crm), crm.settings, real=crm.clock)
    for step in again.starting:
        await step()


class Joined:
    """A second process on the stores of the first."""

    def __init__(self, first: Any) -> None:
        self._first = first

    def store(self, documents: Any) -> Any:
        return next(store for store in self._first.stores if store.name == documents.collection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._first, name)


def joined(crm: Any) -> Any:
    """What that process is composed with."""
    return Joined(crm.chassis)


async def test_the_first_start_tells_of_the_shop_and_its_people(crm: Any) -> None:
    told = crm.chassis.told

    (shop,) = [fact for fact in told if isinstance(fact, ShopChangedV1)]
    grants = {(fact.staff_id, fact.role) for fact in told if isinstance(fact, GrantChangedV1)}
    people = {fact.staff_id: fact for fact in told if isinstance(fact, StaffChangedV1)}
    assert (shop.shop_id, shop.time_zone, shop.owner_id, len(shop.hours)) == (
        "main",
        "Europe/Moscow",
        "vera",
        5,
    )
    assert grants == {
        ("vera", "owner"),
        ("anna", "sales_manager"),
        ("boris", "account_manager"),
        ("clerk", "office_administrator"),
    }
    assert people["boris"].reports_to == "anna"


async def test_the_second_start_changes_nothing(crm: Any, founding: dict[str, Any]) -> None:
    await found_again(crm, founding)

    assert crm.news() == []


async def test_what_people_made_of_it_since_stays(crm: Any, founding: dict[str, Any]) -> None:
    await crm.ask("DELETE", "/staff/anna/grants/sales_manager")
    await crm.ask("PUT", "/staff/boris/password", {"password": "another good one"}, status=204)
    crm.news()

    await found_again(crm, founding)

    assert crm.news() == []
    await crm.log_in("boris", "another good one")
    await crm.log_in("boris", status=400)


async def test_a_new_secret_of_a_program_in_the_file_is_the_secret_from_now_on(
    crm: Any, founding: dict[str, Any]
) -> None:
    founding["clients"][0]["secret"] = "rotated-secret"
    await found_again(crm, founding)

    form = {"grant_type": "client_credentials", "client_id": "orders"}
    await crm.token(**form, client_secret="rotated-secret")
    await crm.token(401, **form, client_secret="orders-secret")


async def test_whom_a_later_version_of_the_file_adds_joins(crm: Any, founding: dict[str, Any]) -> None:
    founding["staff"].append(
        {"staff_id": "dina", "login": "dina", "password": "brass lamps burn bright", "roles": ["courier"]}
    )

    await found_again(crm, founding)

    assert [type(fact) for fact in crm.news()] == [GrantChangedV1, StaffChangedV1]
    await crm.log_in("dina")


async def test_digests_made_with_yesterdays_parameters_are_renewed_at_log_in(
    crm: Any, founding: dict[str, Any]
) -> None:
    stronger = crm.settings.model_copy(update={"password_memory_kib": 32})
    again = compose(joined(crm), stronger, real=crm.clock)
    secrets = again.wired["issuing"].secrets
    await again.wired["signer"].look()

    before = await secrets.of("login:anna")
    await again.wired["issuing"].by_password("anna", "brass lamps burn bright", "127.0.0.1")

    after = await secrets.of("login:anna")
    assert (before.digest.split("$")[3], after.digest.split("$")[3]) == ("m=16,t=1,p=1", "m=32,t=1,p=1")
    assert before.set_at == after.set_at


@pytest.mark.parametrize(
    ("where", "what", "says"),
    [
        (("staff", 0), {"roles": ["sales_manager", "conflict_manager"]}, "anna: "),
        (("staff", 1), {"roles": ["quality_controller"]}, "boris: A quality controller reports to an owner"),
        (("staff", 0), {"roles": ["buyer"]}, "R4"),
        (("staff", 0), {"password": "short"}, "10 characters"),
        (("clients", 0), {"roles": ["owner"]}, "clients.0.roles"),
        (("staff", 0), {"colour": "red"}, "staff.0.colour"),
    ],
)
def test_a_file_against_the_rules_stops_the_start_and_tells_no_secret(
    tmp_path: Path, founding: dict[str, Any], where: tuple[str, int], what: dict[str, Any], says: str
) -> None:
    founding[where[0]][where[1]] |= what
    file = tmp_path / "founding.json"
    file.write_text(json.dumps(founding))

    with pytest.raises(SettingsProblem) as no:
        read_founding(file)
    assert says in str(no.value)
    assert "secret" not in str(no.value).replace("secrets", "")
    assert "lamps" not in str(no.value)


def test_a_tolerated_pair_in_the_file_is_the_owners_word(tmp_path: Path, founding: dict[str, Any]) -> None:
    founding["staff"][0] |= {"roles": ["logistician", "quality_controller"]}
    file = tmp_path / "founding.json"
    file.write_text(json.dumps(founding))

    people = {person.staff_id: person for person, _ in read_founding(file).people()}

    assert set(people["anna"].waived) == {Role.LOGISTICIAN, Role.QUALITY_CONTROLLER}
    assert people["boris"].waived == {}


def test_a_missing_file_and_a_short_key_say_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="can't be read"):
        read_founding(tmp_path / "nowhere.json")
    with pytest.raises(SettingsProblem, match="OPBLOK_PHONE_KEY has 5"):
        CrmSettings(phone_key=SecretStr("short")).phone_hash_key()


def test_the_issuer_is_the_first_of_those_believed_unless_it_is_named() -> None:
    named = CrmSettings(issuer_url="https://crm.igla.example/")

    assert CrmSettings().issuer == CrmSettings().auth.issuers.split(",")[0]
    assert (named.issuer, named.other_issuers) == ("https://crm.igla.example", [CrmSettings().issuer])
