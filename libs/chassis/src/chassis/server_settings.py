"""Settings of the servers that opblok stands on: Kafka and MongoDB."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from chassis.environment import Settings


class KafkaSettings(Settings):
    """Where Kafka is, and how to speak to it."""

    model_config = SettingsConfigDict(env_prefix="OPBLOK_KAFKA_", populate_by_name=True)

    servers: str = Field(
        default="127.0.0.1:19092",
        validation_alias="OPBLOK_KAFKA",
        description="Bootstrap servers of Kafka, `host:port`, parted by commas.",
    )
    security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="Security protocol of Kafka."
    )
    mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="SASL mechanism, with SASL_PLAINTEXT or SASL_SSL."
    )
    username: str | None = Field(default=None, description="SASL user.")
    password: SecretStr | None = Field(default=None, description="SASL password.")
    password_file: Path | None = Field(default=None, description="File that holds the SASL password.")
    ca_file: Path | None = Field(
        default=None, description="PEM file of the authority that signed the brokers."
    )
    cert_file: Path | None = Field(
        default=None, description="PEM file of the client's certificate (mutual TLS)."
    )
    key_file: Path | None = Field(default=None, description="PEM file of the client's key (mutual TLS).")
    session_timeout: float = Field(
        default=10.0,
        ge=1,
        le=300,
        description="Seconds after which Kafka gives a silent consumer's partitions to others.",
    )
    group: str | None = Field(default=None, description="Consumer group; the service's name when not given.")


class MongoSettings(Settings):
    """Where MongoDB is."""

    mongo: SecretStr = Field(
        default=SecretStr("mongodb://127.0.0.1:27217/?replicaSet=rs0"),
        description="Connection string of MongoDB (a replica set), credentials included.",
    )
    mongo_file: Path | None = Field(default=None, description="File that holds the connection string.")
    mongo_ca_file: Path | None = Field(
        default=None, description="PEM file of the authority that signed MongoDB (TLS)."
    )
    mongo_cert_file: Path | None = Field(
        default=None, description="PEM file of certificate and key (mutual TLS)."
    )
    mongo_database_prefix: str = Field(
        default="opblok_",
        pattern=r"^[a-z][a-z0-9_]{0,30}$",
        description="Each service's database is this and its name.",
    )
