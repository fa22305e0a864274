"""A rulebook as frozen values: everything that an organisation may settle about how its text is changed.

Defaults are the safe ones: more than half of the votes cast for and against, reasons required, what is refused is
published, originals are kept, the roll is fixed when a ballot opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from rulebook import kinds
from rulebook.formula import Formula, constant, number
from rulebook.when import Duration, When

MEMBERS = "members"


class NotOneNumber(ValueError):
    """How many seconders are needed cannot be said in one number; ``rulebook.seconding`` knows the routes."""


@dataclass(frozen=True, slots=True)
class Process:
    """What the rulebook is for. ``base`` is document@edition; ``timezone`` a name of the IANA database."""

    name: str
    base: str = ""
    purpose: kinds.Purpose = kinds.Purpose.AMENDMENT
    timezone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    contiguous: bool = False


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who counts: those on the roll whom every selector that is given lets in.

    ``snapshot`` None is the opening of each ballot they vote in, ``live`` that the roll is never fixed. ``share`` is
    what this college weighs in a ballot of several.
    """

    id: str
    label: str
    status: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    joined_before: When | None = None
    arrears: bool = True
    snapshot: When | None = None
    live: bool = False
    weight: kinds.Weight = kinds.Weight.ONE
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """Each of the events moves the closing to ``by`` after it, if that is later and within the stage's limits."""

    on: tuple[str, ...]
    by: Duration


@dataclass(frozen=True, slots=True)
class LastCall:
    """What is no longer possible in the last hours or days of a stage."""

    window: Duration
    forbids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variation:
    """Who may move the closing by hand, how far, and how near to the closing no longer."""

    by: str
    upto: Duration
    not_within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens by itself at an edge of a stage: ("freeze", "draft")."""

    doing: kinds.Doing
    what: str

    def __str__(self) -> str:
        return f"{self.doing.value}:{self.what}"


@dataclass(frozen=True, slots=True)
class Stage:
    """From ``opens`` until just before ``closes``. ``beside`` names stages that may run at the same time."""

    id: str
    label: str
    opens: When | None
    closes: When | None
    least: Duration | None = None
    most: Duration | None = None
    allows: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    extend: Extension | None = None
    last_call: LastCall | None = None
    vary: Variation | None = None
    on_open: tuple[Step, ...] = ()
    on_close: tuple[Step, ...] = ()
    skip_if: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How long the parts of an instrument may be (words; ``text_chars`` in characters)."""

    title_words: int = 20
    reason_words: int = 500
    text_chars: int = 50_000
    reason: kinds.Need = kinds.Need.REQUIRED


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconders must come from so many groups; ``max_share`` of the number needed is what one group can supply."""

    by: str = "branch"
    groups: int = 1
    max_share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Subquota:
    """So many of the seconders must have a value of an attribute of the roll."""

    attribute: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Route:
    """One way to be seconded. ``source`` is "members", "branch", "body" or an electorate."""

    source: str = MEMBERS
    count: Formula = field(default_factory=lambda: number(5))
    least: int | None = None
    most: int | None = None
    spread: Spread | None = None
    subquota: Subquota | None = None
    standing_at: When | None = None
    minute_required: bool = False


@dataclass(frozen=True, slots=True)
class Editing:
    """Who may change the words once they are brought in, and who can stop that within what time."""

    by: kinds.Editor = kinds.Editor.PROPOSER
    veto: kinds.Objector = kinds.Objector.NOBODY
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Until when the mover may withdraw, and how long others then have to take the item over."""

    until: When | None = None
    adoption_window: Duration | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """Something that may be brought in. Any one route is enough; no routes: no seconders are needed.

    ``depth`` 0 stands by itself, 1 amends what others have proposed or a draft, 2 amends such an amendment.
    """

    id: str
    label: str
    proposers: tuple[str, ...] = (kinds.Proposer.MEMBER.value,)
    exempt: tuple[str, ...] = ()
    limit: int | None = None
    depth: int = 0
    relation: kinds.Relation = kinds.Relation.MODIFIES
    scope: kinds.Scope = kinds.Scope.OPEN
    form: Form = Form()
    seconding: tuple[Route, ...] = (Route(),)
    edit: Editing = Editing()
    withdraw: Withdrawal = Withdrawal()
    expires: Duration | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share of a base that is needed; ``strict``: more than it, otherwise at least it."""

    share: Fraction = Fraction(1, 2)
    base: kinds.Counted = kinds.Counted.CAST
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many there must be of what the kind counts; ``strict``: more than that."""

    count: Formula
    kind: kinds.QuorumKind = kinds.QuorumKind.TURNOUT
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """Another threshold, or a quorum besides, when an event has happened."""

    when: str
    passes: Threshold
    quorum: Quorum | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote. ``slots``: so many of the options are taken. ``repeats``: how often it is held again without quorum."""

    id: str
    label: str
    stage: str
    electorates: tuple[str, ...] = (MEMBERS,)
    unit: kinds.BallotUnit = kinds.BallotUnit.ITEM
    kind: kinds.BallotKind = kinds.BallotKind.YES_NO
    method: kinds.Method = kinds.Method.SCHULZE
    default_option: str = ""
    slots: int | None = None
    passes: Threshold = Threshold()
    combine: kinds.Combining = kinds.Combining.WEIGHTED
    quorum: Quorum | None = None
    if_quorum_fails: kinds.QuorumFails = kinds.QuorumFails.FAIL
    repeats: int = 1
    secrecy: kinds.Secrecy = kinds.Secrecy.SECRET_VERIFIABLE
    changeable: bool = True
    casting_vote: str = ""
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Appeal:
    """To whom a refusal goes, how long after the ruling, what they need to overturn it, when all must be over."""

    to: str
    window: Duration
    passes: Threshold = Threshold()
    must_end_before: When | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Who rules on what may be taken ("" nobody), on which grounds, and what they may do to the words."""

    by: str = ""
    mode: kinds.Mode = kinds.Mode.MAJORITY
    grounds: tuple[kinds.Ground, ...] = ()
    reasons: kinds.Need = kinds.Need.REQUIRED
    silence_admits: Duration | None = None
    may_edit: kinds.MayEdit = kinds.MayEdit.NONE
    publish_refused: bool = True
    appeal: Appeal | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """How it is settled what is taken; ``ballot`` is the priority ballot."""

    mode: kinds.Selecting = kinds.Selecting.ALL_IN_ORDER
    slots: int | None = None
    ballot: str = ""
    override_by: str = ""


@dataclass(frozen=True, slots=True)
class Compositing:
    """Who may make one text of several ("" nobody), with whose consent, and how long these have."""

    by: str = ""
    consent: kinds.Consent = kinds.Consent.MOVERS
    keep_originals: bool = True
    window: Duration | None = None


@dataclass(frozen=True, slots=True)
class Challenge:
    """Who may overturn how contradictions were settled, and what they need."""

    by: str
    passes: Threshold = Threshold()


@dataclass(frozen=True, slots=True)
class Conflict:
    """What becomes of items that contradict one another."""

    resolve: kinds.Resolve = kinds.Resolve.ALTERNATIVES
    order: kinds.Order = kinds.Order.TEXT
    challenge: Challenge | None = None
    packages: bool = False


@dataclass(frozen=True, slots=True)
class Moratorium:
    """For how many years the same may not be brought in again, and who may allow it all the same."""

    years: int
    scope: kinds.Sameness = kinds.Sameness.SAME_CLAUSE
    waived_by: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """Clauses (by their labels) with a threshold, a consent or a notice of their own."""

    clauses: tuple[str, ...]
    passes: Threshold | None = None
    consent_of: tuple[str, ...] = ()
    notice: Duration | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """With whom a change must be registered, and how soon."""

    with_whom: str
    within: Duration | None = None


@dataclass(frozen=True, slots=True)
class Editorial:
    """Who may correct spelling, numbers and references after an adoption, and how long anybody may object."""

    by: str
    objection: Duration | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """Which ballots are required, in what order, and when what they carried is in force."""

    requires: tuple[str, ...] = ()
    in_force: kinds.InForce | When = kinds.InForce.DECLARATION
    provisos: bool = False
    registration: Registration | None = None
    editorial: Editorial | None = None
    renumber: kinds.Numbering = kinds.Numbering.AUTOMATIC
    certified_by: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What is published together."""

    id: str
    label: str
    contents: tuple[kinds.Content, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of one process. ``events`` are what has no date beforehand, each with words for a sentence."""

    process: Process
    form: Form = Form()
    routes: tuple[Route, ...] = (Route(),)
    electorates: Mapping[str, Electorate] = field(default_factory=dict)
    variables: Mapping[str, Formula] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    admission: Admission = Admission()
    selection: Selection = Selection()
    compositing: Compositing = Compositing()
    conflict: Conflict = Conflict()
    moratorium: Moratorium | None = None
    protections: tuple[Protection, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    adoption: Adoption = Adoption()
    packs: Mapping[str, Pack] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the process is called."""
        return self.process.name

    @property
    def title_words(self) -> int:
        """The longest title, in words, where an instrument has no form of its own."""
        return self.form.title_words

    @property
    def reason_words(self) -> int:
        """The longest reason, in words, where an instrument has no form of its own."""
        return self.form.reason_words

    @property
    def text_chars(self) -> int:
        """The longest text, in characters, where an instrument has no form of its own."""
        return self.form.text_chars

    @property
    def seconders(self) -> int:
        """How many seconders an instrument needs that has no routes of its own; raises NotOneNumber."""
        if not self.routes:
            return 0
        needed = constant(self.routes[0].count)
        if len(self.routes) > 1 or needed is None:
            raise NotOneNumber("How many seconders are needed depends on where they come from.")
        return needed.__ceil__()
