"""`kubectl` renders the overlays, and they are what Kubernetes, the code, contracts, the settings and `opblok up` want them to be."""

import re
import subprocess
from pathlib import Path

import pytest

from deploy.drawing.__main__ import drawings, stale
from tests.deploy.agreement import asked_by_plan
from tests.deploy.kubernetes_checks import asked, checks, forgotten
from tests.deploy.kubernetes_files import K8S, OVERLAYS, Manifest

SECRET = re.compile(r"password|-secret$|vault-keys|keyfile|bootstrap")


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("check", checks("small"))
def test_an_overlay_is_as_it_should_be(overlays: dict[str, list[Manifest]], overlay: str, check: str) -> None:
    assert checks(overlay)[check](overlays[overlay]) == []


def test_what_is_alike_is_drawn_from_the_plan() -> None:
    assert stale(K8S) == []
    assert asked_by_plan() == asked()


def test_a_file_changed_by_hand_is_found(tmp_path: Path) -> None:
    for path, drawn in drawings().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(drawn.replace("8103", "8104") if path == "base/orders.yaml" else drawn)
    (tmp_path / "base" / "quality.yaml").unlink()

    assert stale(tmp_path) == ["base/orders.yaml", "base/quality.yaml"]


def test_every_file_is_named_by_a_kustomization_and_one_that_is_not_is_found(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: [orders.yaml]")
    for name in ("orders.yaml", "old.yaml"):
        (tmp_path / name).write_text("kind: Service")

    assert forgotten(K8S) == []
    assert forgotten(tmp_path) == ["old.yaml"]


def kept_secrets(folder: Path, ours: list[str]) -> list[str]:
    """Files of the repository that are secrets, or are manifests of one."""
    openly = re.compile(r"^kind: Secret$", re.MULTILINE)
    return [
        each
        for each in ours
        if SECRET.search(Path(each).name)
        or (each.endswith(".yaml") and openly.search((folder / each).read_text(encoding="utf-8")))
    ]


def test_no_secret_lies_in_the_repository_and_one_that_does_is_found(tmp_path: Path) -> None:
    root = K8S.parents[1]
    asked_of_git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "deploy"]
    told = subprocess.run(asked_of_git, cwd=root, capture_output=True, text=True, check=True).stdout
    ours = [each for each in told.split("\0") if each and (root / each).is_file()]
    (tmp_path / "mine.yaml").write_text("apiVersion: v1\nkind: Secret\n")

    assert ours
    assert kept_secrets(root, ours) == []
    assert kept_secrets(tmp_path, ["mine.yaml", "made/orders.vault-keys"]) == [
        "mine.yaml",
        "made/orders.vault-keys",
    ]
