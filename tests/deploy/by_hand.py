"""The tree of an image, made by the steps of deploy/Dockerfile, and its service started from it as a user who owns nothing."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOBODY = 10001
INTERPRETERS = ("python3.11", "/usr/bin/python3.11", "/usr/bin/python3", "python3")


@dataclass(frozen=True)
class Tree:
    """`runs_as`: the words before a command that make it another user's, where this is root."""

    folder: Path
    runs_as: tuple[str, ...]

    @property
    def opblok(self) -> Path:
        return self.folder / "opblok"

    @property
    def content(self) -> list[str]:
        """Path of each file in the image."""
        lines = (self.folder / "content").read_text().splitlines()
        return [line.rpartition("  ./")[2] for line in lines]

    @contextmanager
    def running(
        self, command: Sequence[str], told: Mapping[str, str]
    ) -> "Generator[subprocess.Popen[bytes]]":
        """As a container would: these variables and no others, an empty folder to stand in."""
        standing = self.folder / "empty"
        standing.mkdir(exist_ok=True)
        path = f"{self.opblok}/bin:/usr/local/bin:/usr/bin:/bin"
        image = {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
        words, environment = [*self.runs_as, *command], {**image, **told}
        with (
            (self.folder / "said").open("ab") as said,
            subprocess.Popen(words, env=environment, cwd=standing, stdout=said, stderr=said) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def does(self, command: Sequence[str], told: Mapping[str, str] | None = None) -> int:
        with self.running(command, told or {}) as process:
            return process.wait(120)


@contextmanager
def built(service: str) -> Generator[Tree]:
    """In a folder that every user may enter."""
    above = Path(tempfile.mkdtemp(prefix="opblok-image-"))
    above.chmod(0o755)
    runs_as, python = somebody_else()
    try:
        subprocess.run(
            ["sh", "deploy/try_image_steps.sh", service, str(above / "of")],
            cwd=ROOT,
            env={**os.environ, "PYTHON": python},
            check=True,
        )
        yield Tree(above / "of", runs_as)
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(above)], check=False)
        shutil.rmtree(above, ignore_errors=True)


def somebody_else() -> tuple[tuple[str, ...], str]:
    """A user without rights and a Python he may run; ourselves, where we may not become another."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv:
        other = (setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
        for each in filter(None, map(shutil.which, INTERPRETERS)):
            tried = subprocess.run(
                [*other, each, "-c", "import venv, ensurepip"], capture_output=True, check=False
            )
            if tried.returncode == 0:
                return other, each
    return (), "python3"
