"""The one folder where everything of an embedded opblok lives."""

import os
from dataclasses import dataclass
from pathlib import Path

NAME = ".opblok"


@dataclass(frozen=True, slots=True)
class Home:
    """`data` and `secrets` must outlive everything; `run` means something only while the stack runs."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    @property
    def mailbox(self) -> Path:
        """Where messages to customers land as long as no gateway is set up."""
        return self.folder / "mailbox"

    @property
    def seen(self) -> Path:
        """What the supervisor lets be seen (`supervision.seen`)."""
        return self.folder / "run" / "seen.json"

    @property
    def lock(self) -> Path:
        return self.folder / "run" / "lock"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def home() -> Home:
    """OPBLOK_HOME, else `.opblok` of the project that the working directory is in."""
    given = os.environ.get("OPBLOK_HOME")
    if given:
        return Home(Path(given).expanduser().absolute())
    return Home(project(Path.cwd()) / NAME)


def project(start: Path) -> Path:
    """The nearest folder upwards with a data folder or the workspace's lock; else where we are."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_dir() or (folder / "requirements.lock").is_file():
            return folder
    return start
