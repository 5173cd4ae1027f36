"""Shop and carrier work as neighbouring departments: a board for both, and a monthly act to talk over (R59, R70)."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from kernel.actor import Role
from logistics.testing import troubles as t
from logistics.testing.people import ANNA, LENA, PARTNER, SITE, STEPAN, VERA, actor

CDEK = actor("partner:cdek", Role.PARTNER)
ACT = "/carriers/cdek/acts/2026-03"


@pytest.fixture
async def month(agreed: Any) -> Any:
    """One came in time, one half an hour and a minute late, one not at all; each of the last two is an incident."""
    late = t.ENDS + timedelta(minutes=31)
    for sequence, fact in (
        (1, t.scheduled("s-1")),
        (2, t.delivered("s-1", late)),
        (1, t.scheduled("s-2")),
        (2, t.delivered("s-2", t.ENDS)),
        (1, t.window_missed("s-3")),
        (2, t.failed("damage", shipment_id="s-1")),
    ):
        await agreed.chassis.tell(fact, source="logistics", sequence=sequence)
    return agreed


async def test_the_act_has_promised_beside_real_times_and_what_it_cost(month: Any) -> None:
    answer = await month.ask("GET", f"{ACT}?format=csv&language=en", LENA)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["Carrier", "СДЭК", "2026-03"]
    assert rows[3:5] == [
        ["s-1", "02.03.2026 15:30", "02.03.2026 15:31"],
        ["s-3", "02.03.2026 15:30", "not delivered in time"],
    ]
    assert sorted(row[2] for row in rows[7:-1]) == ["damage", "delay"]
    assert rows[-1][0] == "Total"


async def test_it_is_a_page_to_print_in_the_language_of_whoever_signs(month: Any) -> None:
    ru = await month.ask("GET", ACT, LENA)
    en = await month.ask("GET", f"{ACT}?language=en", LENA)

    assert ru.headers["content-type"] == "text/html; charset=utf-8"
    assert "Акт сверки исполнения" in ru.text
    assert "повреждение" in ru.text
    assert "1 / 3" in ru.text
    assert "Statement of performance" in en.text
    assert "02.03.2026 15:31" in en.text


async def test_a_month_in_which_nothing_was_broken_says_so(month: Any) -> None:
    assert "Нарушений нет." in (await month.ask("GET", "/carriers/cdek/acts/2026-02", LENA)).text
    assert (await month.ask("GET", "/carriers/cdek/acts/2026-13", LENA)).status_code == 422
    assert (await month.ask("GET", "/carriers/nobody/acts/2026-03", LENA)).status_code == 404


async def test_a_title_is_no_markup(month: Any) -> None:
    body = {"title": "<b>Fast</b>", "mode": "courier_service", "owner_id": "lena"}
    await month.ask("PUT", "/carriers/cdek", LENA, json=body)

    assert "&lt;b&gt;Fast&lt;/b&gt;" in (await month.ask("GET", ACT, LENA)).text


async def test_a_board_shows_both_sides_the_same(month: Any) -> None:
    await month.ask(
        "POST", "/carriers/cdek/contacts", LENA, key="c-1", json={"kind": "favour_given", "words": "Waited."}
    )

    ours = await month.read("/carriers/cdek/board", LENA)
    theirs = await month.read("/carriers/cdek/board", CDEK)

    assert ours == theirs
    assert sorted(each["kind"] for each in ours["incidents"]) == ["damage", "delay"]
    assert (ours["breaches"], ours["favours_given"], ours["favours_received"]) == (2, 1, 0)
    assert "Waited." not in str(ours), "words stay with us"


async def test_what_is_on_its_way_and_what_is_to_be_fetched_is_on_it(agreed: Any) -> None:
    await agreed.may_go()
    await agreed.ask("POST", "/shipments/o-1.1/registration", STEPAN)

    board = await agreed.read("/carriers/own-couriers/board", LENA)

    assert [(each["pickup_id"], each["stage"]) for each in board["pick_ups"]] == [
        ("own-couriers.2026-03-02", "planned")
    ]
    assert [(each["shipment_id"], each["stage"], each["late"]) for each in board["shipments"]] == [
        ("o-1.1", "registered", False)
    ]
    assert board["by_stage"] == {"registered": 1}


async def test_a_partner_sees_his_own_alone_and_who_sells_sees_none(month: Any) -> None:
    for path in ("/carriers/own-couriers/board", "/carriers/own-couriers/acts/2026-03"):
        no = await month.ask("GET", path, CDEK)
        assert (no.status_code, no.json()["type"]) == (403, "/problems/not-his-carrier")
    assert (await month.ask("GET", "/carriers/cdek/board", PARTNER)).status_code == 403, "no token of crm's"
    for who in (ANNA, SITE):
        assert (await month.ask("GET", "/carriers/cdek/board", who)).status_code == 403
    assert (await month.ask("GET", "/carriers/cdek/board", VERA)).status_code == 200
