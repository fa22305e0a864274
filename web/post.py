"""The ways by which a letter leaves: a mail server, a folder, the console. REDRAFT_MAIL says which."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

import click

from services.sending import NoServer, NotTaken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from services.sending import Post

PATIENCE = 30.0  # seconds for each answer of a mail server
CLOSING, PERMANENT = 421, 500  # RFC 5321, 4.2.1 and 3.8
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@contextmanager
def opened(mail: str) -> Iterator[Post]:
    """What to post with, for the length of a round: a mail server is spoken to once for all that is due."""
    address = urlsplit(mail)
    if address.scheme not in {"smtp", "smtps"}:
        yield Folder(Path(unquote(address.path))) if address.scheme == "file" else console
        return
    server = Server(address)
    try:
        yield server
    finally:
        server.hang_up()


def console(message: EmailMessage) -> None:
    """Print a letter as its reader sees it, its links in one piece."""
    head = "\n".join(
        f"{name}: {value}" for name, value in message.items() if not name.startswith(("Content-", "MIME-"))
    )
    words = message.get_content().replace("\r\n", "\n")
    click.echo(f"{head}\n\n{words}\n{'.' * 78}")


@dataclass(frozen=True, slots=True)
class Folder:
    """A file for each letter, named by its Message-ID; written beside its place, so that nobody reads half a letter."""

    folder: Path

    def __call__(self, message: EmailMessage) -> None:
        """Write it; one that is there already is the same letter. Raises NoServer when nothing can be written."""
        place = self.folder / f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile("wb", dir=self.folder, delete=False) as written:
                written.write(message.as_bytes())
            Path(written.name).replace(place)
        except OSError as refused:
            raise NoServer(f"The folder for messages cannot be written to: {refused.strerror}.") from None


class Plain(smtplib.SMTP):
    """A connection that knows whether it was cut off while a letter was being given: then it may have been taken."""

    giving = False

    def data(self, msg: bytes | str) -> tuple[int, bytes]:
        """Give the letter itself."""
        self.giving = True
        answer = super().data(msg)
        self.giving = False
        return answer


class Encrypted(Plain, smtplib.SMTP_SSL):
    """The same, encrypted from the first word."""


class Server:
    """A mail server, connected to when the first letter comes. With ``smtp://`` it must offer STARTTLS, unless it is here."""

    def __init__(self, address: SplitResult, context: ssl.SSLContext | None = None) -> None:
        self.address, self.context = address, context
        self.connection: Plain | None = None

    def __call__(self, message: EmailMessage) -> None:
        """Hand a letter over; raises NotTaken or NoServer."""
        connection = self.connection or self._connect()
        connection.giving = False
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            ((code, words),) = refused.recipients.values()
            raise self._refused(code, words) from None
        except smtplib.SMTPResponseException as refused:
            raise self._refused(refused.smtp_code, refused.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise NotTaken("The mail server does not take addresses with such letters.", for_good=True) from None
        except OSError as lost:  # smtplib's own SMTPServerDisconnected is one too
            self.hang_up()
            raise NoServer(f"The mail server fell silent: {_words(lost)}", unsure=connection.giving) from None

    def hang_up(self) -> None:
        """Say goodbye, as far as there is somebody to say it to."""
        connection, self.connection = self.connection, None
        if connection is not None:
            with suppress(OSError):
                connection.quit()
            connection.close()

    def _refused(self, code: int, words: bytes | str) -> NotTaken:
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        why = f"The mail server answered {code} {' '.join(said.split())}"
        if code == CLOSING:
            self.hang_up()
            return NoServer(why)
        return NotTaken(why, for_good=code >= PERMANENT)

    def _connect(self) -> Plain:
        try:
            self.connection = self._greeted()
        except OSError as refused:
            self.hang_up()
            raise NoServer(f"The mail server cannot be used: {_words(refused)}") from None
        return self.connection

    def _greeted(self) -> Plain:
        host, port = self.address.hostname or "", self.address.port or 0
        if self.address.scheme == "smtps":
            connection: Plain = Encrypted(host, port or 465, timeout=PATIENCE, context=self._context())
        else:
            connection = Plain(host, port or 587, timeout=PATIENCE)
        self.connection = connection  # from here on somebody has to hang up
        if self.address.scheme == "smtp" and host not in HERE:
            connection.starttls(context=self._context())  # raises where it is not offered: nothing goes in the clear
        if self.address.username:
            connection.login(unquote(self.address.username), unquote(self.address.password or ""))
        return connection

    def _context(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()


def _words(error: Exception) -> str:
    """What went wrong, without our password: some servers repeat what they were told."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it refuses our name and password ({error.smtp_code})"
    return " ".join(str(error).split())[:200] or type(error).__name__
