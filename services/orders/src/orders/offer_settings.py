"""Settings of offers, their links, and bonuses."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from chassis.settings import Settings, Url
from pydantic import Field, SecretStr

from orders.domain.policies import USUAL


class OfferSettings(Settings):
    """What is offered instead of missing goods, for how long, and where the customer answers."""

    offer_lasts: timedelta = Field(
        default=USUAL.offer_lasts,
        gt=timedelta(),
        description="How long a substitute is offered for, unless said otherwise (real time, P3D).",
    )
    bonus_max_share: Decimal = Field(
        default=USUAL.bonus_max_share, ge=0, le=1, description="What share of the goods bonuses may pay."
    )
    public_url: Url = Field(
        default="http://127.0.0.1:8103", description="Address at which customers reach orders' /answers."
    )
    link_key: SecretStr | None = Field(
        default=None,
        description="Key ring `id:key,id2:key2` of the links by which customers answer offers; the first key signs, all are"
        " believed. Make one: `opblok keys generate`. Without it offers go out without a link.",
    )
    link_key_file: Path | None = Field(default=None, description="File that holds the key ring of links.")
