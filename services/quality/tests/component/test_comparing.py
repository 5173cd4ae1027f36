"""Others' NPS, edited by who answers for service (R88)."""

from quality.testing.asking import Running
from quality.testing.news import ANNA, OWNER, VERA


async def test_a_benchmark_is_set_refused_and_quiet_when_said_twice(it: Running) -> None:
    refused = await it.ask("PUT", "/benchmarks/nike", ANNA, json={"score": 90})
    done = await it.ask("PUT", "/benchmarks/nike", VERA, json={"score": 35})
    again = await it.ask("PUT", "/benchmarks/nike", VERA, json={"score": 35})
    gone = await it.ask("PUT", "/benchmarks/gap", VERA, json={"score": None})

    scores = (await it.ask("GET", "/benchmarks", ANNA)).json()["scores"]
    journal = (await it.ask("GET", "/journal", OWNER)).json()["items"]
    assert (refused.status_code, refused.json()["rule"]) == (403, "R13")
    assert (done.json()["changes"], again.json()["changes"]) == (["BenchmarkSet"], [])
    assert gone.status_code == 200
    assert scores == {"nike": 35, "foot_locker": 25, "h_and_m": 21, "m_and_s": 21}
    assert [(each["what"], each["about"], each["by"]) for each in journal] == [
        ("benchmark_set", "nike", "vera"),
        ("benchmark_set", "gap", "vera"),
    ]
