"""The closed lists of a rulebook: whatever is not named here cannot be written."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """Whether parts of the text are changed, or the whole of it is open."""

    AMENDMENT = "amendment"
    REVISION = "revision"


class Weight(StrEnum):
    """What a vote in an electorate weighs."""

    ONE = "one"
    MEMBERS_REPRESENTED = "members_represented"


class Act(StrEnum):
    """What a stage may allow, besides the instruments that may be brought in."""

    APPEAL = "appeal"
    COMMENT = "comment"
    EDIT = "edit"
    MERGE = "merge"
    OBJECT = "object"
    RULE = "rule"
    SECOND = "second"
    SELECT = "select"
    VOTE = "vote"
    WITHDRAW = "withdraw"


class Doing(StrEnum):
    """What happens by itself when a stage opens or closes; written before a colon ("freeze:draft")."""

    FREEZE = "freeze"
    PUBLISH = "publish"
    RULE = "rule"
    SNAPSHOT = "snapshot"


class Proposer(StrEnum):
    """Who may bring in an instrument, besides the electorates that are named."""

    MEMBER = "member"
    BRANCH = "branch"
    BODY = "body"


class Relation(StrEnum):
    """How an instrument stands to the text or instrument it is about."""

    MODIFIES = "modifies"
    ALTERNATIVE = "alternative"
    REPLACES = "replaces"


class Scope(StrEnum):
    """How far an instrument may go."""

    OPEN = "open"
    WITHIN_NOTICE = "within_notice"
    SAME_CLAUSE = "same_clause"


class Need(StrEnum):
    """Whether something must be given."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class Editor(StrEnum):
    """Who may change the words of an instrument that has been brought in."""

    PROPOSER = "proposer"
    COMMITTEE = "committee"
    NOBODY = "nobody"


class Objector(StrEnum):
    """Who can stop such a change."""

    NOBODY = "nobody"
    ANY_SECONDER = "any_seconder"
    ANY_MEMBER = "any_member"


class Mode(StrEnum):
    """How those who rule on admission come to a ruling."""

    MAJORITY = "majority"
    CONSENSUS = "consensus"
    CHAIR = "chair"


class Ground(StrEnum):
    """Why an instrument may be refused."""

    AGAINST_THE_CONSTITUTION = "against_the_constitution"
    BARRED_BY_MORATORIUM = "barred_by_moratorium"
    LATE = "late"
    NOT_AN_AMENDMENT = "not_an_amendment"
    NOT_COMPETENT = "not_competent"
    OUT_OF_SCOPE = "out_of_scope"
    SAME_AS_ANOTHER = "same_as_another"
    UNCLEAR = "unclear"
    UNLAWFUL = "unlawful"


class MayEdit(StrEnum):
    """What those who rule on admission may change in the words."""

    NONE = "none"
    MINOR = "minor"
    COMPETENCE = "competence"


class Selecting(StrEnum):
    """How it is settled what is taken, and in which order."""

    ALL_IN_ORDER = "all_in_order"
    PRIORITY_BALLOT = "priority_ballot"
    COMMITTEE = "committee"


class Consent(StrEnum):
    """Whose consent a composite needs."""

    NONE = "none"
    NOTIFY = "notify"
    MOVERS = "movers"
    ALL_PROPOSERS = "all_proposers"


class Resolve(StrEnum):
    """What becomes of items that contradict one another."""

    FALLS_IF = "falls_if"
    ALTERNATIVES = "alternatives"
    ORDER = "order"


class Order(StrEnum):
    """In which order such items are taken."""

    TEXT = "text"
    AGENDA = "agenda"
    COMMITTEE = "committee"
    PRIORITY = "priority"
    FAR_REACHING = "far_reaching"


class Sameness(StrEnum):
    """What may not be brought in again for some years."""

    SAME_WORDS = "same_words"
    SAME_CLAUSE = "same_clause"
    SAME_PURPOSE = "same_purpose"


class BallotUnit(StrEnum):
    """What one decision of a ballot is about."""

    ITEM = "item"
    CLAUSE = "clause"
    MOTION_AS_AMENDED = "motion_as_amended"
    PACKAGE = "package"
    QUESTION = "question"
    ALL_OPTIONS = "all_options"
    WHOLE = "whole"


class BallotKind(StrEnum):
    """What a voter is asked to mark."""

    YES_NO = "yes_no"
    YES_NO_ABSTAIN = "yes_no_abstain"
    RANKED = "ranked"
    SCORE = "score"
    APPROVAL = "approval"
    RUN_OFF = "run_off"


class Method(StrEnum):
    """How ranks are counted."""

    SCHULZE = "schulze"
    IRV = "irv"
    STV = "stv"


class Counted(StrEnum):
    """What the votes in favour are compared with: the base of a threshold.

    CAST are the votes for and against; VALID those and the abstentions; PAPERS everything handed in, the blank and
    the spoilt too; PRESENT those in the meeting; ELIGIBLE the whole electorate; VERSUS_DEFAULT the voters who
    prefer the option to the default one, or the default one to it.
    """

    CAST = "cast"
    VALID = "valid"
    PAPERS = "papers"
    PRESENT = "present"
    ELIGIBLE = "eligible"
    VERSUS_DEFAULT = "versus_default"


class Combining(StrEnum):
    """How the colleges of one ballot decide together."""

    WEIGHTED = "weighted"
    EACH = "each"


class QuorumKind(StrEnum):
    """What a quorum counts: papers handed in, votes in favour, or votes above the default for each option."""

    TURNOUT = "turnout"
    APPROVAL = "approval"
    PER_OPTION = "per_option"


class QuorumFails(StrEnum):
    """What follows when too few have voted."""

    FAIL = "fail"
    REPEAT = "repeat"


class Secrecy(StrEnum):
    """Who learns how a person voted."""

    OPEN = "open"
    NAMED_AFTER = "named_after"
    SECRET = "secret"  # noqa: S105 (a way to vote)
    SECRET_VERIFIABLE = "secret_verifiable"  # noqa: S105 (a way to vote)


class InForce(StrEnum):
    """When what was adopted takes effect, where that is not a moment of the timetable."""

    DECLARATION = "declaration"
    REGISTERED = "registered"


class Numbering(StrEnum):
    """Who renumbers clauses and references after an adoption."""

    AUTOMATIC = "automatic"
    COMMITTEE = "committee"


class Content(StrEnum):
    """What a published pack may hold."""

    TEXT_IN_FORCE = "text_in_force"
    REDLINE = "redline"
    ITEMS = "items"
    REASONS = "reasons"
    RECOMMENDATIONS = "recommendations"
    FALLS_IF = "falls_if"
    REFUSED = "refused"
    ORIGINALS = "originals"
    LINE_NUMBERS = "line_numbers"
    RULEBOOK = "rulebook"
