"""Which answer each exception of ours gets. One table; a view never turns an exception into an answer itself.

Exceptions are facts named for what happened, and their words are written for the reader, so the
page shows them. Anything that is not in the table is a fault of ours: 500, with nothing disclosed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, InternalServerError

from amendments.composite import NoSuchOption, OpenConflict
from amendments.edit import EditConflict, NothingChanged
from amendments.points import AlreadyHidden, DiscussionClosed, IsHidden, NoReasonGiven, NotHidden, NotSaid
from amendments.rulings import MayNotRule
from amendments.seconding import MayNotSecond
from amendments.states import NotPossible
from ballots.paper import NotAnAnswer
from ballots.sealing import NotAKey
from constitution.clause import UnknownClause
from constitution.door import ForbiddenCharacter, TextTooLong
from members.notices import NotOffered, UnknownKind
from members.permissions import NotAllowed
from members.visibility import UnknownVisibility
from services.accounts import UnknownSession
from services.admitting import NotEntered
from services.advising import NotYours
from services.balloting import CannotPrepare, NotNow, NotPublished, NotTheCode, NotTheList
from services.beside import NotThereAnyMore
from services.casting import HasVoted, VoteClosed
from services.compositing import Clash, NotMergeable
from services.consenting import CannotConsent
from services.correcting import CannotCorrect
from services.coverage import CannotLeave
from services.drafting_final import CannotFreeze
from services.electing import NoVoters
from services.enacting import NotTheText, WordRefused
from services.feeds import UnknownBranch
from services.following import NothingToFollow
from services.hall import CannotEnterPaper
from services.in_force import CannotAdd, NothingThen
from services.instruments import TooDeep
from services.letters import BadToken
from services.limits import TooManyAttempts
from services.objecting import CannotObject
from services.offers import NoSuchVersion
from services.passkeys import MayNotAddPasskey, MayNotRemovePasskey, PasskeyRefused, PasskeyUnreadable, UnknownPasskey
from services.placing import DoesNotFit
from services.printing import NoSuchPrint
from services.privacy import AlreadyErased, LastAdministrator
from services.proposal import Unacceptable
from services.publishing import CannotPublish
from services.putting import CannotPut, NotWhatWasPut
from services.ratifying import CannotAdopt
from services.reading import NoConstitution
from services.relating import CannotRule
from services.revising import CannotAccept, MayNotChange, NothingToObjectTo
from services.roll import UploadGone
from services.signing_in import CannotUseLink, NotOnTheRoll, ProviderFailed
from services.timing import StageClosed
from services.unfinished import NotThere
from store.adoptions import UnknownCorrection
from store.amendments import UnknownAmendment
from store.ballots import UnknownBallot
from store.books import Damaged
from store.composites import StaleRevision, UnknownComposite
from store.database import NoRoom
from store.drafts import UnknownDraft, WrongDigest
from store.editions import UnknownEdition
from store.members import UnknownMember
from store.points import UnknownPoint
from store.publications import UnknownPublication
from store.ruled import UnknownRelation

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

TABLE: dict[type[Exception], int] = {
    # What was sent cannot be used.
    EditConflict: 400,
    ForbiddenCharacter: 400,
    TextTooLong: 413,
    NoReasonGiven: 400,
    NoSuchOption: 400,
    NothingChanged: 400,
    NotOffered: 400,
    NotSaid: 400,
    NotAKey: 400,
    NotAnAnswer: 400,
    PasskeyUnreadable: 400,
    Unacceptable: 400,
    UnknownVisibility: 400,
    # Not for this person.
    MayNotAddPasskey: 403,
    MayNotRemovePasskey: 403,
    NotAllowed: 403,
    NotOnTheRoll: 403,
    PasskeyRefused: 403,
    # Not here, or not any more.
    BadToken: 404,
    CannotUseLink: 404,
    NoConstitution: 404,
    NoSuchVersion: 404,
    NothingThen: 404,
    NothingToFollow: 404,
    NotThere: 404,
    NotYours: 404,
    NotPublished: 404,
    UnknownAmendment: 404,
    UnknownBallot: 404,
    UnknownBranch: 404,
    UnknownClause: 404,
    UnknownComposite: 404,
    UnknownCorrection: 404,
    UnknownDraft: 404,
    UnknownEdition: 404,
    UnknownKind: 404,
    UnknownMember: 404,
    UnknownPasskey: 404,
    UnknownPoint: 404,
    NoSuchPrint: 404,
    UnknownPublication: 404,
    UnknownRelation: 404,
    UnknownSession: 404,
    # Understood, allowed, and not possible as things stand.
    AlreadyErased: 409,
    CannotAccept: 409,
    MayNotChange: 409,
    NothingToObjectTo: 409,
    TooDeep: 409,
    AlreadyHidden: 409,
    CannotAdd: 409,
    CannotAdopt: 409,
    CannotConsent: 409,
    CannotEnterPaper: 409,
    CannotPrepare: 409,
    CannotPut: 409,
    CannotCorrect: 409,
    CannotFreeze: 409,
    CannotLeave: 409,
    CannotObject: 409,
    CannotPublish: 409,
    CannotRule: 409,
    DiscussionClosed: 409,
    DoesNotFit: 409,
    HasVoted: 409,
    IsHidden: 409,
    NoVoters: 409,
    NotNow: 409,
    NotTheCode: 409,
    NotTheList: 409,
    NotWhatWasPut: 409,
    VoteClosed: 409,
    WordRefused: 409,
    LastAdministrator: 409,
    MayNotRule: 409,
    MayNotSecond: 409,
    NotHidden: 409,
    NotEntered: 409,
    NotMergeable: 409,
    OpenConflict: 409,
    NotPossible: 409,
    NotThereAnyMore: 409,
    NotTheText: 409,
    StaleRevision: 409,
    Clash: 409,
    StageClosed: 409,
    UploadGone: 409,
    WrongDigest: 409,
    # Not so often.
    TooManyAttempts: 429,
    # Somebody else's fault.
    ProviderFailed: 502,
    # What is kept is not what was put there: said, never shown as if it were.
    Damaged: 500,
    # The disk is full.
    NoRoom: 503,
}

TITLES = {
    400: "That could not be understood",
    403: "This is not open to you",
    404: "There is no such page",
    405: "This page cannot be used like that",
    409: "That cannot be done now",
    413: "That is too long",
    429: "That was tried too often",
    500: "Something went wrong on our side",
    502: "That is not possible at the moment",
    503: "That cannot be kept at the moment",
}

SENTENCES = {
    400: "Something in what was sent is missing or malformed. Go back and try again.",
    403: "Your role does not allow this. Nothing has been changed.",
    404: "If you typed the address, check it. If you followed a link, the page may never have existed here.",
    405: "Go back and use the form or the link on the page.",
    413: "Send less at once. Nothing has been changed.",
    500: "Nothing has been changed by what you did. Please try again, and tell us if it happens again.",
}

FORGED = (
    "The form was sent from a page that had been open too long, or not from here. Go back, reload the page, send again."
)


def show(status: int, sentence: str = "") -> tuple[str, int]:
    """The page for one answer: what happened, in a sentence, and the ways on."""
    title = TITLES.get(status, "That did not work")
    return render_template(
        "errors/page.html", status=status, title=title, sentence=sentence or SENTENCES.get(status, "")
    ), status


def init_app(app: Flask) -> None:
    """Answer every exception by its page."""
    for exception, status in TABLE.items():
        app.register_error_handler(exception, _domain(status))
    # A number in an address that is larger than any database holds is the number of nothing.
    app.register_error_handler(OverflowError, lambda _: show(404))
    app.register_error_handler(DataError, _unheard_of)
    app.register_error_handler(CSRFError, lambda _: show(400, FORGED))
    app.register_error_handler(HTTPException, _http)


def _unheard_of(refused: DataError) -> tuple[str, int]:
    """No text of PostgreSQL holds U+0000: an address or a key that does names nothing. Anything else is our fault."""
    if "NUL (0x00)" not in str(refused.orig):
        raise refused
    return show(404)


def _domain(status: int) -> Callable[[Exception], tuple[str, int]]:
    return lambda exception: show(status, _words(exception))


def _http(exception: HTTPException) -> tuple[str, int]:
    if isinstance(exception, InternalServerError):
        return show(500)
    return show(exception.code or 500)


def _words(exception: Exception) -> str:
    """The sentence of the exception; a LookupError's str() would put it into quotation marks."""
    return str(exception.args[0]) if exception.args else str(exception)
