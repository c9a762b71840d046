"""Which settings does this installation run with, and which line mends a wrong one?

Settings come from `PEERAPP_*` variables, then from `peerapp.toml` in the instance folder, then from
the defaults below. `PEERAPP_SECRET_KEY_FILE` (and `_FILE` for any other setting) reads it from a file.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

LANGUAGES = {"en": "English", "de": "Deutsch"}


class ConfigError(Exception):
    """A setting cannot be used; the message names the line that mends it."""


@dataclass(frozen=True)
class Config:
    """All settings of one installation. Paths are absolute; URLs have no trailing slash."""

    instance: Path
    database_url: str = ""
    secret_key: str = ""
    base_url: str = "http://localhost:8000"
    trusted_hosts: str = ""
    trusted_proxies: int = 0
    organisation: str = "Our company"
    language: str = "en"
    time_zone: str = "UTC"
    mail_url: str = "console:"
    mail_from: str = "peerapp@localhost"
    threads: int = 4
    streams: int = -1  # as many as the server has threads for: 200 in `peerapp serve`, none elsewhere
    identity_header: str = ""  # the header in which a proxy of this house says who asks; the counting box refuses it
    ballotbox: str = ""  # http://host:port of a counting box on another machine
    ballotbox_key: str = ""  # shared by the machines that use one box
    ballotbox_listen: str = ""  # host:port where this machine's box listens to the others
    testing: bool = False

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The host names this installation answers to."""
        return [self.main_host, *(self.further_hosts or ["localhost", "127.0.0.1"])]

    @property
    def main_host(self) -> str:
        """The host of the address people open."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def further_hosts(self) -> list[str]:
        """Those that trusted_hosts names."""
        return [name.strip() for name in self.trusted_hosts.split(",") if name.strip()]

    @property
    def sqlalchemy_url(self) -> str:
        """The database URL with the driver named."""
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def instance_folder(environ: Mapping[str, str] | None = None) -> Path:
    """The folder that PEERAPP_INSTANCE names, else `instance` in the current one."""
    env = os.environ if environ is None else environ
    return Path(env.get("PEERAPP_INSTANCE", "instance"))


def load(instance: Path, environ: Mapping[str, str] | None = None) -> Config:
    """Read and check the settings of the instance folder; makes the folder and the secret key on first use.

    Raises ConfigError.
    """
    env = os.environ if environ is None else environ
    instance = instance.absolute()
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The instance folder {instance} cannot be made: {error.strerror}. Name another one with PEERAPP_INSTANCE."
        ) from error
    given = _from_file(instance / "peerapp.toml") | _from_environment(env)
    config = Config(instance=instance, **_typed(given))
    if not config.database_url:
        config = replace(config, database_url=f"sqlite:///{instance / 'peerapp.sqlite'}")
    if not config.secret_key:
        config = replace(config, secret_key=_secret_key(instance / "secret_key"))
    _check(config)
    return config


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        return dict(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Run: chmod 600 {path}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f'{path} cannot be read: {error}. Lines look like: language = "en"') from error


def _from_environment(env: Mapping[str, str]) -> dict[str, object]:
    given: dict[str, object] = {}
    for name in _settable():
        key = f"PEERAPP_{name.upper()}"
        if key in env:
            given[name] = env[key]
        elif f"{key}_FILE" in env:
            path = Path(env[f"{key}_FILE"])
            if not path.is_file():
                raise ConfigError(f"{key}_FILE names {path}, which is not there. Make the file or unset {key}_FILE.")
            given[name] = _text_of(path, f"{key}_FILE")
    return given


def _text_of(path: Path, setting: str) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = "is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else f"cannot be read: {error.strerror}"
        raise ConfigError(f"{path}, which {setting} names, {why}. Make it readable, or name another file.") from error


def _settable() -> list[str]:
    return [field.name for field in fields(Config) if field.name not in {"instance", "testing"}]


def _typed(given: dict[str, object]) -> dict[str, Any]:
    types = {field.name: field.type for field in fields(Config)}
    typed: dict[str, Any] = {}
    for name, value in given.items():
        if name not in _settable():
            raise ConfigError(f"There is no setting called {name}. Remove that line from peerapp.toml.")
        if types[name] is int:
            try:
                typed[name] = int(str(value))
            except ValueError:
                raise ConfigError(f"{name} is a whole number. Write for example: {name} = 4") from None
        else:
            typed[name] = str(value).rstrip("/") if name == "base_url" else str(value)
    return typed


def _secret_key(path: Path) -> str:
    if path.exists():
        return _text_of(path, "secret_key")
    try:
        key = secrets.token_urlsafe(48)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(key)
    except OSError as error:
        raise ConfigError(
            f"The secret key {path} cannot be made: {error.strerror}. "
            f"Run peerapp as the user who owns {path.parent}, or name another folder with PEERAPP_INSTANCE."
        ) from error
    return key


def _check(config: Config) -> None:
    url = urlsplit(config.base_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise ConfigError('base_url is the address people open. Write: base_url = "https://peerapp.example.com"')
    if not config.database_url.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        raise ConfigError(
            "database_url names SQLite or PostgreSQL. Write: database_url = "
            '"postgresql://peerapp:password@localhost/peerapp", or leave it out for SQLite.'
        )
    if config.language not in LANGUAGES:
        raise ConfigError(f'language is one of {", ".join(LANGUAGES)}. Write: language = "en"')
    if config.time_zone not in available_timezones():
        raise ConfigError('time_zone is a name such as Europe/Berlin. Write: time_zone = "Europe/Berlin"')
    if len(config.secret_key) < 32:  # noqa: PLR2004 - the one place that knows this number
        raise ConfigError("secret_key is too short. Delete the file secret_key; a new one is made at the next start.")
    if not config.mail_url.startswith("console:") and not _is_mail_server(config.mail_url):
        raise ConfigError(
            "mail_url is console: or a server. Write: "
            'mail_url = "smtp://user:password@mail.example.com:587" (in a password / is %2F, # is %23, ? is %3F, % is %25)'
        )
    _check_ballotbox(config)
    if not config.identity_header.replace("-", "").isalnum() and config.identity_header:
        raise ConfigError('identity_header is the name of a header. Write: identity_header = "X-Remote-User"')
    if config.threads < 1:
        raise ConfigError("threads is at least 1. Write: threads = 4")
    if config.streams < -1:
        raise ConfigError("streams is a number of open pages, 0 for none. Write: streams = 200")


def _check_ballotbox(config: Config) -> None:
    if (config.ballotbox or config.ballotbox_listen) and len(config.ballotbox_key) < 32:  # noqa: PLR2004 - as above
        raise ConfigError(
            "ballotbox_key is the secret that machines with one counting box share, at least 32 characters. "
            "Make one with: openssl rand -hex 32"
        )
    if config.ballotbox and (
        not config.ballotbox.startswith(("http://", "https://")) or not _has_good_port(config.ballotbox)
    ):
        raise ConfigError(
            'ballotbox is the address of the other machine\'s box. Write: ballotbox = "http://10.0.0.5:8100"'
        )
    if config.ballotbox and config.ballotbox_listen:
        raise ConfigError("ballotbox and ballotbox_listen exclude each other: the box stands on one machine only.")
    listen = config.ballotbox_listen
    if listen and (not listen.partition(":")[0] or not _has_good_port(f"//{listen}") or ":" not in listen):
        raise ConfigError('ballotbox_listen is a host and a port. Write: ballotbox_listen = "10.0.0.5:8100"')


def _is_mail_server(url: str) -> bool:
    """A bare / # or ? in a password would cut the address short before its host."""
    scheme, _, rest = url.partition("://")
    return scheme in {"smtp", "smtps"} and not set("/?#") & set(rest.rstrip("/")) and _has_good_port(url)


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False
