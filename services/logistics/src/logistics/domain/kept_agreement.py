"""Agreements as kept: each under the digest of what it says, written once and never again (R60)."""

from dataclasses import dataclass

from logistics.domain.agreement import Agreement


def agreement_key(carrier_id: str, digest: str) -> str:
    """Agreements are known by their carrier and what they say."""
    return f"{carrier_id}:{digest}"


@dataclass(frozen=True, slots=True)
class KeepAgreement:
    digest: str
    agreement: Agreement

    @property
    def key(self) -> str:
        return agreement_key(self.agreement.carrier_id, self.digest)


@dataclass(frozen=True, slots=True)
class AgreementKept:
    agreement: Agreement


def decide(command: KeepAgreement, kept: Agreement | None) -> list[AgreementKept]:
    """What lies under a digest stays."""
    return [] if kept is not None else [AgreementKept(command.agreement)]


def evolve(kept: Agreement | None, change: AgreementKept) -> Agreement:
    """It is as it was written."""
    return kept or change.agreement
