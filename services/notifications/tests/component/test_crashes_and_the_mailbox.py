"""Who dies while sending leaves nothing lost and nothing doubled; on a developer's machine all lands in a folder."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from chassis.clock import StoppedClock
from chassis.settings import SettingsProblem
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.orders import OrderCreatedV1
from notifications.application.outgoing import Taken
from notifications.bootstrap import compose
from notifications.settings import NotificationsSettings
from notifications.testing.answering import Orders
from notifications.testing.asking import Running
from notifications.testing.letters import EMAIL, MONDAY, PHONE
from notifications.testing.news import created


async def test_who_dies_between_the_gateway_and_the_save_asks_again_with_the_same_key(it: Running) -> None:
    taken, it.sms.dies = it.sms.answers, 1
    await it.tell(created())
    await it.later(minutes=1)
    in_between = (await it.states())["order_taken", "sms"]

    await it.later(minutes=5)

    assert taken == [Taken("g-1")]
    assert in_between == "sending"
    assert (await it.states())["order_taken", "sms"] == "sent"
    assert len({each.key for each in it.sms.given}) == 1
    assert [each.again for each in it.sms.given] == [False, True]
    assert it.told.count(("message.sent", "order_taken", "sms")) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mailbox"


async def land(folder: Path, *facts: OrderCreatedV1) -> list[Path]:
    """What lies in the folder after these, told to a service on a developer's machine."""
    clock = StoppedClock(MONDAY)
    chassis = MemoryChassis("notifications", clock=clock, peers={"orders": ScriptedPeer(Orders())})
    async with chassis.running(compose, NotificationsSettings(mode="development", mailbox=folder)):
        for number, fact in enumerate(facts, 1):
            await chassis.tell(fact, source="orders", sequence=number)
        for _ in range(3):
            await chassis.pass_deadlines()
            clock.forward(timedelta(seconds=5))
    return lying_in(folder)


def lying_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_everything_lands_in_a_folder_that_only_its_owner_reads(folder: Path) -> None:
    email, sms = sorted(await land(folder, created()), key=lambda each: each.suffix)

    assert (sms.name, sms.suffix) == ("20260302T070000.000Z-sms-1042.txt", ".txt")
    assert f"To: {PHONE}" in sms.read_text()
    assert "заказ 1042 принят" in sms.read_text()
    letter = message_from_bytes(email.read_bytes(), policy=default)
    assert (letter["To"], letter["Subject"]) == (EMAIL, "Заказ 1042 принят")
    assert mode(folder) == 0o700
    assert {mode(each) for each in (sms, email)} == {0o600}


async def test_the_same_message_lies_there_once(folder: Path) -> None:
    assert len(await land(folder, created(), created(), created(order_id="o-2"))) == 4


async def test_an_order_number_leads_nowhere_else(folder: Path) -> None:
    files = await land(folder, created(number="../../etc/passwd"))

    assert {each.parent for each in files} == {folder}


def test_a_shop_whose_messages_would_reach_nobody_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[str]:
        return [each for each in NotificationsSettings().problems() if "OPBLOK_S" in each or "MAIL" in each]

    monkeypatch.setenv("OPBLOK_MODE", "production")
    assert len(told()) == 2
    monkeypatch.setenv("OPBLOK_SMS_GATEWAY", "smsc")
    monkeypatch.setenv("OPBLOK_MAIL", "smtp")
    assert [each.split()[0] for each in told()] == ["OPBLOK_SMSC_PASSWORD"]
    monkeypatch.setenv("OPBLOK_SMSC_PASSWORD", "brass")
    assert told() == []
    monkeypatch.setenv("OPBLOK_MODE", "development")
    monkeypatch.delenv("OPBLOK_SMS_GATEWAY")
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIET_UNTIL", "22:00"),
        ("MESSAGE_ZONE", "Mars/Olympus"),
        ("MESSAGE_KEEP", "PT0S"),
        ("SMS_SEGMENTS", "9"),
    ],
)
def test_settings_that_make_no_sense_are_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"OPBLOK_{name}", value)

    with pytest.raises(SettingsProblem, match=f"OPBLOK_{name}"):
        NotificationsSettings()
