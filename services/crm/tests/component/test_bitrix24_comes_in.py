"""Contacts of a portal become customers: loaded, kept up to date by events, and found again when events get lost."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from chassis.clock import StoppedClock
from crm.application.coming_back import ComingBack
from crm.application.lead_following import LeadFollowing
from crm.settings import CrmSettings

from services.crm.tests.component.portal_of_the_shop import HOOK, Bridged, bridged
from services.crm.tests.conftest import Crm
from tests.fakes.bitrix24.subscriptions import Post, form, installation


@pytest.fixture
async def it(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Bridged]:
    """Installed and loaded."""
    async with bridged(settings, clock) as it:
        assert await it.install() == 200
        await it.load()
        await it.settle()
        yield it


async def test_the_first_load_makes_customers_with_their_owners(it: Bridged) -> None:
    assert len(await it.customers()) == 6
    assert await it.owner_of("+7 916 000-00-03") == "anna"
    assert await it.owner_of("8 916 0000004") == "boris"
    progress = await it.ask("GET", "/bitrix")
    assert (progress["taken"], progress["total"], progress["with_problems"]) == (6, 6, 0)
    assert progress["ended_at"]


async def test_a_bad_row_is_reported_and_the_rest_goes_on(it: Bridged) -> None:
    it.portal.add("CONTACT", {"NAME": "Nobody", "PHONE": ["ask his wife"], "ASSIGNED_BY_ID": 9})
    it.portal.add("CONTACT", {"NAME": "Strange", "PHONE": ["+79167770001"], "ASSIGNED_BY_ID": 404})
    it.portal.add("CONTACT", {"NAME": "Twin", "PHONE": ["+79167770002", "89160000001"], "ASSIGNED_BY_ID": 9})
    it.portal.add("CONTACT", {"NAME": "Last", "PHONE": ["+79167770003"], "ASSIGNED_BY_ID": 17})
    await it.settle()

    assert await it.problems() == {
        7: ["bad_phone", "no_phone"],
        8: ["owner_unknown"],
        9: ["phone_of_another"],
    }
    assert await it.owner_of("+79167770003") == "boris"
    assert len(await it.customers()) == 9


async def test_all_his_phones_are_his_and_his_name_is_learned(it: Bridged) -> None:
    it.portal.add("CONTACT", {"PHONE": ["+79167770005", "8 916 777-00-06"], "ASSIGNED_BY_ID": 9})
    await it.settle()
    it.clock.forward(timedelta(seconds=1))
    it.portal.change("CONTACT", 7, {"NAME": "Olga", "PHONE": ["+79167770005", "+7 495 777 00 07"]})
    await it.settle()

    assert await it.problems() == {}
    phones = ("+79167770005", "+79167770006", "+74957770007")
    known = [await it.ask("POST", "/customers:find", {"phone": phone}) for phone in phones]
    assert len({each["customer_id"] for each in known}) == 1
    look = {"reason": "she asked to be called"}
    seen = await it.ask("POST", f"/customers/{known[0]['customer_id']}/unmasking", look)
    assert seen["name"] == "Olga"


async def test_two_cards_of_one_person_with_two_owners_move_nobody_until_one_is_changed(it: Bridged) -> None:
    twin = it.portal.add("CONTACT", {"NAME": "Twin", "PHONE": ["89160000003"], "ASSIGNED_BY_ID": 17})
    await it.settle()
    it.clock.forward(timedelta(hours=24))
    await it.load()
    await it.settle()
    assert await it.problems() == {7: ["owner_differs"]}
    assert (await it.owner_of("+79160000003"), it.writes()) == ("anna", 0)

    it.portal.change("CONTACT", twin["ID"], {"ASSIGNED_BY_ID": 1})
    await it.settle()

    assert (await it.owner_of("+79160000003"), await it.problems()) == ("vera", {})
    assert {it.portal.tables["CONTACT"].rows[number]["ASSIGNED_BY_ID"] for number in (3, 7)} == {1}


async def test_a_contact_handed_over_there_is_handed_over_here(it: Bridged) -> None:
    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17})
    await it.settle(Post(repeat=1.0, shuffle=True))

    assert await it.owner_of("+79160000003") == "boris"
    assert it.writes() == 0


async def test_what_events_did_not_say_the_next_pass_finds(it: Bridged) -> None:
    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17}, quietly=True)
    it.portal.add("CONTACT", {"NAME": "New", "PHONE": ["+79167770009"], "ASSIGNED_BY_ID": 9}, quietly=True)
    it.clock.forward(timedelta(minutes=9))
    await it.load()
    assert await it.owner_of("+79160000003") == "anna"

    it.clock.forward(timedelta(minutes=1))
    await it.load()
    await it.settle()

    assert await it.owner_of("+79160000003") == "boris"
    assert await it.owner_of("+79167770009") == "anna"


async def test_who_was_deleted_there_stays_a_customer_here(it: Bridged) -> None:
    it.portal.remove("CONTACT", 2)
    it.portal.remove("CONTACT", 6, quietly=True)
    await it.settle()
    it.clock.forward(timedelta(hours=24))
    await it.load()
    await it.settle()

    found = await it.ask("GET", "/bitrix/contacts?only_bad=false")
    assert [each["number"] for each in found["items"] if each["gone"]] == [2, 6]
    assert len(await it.customers()) == 6


async def test_a_user_is_said_to_be_somebody_and_his_contacts_follow(it: Bridged) -> None:
    it.portal.hire(33, NAME="Anna at home")
    it.portal.add("CONTACT", {"NAME": "Hers", "PHONE": ["+79167770004"], "ASSIGNED_BY_ID": 33})
    it.clock.forward(timedelta(minutes=10))
    await it.load()
    await it.settle()
    assert await it.problems() == {7: ["owner_unknown"]}

    it.clock.forward(timedelta(minutes=1))
    await it.ask("PUT", "/bitrix/users/33/staff", {"staff_id": "boris"})
    await it.settle()

    assert await it.problems() == {}
    assert await it.owner_of("+79167770004") == "boris"


async def test_staff_are_known_by_their_extension_and_get_their_mobile(it: Bridged) -> None:
    users = {each["user_id"]: each for each in (await it.ask("GET", "/bitrix/users"))["items"]}

    assert (users["17"]["staff_id"], users["17"]["by"]) == ("boris", "extension")
    assert (await it.ask("GET", "/staff/boris"))["mobile"] == "+7903***0117"


async def test_a_strangers_event_changes_nothing(it: Bridged) -> None:
    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17})
    told, it.portal.events = it.portal.events[0], []

    for forged in ("", "x" * 32, "ж" * 32):
        body = {**dict(form(it.portal, told)), "auth[application_token]": forged}
        assert (await it.client.post(HOOK, data=body)).status_code == 403

    await it.settle()
    assert await it.owner_of("+79160000003") == "anna"
    assert (
        await it.client.post(HOOK, content=b"\xff=%zz", headers={"content-type": "text/plain"})
    ).status_code == 403


async def test_an_installation_is_believed_when_the_oauth_server_confirms_it(it: Bridged) -> None:
    forged = dict(installation(it.portal, refresh="made up"))
    forged["auth[application_token]"] = "theirs"
    assert (await it.client.post(HOOK, data=forged)).status_code == 403

    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17})
    await it.settle()
    assert await it.owner_of("+79160000003") == "boris"


async def test_a_portal_that_threw_us_out_is_asked_nothing_more(it: Bridged) -> None:
    it.portal.tell("ONAPPUNINSTALL", {"CLEAN": "0"})
    await it.settle()
    asked = len(it.portal.journal)
    it.portal.change("CONTACT", 3, {"ASSIGNED_BY_ID": 17})
    await it.settle()

    assert len(it.portal.journal) == asked
    assert await it.install() == 200
    it.clock.forward(timedelta(hours=2))
    await it.load()
    await it.settle()
    assert await it.owner_of("+79160000003") == "boris"


async def test_without_a_setting_there_is_no_bridge(crm: Crm) -> None:
    assert "bitrix24" not in crm.parts.wired
    followers: tuple[object, ...] = crm.parts.wired["customer_followers"]
    assert [type(each) for each in followers] == [ComingBack, LeadFollowing]
    assert (await crm.client.post("/webhooks/bitrix24", data={"event": "ONCRMCONTACTADD"})).status_code == 404
