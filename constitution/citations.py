"""Citations as members type them ("clause 4.2(a)", "Artikel 12a Abs. 5"): where they stand, and which clause they mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from constitution.clause import Clause, Constitution, Kind, Style
from constitution.marks import KIND_OF_WORD
from constitution.numbering import number, own_number
from constitution.typesetting import is_headed

TOKEN = re.compile(r"\[\[([a-z0-9]+(?:-[a-z0-9]+)?)(?::(dotted|own))?\]\]")

# The words before a number; a lower rank cites a wider unit. Sentences are no clauses: their numbers are passed over.
_LEADS = {
    0: r"schedules?|appendix|appendices|annex(?:es)?|parts?|chapters?|anlagen?|anhangs?|teil(?:e[sn]?)?",
    1: r"articles?|arts?\.|rules?|regulations?|standing\sorders?|bye?-?laws?|artikel[ns]?",
    2: r"sections?|sec\.|clauses?|abschnitt(?:e?[sn]?)?|§§?",
    3: r"paragraphs?|paras?\.?|sub-?clauses?|sub-?sections?|abs\.|absatz(?:es)?|absätzen?",
    4: r"items?|points?|steps?|nr\.|nummern?|ziffern?",
    5: r"sub-?paragraphs?|buchst\.|buchstaben?s?|lit\.",
    9: r"sentences?|satz(?:es)?|sätzen?|halbsatz(?:es)?",
}
_WIDE, _SENTENCE = 2, 9
_LEAD = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<rank{rank}>{words})" for rank, words in _LEADS.items())
    + r")(?:\s+|(?<=§)|(?<=\.))(?=[\[(\dA-Z])",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"§§|.*s$|appendices|artikeln?$|abs|nr\.|nummer|ziffer|lit|buchst|satz|sätze", re.IGNORECASE)
_BOUND = r"\[\[[a-z0-9]+(?:-[a-z0-9]+)?(?::(?:dotted|own))?\]\]"
_BRACKET = rf"\((?:\d{{1,3}}[a-z]?|[a-z]{{1,5}}|{_BOUND})\)"
_NAME = r"\d{1,3}\s[a-z](?=[,;.]|\s(?:und|oder|Abs))|\d{1,3}[a-z]{0,2}(?:\.\d{1,3}[a-z]?)*|[A-Z](?:\.\d{1,3})+|[IVXLC]+[a-z]?|[A-Z]|(?:(?<=[Bb]uchstabe\s)|(?<=lit\.\s))[a-z](?!\w)"
_NUMBER = re.compile(rf"(?:{_BOUND}|{_NAME})(?:{_BRACKET})*(?![\w%]|[.:]\d)|(?:{_BRACKET})+(?!\w)")
_PART = re.compile(rf"{_BOUND}|[^()]+")
_COMMA = re.compile(r"\s*,\s+")
_AND = re.compile(r"\s*,?\s+(?:and|or|und|oder|sowie|and/or)\s+")
_TO = re.compile(r"\s+(?:to|bis|through)\s+|\s?[–-]\s?")
_ENDS = re.compile(r"\s*(?:[,;.:)\]–/]|$)|\s+(?:and|or|und|oder|sowie|to|bis|of|above|below|bezeichnet|genannt|gilt)\b")
_NOUN = re.compile(r"\s+[A-ZÄÖÜ][a-zäöüß]")
_JOINED = re.compile(
    r"[\s,]*(?:(?:and|or|und|oder|bis|to|sowie|in\sVerbindung\smit|i\.\s?V\.\s?m\.)\s+)?(?:erster\s|zweiter\s)?"
)
_OF = re.compile(r"\s+(?:above\s+)?(?:of|in|to)\s+(?:this\s+|the\s+)?")
_BARE = re.compile(
    rf"(?<![\w.§(])(?:(?:\d{{1,3}}(?:\.\d{{1,3}})*|[A-Z](?:\.\d{{1,3}})+)(?:{_BRACKET})+|[A-Z](?:\.\d{{1,3}})+"
    rf"|(?:(?<=see\s)|(?<=under\s))\d{{1,3}}(?:\.\d{{1,3}})+)(?![\w%]|[.:]\d)"
)
_FOREIGN = re.compile(
    r"\s+(?:of|in)\s+(?:the|that|this)\s+(?:[\w'’()-]+\s+){0,6}?"
    r"(?:Act|Regulations|Charter|Treaty|Code|Convention|Directive|Statute)\b"
    r"|\s+(?:der\s+(?:deutschen|Weimarer)\s+(?:Reichsv|V)erfassung|d(?:ies)?es\s+\w*(?:gesetz(?:es|buche?s)|[Vv]ertrage?s))\b"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A number in a text that cites a clause: ``text[start:end]``, and the clause it means (None: we cannot tell)."""

    start: int
    end: int
    target: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A lead word and the numbers it governs."""

    start: int
    end: int
    rank: int
    lead: str
    numbers: tuple[re.Match[str], ...]


def cited(text: str, c: Constitution, source: str) -> tuple[Cited, ...]:
    """Every citation in a text that stands in the clause ``source``, in order, bound ones included."""
    index = _index(c)
    found = [
        one for chain in _chains(text) if not _is_foreign(text, chain, c) for one in index.resolve(chain, text, source)
    ]
    taken = [(piece.start, piece.end) for piece in _pieces(text)] + [(one.start, one.end) for one in found]
    for match in _BARE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.extend(index.bare(match))
    known = {one.start for one in found}
    found.extend(one for match in TOKEN.finditer(text) if match.start() not in known for one in index.bare(match))
    return tuple(sorted(found, key=lambda one: one.start))


def dotted(label: str) -> str:
    """4.2(1) written 4.2.1."""
    return re.sub(r"\(([^()]*)\)", r".\1", label)


def _chains(text: str) -> Iterator[list[_Piece]]:
    """Pieces that follow upon each other: "Artikel 12a", "Abs. 5", "Satz 1", and "Abs. 6"."""
    chain: list[_Piece] = []
    for piece in _pieces(text):
        if chain and not (
            _JOINED.fullmatch(text, chain[-1].end, piece.start) or _OF.fullmatch(text, chain[-1].end, piece.start)
        ):
            yield chain
            chain = []
        chain.append(piece)
    if chain:
        yield chain


def _pieces(text: str) -> Iterator[_Piece]:
    place = 0
    while lead := _LEAD.search(text, place):
        numbers = tuple(_numbers(text, lead))
        place = numbers[-1].end() if numbers else lead.end()
        if numbers:
            yield _Piece(lead.start(), place, int((lead.lastgroup or "")[4:]), lead[0].strip().lower(), numbers)


def _numbers(text: str, lead: re.Match[str]) -> Iterator[re.Match[str]]:
    found = _NUMBER.match(text, lead.end())
    while found:
        yield found
        found = _next_number(text, found.end(), lead[0].strip())


def _next_number(text: str, place: int, lead: str) -> re.Match[str] | None:
    """The next number of a list; "clause 4 and 5 members" is no list, "clauses 4 and 5" and "4.1 or 4.2" are."""
    for joint in (_AND, _COMMA, _TO):
        if (gap := joint.match(text, place)) and (found := _NUMBER.match(text, gap.end())):
            return found if _goes_on(text, found, joint, lead) else None
    return None


def _goes_on(text: str, found: re.Match[str], joint: re.Pattern[str], lead: str) -> bool:
    plain = found[0].isalnum()
    if plain and joint is not _TO and not _PLURAL.match(lead):
        return False
    ends = bool(_ENDS.match(text, found.end()) or _LEAD.match(text, found.end() + 1))
    return ends or not (
        (plain and (joint is _COMMA or (found[0].isalpha() and len(found[0]) == 1))) or _NOUN.match(text, found.end())
    )


def _is_foreign(text: str, chain: Sequence[_Piece], c: Constitution) -> bool:
    """Whether the citation goes on "... of the Companies Act": not ours, unless our title says so."""
    match = _FOREIGN.match(text, chain[-1].end)
    return match is not None and not any(
        word in c.title for word in re.findall(r"\w{6,}", match[0].replace("gesetzes", "gesetz"))
    )


class _Index:
    """The clauses of one constitution by what they are called."""

    def __init__(self, c: Constitution) -> None:
        self.c = c
        self.own = own_number(c)
        self.labels: dict[str, list[str]] = defaultdict(list)
        for clause_id, label in number(c).items():
            if self.own[clause_id] and "¶" not in label:
                for name in {label, dotted(label)}:
                    self.labels[name].append(clause_id)

    def resolve(self, chain: Sequence[_Piece], text: str, source: str) -> Iterator[Cited]:
        """The clauses a chain cites; a narrower unit is looked for in the wider one named before it, or after it ("of")."""
        scopes: dict[int, str] = {}
        for place, piece in enumerate(chain):
            if piece.rank == _SENTENCE:
                continue
            wider = chain[place + 1] if place + 1 < len(chain) else piece
            if wider.rank < piece.rank and _OF.fullmatch(text, piece.end, wider.start):
                scopes = _scoped({}, wider.rank, list(self._number(wider, wider.numbers[0], source, None)))
            scopes = {rank: scope for rank, scope in scopes.items() if rank < piece.rank}
            scope = scopes[max(scopes)] if scopes else None
            wide = next((one for one in reversed(chain[:place]) if one.rank <= _WIDE), None)
            for match in piece.numbers:
                found = self._number(piece, match, source, scope)
                if wide and match is not piece.numbers[0] and not found[0].target:
                    found = self._number(wide, match, source, None)  # "Artikel 20 Abs. 4, 33 und 38"
                yield from found
                scopes = _scoped(scopes, piece.rank, found)

    def bare(self, match: re.Match[str]) -> Iterator[Cited]:
        """A citation without a word before it: bound already, or so written that it cites a clause if there is one."""
        if match.re is TOKEN:
            yield Cited(match.start(), match.end(), match[1])
        elif target := self._labelled(match[0], ""):
            yield Cited(match.start(), match.end(), target)

    def _number(self, piece: _Piece, match: re.Match[str], source: str, scope: str | None) -> list[Cited]:
        if target := self._whole(piece, re.sub(r"\s", "", match[0]), scope):
            return [Cited(match.start(), match.end(), target)]
        found: list[Cited] = []
        for part in _PART.finditer(match[0]):
            above = found[-1].target if found else scope
            if token := TOKEN.fullmatch(part[0]):
                target = token[1]
            elif found:
                target = self._below(above, part[0], piece) if above else None
            else:
                target = self._near(part[0], piece, source, scope)
            found.append(Cited(match.start() + part.start(), match.start() + part.end(), target))
        return found if any(one.target for one in found) else [Cited(match.start(), match.end(), None)]

    def _whole(self, piece: _Piece, name: str, scope: str | None) -> str | None:
        """The clause with this label. A narrow unit ("paragraph 3") is never looked up by a bare number."""
        compound = "." in name or "(" in name[1:]
        if "[" in name or name.startswith("(") or (not compound and (piece.rank > _WIDE or scope)):
            return None
        return self._labelled(name, piece.lead)

    def _labelled(self, name: str, lead: str) -> str | None:
        fitting = [one for one in self.labels.get(name, ()) if _is_called(self.c[one], lead)]
        return fitting[0] if len(fitting) == 1 else None

    def _near(self, name: str, piece: _Piece, source: str, scope: str | None) -> str | None:
        """The clause with this number that is nearest: in the scope, else below the source, beside it, and further up."""
        if scope and (target := self._below(scope, name, piece)):
            return target
        if scope and piece.rank > _WIDE:
            return None
        around = [source, *(clause.id for clause in reversed(self.c.ancestors(source)))]
        near = (self._child(self.c[one].children, name, piece) for one in around)
        return next(filter(None, near), None) or (self._labelled(name, piece.lead) if piece.rank <= _WIDE else None)

    def _below(self, scope: str, name: str, piece: _Piece) -> str | None:
        if scope not in self.c:  # bound, but struck since
            return None
        if direct := self._child(self.c[scope].children, name, piece):
            return direct
        deeper = [
            clause.id for clause in self.c[scope].walk() if clause.id != scope and self._is_it(clause, name, piece)
        ]
        return deeper[0] if len(deeper) == 1 else None

    def _child(self, clauses: Iterable[Clause], name: str, piece: _Piece) -> str | None:
        return next((clause.id for clause in clauses if self._is_it(clause, name, piece)), None)

    def _is_it(self, clause: Clause, name: str, piece: _Piece) -> bool:
        if self.own[clause.id] != name:
            return False
        return (
            _is_called(clause, piece.lead)
            if piece.rank <= _WIDE
            else not is_headed(clause) and _is_unit(clause, piece.lead)
        )


def _scoped(scopes: dict[int, str], rank: int, found: Sequence[Cited]) -> dict[int, str]:
    return scopes | {rank: found[-1].target} if found and found[-1].target else scopes


def _is_called(clause: Clause, lead: str) -> bool:
    """Whether a lead word can mean this clause: "Part 3" is not Article 3, nor is "schedule 3" section 3."""
    theirs = _kind_of_lead(lead)
    if clause.kind is Kind.PART and not clause.mark.before:
        return theirs in (Kind.PART, Kind.SECTION)
    if (theirs in (Kind.PART, Kind.SCHEDULE) and lead) or clause.kind is Kind.PART:
        return clause.kind is theirs
    ours = KIND_OF_WORD.get(clause.mark.before.strip().lower())
    return ours is None or theirs is None or ours is theirs


def _kind_of_lead(lead: str) -> Kind | None:
    if lead.startswith(("clause", "§")):
        return None
    return next((kind for word, kind in KIND_OF_WORD.items() if lead.startswith(word.rstrip("x."))), None)


def _is_unit(clause: Clause, lead: str) -> bool:
    """German law tells (1), 1. and a) apart by name: Absatz, Nummer, Buchstabe."""
    if lead.startswith(("abs", "nr", "num", "zif")):
        return clause.mark.style is Style.DECIMAL and (clause.mark.before == "(") == lead.startswith("abs")
    return not lead.startswith(("buch", "lit")) or clause.mark.style is Style.LOWER_LETTER


def _index(c: Constitution) -> _Index:
    # Kept with the constitution, as its numbers are: it never changes.
    kept = c.__dict__.get("_citations")
    if not isinstance(kept, _Index):
        kept = c.__dict__["_citations"] = _Index(c)
    return kept
