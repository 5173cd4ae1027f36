"""Nothing that a supervisor started outlives it for long, however it ends."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from chassis.embedded.program import Program, spawn
from chassis.testing.waiting import eventually
from opblok.supervision.leftovers import end_leftovers
from opblok.supervision.lock import AlreadyRunning, held, is_held
from opblok.supervision.seen import PartSeen, Seen, State, living, read, write

PARENT = """
import sys, time, pathlib
from chassis.embedded.program import Program, spawn
child = spawn(Program("child", (sys.executable, "-c", "import time; time.sleep(60)"), pathlib.Path(sys.argv[1])))
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
async def test_children_end_with_their_parent(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT, str(tmp_path / "log")), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    assert psutil.pid_exists(child)

    parent.kill()
    await parent.wait()

    await eventually(lambda: not psutil.pid_exists(child) or is_zombie(child))


def is_zombie(pid: int) -> bool:
    return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def left_over(tmp_path: Path) -> "tuple[subprocess.Popen[bytes], Seen]":
    argv = (sys.executable, "-c", "import time; time.sleep(60)")
    process = spawn(Program("orders", argv, tmp_path / "log"), if_parent_dies=signal.SIGKILL)
    born = psutil.Process(process.pid).create_time()
    return process, Seen("up", parts=(PartSeen("orders", State.READY, "", "", process.pid, born),))


def test_leftovers_are_ended_before_a_new_start(tmp_path: Path) -> None:
    process, seen = left_over(tmp_path)
    write(seen, tmp_path / "seen.json")

    ended = end_leftovers(read(tmp_path / "seen.json"))

    assert ended == ["orders"]
    assert seen.parts[0].process() is None
    assert process.poll() is not None


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    process, seen = left_over(tmp_path)
    assert seen.parts[0].born is not None

    assert living(process.pid, seen.parts[0].born - 3600) is None
    assert end_leftovers(Seen("up", parts=(PartSeen("x", State.READY, "", "", process.pid, 1.0),))) == []
    assert process.poll() is None
    process.kill()


def test_one_home_has_one_supervisor(tmp_path: Path) -> None:
    lock = tmp_path / "run" / "lock"

    with held(lock):
        assert is_held(lock)
        with pytest.raises(AlreadyRunning), held(lock):
            pass

    assert not is_held(lock)


def test_what_can_be_seen_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "run" / "seen.json"
    write(Seen("up", mongo="mongodb://user:secret@somewhere"), file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["phase"] == "up"
    assert time.time() - (read(file) or Seen("")).since < 60
