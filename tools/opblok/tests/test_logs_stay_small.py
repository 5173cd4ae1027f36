"""A log is rotated under the process that writes it."""

from pathlib import Path

from opblok.supervision.rotation import rotate


def test_a_large_log_moves_aside_and_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "orders.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"old " * 100)

        assert rotate(log, largest=100)
        writer.write(b"new")

    assert log.read_bytes() == b"new"
    assert (tmp_path / "orders.log.1").read_bytes() == b"old " * 100


def test_only_a_few_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "orders.log"
    for number in range(6):
        log.write_text(f"{number}" * 200)
        rotate(log, largest=100, kept=3)

    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "orders.log",
        "orders.log.1",
        "orders.log.2",
        "orders.log.3",
    ]
    assert (tmp_path / "orders.log.1").read_text()[0] == "5"


def test_a_small_log_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "orders.log"
    log.write_text("a line")

    assert not rotate(log)
