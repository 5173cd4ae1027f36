"""Kafka's jars: resolved once from Maven's repository, checked against pinned digests, kept in the user's cache."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from chassis.embedded.unable import CannotStart

KAFKA = "4.3.1"
COORDINATES = f"org.apache.kafka:kafka_2.13:{KAFKA}+org.slf4j:slf4j-simple:1.7.36"
PINNED = Path(__file__).with_name("kafka-jars.sha256")

Progress = Callable[[str, float], None]
"""Told what is being done and how much of it is done, 0.0 to 1.0."""


Downloading = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Told the name and size of a file that comes, in bytes; what it gives is told each piece."""


def quiet(what: str, done: float) -> None:
    """Progress that nobody watches."""


def cache() -> Path:
    """Where downloads are kept for all checkouts of this user."""
    given = os.environ.get("OPBLOK_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "opblok"


def pinned(file: Path = PINNED) -> dict[str, str]:
    """Digest by file name."""
    lines = (line.split() for line in file.read_text().splitlines())
    return {name: digest for digest, name in lines}


def jars_folder() -> Path:
    """Where the jars are, or will be."""
    return cache() / f"kafka-{KAFKA}"


def kafka_jars(progress: Progress = quiet) -> Path:
    """The folder, with exactly the pinned jars in it. The first time it takes a download of 44 MB."""
    folder, wanted = jars_folder(), pinned()
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        fetch(folder, wanted, progress)
    return folder


def fetch(folder: Path, wanted: dict[str, str], progress: Progress) -> None:
    """Resolve into a scratch repository; a jar appears in the folder only whole and with the right digest."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise CannotStart(f"{folder} can't be made: {refused.strerror}.", "set OPBLOK_CACHE.") from refused
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as scratch:
        for jar in resolve(Path(scratch), len(wanted), progress):
            if jar.name in wanted:
                check(jar, wanted[jar.name])
                jar.replace(folder / jar.name)
    missing = sorted(name for name in wanted if not (folder / name).is_file())
    if missing:
        shutil.rmtree(folder)
        raise CannotStart(f"The repository gave no {', '.join(missing)}.", "try again; else report it.")


def check(jar: Path, digest: str) -> None:
    """Whoever serves the jars, they are the ones this version was tested with."""
    if hashlib.sha256(jar.read_bytes()).hexdigest() != digest:
        raise CannotStart(
            f"{jar.name} as downloaded is not the one that is pinned.",
            "try again; if it stays so, the repository or a proxy alters files: set OPBLOK_MAVEN to another one.",
        )


def resolve(scratch: Path, expected: int, progress: Progress) -> list[Path]:
    """All jars of Kafka's dependency tree, downloaded by jgo."""
    counted = Counted(expected, progress)
    with unreachable("Kafka's jars", "OPBLOK_KAFKA to a running Kafka"):
        from jgo.env import EnvironmentBuilder, LinkStrategy

        context = maven(scratch, counted.downloading)
        builder = EnvironmentBuilder(context=context, cache_dir=scratch, link_strategy=LinkStrategy.HARD)
        return [Path(jar) for jar in builder.from_endpoint(COORDINATES).all_jars]


def maven(scratch: Path, downloading: Downloading) -> Any:
    """The repository, with its cache in the scratch folder."""
    from jgo.maven import MavenContext, PythonResolver

    mirror = os.environ.get("OPBLOK_MAVEN")
    return MavenContext(
        repo_cache=scratch / "repository",
        resolver=PythonResolver(progress_callback=downloading),
        remote_repos={"mirror": mirror} if mirror else None,
    )


@contextmanager
def unreachable(what: str, instead: str) -> Generator[None]:
    """What goes wrong while fetching, in words and with a remedy."""
    try:
        yield
    except ImportError as absent:
        raise CannotStart(
            "The `embedded` group of dependencies is not installed.", f"make env, or set {instead}."
        ) from absent
    except (OSError, RuntimeError) as failed:
        raise CannotStart(
            f"{what} could not be fetched: {type(failed).__name__}: {str(failed)[:300]}",
            "check the network (HTTPS_PROXY, REQUESTS_CA_BUNDLE), set OPBLOK_MAVEN to a reachable Maven repository,"
            f" or {instead}.",
        ) from failed


class Counted:
    """Turns the resolver's reports of single files into progress of the whole."""

    def __init__(self, expected: int, progress: Progress) -> None:
        self._expected, self._progress, self._done = expected, progress, 0

    @contextmanager
    def downloading(self, name: str, size: int) -> Generator[Callable[[int], None]]:
        if name.endswith(".jar"):
            what = f"fetching Kafka's jars: {name} ({size // 1024} KB)"
        else:
            what = "looking up Kafka's jars"
        self._progress(what, min(1.0, self._done / self._expected))
        yield lambda _: None
        if name.endswith(".jar"):
            self._done += 1
