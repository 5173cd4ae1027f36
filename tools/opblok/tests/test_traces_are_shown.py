"""With `--traces` there is Zipkin beside the servers, and every service is told where it listens; else neither."""

from pathlib import Path

import pytest
from opblok.home import Home
from opblok.stack.settings import SERVICES, StackSettings
from opblok.stack.stack import stages
from opblok.supervision.part import Part
from opblok.topic_making import make_topics

TOLD = "OTEL_EXPORTER_ZIPKIN_ENDPOINT"


def parts(folder: Path, **settings: object) -> dict[str, Part]:
    made = stages(
        StackSettings.model_validate(settings),
        Home(folder),
        progress=lambda _what, _done: None,
        make_topics=make_topics,
    )
    return {part.name: part for stage in made for part in stage.parts}


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPBLOK_TRACES", raising=False)


def test_every_service_is_told_where_zipkin_listens(tmp_path: Path) -> None:
    found = parts(tmp_path, traces=True, zipkin_port=9411)

    told = {found[service].program.environment.get(TOLD) for service in SERVICES}
    assert told == {"http://127.0.0.1:9411/api/v2/spans"}
    assert found["zipkin"].address == "http://127.0.0.1:9411/zipkin/"
    assert "--armeria.ports[0].ip=127.0.0.1" in found["zipkin"].program.argv


def test_without_it_nobody_is(tmp_path: Path) -> None:
    found = parts(tmp_path)

    assert "zipkin" not in found
    assert not any(TOLD in part.program.environment for part in found.values())
