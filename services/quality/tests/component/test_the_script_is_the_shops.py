"""The questions are worded by who answers for service, and looked through before anybody is asked (R13, R84, R85)."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from quality.domain.script import EN, RU
from quality.testing.asking import Running
from quality.testing.news import ANNA, OWNER, VERA

WORDED = {**RU, "in_order": "Всё ли дошло целым?"}


async def save(it: Running, questions: dict[str, str], seen: int = 0, by: Any = VERA) -> Any:
    return await it.ask("PUT", "/scripts/ru", by, json={"questions": questions, "seen": seen})


async def test_what_is_saved_is_what_the_next_customer_is_asked(it: Running) -> None:
    await save(it, WORDED)
    call_id, by_link = await it.deliver(), await it.deliver("o-2", contact_preference="no_calls")
    await it.later(days=1)

    opened = await it.ask("POST", f"/calls/{call_id}/opening")
    link = (await it.ask("GET", f"/calls/{by_link}/link", OWNER)).json()["link"]
    page = await it.client.get(urlsplit(str(link)).path)

    assert opened.json()["questions"]["in_order"] == "Всё ли дошло целым?"
    assert "Всё ли дошло целым?" in page.text
    shown = {each["language"]: each for each in (await it.ask("GET", "/scripts", ANNA)).json()["items"]}
    assert (shown["ru"]["version"], shown["en"]["version"]) == (1, 0)
    assert shown["en"]["questions"] == EN


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"content": "Вы ведь довольны?"}, "content: «ведь» leads to the answer"),
        ({"wishes": "Хотите скидку 10%?"}, "wishes: «скидк» is an offer"),
        ({"plans": "Расскажите о планах"}, "plans: is no question"),
        ({"nps": "Порекомендуете нас?"}, "nps: is asked word for word"),
        ({"phone": "Ваш телефон?"}, "phone: there is no such question"),
    ],
)
async def test_a_question_that_would_spoil_the_answer_is_refused(
    it: Running, wrong: dict[str, str], why: str
) -> None:
    refused = await save(it, {**RU, **wrong})

    assert (refused.status_code, refused.json()["rule"]) == (409, "R84")
    assert why in refused.json()["detail"]


async def test_a_core_question_may_not_be_left_out(it: Running) -> None:
    refused = await save(it, {name: text for name, text in RU.items() if name != "content"})

    assert "content: is missing" in refused.json()["detail"]


async def test_twice_is_quiet_blindly_is_refused_and_each_edit_stands_in_the_journal(it: Running) -> None:
    first, again = await save(it, WORDED), await save(it, WORDED)
    blind = await save(it, {**RU, "in_order": "Всё ли на месте?"})
    back = await save(it, dict(RU), seen=1)

    assert (first.json()["changes"], again.json()["changes"]) == (["ScriptOpened", "ScriptSaved"], [])
    assert blind.json()["type"] == "/problems/script-changed-since"
    assert back.json()["changes"] == ["ScriptSaved"]
    journal = (await it.ask("GET", "/journal", OWNER)).json()["items"]
    assert [(each["what"], each["about"], each["by"]) for each in journal] == [
        ("script_saved", "1", "vera"),
        ("script_saved", "2", "vera"),
    ]
    timeline = (await it.ask("GET", "/scripts/ru/timeline", ANNA)).json()["entries"]
    assert sum("ScriptSaved" in each["what"] for each in timeline) == 2


async def test_who_sells_words_no_questions_and_the_attempt_is_told(it: Running) -> None:
    refused = await save(it, WORDED, by=ANNA)

    assert (refused.status_code, refused.json()["rule"]) == (403, "R13")
    assert it.told("duty.refused")[0]["thing"] == "script"
    assert (await it.ask("GET", "/scripts", ANNA)).json()["items"][0]["version"] == 0
