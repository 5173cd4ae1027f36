"""The fake Bitrix24 lies in the source: found from anywhere inside it, and said to be absent elsewhere."""

from pathlib import Path

import pytest
from opblok.cli import app
from opblok.commands import fake_bitrix24 as command
from typer.testing import CliRunner


def test_it_is_found_from_a_folder_of_the_checkout(tmp_path: Path) -> None:
    inside, fake = tmp_path / "services" / "crm", tmp_path / command.FAKE
    inside.mkdir(parents=True)
    fake.parent.mkdir(parents=True)
    fake.touch()

    assert command.checkout([inside]) == tmp_path


def test_it_is_in_this_checkout() -> None:
    assert command.checkout([Path(__file__)]) == Path(__file__).parents[3]


def test_an_installed_package_has_none(tmp_path: Path) -> None:
    assert command.checkout([tmp_path / "site-packages"]) is None


def test_the_command_is_there() -> None:
    said = CliRunner().invoke(app, ["fake-bitrix24", "--help"])

    assert said.exit_code == 0
    assert "checkout of the source" in said.output


@pytest.mark.parametrize("share", ["-1", "2"])
def test_shares_are_shares(share: str) -> None:
    assert CliRunner().invoke(app, ["fake-bitrix24", "--lose", share]).exit_code == 2
