"""What is nobody's fault in the business: something outside is down for now. Whoever meets one waits and tries again."""


class Fault(Exception):
    """Base of faults that are ours to name, e.g. a peer that is down. Its text holds no personal data."""


class BusDown(Fault):
    """Kafka did not acknowledge in time. The record may have been written all the same: *unknown*, not *failed*."""
