"""Declaring reactions, and what FastStream is asked to do with them; no server."""

from datetime import UTC, datetime
from typing import Annotated

import pytest
from chassis.envelopes import Unreadable, envelope
from chassis.occasions import Occasion
from chassis.reactions import Reactions, ThisOccasion
from chassis.reading import Raw
from chassis.records import record
from chassis.testing.lamps import LampBrokenV1, LampLitV1, LampLitV2
from contracts.fact import Fact
from faststream import Context

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Fitter:
    """Writes down what he is asked to do."""

    def __init__(self) -> None:
        self.asked: list[str] = []


def raw(fact: Fact, value: bytes | None = None) -> Raw:
    told = record(fact, 3, "lamps", NOON, "a test")
    headers = [(name, text.encode()) for name, text in told.headers]
    return Raw(told.topic, 0, 0, 0, 1, told.key.encode(), value or told.value, 0, 0, 0, headers)


def fitting() -> Reactions:
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1, occasion: ThisOccasion, fitter: Annotated[Fitter, Context()]) -> None:
        fitter.asked.append(f"light {lit.lamp_id} at {occasion.at:%H:%M} for {occasion.heard}")

    @reactions.told(LampLitV2)
    async def light_room(lit: LampLitV2, him: Annotated[Fitter, Context("fitter")]) -> None:
        him.asked.append(f"light {lit.lamp_id} in the {lit.room}")

    @reactions.told(LampBrokenV1)
    async def mend(broken: LampBrokenV1, fitter: Annotated[Fitter, Context()]) -> None:
        raise RuntimeError(f"{broken.lamp_id} cannot be mended by {fitter}")

    return reactions


def occasion_of(reactions: Reactions, of: Raw) -> Occasion:
    return reactions.occasion(envelope(of.headers), NOON)


async def test_a_record_runs_the_reaction_to_its_type_with_what_it_asks_for() -> None:
    reactions, fitter = fitting(), Fitter()

    for each in (raw(LampLitV1(lamp_id="brass")), raw(LampLitV2(lamp_id="tin", room="cellar"))):
        await reactions.react(each, occasion_of(reactions, each), {"fitter": fitter})

    assert fitter.asked == ["light brass at 12:00 for ('lamps/brass', 3)", "light tin in the cellar"]


async def test_what_a_reaction_raises_comes_through() -> None:
    reactions, of = fitting(), raw(LampBrokenV1(lamp_id="brass"))

    with pytest.raises(RuntimeError, match="brass cannot be mended"):
        await reactions.react(of, occasion_of(reactions, of), {"fitter": Fitter()})


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b'{"lamp_id": 5}', b"\xff\xfe", b'{"minutes": 1}']
)
async def test_a_body_that_cannot_be_read_is_told_apart(body: bytes) -> None:
    reactions, of = fitting(), raw(LampLitV1(lamp_id="brass"))
    of = Raw(of.topic, 0, 0, 0, 1, of.key, body, 0, 0, 0, of.headers)

    with pytest.raises(Unreadable, match=r"body of lamp\.lit\.v1"):
        await reactions.react(of, occasion_of(reactions, of), {"fitter": Fitter()})


async def test_fields_a_reader_does_not_know_are_passed_over() -> None:
    reactions, fitter = fitting(), Fitter()
    of = raw(LampLitV1(lamp_id="brass"), b'{"lamp_id": "brass", "colour": "green"}')

    await reactions.react(of, occasion_of(reactions, of), {"fitter": fitter})

    assert len(fitter.asked) == 1


async def test_component_tests_feed_the_same_table_in_memory() -> None:
    reactions, fitter = fitting(), Fitter()

    async with reactions.in_memory({"fitter": fitter}, now=lambda: NOON) as feed:
        assert await feed(LampLitV1(lamp_id="brass"), source="lamps", sequence=8)
        with pytest.raises(RuntimeError, match="cannot be mended"):
            await feed(LampBrokenV1(lamp_id="tin"), source="lamps")

    assert fitter.asked == ["light brass at 12:00 for ('lamps/brass', 8)"]


async def test_in_memory_a_fact_nobody_reacts_to_says_so() -> None:
    async with Reactions("mirrors").in_memory({}) as feed:
        assert not await feed(LampLitV1(lamp_id="brass"), source="lamps")


def test_the_table_tells_what_it_reads() -> None:
    assert fitting().topics == ("lamp.broken", "lamp.lit")
    assert set(fitting().facts) == {"lamp.lit.v1", "lamp.lit.v2", "lamp.broken.v1"}


def test_one_fact_has_one_reaction() -> None:
    with pytest.raises(ValueError, match=r"twice"):
        fitting().told(LampLitV1)


def test_a_stale_fact_comes_through_where_it_was_asked_for() -> None:
    reactions, of = Reactions("lamps"), raw(LampLitV1(lamp_id="brass"))
    reactions.told(LampLitV1, even_if_stale=True)

    assert occasion_of(reactions, of).even_if_stale
    assert not occasion_of(fitting(), of).even_if_stale


def test_what_is_not_wired_is_found_at_start() -> None:
    with pytest.raises(LookupError, match="fitter"):
        fitting().check({})
    with pytest.raises(LookupError, match="message"):
        fitting().check({"fitter": Fitter(), "message": "taken"})


def test_a_parameter_without_a_context_is_found_at_import() -> None:
    async def light(lit: LampLitV1, fitter: Fitter) -> None:
        fitter.asked.append(lit.lamp_id)

    with pytest.raises(TypeError, match="fitter has no Context"):
        Reactions("lamps").told(LampLitV1)(light)
