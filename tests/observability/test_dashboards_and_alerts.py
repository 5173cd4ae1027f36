"""Dashboards and alerts show what is there: figures that the services export, runbooks that exist, sources that are set up."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
import yaml
from chassis.settings import PeersSettings
from opblok.stack.settings import SERVICES

from tests.observability.standing import PLACE, ROOT, panels

WORDS = frozenset(
    [
        "and",
        "or",
        "unless",
        "by",
        "without",
        "on",
        "ignoring",
        "group_left",
        "group_right",
        "bool",
        "offset",
        "sum",
        "max",
        "min",
        "avg",
        "count",
        "topk",
        "bottomk",
        "rate",
        "increase",
        "histogram_quantile",
        "absent",
    ]
)
PROMETHEUS_OWN = {"up"}


def metrics_in(expression: str) -> set[str]:
    """The names of figures in an expression, without labels, functions and words of the language."""
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"", " ", expression)
    bare = re.sub(r"\b(by|without|on|ignoring)\s*\([^)]*\)", " ", bare)
    return set(re.findall(r"(?<![\w.])[a-zA-Z_:][\w:]*", bare)) - WORDS


def unknown(asked: Iterable[tuple[str, str]], exported: frozenset[str]) -> list[str]:
    """What is asked for and nobody exports."""
    known = exported | PROMETHEUS_OWN
    return [
        f"{place}: {name}" for place, expression in asked for name in sorted(metrics_in(expression) - known)
    ]


def test_every_figure_on_a_dashboard_is_one_that_the_services_export(
    asked: list[tuple[str, str]], exported: frozenset[str]
) -> None:
    assert len(asked) > 30
    assert unknown(asked, exported) == []


def test_every_figure_that_an_alert_watches_is_one_that_the_services_export(
    alerts: list[dict[str, Any]], exported: frozenset[str]
) -> None:
    watched = [(rule["alert"], rule["expr"]) for rule in alerts]

    assert len(watched) > 15
    assert unknown(watched, exported) == []


def test_a_figure_that_nobody_exports_is_found(exported: frozenset[str]) -> None:
    planted = [("planted", 'sum by (le) (rate(opblok_outbox_years{service="orders"}[5m])) > 1 and up == 1')]

    assert unknown(planted, exported) == ["planted: opblok_outbox_years"]


@pytest.mark.parametrize(
    "wanted",
    [
        "opblok_orders_waiting", "opblok_promises", "opblok_calls_missed", "opblok_quality_coverage",
        "opblok_dead_letters_total", "opblok_outbox_age_seconds", "opblok_deadlines_behind_seconds",
        "opblok_deadlines_lateness_seconds_bucket", "opblok_consumer_lag",
    ],
)  # fmt: skip
def test_what_a_shop_is_run_by_is_on_a_dashboard(
    wanted: str, asked: list[tuple[str, str]], exported: frozenset[str]
) -> None:
    assert wanted in exported
    assert any(wanted in metrics_in(expression) for _, expression in asked)


def test_every_alert_has_a_part_in_the_runbook_and_every_part_an_alert(alerts: list[dict[str, Any]]) -> None:
    page = (ROOT / "docs" / "runbooks" / "alerts.md").read_text()
    parts = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))

    names = [rule["alert"] for rule in alerts]
    assert sorted(names) == sorted(set(parts))
    for rule in alerts:
        assert rule["annotations"]["runbook_url"] == f"docs/runbooks/alerts.md#{rule['alert'].lower()}"
        for heading in ("**Means**", "**Look**", "**Do**"):
            assert heading in parts[rule["alert"]], rule["alert"]


def test_every_alert_says_what_is_wrong_and_how_bad_it_is(alerts: list[dict[str, Any]]) -> None:
    for rule in alerts:
        assert rule["labels"]["severity"] in {"critical", "warning"}, rule["alert"]
        assert "{{ $value" in rule["annotations"]["summary"] or rule["alert"] in {
            "ServiceDown", "DeadLetters", "CallJournalFull", "FiguresMissing",
        }  # fmt: skip


def test_dashboards_are_whole(dashboards: dict[str, dict[str, Any]]) -> None:
    sources = yaml.safe_load((PLACE / "grafana/provisioning/datasources/opblok.yaml").read_text())
    known = {(each["type"], each["uid"]) for each in sources["datasources"]}

    assert set(dashboards) == {"operations", "one-order", "telephony", "kafka"}
    assert len({each["uid"] for each in dashboards.values()}) == len(dashboards)
    for dashboard in dashboards.values():
        ids = [panel["id"] for panel in panels(dashboard)]
        assert len(ids) == len(set(ids))
        for panel in panels(dashboard):
            assert panel["title"]
            assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24
            for target in panel.get("targets", ()):
                source = target["datasource"]
                assert (source["type"], source["uid"]) in known


def test_prometheus_scrapes_every_service_where_it_listens() -> None:
    jobs = yaml.safe_load((PLACE / "prometheus.yml").read_text())["scrape_configs"]

    asked = {job["job_name"]: job["dns_sd_configs"][0]["port"] for job in jobs}
    names = [job["dns_sd_configs"][0]["names"] for job in jobs]
    peers = PeersSettings()
    assert asked == {name: int(peers.url_of(name).rpartition(":")[2]) for name in SERVICES}
    assert names == [[name.replace("_", "-")] for name in SERVICES]  # as hosts are called


def test_the_collectors_pipelines_are_made_of_parts_that_are_there() -> None:
    collector = yaml.safe_load((PLACE / "otel-collector.yaml").read_text())

    for pipeline in collector["service"]["pipelines"].values():
        for kind in ("receivers", "processors", "exporters"):
            assert set(pipeline[kind]) <= set(collector[kind])
    assert set(collector["service"]["extensions"]) <= set(collector["extensions"])
    kept = {each["name"]: each["type"] for each in collector["processors"]["tail_sampling"]["policies"]}
    assert kept["errors"] == "status_code"
