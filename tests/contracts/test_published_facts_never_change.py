"""A published fact keeps its shape: somebody reads it as it was when it was frozen."""

import pytest
from contracts.catalogue import facts, folder, frozen_schema_of, schema_of
from contracts.fact import Fact
from contracts.shape import shape


@pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.type)
def test_a_published_fact_keeps_its_shape(fact: type[Fact]) -> None:
    assert (folder("schemas") / f"{fact.type}.json").exists(), "new? python -m contracts.freeze"

    assert shape(schema_of(fact)) == shape(frozen_schema_of(fact)), "see contracts/README.md, Changing a fact"


def test_a_published_fact_never_goes_away() -> None:
    frozen = {path.stem for path in folder("schemas").glob("*.json")}

    assert frozen <= facts().keys()
