"""Kafka's own command-line tools, from its jars: `kafka-acls.sh` and `kafka-configs.sh` as its distribution has them."""

import hashlib
import shlex
from pathlib import Path

from chassis.embedded.jars import KAFKA, cache, jars_folder
from chassis.embedded.kafka import SHORT_LIVED, java
from jgo.maven import MavenContext

DIGEST = "62f3c5dd7aa3442d4c5bc6a95f86e2502178ea09de8e27f74d9563bf955e253c"
CLASSES = {
    "kafka-acls.sh": "org.apache.kafka.tools.AclCommand",
    "kafka-configs.sh": "kafka.admin.ConfigCommand",
}


def tools(folder: Path) -> Path:
    """A folder with both; the broker's jars must be there already, and lack only the one that is fetched here."""
    classpath = f"{jar()}:{jars_folder()}/*"
    for name, main in CLASSES.items():
        call = shlex.join(
            (
                str(java()),
                "-Xmx64m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                *SHORT_LIVED,
                "-cp",
                classpath,
                main,
            )
        )
        (folder / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def jar() -> Path:
    kept = cache() / f"kafka-tools-{KAFKA}.jar"
    if not kept.exists():
        fetched = MavenContext(repo_cache=cache() / "kafka-tools")
        found = fetched.project("org.apache.kafka", "kafka-tools").at_version(KAFKA).artifact().resolve()
        assert hashlib.sha256(found.read_bytes()).hexdigest() == DIGEST
        found.replace(kept)
    return kept
