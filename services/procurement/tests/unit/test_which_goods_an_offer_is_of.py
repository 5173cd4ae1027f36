import pytest
from hypothesis import given
from hypothesis import strategies as st
from procurement.domain.product import LONGEST, is_worldwide_gtin, product_id, slug


@pytest.mark.parametrize("barcode", ["4006381333931", "96385074", "036000291452", "00012345600012"])
def test_a_worldwide_barcode_names_the_goods(barcode: str) -> None:
    assert product_id("brass", "1", barcodes=("", barcode), vendor="Any") == f"gtin-{barcode.zfill(14)}"


@pytest.mark.parametrize(
    "barcode",
    ["4006381333932", "2000000000008", "0400638133393", "12345", "0000000000000", "٤٠٠٦٣٨١٣٣٣٩٣١", ""],
)
def test_a_wrong_or_home_made_barcode_names_nothing(barcode: str) -> None:
    assert not is_worldwide_gtin(barcode)


def test_the_vendors_code_is_next_and_the_model_after_it() -> None:
    assert product_id("s", "1", vendor="Brass", vendor_code="B-7", model="Lamp") == "brass-b-7"
    assert product_id("s", "1", vendor="Bernina", model="Bernina Bernette E56") == "bernina-bernette-e56"
    assert product_id("s", "1", vendor="Чайка", model="Лампа Щит") == "chayka-lampa-shchit"


def test_offers_of_two_suppliers_meet_at_one_product() -> None:
    assert product_id("a", "1", vendor="BRASS", vendor_code="b 7") == product_id(
        "b", "9", vendor="Brass", vendor_code="B-7"
    )


def test_what_nobody_else_can_know_stays_the_suppliers_own() -> None:
    assert product_id("brass", "17", model="Catalogue") == "brass:17"
    assert product_id("brass", "A/1") != product_id("brass", "A-1")
    assert product_id("brass", "17") != product_id("slow", "17")


@given(st.text(max_size=300), st.text(min_size=1, max_size=100))
def test_a_name_is_always_short_and_may_stand_in_a_path(vendor: str, code: str) -> None:
    name = product_id("brass", code, vendor=vendor, vendor_code=code, model=vendor)

    assert 0 < len(name) <= LONGEST + len("brass:")
    assert all(each.isascii() and (each.isalnum() or each in "-:") for each in name)


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)
