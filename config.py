"""The settings, read once from the environment into a frozen value; an unsafe production is refused."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from click import ClickException

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
HIGHEST_PORT = 65_535
MOST_PROXIES = 9
YES, NO = frozenset({"1", "yes", "true", "on"}), frozenset({"0", "no", "false", "off"})


class UnsafeSetting(ClickException):
    """A setting that must not be used as it stands; the message says what to do instead.

    As a ClickException every command ends with the sentence and status 1, not with a traceback.
    """


class Environment(StrEnum):
    """What this installation is for."""

    DEMONSTRATION = "demonstration"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations. Each has its line in the README."""

    environment: Environment
    database_url: str
    secret_key: str
    demonstration_sign_in: bool
    host: str = "127.0.0.1"
    port: int = 5000
    trusted_proxies: int = 0  # how many of ours stand between the visitor and us, each adding to X-Forwarded-For
    base_url: str = "http://127.0.0.1:5000"
    mail: str = "console"  # or off, a folder as file:///path, a server as smtp:// or smtps://
    mail_from: str = ""
    oidc_issuer: str = ""  # "" for no provider of identities
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path = ROOT) -> Settings:
        """Read the settings; raise UnsafeSetting where one is missing, unreadable or dangerous."""
        environment = _environment(environ.get("REDRAFT_ENV", ""))
        return cls(
            environment=environment,
            database_url=_database_url(environ.get("DATABASE_URL", ""), root),
            secret_key=_secret_key(environ.get("SECRET_KEY", ""), environment, root),
            demonstration_sign_in=_demonstration_sign_in(environ.get("REDRAFT_DEMONSTRATION_SIGN_IN", ""), environment),
            host=environ.get("REDRAFT_HOST", "") or "127.0.0.1",
            port=_port(environ.get("PORT", "")),
            trusted_proxies=_trusted_proxies(environ.get("REDRAFT_TRUSTED_PROXIES", "")),
            base_url=_base_url(environ.get("REDRAFT_BASE_URL", ""), environment, _served_at(environ)),
            mail=_mail(environ.get("REDRAFT_MAIL", ""), environment, root),
            mail_from=_mail_from(environ.get("REDRAFT_MAIL_FROM", "")),
            oidc_issuer=_oidc_issuer(environ.get("REDRAFT_OIDC_ISSUER", ""), environment),
            oidc_client_id=_with_issuer(environ, "CLIENT_ID", environ.get("REDRAFT_OIDC_CLIENT_ID", "")),
            oidc_client_secret=_with_issuer(environ, "CLIENT_SECRET", environ.get("REDRAFT_OIDC_CLIENT_SECRET", "")),
            oidc_name=_with_issuer(environ, "NAME", environ.get("REDRAFT_OIDC_NAME", "")),
        )

    @property
    def production(self) -> bool:
        """Whether real decisions are taken here."""
        return self.environment is Environment.PRODUCTION

    @property
    def sender(self) -> str:
        """The address that messages come from; where none was set, redraft at the host of the site."""
        return self.mail_from or f"redraft@{urlsplit(self.base_url).hostname}"

    def for_flask(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_NAME": "redraft",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.production,
            "SESSION_REFRESH_EACH_REQUEST": False,  # else every stylesheet would carry a cookie that a cache may keep
            "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
            "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a text left open overnight can still be sent
            "WTF_CSRF_SSL_STRICT": self.production,
        }


def _environment(value: str) -> Environment:
    try:
        return Environment(value or Environment.DEVELOPMENT)
    except ValueError:
        known = ", ".join(Environment)
        raise UnsafeSetting(f"REDRAFT_ENV is {value!r}; it must be one of: {known}.") from None


def _database_url(value: str, root: Path) -> str:
    """The address of the database; without one, a file beside the code, in a folder that only its owner reads."""
    if value:
        return value
    return f"sqlite:///{_instance(root) / 'redraft.sqlite3'}"


def _secret_key(value: str, environment: Environment, root: Path) -> str:
    if environment is not Environment.PRODUCTION:
        return value or _kept_secret(_instance(root) / "secret-key")
    if len(value) < SHORTEST_SECRET:
        raise UnsafeSetting(
            f"SECRET_KEY is {'too short' if value else 'missing'}: production needs one of at least {SHORTEST_SECRET} "
            "characters that nobody knows. Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return value


def _kept_secret(path: Path) -> str:
    """The key of this working copy: made once, readable by its owner only, kept so that sessions survive a restart.

    It is written beside its place and then linked there, so that of two first starts neither reads half a key.
    """
    if not path.is_file():
        with NamedTemporaryFile("w", dir=path.parent) as made, suppress(FileExistsError):
            made.write(secrets.token_hex(32))
            made.flush()
            os.link(made.name, path)
    return path.read_text()


def _instance(root: Path) -> Path:
    folder = root / "instance"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _demonstration_sign_in(value: str, environment: Environment) -> bool:
    """Signing in as anybody with one click: only where that was asked for, never where it would be a catastrophe."""
    wanted = _yes("REDRAFT_DEMONSTRATION_SIGN_IN", value, default=environment is Environment.DEMONSTRATION)
    if wanted and environment is Environment.PRODUCTION:
        raise UnsafeSetting(
            "REDRAFT_DEMONSTRATION_SIGN_IN lets anybody act as any member without a password, so production refuses "
            "to start with it. Unset it, or set REDRAFT_ENV=demonstration if this is not a real organisation."
        )
    return wanted


def _served_at(environ: Mapping[str, str]) -> str:
    return f"http://{environ.get('REDRAFT_HOST') or '127.0.0.1'}:{environ.get('PORT') or 5000}"


def _split(name: str, value: str) -> SplitResult:
    try:
        found = urlsplit(value)
        _ = found.port  # only asking for it tells whether it is a number
    except ValueError:
        raise UnsafeSetting(f"{name} is no address: its host or its port cannot be read.") from None
    return found


def _base_url(value: str, environment: Environment, served_at: str) -> str:
    """Where members find us: what links in messages begin with. Production cannot guess it."""
    found = _split("REDRAFT_BASE_URL", value)
    if value and (found.scheme not in {"http", "https"} or not found.hostname or found.query or found.fragment):
        raise UnsafeSetting(f"REDRAFT_BASE_URL is {value!r}; it must be an address as https://redraft.example.org.")
    if environment is Environment.PRODUCTION and found.scheme != "https":
        raise UnsafeSetting(
            f"REDRAFT_BASE_URL is {'not https' if value else 'missing'}: links in messages begin with it, so production "
            "needs the address at which members reach it, as https://redraft.example.org."
        )
    return (value or served_at).rstrip("/")


def _mail(value: str, environment: Environment, root: Path) -> str:
    """How messages leave. In production they must; of an invented organisation none may."""
    found = _split("REDRAFT_MAIL", value)
    scheme = found.scheme or value
    if scheme not in {"", "off", "console", "file", "smtp", "smtps"}:
        # Not quoted: there may be a password in it.
        raise UnsafeSetting("REDRAFT_MAIL must be smtp://..., smtps://..., file, console or off.")
    if scheme in {"smtp", "smtps"} and not found.hostname:
        raise UnsafeSetting(
            "REDRAFT_MAIL names no mail server; it must be as smtp://user:password@mail.example.org:587."
        )
    if environment is Environment.PRODUCTION and scheme in {"", "off", "console"}:
        raise UnsafeSetting(
            f"REDRAFT_MAIL is {scheme or 'missing'}: production must reach its members, who sign in by a link and have a "
            "right to notice. Set it to smtp://user:password@mail.example.org:587, or to file for another programme to send."
        )
    if environment is Environment.DEMONSTRATION and scheme in {"smtp", "smtps"}:
        raise UnsafeSetting("REDRAFT_MAIL is a mail server, and a demonstration mails nobody; use file or console.")
    if value == "file":
        return (_instance(root) / "mail").as_uri()
    return value or "console"


def _mail_from(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", value):
        raise UnsafeSetting(f"REDRAFT_MAIL_FROM is {value!r}; it must be an address alone, as redraft@example.org.")
    return value


def _oidc_issuer(value: str, environment: Environment) -> str:
    """Who vouches for members, if anybody does; over https, because its word signs them in."""
    found = _split("REDRAFT_OIDC_ISSUER", value)
    plain = found.scheme == "http" and environment is not Environment.PRODUCTION
    if value and not ((found.scheme == "https" or plain) and found.hostname):
        raise UnsafeSetting(f"REDRAFT_OIDC_ISSUER is {value!r}; it must be an address as https://accounts.example.org.")
    return value.rstrip("/")


def _with_issuer(environ: Mapping[str, str], name: str, value: str) -> str:
    """A setting that goes with REDRAFT_OIDC_ISSUER, and with nothing else."""
    if bool(value) != bool(environ.get("REDRAFT_OIDC_ISSUER")):
        raise UnsafeSetting(
            f"REDRAFT_OIDC_{name} is {'set' if value else 'missing'}: set it, REDRAFT_OIDC_ISSUER and the other two, or none."
        )
    return value


def _yes(name: str, value: str, *, default: bool) -> bool:
    if not value:
        return default
    if value.lower() not in YES | NO:
        raise UnsafeSetting(f"{name} is {value!r}; it must be yes or no.")
    return value.lower() in YES


def _trusted_proxies(value: str) -> int:
    """One too many would let every visitor say which address they come from, and be limited under another each time."""
    if not re.fullmatch(f"[0-{MOST_PROXIES}]?", value):
        raise UnsafeSetting(
            f"REDRAFT_TRUSTED_PROXIES is {value!r}; it must be how many proxies of yours a request passes, from 0 to "
            f"{MOST_PROXIES}: 1 behind one reverse proxy."
        )
    return int(value or 0)


def _port(value: str) -> int:
    if not value:
        return 5000
    if not value.isdigit() or not 0 < int(value) <= HIGHEST_PORT:
        raise UnsafeSetting(f"PORT is {value!r}; it must be a number from 1 to 65535.")
    return int(value)
