"""What members are told of, and how each may choose to hear of it. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

DIGEST = "digest"  # the message that gathers a day's; not a kind, because nobody is told of it
DIGEST_HOUR = time(7)

MOST_TRIES = 10
LONGEST_DELAY = timedelta(hours=12)

PATH = re.compile(r"/(?!/)[\w./?=&%-]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Choice(StrEnum):
    """How a member wants to hear of one kind of thing."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    NONE = "none"


class Kind(StrEnum):
    """One kind of thing that members are told of; its template is ``templates/notices/<kind>.txt``."""

    SIGN_IN_LINK = "sign-in-link"
    ADDRESS_ASKED = "address-asked"
    ADDRESS_CONFIRM = "address-confirm"
    ADDRESS_CHANGED = "address-changed"
    PASSKEY_ADDED = "passkey-added"
    SECONDED_AMENDMENT_CHANGED = "seconded-amendment-changed"
    AMENDMENT_SECONDED_ENOUGH = "amendment-seconded-enough"
    AMENDMENT_STATE = "amendment-state"
    AMENDMENT_RULED = "amendment-ruled"
    DRAFTING_ADVICE = "drafting-advice"
    AMENDMENTS_PLACED = "amendments-placed"
    FOLLOWED = "followed"
    STAGE_DATES = "stage-dates"
    STAGE_OPENING = "stage-opening"
    STAGE_CLOSING_SOON = "stage-closing-soon"
    EDITION_ADOPTED = "edition-adopted"
    CONSENT_ASKED = "consent-asked"
    FATE_REPORT = "fate-report"
    VOTE = "vote"


class UnknownKind(LookupError):
    """Nobody is told of such a thing."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There are no messages of the kind {name!r}.")


class NotOffered(ValueError):
    """A choice that this kind of message does not leave: some things must reach a member."""

    def __init__(self, kind: Kind) -> None:
        offered = " or ".join(LABELS[one].lower() for one in MANNERS[kind].choices)
        super().__init__(f"For “{MANNERS[kind].label}” choose {offered}.")
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of thing is told: its name for members, why one gets it, the choices, the first being the default."""

    label: str
    because: str
    choices: tuple[Choice, ...]

    @property
    def default(self) -> Choice:
        """What holds for a member who has chosen nothing."""
        return self.choices[0]

    @property
    def may_be_none(self) -> bool:
        """Whether a member may do without."""
        return Choice.NONE in self.choices


LABELS: Mapping[Choice, str] = {Choice.AT_ONCE: "At once", Choice.DAILY: "Daily", Choice.NONE: "None"}

_ALWAYS = (Choice.AT_ONCE,)
_FREE = (Choice.AT_ONCE, Choice.DAILY, Choice.NONE)
_FREE_DAILY = (Choice.DAILY, Choice.AT_ONCE, Choice.NONE)

MANNERS: Mapping[Kind, Manner] = {
    Kind.SIGN_IN_LINK: Manner(
        "A link to sign in with", "somebody, most likely you, asked to sign in with this address", _ALWAYS
    ),
    Kind.ADDRESS_ASKED: Manner(
        "Somebody asked to change the address of your account", "this is the address of your account", _ALWAYS
    ),
    Kind.ADDRESS_CONFIRM: Manner(
        "A link to confirm a new address with",
        "somebody, most likely you, asked to make this the address of an account",
        _ALWAYS,
    ),
    Kind.ADDRESS_CHANGED: Manner(
        "The address of your account was changed", "this address is, or was, that of your account", _ALWAYS
    ),
    Kind.PASSKEY_ADDED: Manner("A passkey was added to your account", "this is the address of your account", _ALWAYS),
    Kind.SECONDED_AMENDMENT_CHANGED: Manner(
        "An amendment that you seconded was changed", "you seconded this amendment", _FREE
    ),
    Kind.AMENDMENT_SECONDED_ENOUGH: Manner(
        "An amendment of yours has the seconders it needs", "you moved this amendment", _FREE
    ),
    Kind.AMENDMENT_STATE: Manner(
        "What becomes of an amendment that you moved or seconded", "you moved or seconded this amendment", _FREE
    ),
    Kind.AMENDMENT_RULED: Manner(
        "What is ruled or recommended on an amendment that you moved or seconded",
        "you moved or seconded this amendment",
        _FREE,
    ),
    Kind.DRAFTING_ADVICE: Manner(
        "Somebody writes to you about the wording of an amendment",
        "you moved this amendment, or merge amendments for the drafting committee",
        _FREE,
    ),
    Kind.AMENDMENTS_PLACED: Manner(
        "How your open amendments fit a new edition", "you moved these amendments, and they are open", _FREE
    ),
    Kind.FOLLOWED: Manner("Something happens to what you follow", "you follow what this is about", _FREE),
    # A changed date binds everyone, so it must reach everyone; only when is theirs to choose.
    Kind.STAGE_DATES: Manner(
        "A date of the process was changed",
        "the dates of the process bind every member",
        (Choice.AT_ONCE, Choice.DAILY),
    ),
    Kind.STAGE_OPENING: Manner("A stage of the process opens", "you are a member", _FREE_DAILY),
    Kind.STAGE_CLOSING_SOON: Manner("A stage of the process closes soon", "you are a member", _FREE),
    Kind.EDITION_ADOPTED: Manner(
        "An amendment that you moved or seconded is in force",
        "you moved or seconded an amendment that is in this edition",
        _FREE,
    ),
    Kind.CONSENT_ASKED: Manner(
        "You are asked about a text that your amendment is merged in",
        "you moved one of these amendments, or act for who did",
        (Choice.AT_ONCE, Choice.DAILY),
    ),
    Kind.FATE_REPORT: Manner(
        "What became of your amendments in a draft that is complete",
        "you moved or seconded one of these amendments",
        _FREE,
    ),
    Kind.VOTE: Manner("A vote opens, is withdrawn, or has its result", "you may vote", (Choice.AT_ONCE, Choice.DAILY)),
}

# Their words let one act as the member; they are not kept once sent, and no page shows them.
SECRET = frozenset({Kind.ADDRESS_CONFIRM, Kind.SIGN_IN_LINK})


def kind(name: str) -> Kind:
    """The kind of this name; raises UnknownKind."""
    try:
        return Kind(name)
    except ValueError:
        raise UnknownKind(name) from None


def chosen(of: Kind, wish: str | None) -> Choice:
    """What holds for a kind under what a member chose; a wish that is not (or no longer) offered counts as none."""
    offered = MANNERS[of]
    return next((one for one in offered.choices if one == wish), offered.default)


def choice(of: Kind, wish: str) -> Choice:
    """The choice that a member makes; raises NotOffered."""
    if wish not in MANNERS[of].choices:
        raise NotOffered(of)
    return Choice(wish)


def message_id(name: str, about: str, handle: str, at: datetime) -> str:
    """The part of a Message-ID before the @: the same whoever works it out again, and telling nothing by itself."""
    said = "\n".join((name, about, handle, at.astimezone(UTC).isoformat(timespec="microseconds")))
    return f"{name}.{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def digest_id(day: date, handle: str) -> str:
    """As ``message_id``: that of a member's digest of a day."""
    return message_id(DIGEST, day.isoformat(), handle, datetime(day.year, day.month, day.day, tzinfo=UTC))


def gathered_until(now: datetime, zone: tzinfo) -> datetime:
    """The last time the digest was due: what was told before is gathered, what came since waits for the next."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), DIGEST_HOUR, zone)
    return today if local >= today else datetime.combine(local.date() - timedelta(days=1), DIGEST_HOUR, zone)


def delay(tries: int) -> timedelta:
    """How long to wait after so many tries have failed: a minute, then three times as long each time, up to a limit.

    Ten tries take about 42 hours: longer than most failures of a mail server, shorter than most deadlines.
    """
    return min(timedelta(minutes=3 ** min(tries - 1, 7)), LONGEST_DELAY)


def folded(words: str) -> str:
    """The words in one line: what a member typed must not begin another header of a message."""
    return " ".join(CONTROL.sub(" ", words).split())


def is_path(line: str) -> bool:
    """Whether a line of a message is the path of a page of ours: a link, once the site's address stands before it."""
    return PATH.fullmatch(line) is not None
