"""Each Monday what customers said in the week before is brought together, for who may read it (R95, R8)."""

from kernel.actor import Role
from quality.testing.asking import Running
from quality.testing.news import ANNA, KIRA, OWNER, VERA, erased, joined, person

TEN = {"wishes": "Сделайте абажур"}


async def a_week(it: Running) -> None:
    """On Tuesday two of three answer; then it is Monday again."""
    calls = [await it.deliver(f"o-{n}", customer_id=f"c-{n}") for n in range(3)]
    await it.later(days=1)
    await it.answer(calls[0], nps=10, words=TEN)
    await it.answer(calls[1], nps=3, in_order=False, words={"quality": "Пришла битой"})
    await it.later(days=5, hours=22)


async def test_on_monday_morning_the_week_is_there_with_figures_problems_and_words(it: Running) -> None:
    await a_week(it)

    digest = (await it.ask("GET", "/digests/2026-W10", OWNER)).json()

    assert (digest["delivered"], digest["called"], digest["answers"], digest["nps"]) == (3, 2, 2, 0)
    assert digest["problems"] == {"not_in_order": 1, "critic": 1}
    assert digest["ideas"] == 1
    assert {each["idea"]: each["words"] for each in digest["verbatims"]} == {
        True: TEN,
        False: {"quality": "Пришла битой"},
    }
    assert "o-0" not in str(digest)


async def test_a_week_that_is_not_over_has_none_and_none_is_made_twice(it: Running) -> None:
    await it.deliver()
    early = await it.ask("GET", "/digests/2026-W10", OWNER)
    await it.later(days=8)
    await it.deliver("o-2", it.clock.now())

    listed = (await it.ask("GET", "/digests", VERA)).json()["items"]

    assert early.status_code == 404
    assert [each["week"] for each in listed] == ["2026-W10"]


async def test_also_a_week_in_which_nothing_happened_has_one(it: Running) -> None:
    await it.deliver()
    await it.later(days=22)

    listed = (await it.ask("GET", "/digests", OWNER)).json()["items"]

    assert [(each["week"], each["delivered"]) for each in listed] == [
        ("2026-W12", 0),
        ("2026-W11", 0),
        ("2026-W10", 1),
    ]


async def test_who_is_controlled_reads_no_words_and_each_look_stands_in_the_journal(it: Running) -> None:
    await a_week(it)

    hers = await it.ask("GET", "/digests/2026-W10", ANNA)
    also_sells = await it.ask(
        "GET", "/digests/2026-W10", person("kim", Role.QUALITY_CONTROLLER, Role.SALES_MANAGER)
    )
    kiras = await it.ask("GET", "/digests/2026-W10", KIRA)

    assert (hers.status_code, also_sells.status_code, kiras.status_code) == (403, 403, 200)
    assert [each["thing"] for each in it.told("duty.refused")] == ["digest", "digest"]
    journal = (await it.ask("GET", "/journal", OWNER)).json()["items"]
    assert [each["by"] for each in journal if each["what"] == "digest_read"] == ["kira"]


async def test_of_who_is_erased_no_word_is_in_it_and_its_figures_stay(it: Running) -> None:
    await a_week(it)

    await it.tell(erased("c-0"), "crm")

    digest = (await it.ask("GET", "/digests/2026-W10", OWNER)).json()
    assert [each["words"] for each in digest["verbatims"]] == [{"quality": "Пришла битой"}]
    assert digest["answers"] == 2


async def test_it_says_whether_somebody_answers_for_service_and_which_standards_are_wishes(
    it: Running,
) -> None:
    wish = {"title": "Be kind", "valid_from": "2026-01-01T00:00:00Z", "review_on": "2026-03-09", "seen": 0}
    assert (await it.ask("POST", "/slas/kindness/versions", VERA, json=wish)).status_code == 200
    await it.deliver()
    await it.later(days=7)
    await it.tell(joined("vera", Role.SERVICE_OWNER), "crm", 9)
    await it.later(days=7)

    after, before = (await it.ask("GET", "/digests", OWNER)).json()["items"]

    of_kindness = ["kindness.no_metric", "kindness.no_target", "kindness.review_due"]
    assert before["flags"] == ["no_service_owner", *of_kindness]
    assert after["flags"] == of_kindness
