"""The chassis on real servers: what `compose` is given in production."""

import socket
from typing import Any, TypeVar
from uuid import uuid4

from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from chassis.auth.service_tokens import ServiceTokens
from chassis.auth.verifier import MongoKeptKeys, Verifier
from chassis.chassis import Listing
from chassis.claims import Claims, MongoClaims
from chassis.clock import Clock, MovableClock, SystemClock
from chassis.deadlines import DeadlineWorker, OnDeadline
from chassis.documents import Documents
from chassis.handling import Decider, Handler
from chassis.metrics import LATENESS
from chassis.mongo import MongoStore
from chassis.peers import HttpPeers
from chassis.publishing import KafkaPublisher
from chassis.relay import Relay
from chassis.settings import MongoSettings, ServiceSettings, SettingsProblem, secret
from chassis.vault import BadKeyRing, Vault

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")

PEERS = (
    "crm",
    "procurement",
    "orders",
    "logistics",
    "notifications",
    "quality",
    "claims",
    "telephony_router",
)


def connect(mongo: MongoSettings) -> AsyncMongoClient[dict[str, Any]]:
    """A client whose every write is on the majority's disks before it counts."""
    tls: dict[str, Any] = {}
    if mongo.mongo_ca_file or mongo.mongo_cert_file:
        tls = {"tls": True}
        tls |= {"tlsCAFile": str(mongo.mongo_ca_file)} if mongo.mongo_ca_file else {}
        tls |= {"tlsCertificateKeyFile": str(mongo.mongo_cert_file)} if mongo.mongo_cert_file else {}
    return AsyncMongoClient(
        mongo.mongo.get_secret_value(),
        w="majority",
        journal=True,
        tz_aware=True,
        serverSelectionTimeoutMS=5000,
        appname="opblok",
        **tls,
    )


class ServerChassis:
    """Kafka, MongoDB, the vault and the peers of one service, by its settings."""

    def __init__(self, service: str, settings: ServiceSettings) -> None:
        self.service = service
        self.settings = settings
        self.clock: Clock = MovableClock() if settings.mode == "development" else SystemClock()
        self.vault = _vault(settings)
        self.client = connect(settings.mongo)
        self.database: AsyncDatabase[dict[str, Any]] = self.client[
            settings.mongo.mongo_database_prefix + service
        ]
        self.publisher = KafkaPublisher(settings.kafka, client_id=f"opblok-{service}")
        self.relay = Relay(self.publisher)
        self.peers = _peers(service, settings)
        self.stores: list[MongoStore[Any]] = []
        self._owner = f"{service}@{socket.gethostname()}/{uuid4().hex[:8]}"

    def store(self, documents: Documents[S]) -> Listing[S]:
        """Where things of this kind are kept."""
        made = MongoStore(self.database, documents, self.vault, owner=self._owner)
        self.stores.append(made)
        return made

    def handler(self, decider: Decider[C, S, E], store: Listing[S]) -> Handler[C, S, E]:
        """The one way in for commands to these things."""
        outboxes = next(each for each in self.stores if each is store)
        return Handler(self.service, decider, store, self.relay.ear(outboxes))

    def claims(self, name: str) -> Claims:
        """One claim document per keyed hash."""
        return MongoClaims(self.database, name)

    def deadlines(self, store: Listing[Any], on_deadline: OnDeadline) -> DeadlineWorker:
        """A worker that hands over this store's passed deadlines."""
        due = next(each for each in self.stores if each is store)

        def late(seconds: float) -> None:
            LATENESS.record(max(seconds, 0.0), {"service": self.service, "thing": due.name})

        return DeadlineWorker(self.service, due, self.clock, on_deadline, lateness=late)

    def verifier(self) -> Verifier:
        """Believes the issuers of the settings."""
        auth = self.settings.auth
        return Verifier(auth.issuers.split(","), auth.audience, kept=MongoKeptKeys(self.database))


def _vault(settings: ServiceSettings) -> Vault:
    try:
        return Vault.parse(settings.vault.ring())
    except BadKeyRing as wrong:
        raise SettingsProblem(f"OPBLOK_VAULT_KEYS: {wrong}") from wrong


def _peers(service: str, settings: ServiceSettings) -> HttpPeers:
    auth, peers = settings.auth, settings.peers

    def client_secret() -> str:
        remedy = "It is the secret of this service's client at the issuer (crm)."
        return secret(auth.client_secret, auth.client_secret_file, "OPBLOK_CLIENT_SECRET", remedy=remedy)

    tokens = ServiceTokens(auth.token_url, auth.client_id or service, client_secret)
    urls = {name: peers.url_of(name) for name in PEERS}
    return HttpPeers(urls, tokens, timeout=peers.peer_timeout, attempts=peers.peer_attempts)
