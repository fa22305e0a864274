"""What can be printed, in which forms, and by which digest each is known before it is made.

Names are those that the reader may know, so a pack for members and one for the public are two documents with two digests,
and nobody is handed one that was not gathered for them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

import documents
import store
import store.amendments
import store.drafts
import store.editions
import store.members
import store.processes
from amendments.fates import WORDS
from ballots.definition import Definition
from documents import booklet, certified, fates, pack, pack_text, pdf, word_plain
from documents.printed import Document, as_data
from documents.tracked import clean
from members.visibility import is_member, shown_name
from services import ballot_page, certifying, draft_page, notifying, packing, putting
from services.packing import Tell
from store.ballots import Mode

Viewer = store.members.Member | None
PDF, LARGE, TEXT, WORD, SCREEN = FORMS = ("pdf", "large", "text", "word", "screen")


class NoSuchPrint(LookupError):
    """Nothing is printed under this name, or not in this form."""

    def __init__(self) -> None:
        super().__init__("There is nothing to print under this address.")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: its ``inputs`` tell it apart, and ``build`` makes it of nothing but what they name."""

    kind: str
    called: str
    inputs: object
    total: int
    build: Callable[[Tell], Document]

    def digest(self, form: str) -> str:
        """The digest of everything that it is printed from: what was gathered, the form, and what prints it."""
        told = json.dumps([self.kind, self.inputs, form, _printer()], default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


@cache
def _printer() -> str:
    """The digest of the package that prints: after it changes, everything is printed again."""
    folder = Path(documents.__file__).parent
    content = b"".join(one.read_bytes() for one in sorted((*folder.glob("*.py"), *folder.glob("typst/*.typ"))))
    return hashlib.sha256(content + version("typst").encode() + version("python-docx").encode()).hexdigest()


def order(what: str, number: int, viewer: Viewer, now: datetime) -> Order:
    """What is wanted; raises NoSuchPrint, UnknownDraft, UnknownPublication, UnknownBallot or UnknownEdition."""
    if what not in WANTED:
        raise NoSuchPrint
    return WANTED[what][1](number, viewer, now)


def forms(what: str) -> tuple[str, ...]:
    """The forms in which it can be had; raises NoSuchPrint."""
    if what not in WANTED:
        raise NoSuchPrint
    return FORMS if what in {"booklet", "fates", "certified"} else tuple(one for one in FORMS if one != WORD)


def written(made: Document, form: str) -> bytes:
    """A document in a form; the screen's is the value its page is drawn from. Raises NotPrinted."""
    writers: Mapping[str, Callable[[Document], bytes]] = {
        PDF: pdf.compiled,
        LARGE: partial(pdf.compiled, large=True),
        TEXT: lambda one: pack_text.written(one).encode(),
        WORD: word_plain.written,
        SCREEN: lambda one: json.dumps(as_data(one), ensure_ascii=False).encode(),
    }
    return writers[form](made)


def _pack(gather: Callable[[int, Viewer], packing.Gathered], number: int, viewer: Viewer, now: datetime) -> Order:
    del now
    found = gather(number, viewer)
    inputs = [asdict(found.pack), found.versions, found.base.digest, found.draft.digest if found.draft else ""]
    digest = hashlib.sha256(json.dumps(inputs, default=str, sort_keys=True).encode()).hexdigest()

    def build(tell: Tell) -> Document:
        made = packing.built(found, tell)
        cover = (
            *made.cover,
            ("As it stood", notifying.moment(made.at)),
            ("SHA-256 of all that this pack shows", digest),
        )
        return pack.pack(pack.Pack(**{name: getattr(made, name) for name in made.__slots__} | {"cover": cover}))

    return Order("Delegates’ pack", found.pack.called, inputs, found.total, build)


HOW = {
    Mode.SEALED: (
        "Sign in and open the page of the vote.",
        "Choose, and press “Seal and hand in”: your vote is sealed in your browser before it is sent.",
        "Keep the receipt that you are shown. With it you find your vote in the published list, and so does whoever has it.",
    ),
    Mode.RECORDED: (
        "Sign in and open the page of the vote. Choose, and press “Vote”. Your name is published with your vote.",
    ),
}
AGAIN = "You can vote again until the vote closes; the last vote counts."
PAPER = "If you are handed a paper, the paper counts and nothing that you handed in here does."
PROVISIONAL = "The vote is not open yet. Until it is, nothing of this is final."


def _booklet(number: int, viewer: Viewer, now: datetime) -> Order:
    del viewer
    page = ballot_page.page(number, None, b"", now)
    if page.damaged:
        raise putting.NotWhatWasPut
    put, ballot = page.definition, page.ballot
    how = (
        *HOW[ballot.mode],
        *((AGAIN,) if put.changeable else ()),
        PAPER,
        *(() if page.fingerprint else (PROVISIONAL,)),
    )
    cover = (
        ("Opens", notifying.moment(ballot.opens)),
        ("Closes", notifying.moment(ballot.closes)),
        ("Vote", "sealed" if ballot.mode == Mode.SEALED else "recorded with names"),
        *((f"SHA-256 of draft {one.number}, which is put", one.digest) for one in page.drafts),
        *((("Fingerprint of all that is put", page.fingerprint),) if page.fingerprint else ()),
    )
    asked = tuple(
        (one.question.id, one.question.words, one.rules, tuple(two.id for two, _ in one.options)) for one in page.asked
    )
    organisation, at = store.processes.current().organisation, ballot.opens
    called = f"Vote {number}, {ballot.title}"

    def build(tell: Tell) -> Document:
        questions = []
        for done, one in enumerate(page.asked, 1):
            options = tuple((option.label, _of_option(put, option.id)) for option, _ in one.options)
            questions.append(booklet.Asked(one.question.id, one.question.words, one.rules, options))
            tell(done)
        language = store.editions.load(put.base[0]).constitution.language
        return booklet.booklet(
            booklet.Booklet(organisation, called, language, at, cover, how, page.limits, tuple(questions))
        )

    inputs = [organisation, called, at, cover, how, page.limits, asked, put.base, put.drafts]
    return Order("Ballot booklet", called, inputs, len(page.asked), build)


def _of_option(put: Definition, option: str) -> tuple[pack.Clause, ...]:
    base, found = putting.texts(put)
    return packing.changed(base, found[option])


def _fates(number: int, viewer: Viewer, now: datetime) -> Order:
    del now
    page = draft_page.coverage(number)
    draft, within = page.draft, viewer is not None and is_member(viewer.roles)
    lines = [
        fates.Line(
            one.amendment.number,
            one.version.title,
            shown_name(one.amendment.mover, within),
            WORDS[one.item.fate],
            one.item.reason,
            tuple(one.item.set_aside),
        )
        for one in page.lines
    ]
    cover = (("Frozen", notifying.moment(draft.frozen_at)), ("SHA-256 of the draft", draft.digest))
    said = {
        "organisation": store.processes.current().organisation,
        "called": f"Draft {number}, {draft.title}",
        "language": draft.constitution.language,
        "at": draft.frozen_at,
        "cover": cover,
    }
    inputs = [said, [asdict(one) for one in lines]]
    return Order("Fate report", f"Draft {number}", inputs, 1, lambda _: fates.report(**said, lines=lines))


def _certified(number: int, viewer: Viewer, now: datetime) -> Order:
    del viewer, now
    page = certifying.certificate(number)
    edition, book = page.edition, page.edition.constitution
    said = {
        "organisation": store.processes.current().organisation,
        "called": f"{book.title}, edition {number}",
        "edition": number,
        "language": book.language,
        "at": edition.at,
        "facts": tuple(_certificate(page)),
        "signs": page.signs,
    }
    inputs = [said, edition.digest]
    return Order("Certified copy", f"Edition {number}", inputs, 1, lambda _: certified.copy(**said, text=clean(book)))


def _certificate(page: certifying.Certificate) -> list[tuple[str, str]]:
    edition, decision = page.edition, page.decision
    found = [("In force since", notifying.moment(edition.at))]
    if decision:
        by_vote = f", by vote {page.ballot.number}, {page.ballot.title}" if page.ballot else ""
        found.append(("Adopted", f"{notifying.moment(decision.at)}, as draft {decision.draft}{by_vote}"))
        found += [("Result", " ".join(decision.sentences))] if decision.sentences else []
    else:
        found.append(("Adopted", edition.note or "Imported"))
    found += [("SHA-256 of the list of papers counted", page.declared.digest)] if page.declared else []
    for one in page.words:
        refused = "" if one.given else " (refused)"
        day = f"{one.day.day} {one.day:%B %Y}"
        found.append((one.kind.value.capitalize(), f"{one.body}, {day}, {one.reference}{refused}"))
    found.append(("SHA-256 of the exact text", edition.digest))
    found += [(f"Hash of entry {page.entry.seq} of the log", page.entry.hash)] if page.entry else []
    return found


WANTED: Mapping[str, tuple[str, Callable[[int, Viewer, datetime], Order]]] = {
    "draft": ("Delegates’ pack", partial(_pack, packing.of_draft)),
    "publication": ("Delegates’ pack", partial(_pack, packing.of_publication)),
    "booklet": ("Ballot booklet", _booklet),
    "fates": ("Fate report", _fates),
    "certified": ("Certified copy", _certified),
}
