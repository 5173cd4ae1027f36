"""Who answers for a new lead (R98)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crm.domain.owning import choose, sellers_there
from crm.domain.staff import Absence, Presence, Staff
from kernel.actor import Grade, Role
from kernel.personal import Personal

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def seller(staff_id: str, *roles: Role) -> Staff:
    held = frozenset(roles or {Role.SALES_MANAGER})
    return Staff(staff_id, "igla", staff_id, Personal(staff_id), Grade.REGULAR, held)


anna, boris, carl = seller("anna"), seller("boris"), seller("carl", Role.COURIER)


def test_who_answers_for_the_fewest_gets_the_next() -> None:
    assert choose([anna, boris], {"anna": 3, "boris": 2}, "vera", "c-1") == "boris"


def test_among_equals_leads_spread() -> None:
    got = [choose([anna, boris], {"anna": 500, "boris": 500}, "vera", f"c-{n}") for n in range(200)]

    assert 60 < got.count("anna") < 140


def test_the_same_customer_asked_twice_goes_to_the_same_person() -> None:
    assert choose([anna, boris], {}, "vera", "c-7") == choose([boris, anna], {}, "vera", "c-7")


def test_with_nobody_there_the_shops_owner_answers() -> None:
    assert choose([], {}, "vera", "c-1") == "vera"
    assert choose([], {}, None, "c-1") is None


def test_who_is_away_gone_elsewhere_or_sells_nothing_is_not_there() -> None:
    staff = [
        replace(anna, absence=Absence(NOW - timedelta(days=1))),
        replace(boris, active=False),
        replace(seller("dina"), shop_id="nitka"),
        carl,
    ]

    assert sellers_there(staff, "igla", NOW) == []


def test_who_has_gone_home_gets_leads_only_when_nobody_is_at_work() -> None:
    home = replace(boris, presence=Presence.OFF)
    lunch = replace(anna, presence=Presence.ON_BREAK)

    assert sellers_there([lunch, home], "igla", NOW) == [lunch]
    assert sellers_there([home, carl], "igla", NOW) == [home]
