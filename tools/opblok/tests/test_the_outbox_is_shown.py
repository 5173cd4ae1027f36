"""What landed in the mailbox folder, as a stranger sees it. That the service writes such files is tested there."""

import json
from pathlib import Path

import pytest
from opblok.cli import app
from typer.testing import CliRunner, Result

SMS = (
    "Message-ID: m-1\nTo: +79161234567\nDate: 2026-03-02T07:00:00+00:00\n\nЗаказ 1042 принят [не разметка]\n"
)
EMAIL = (
    "From: shop@localhost\nTo: maria@example.com\nSubject: =?utf-8?b?0JfQsNC60LDQtyAxMDQz?=\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nВаш заказ принят.\n"
)


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPBLOK_HOME", str(tmp_path))
    monkeypatch.delenv("OPBLOK_MAILBOX", raising=False)
    folder = tmp_path / "mailbox"
    folder.mkdir()
    (folder / "20260302T070000.123Z-sms-1042.txt").write_text(SMS, encoding="utf-8")
    (folder / "20260302T070001.000Z-email-1043.eml").write_text(EMAIL, encoding="utf-8")
    (folder / ".draft.txt").write_text("half", encoding="utf-8")
    return folder


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["outbox", *words])


def test_messages_are_listed_and_shown_whole(mailbox: Path) -> None:
    assert mailbox.is_dir()
    answer = typed()

    assert answer.exit_code == 0
    for words in (
        "+79161234567",
        "Заказ 1042 принят [не разметка]",
        "maria@example.com",
        "Заказ 1043",
        "Ваш заказ",
    ):
        assert words in answer.output
    assert "half" not in answer.output


def test_those_of_one_order_alone(mailbox: Path) -> None:
    assert mailbox.is_dir()
    assert "1043" not in typed("--order", "1042").output
    assert typed("--order", "9999").output == "Nothing was written.\n"


def test_for_programs_it_is_json(mailbox: Path) -> None:
    assert mailbox.is_dir()
    sms, email = json.loads(typed("--json").stdout)

    assert (sms["channel"], sms["order"], sms["at"]) == ("sms", "1042", "2026-03-02T07:00:00.123000+00:00")
    assert (email["subject"], email["text"]) == ("Заказ 1043", "Ваш заказ принят.")


def test_no_mailbox_says_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_MAILBOX", str(tmp_path / "nowhere"))

    answer = typed()

    assert answer.exit_code == 3
    assert "`opblok up` makes it" in answer.output
