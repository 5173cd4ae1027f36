"""The table of wire.md 2, case by case."""

from collections.abc import Sequence

import httpx
import pytest
from aiokafka.errors import KafkaConnectionError
from chassis.blame import is_fault, reason
from chassis.envelopes import Unreadable
from chassis.faults import BusDown, Fault
from chassis.outcomes import (
    CONFLICTS,
    LONGEST_PAUSE,
    SURPRISES,
    Again,
    Done,
    Poison,
    Tries,
    Wait,
    growing,
    outcome,
)
from chassis.storing import Conflict, OutboxFull, Taken
from hypothesis import given
from hypothesis import strategies as st
from kernel.refusal import NotFound, Refusal
from pydantic import BaseModel, ValidationError
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    DuplicateKeyError,
    ExecutionTimeout,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    ServerSelectionTimeoutError,
    WTimeoutError,
)


class LampAlreadyLit(Refusal):
    rule = "R28"


class Lamp(BaseModel):
    watts: int


def answered(status: int) -> httpx.HTTPStatusError:
    request = httpx.Request("GET", "http://crm/customers")
    return httpx.HTTPStatusError("no", request=request, response=httpx.Response(status, request=request))


def misread() -> ValidationError:
    try:
        Lamp.model_validate({"watts": "call +79161234567"})
    except ValidationError as broken:
        return broken
    raise AssertionError


FAULTS = [
    Fault("crm is down"),
    BusDown("order.created"),
    OutboxFull("o-1"),
    AutoReconnect("gone"),
    NetworkTimeout("slow"),
    NotPrimaryError("election"),
    ServerSelectionTimeoutError("nobody"),
    ExecutionTimeout("slow", 50),
    WTimeoutError("slow", 64),
    OperationFailure("stepping down", 189),
    OperationFailure("disk full", 14031),
    BulkWriteError({"writeErrors": [], "writeConcernErrors": [{"code": 64}]}),
    KafkaConnectionError("gone"),
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("cut"),
    answered(503),
    answered(429),
    TimeoutError(),
    ConnectionResetError(),
    OSError("no route"),
    ExceptionGroup("both", [TimeoutError(), Fault("x")]),
]
DEFECTS = [
    KeyError("x"),
    ValueError("x"),
    AssertionError(),
    ZeroDivisionError(),
    DuplicateKeyError("twice", 11000),
    OperationFailure("bad update", 9),
    BulkWriteError({"writeErrors": [{"code": 11000}]}),
    answered(422),
    ExceptionGroup("one of each", [TimeoutError(), KeyError("x")]),
]
HOPELESS = [Unreadable("header ce_id missing"), LampAlreadyLit("it is lit"), NotFound("no lamp"), misread()]


def names(cases: Sequence[Exception]) -> list[str]:
    return [f"{type(each).__name__}-{number}" for number, each in enumerate(cases)]


def test_what_went_well_is_committed() -> None:
    assert outcome(None, Tries(faults=7)) == (Done(), Tries(faults=7))


@pytest.mark.parametrize("raised", FAULTS, ids=names(FAULTS))
def test_a_fault_is_waited_for_as_long_as_it_takes(raised: Exception) -> None:
    done, tries = outcome(raised, Tries(faults=10_000, surprises=SURPRISES - 1))

    assert isinstance(done, Wait)
    assert done.pause == LONGEST_PAUSE
    assert tries == Tries(faults=10_001, surprises=SURPRISES - 1)


@pytest.mark.parametrize("raised", DEFECTS, ids=names(DEFECTS))
def test_a_surprise_is_tried_five_times_and_then_a_dead_letter(raised: Exception) -> None:
    tries, seen = Tries(), list[type]()

    for _ in range(5):
        done, tries = outcome(raised, tries)
        seen.append(type(done))

    assert seen == [Again, Again, Again, Again, Poison]


@pytest.mark.parametrize("raised", HOPELESS, ids=names(HOPELESS))
def test_what_will_never_work_is_a_dead_letter_at_once(raised: Exception) -> None:
    done, _ = outcome(raised, Tries())

    assert isinstance(done, Poison)


@pytest.mark.parametrize("raised", [Conflict("o-1"), Taken("o-1")])
def test_a_lost_race_is_run_again_a_few_times_and_then_waited_for(raised: Conflict) -> None:
    tries, seen = Tries(), list[type]()

    for _ in range(CONFLICTS + 2):
        done, tries = outcome(raised, tries)
        seen.append(type(done))

    assert seen == [Again] * CONFLICTS + [Wait, Wait]


def test_faults_between_surprises_do_not_wear_out_patience() -> None:
    tries = Tries(surprises=SURPRISES - 2)

    for _ in range(50):
        _, tries = outcome(TimeoutError(), tries)
    done, _ = outcome(KeyError("x"), tries)

    assert isinstance(done, Again)


@given(st.integers(min_value=0, max_value=10**9))
def test_pauses_grow_and_never_exceed_half_a_minute(tries: int) -> None:
    assert 0 < growing(tries) <= growing(tries + 1) <= LONGEST_PAUSE


@given(st.text(min_size=12))
def test_a_reason_never_quotes_the_text_of_an_exception(text: str) -> None:
    for raised in (ValueError(text), KeyError(text), LampAlreadyLit(text)):
        assert text not in reason(raised)


def test_a_reason_names_the_place_of_a_defect() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0

    assert "test_what_is_done_with_an_outcome.py" in reason(caught.value)


def test_a_reason_names_the_rule_that_refused() -> None:
    assert reason(LampAlreadyLit("the lamp in the hall is lit")) == "refused: lamp-already-lit R28"


def test_a_reason_names_the_field_that_could_not_be_read_and_not_its_value() -> None:
    assert reason(misread()) == "Lamp: watts: int_parsing"


def test_an_empty_store_answer_is_no_fault() -> None:
    assert not is_fault(LookupError("nothing"))
