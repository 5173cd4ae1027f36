"""What reading measures. Names as on the shared dashboards; no attribute ever holds an id."""

from opentelemetry import metrics

_meter = metrics.get_meter("chassis.lanes")

reactions = _meter.create_counter(
    "opblok.reactions", "1", "Records by type and outcome: done, again, wait, poison, unknown, passed_over"
)
duration = _meter.create_histogram("opblok.reactions.duration", "s", "How long one try of a reaction took")
waiting = _meter.create_up_down_counter("opblok.lanes.waiting", "1", "Lanes that wait for a fault to pass")
lag = _meter.create_gauge("opblok.consumer.lag", "1", "Records of a topic that are not settled yet")
dead_letters = _meter.create_counter("opblok.dead_letters", "1", "Records put into the dead letters")
