"""A price list that procurement does not know yet: its columns are shown, and a person is asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opblok.cli import app
from opblok.stack.keeping import Keeping
from typer.testing import CliRunner, Result

from .answering import serving

WAITING: dict[str, Any] = {
    "import_id": "i1", "supplier_id": "slow", "stage": "mapping", "good": 0, "bad": 0, "reason": "", "bad_rows": [],
}  # fmt: skip
ROW: dict[str, Any] = {
    "line": 2, "code": "L1", "title": "Лампа", "price": {"minor": 10050}, "stock": "counted", "quantity": 4, "reason": "",
}  # fmt: skip
SIGHT: dict[str, Any] = {
    "import_id": "i1", "kind": "table", "part": "", "told": "cp1251, semicolon", "missing": "", "rows": [ROW],
    "columns": [
        {"column": 0, "header": "Код", "meaning": "code", "name": "", "confidence": 0.96, "samples": ["L1"]},
        {"column": 1, "header": "Имя", "meaning": "title", "name": "", "confidence": 0.9, "samples": ["Лампа"]},
        {"column": 2, "header": "Опт", "meaning": "price", "name": "", "confidence": 0.7, "samples": ["100,50"]},
        {"column": 3, "header": "Розница", "meaning": "nothing", "name": "", "confidence": 0, "samples": ["150"]},
    ],
}  # fmt: skip


class Procurement:
    """An import that waits until somebody says what its columns mean."""

    def __init__(self) -> None:
        self.accepted: list[Any] = []

    def __call__(self, method: str, path: str, body: bytes) -> Any:
        if method == "PUT":
            self.accepted.append(json.loads(body))
        stage = "done" if self.accepted else "mapping"
        return {
            ("GET", "/imports/i1"): {**WAITING, "stage": stage},
            ("POST", "/suppliers/slow/feeds"): {"import_id": "i1"},
            ("GET", "/imports/i1/mapping"): SIGHT,
            ("POST", "/imports/i1/mapping/trial"): [{**ROW, "price": {"minor": 15000}}],
            ("PUT", "/suppliers/slow/mapping"): {},
        }[method, path]


@pytest.fixture
def procurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Procurement]:
    made = Procurement()
    monkeypatch.setenv("OPBLOK_HOME", str(tmp_path))
    monkeypatch.setenv("OPBLOK_TOKEN", "a-token")
    Keeping(tmp_path / "secrets").people()
    with serving({}, [], made) as url:
        monkeypatch.setenv("OPBLOK_PROCUREMENT_URL", url)
        yield made


@pytest.fixture
def price_list(tmp_path: Path) -> str:
    path = tmp_path / "lamps.csv"
    path.write_bytes("Код;Имя;Опт\nL1;Лампа;100,50\n".encode("cp1251"))
    return str(path)


def typed(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=answer)


def test_columns_are_shown_and_a_yes_lets_the_import_go_on(procurement: Procurement, price_list: str) -> None:
    said = typed("feed", "import", "slow", price_list, answer="y\n")

    assert said.exit_code == 0, said.output
    assert "96%" in said.output
    assert "100.50" in said.output
    assert procurement.accepted == [{"import_id": "i1", "uses": None}]


def test_a_no_leaves_it_waiting(procurement: Procurement, price_list: str) -> None:
    said = typed("feed", "import", "slow", price_list, answer="n\n")

    assert said.exit_code == 5
    assert "opblok feed map i1" in said.output
    assert not procurement.accepted


def test_a_program_says_yes_beforehand_or_is_told_by_the_exit_code(
    procurement: Procurement, price_list: str
) -> None:
    waits = typed("feed", "import", "slow", price_list, "--json")
    goes = typed("feed", "import", "slow", price_list, "--json", "--yes")

    assert (waits.exit_code, json.loads(waits.stdout)["stage"]) == (5, "mapping")
    assert (goes.exit_code, json.loads(goes.stdout)["stage"]) == (0, "done")
    assert len(procurement.accepted) == 1


def test_columns_may_be_said_otherwise(procurement: Procurement) -> None:
    said = typed("feed", "map", "i1", "--use", "Розница=price", "--use", "Опт=purchase_price", "--yes")

    assert said.exit_code == 0, said.output
    assert "150.00" in said.output
    assert [(each["column"], each["meaning"]) for each in procurement.accepted[0]["uses"]] == [
        (0, "code"),
        (1, "title"),
        (3, "price"),
        (2, "purchase_price"),
    ]


def test_a_column_that_is_not_there_is_named(procurement: Procurement) -> None:
    said = typed("feed", "map", "i1", "--use", "Цена=price")

    assert said.exit_code == 2
    assert "there is no column 'Цена'" in said.output
    assert not procurement.accepted
