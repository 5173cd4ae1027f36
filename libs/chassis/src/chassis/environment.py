"""Reading settings from environment variables, and saying what is wrong with one.

A secret may stand in a file: `<VARIABLE>_FILE` names it; the variable itself wins. What is wrong is told by the
variable's name and meaning, never by its value.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

T = TypeVar("T")
FILE = "_file"


class SettingsProblem(Exception):
    """A setting is missing or wrong; the text names the variable and the remedy."""


class Settings(BaseSettings):
    """What all settings classes share: prefix `OPBLOK_`, read once, frozen."""

    model_config = SettingsConfigDict(
        env_prefix="OPBLOK_", frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    def __init__(self, **given: Any) -> None:
        """Raise `SettingsProblem` when a value can't be taken."""
        try:
            super().__init__(**given)
        except ValidationError as wrong:
            raise SettingsProblem("\n".join(_told(type(self), each) for each in wrong.errors())) from None

    @model_validator(mode="before")
    @classmethod
    def secrets_from_files(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A secret that is not given itself, and stands in a file, is read from there."""
        for name in cls.model_fields:
            path = given.get(name + FILE)
            if path and not given.get(name) and name + FILE in cls.model_fields:
                given[name] = SecretStr(_contents(Path(path), variable(cls, name + FILE)))
        return given

    def problems(self) -> list[str]:
        """What else is wrong, beyond these values."""
        return []


def variable(settings: type[Settings], name: str) -> str:
    """The environment variable of a field, by the field's name or its alias."""
    field = settings.model_fields.get(name)
    if field is not None and field.validation_alias is not None:
        return str(field.validation_alias)
    return name if field is None else f"{settings.model_config.get('env_prefix', '')}{name}".upper()


def secret(value: SecretStr | None, file: Path | None, name: str, *, remedy: str) -> str:
    """A secret from its variable or its file; raise `SettingsProblem` when there is none."""
    if value is not None:
        return value.get_secret_value()
    if file is None:
        raise SettingsProblem(f"{name} (or {name}_FILE) is not set. {remedy}")
    return _contents(file, f"{name}_FILE")


def read(settings: Callable[[], T]) -> T:
    """Read settings, or stop the process with one message a person can act on: all that is wrong, at once."""
    try:
        made = settings()
    except SettingsProblem as wrong:
        stop(str(wrong))
    if isinstance(made, Settings) and (problems := made.problems()):
        stop("\n".join(problems))
    return made


def stop(message: str) -> NoReturn:
    """Say what is wrong and leave, without a traceback."""
    sys.stderr.write(
        f"opblok can't start:\n{message}\nAll settings: docs/settings.md or `opblok settings`.\n"
    )
    raise SystemExit(2)


def described(settings: type[Settings]) -> list[tuple[str, str, str, str]]:
    """Rows (variable, type, default, meaning) of a settings class, for the documentation."""
    return [
        (variable(settings, name), _kind(field), _default(field), field.description or "")
        for name, field in settings.model_fields.items()
    ]


def _kind(field: FieldInfo) -> str:
    text = str(field.annotation)
    if "[" in text or "|" in text:
        return text.replace("typing.", "").replace("pydantic.types.", "").replace("pathlib.", "")
    return getattr(field.annotation, "__name__", text)


def _default(field: FieldInfo) -> str:
    if field.is_required() or field.default is None:
        return ""
    return field.default.get_secret_value() if isinstance(field.default, SecretStr) else str(field.default)


def _told(settings: type[Settings], error: Any) -> str:
    """One error in words: the variable, what is wrong with its value, what the variable means."""
    loc = error["loc"] or ("settings",)
    names = {field.validation_alias: name for name, field in settings.model_fields.items()}
    field = settings.model_fields.get(names.get(loc[0], str(loc[0])))
    why = "it is not set" if error["type"] == "missing" else error["msg"].removeprefix("Value error, ")
    meaning = f" It means: {field.description}" if field and field.description else ""
    return f"{variable(settings, str(loc[0]))}: {why}.{meaning}"


def _contents(file: Path, name: str) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "it is not text"
        raise SettingsProblem(f"{name}: {file} can't be read: {why}.") from wrong
