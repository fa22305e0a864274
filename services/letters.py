"""A message as it leaves: its headers, its greeting, and at its foot why one got it and how to get no more of the kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import wrap

from itsdangerous import BadSignature, URLSafeSerializer

from members.notices import DIGEST, MANNERS, Kind, folded, is_path
from store.outbox import Notice

SALT = "redraft unsubscribe"  # a token made for this is good for nothing else that is signed with the same key
WIDTH = 76
LEAD = re.compile(r" *(?:> |\* )?")  # what stands before a line of a quotation or of a list
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]\x00-\x1f\x7f]+@[^\s@<>(),;:\"\\\[\]\x00-\x1f\x7f]+")


class UnusableAddress(ValueError):
    """Nothing can be sent to this address; it is not repeated, because reasons are kept and printed."""

    def __init__(self) -> None:
        super().__init__("The address is none that anything can be sent to.")


class BadToken(LookupError):
    """Not a token of ours: cut short, typed over, or made under another key."""

    def __init__(self) -> None:
        super().__init__(
            "This link to stop messages is not complete. Open the one in the message again, or sign in and choose how "
            "you hear of things."
        )


@dataclass(frozen=True, slots=True)
class Letterhead:
    """In whose name letters leave: the organisation, its address, that of its site, and the key that signs tokens."""

    organisation: str
    sender: str
    site: str
    secret: str

    def link(self, path: str) -> str:
        """The address of one of our pages."""
        return f"{self.site}{path}"


def letter(notice: Notice, head: Letterhead, now: datetime) -> EmailMessage:
    """The message to be handed to a mail server; raises UnusableAddress.

    Its Message-ID is the same whenever it is made, so that what arrives twice can be seen to be the same.
    """
    made = EmailMessage(SMTP)
    made["Message-ID"] = f"<{notice.message_id}@{head.sender.partition('@')[2]}>"
    made["Date"] = now
    made["From"] = Address(folded(head.organisation), addr_spec=head.sender)
    made["To"] = _addressee(notice)
    made["Subject"] = folded(notice.subject)
    made["Auto-Submitted"] = "auto-generated"
    if _may_end(notice):
        made["List-Unsubscribe"] = f"<{_unsubscribe(notice, head)}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(text(notice, head), charset="utf-8", cte="quoted-printable")  # every server on the way takes it
    return made


def text(notice: Notice, head: Letterhead) -> str:
    """The words of the letter."""
    greeting = f"Dear {folded(notice.name)}," if notice.name else "Hello,"
    body = "\n".join(head.link(one) if is_path(one) else one for one in notice.body.strip().split("\n"))
    said = f"{greeting}\n\n{body}\n\n-- \n{_foot(notice, head)}"
    return "\n".join(map(_wrapped, said.split("\n")))


def may_end(kind: str) -> bool:
    """Whether a member may do without messages of this kind (or without their digest)."""
    return kind == DIGEST or (kind in MANNERS and MANNERS[Kind(kind)].may_be_none)


def token(member: int, kind: str, secret: str) -> str:
    """What ends messages of a kind to a member, and can do nothing else. It does not expire: nor does the mail."""
    return str(URLSafeSerializer(secret, SALT).dumps([member, kind]))


def read_token(typed: str, secret: str) -> tuple[int, str]:
    """The member and the kind of a token; raises BadToken."""
    try:
        member, kind = URLSafeSerializer(secret, SALT).loads(typed)
    except (BadSignature, TypeError, ValueError):
        raise BadToken from None
    if not may_end(kind):
        raise BadToken
    return member, kind


def _addressee(notice: Notice) -> Address:
    # EmailMessage refuses line breaks itself; what else would make two addresses of one is refused here.
    if not ADDRESS.fullmatch(notice.address):
        raise UnusableAddress
    try:
        return Address(folded(notice.name), addr_spec=notice.address)
    except (HeaderParseError, ValueError):
        raise UnusableAddress from None


def _wrapped(line: str) -> str:
    """A line as a reader of plain text wants it: short, but the address of a page in one piece."""
    if len(line) <= WIDTH:
        return line
    lead = LEAD.match(line)
    following = lead[0].replace("*", " ") if lead else ""
    return "\n".join(wrap(line, WIDTH, subsequent_indent=following, break_long_words=False, break_on_hyphens=False))


def _foot(notice: Notice, head: Letterhead) -> str:
    choose = f"How and when you hear of things:\n{head.link('/account/notices')}"
    if not _may_end(notice):
        return f"You get this because {_because(notice.kind)}. It cannot be turned off.\n{choose}\n"
    these = "No daily messages" if notice.kind == DIGEST else "No messages of this kind"
    end = f"{these} any more, without signing in:\n{_unsubscribe(notice, head)}"
    return f"You get this because {_because(notice.kind)}.\n{choose}\n{end}\n"


def _may_end(notice: Notice) -> bool:
    return notice.member is not None and may_end(notice.kind)


def _because(kind: str) -> str:
    if kind == DIGEST:
        return "you chose to hear of these things once a day"
    return MANNERS[Kind(kind)].because if kind in MANNERS else "you are a member"


def _unsubscribe(notice: Notice, head: Letterhead) -> str:
    return head.link(f"/unsubscribe/{token(notice.member or 0, notice.kind, head.secret)}")
