"""What reading measures. Names as on the shared dashboards; no attribute ever holds an id."""

from opentelemetry import metrics

_meter = metrics.get_meter("chassis.lanes")

reactions = _meter.create_counter(
    "opblok.reactions",
    "{record}",
    "Records by type and outcome: done, again, wait, poison, unknown, passed_over",
)
duration = _meter.create_histogram(
    "opblok.reactions.duration",
    "s",
    "How long one try of a reaction took",
    explicit_bucket_boundaries_advisory=[
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1.0,
        2.5,
        5.0,
        10.0,
        30.0,
        120.0,
    ],
)
waiting = _meter.create_up_down_counter(
    "opblok.lanes.waiting", "{lane}", "Lanes that wait for a fault to pass"
)
lag = _meter.create_gauge("opblok.consumer.lag", "{record}", "Records of a topic that are not settled yet")
dead_letters = _meter.create_counter("opblok.dead_letters", "{record}", "Records put into the dead letters")
