"""Who stands by a learner, who is shown the customer's words, and a file under a key that was used (R7, R77)."""

import pytest
from claims.testing.asking import Running
from claims.testing.people import LEV, PETR

PNG = b"\x89PNG\r\n\x1a\n"
FILE = {"Content-Type": "application/octet-stream"}


@pytest.mark.parametrize("mentor", ["anna", "petra", "nobody"])
async def test_a_learner_is_not_helped_by_who_has_not_the_algorithm_himself(it: Running, mentor: str) -> None:
    await it.hire("petr", "conflict_manager", grade="regular")
    await it.hire("petra", "conflict_manager", grade="regular")
    await it.hire("anna", "sales_manager")
    id_ = await it.open()

    assert await it.refused(f"/claims/{id_}/taking", {"mentor_id": mentor}, PETR) == "mentor-needed"
    await it.do(f"/claims/{id_}/taking", {"mentor_id": "owner"}, PETR)

    assert (await it.read(f"/claims/{id_}"))["mentor_id"] == "owner"


async def test_only_who_is_a_lawyer_or_manages_is_brought_in_and_shown_the_customers_words(
    it: Running,
) -> None:
    await it.hire("anna", "sales_manager")
    await it.hire("lev", "lawyer")
    id_ = await it.open()
    path = f"/claims/{id_}/escalation"

    assert await it.refused(path, {"to": "legal", "staff_id": "anna"}) == "guest-unfit"
    assert await it.refused(path, {"to": "management", "staff_id": "lev"}) == "guest-unfit"
    await it.do(path, {"to": "legal", "staff_id": "lev"})

    assert (await it.read(f"/claims/{id_}", LEV))["words"]


async def test_another_file_under_the_same_key_is_refused_and_not_taken_for_the_first(it: Running) -> None:
    id_ = await it.open()
    path = f"/claims/{id_}/evidence"

    first = await it.ask("POST", path, key="f-1", more=FILE, content=PNG + b"1")
    again = await it.ask("POST", path, key="f-1", more=FILE, content=PNG + b"1")
    other = await it.ask("POST", path, key="f-1", more=FILE, content=PNG + b"2")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert other.json()["type"] == "/problems/key-reused"
    assert len((await it.read(f"/claims/{id_}"))["evidence"]) == 1
