"""The wave before the deadline: branches met, and what they sent is on the committee's table, forty amendments in all."""

from __future__ import annotations

from demonstration.amendment import Added, Amendment, Change, Fate, Moved, Reworded, Struck


def _sent(  # noqa: PLR0917 (what a branch sends)
    key: str, day: int, mover: str, branch: str, title: str, reason: str, *changes: Change
) -> Amendment:
    """What a branch has decided to second needs nobody else, though two members have already."""
    return Amendment(key, day, mover, title, reason, changes, Fate.ADMITTED, 2, branch=branch)


MONEY = (
    _sent(
        "no-credit-check",
        8,
        "enid-wilson",
        "Tamar and Moor",
        "No credit check for paying by instalments",
        "The bank we use asks for one. Nobody should be looked up in a register to go for a walk.",
        Reworded("3.1(4)", "without a charge for", "without a charge or a credit check for"),
    ),
    _sent(
        "household-quarter",
        8,
        "george-varga",
        "Airedale",
        "Households at one and a quarter times",
        "Two people who share a kettle share one newsletter too. The rate should say so.",
        Reworded("3.1(3)", "one and a half times", "one and a quarter times"),
    ),
    _sent(
        "household-twice",
        8,
        "elena-parekh",
        "Northern Wolds",
        "Let a household pay what two people pay",
        "Single members pay for households now. A rate of up to twice would let conference be fair.",
        Reworded("3.1(3)", "one and a half times", "two times"),
    ),
    _sent(
        "arrears-four",
        8,
        "nia-campbell",
        "Lower Severn",
        "Four months before arrears",
        "The quarterly debit fails once, and by the next one the member has no vote. Four months cover one failure.",
        Reworded("3.3(1)", "three months late", "four months late"),
    ),
    _sent(
        "arrears-four-too",
        7,
        "rajesh-naylor",
        "Northern Wolds",
        "More time before a member is in arrears",
        "I was in hospital for fourteen weeks and came out without a vote.",
        Reworded("3.3(1)", "three months late", "four months late"),
    ),
    _sent(
        "reserve-four",
        7,
        "anil-santos",
        "Border Fells",
        "A reserve of four months",
        "Six months' spending lies in the bank while stiles rot.",
        Reworded("12.2(4)", "six months' spending", "four months' spending"),
    ),
    _sent(
        "auditor-three",
        7,
        "owen-harper",
        "Four Valleys",
        "A new auditor every three years",
        "Five years is long enough to become a friend.",
        Reworded("12.1(4)", "five years together", "three years together"),
    ),
)
BODIES = (
    _sent(
        "fee-by-size",
        7,
        "hilda-morgan",
        "Thames Meadows",
        "Fees of affiliated bodies by their size",
        "The ramblers' choir has nine members and pays what the canal society pays.",
        Reworded("5.2(2)", "a yearly fee set by conference", "a yearly fee, according to its size, set by conference"),
    ),
    _sent(
        "bodies-accounts",
        7,
        "lottie-fofana",
        "Welsh Marches",
        "Affiliated bodies send their accounts too",
        "We lend them our name. It is fair to know what they spend it on.",
        Reworded("5.2(3)", "its annual report", "its annual report and its accounts"),
    ),
    _sent(
        "bodies-published",
        6,
        "hector-jepson",
        "Mersey Plain",
        "Publish the reports of affiliated bodies",
        "They are sent to an office and nobody else ever reads them.",
        Reworded("5.2(3)", "to the general secretary", "to the general secretary, who publishes it"),
    ),
    _sent(
        "delegate-each-hundred",
        6,
        "rebecca-pickles",
        "Thames Meadows",
        "A delegate for every hundred members of a body",
        "Most affiliated bodies have between one and two hundred members, and no delegate at all.",
        Reworded("5.2(1)(1)", "every two hundred of its members", "every hundred of its members"),
    ),
)
GOVERNING = (
    _sent(
        "quorum-nine",
        6,
        "elena-hargreaves",
        "Old Fen",
        "A quorum of nine on the national committee",
        "Eight of fifteen can decide five to three. Nine is not much to ask.",
        Reworded("7.3(2)", "eight", "nine"),
    ),
    _sent(
        "quorum-half",
        6,
        "enid-lewis",
        "Welsh Marches",
        "Half the national committee is its quorum",
        "Then the number need not change whenever the committee grows or shrinks.",
        Reworded("7.3(2)", "eight", "one half of its members"),
    ),
    _sent(
        "miss-two",
        6,
        "ravi-reid",
        "Four Valleys",
        "Two missed meetings are enough",
        "Six meetings a year: whoever misses three running was away for half of it.",
        Reworded("7.3(4)", "three meetings running", "two meetings running"),
    ),
    _sent(
        "any-chair",
        5,
        "nisha-nuttall",
        "Old Fen",
        "Let sub-committees choose their own chair",
        "The best chair the paths sub-committee ever had was not on the national committee.",
        Struck("7.4(2)"),
    ),
    _sent(
        "chair-or-officer",
        5,
        "rebecca-kilpatrick",
        "Chalk Downs",
        "An officer may chair a sub-committee",
        "The treasurer should chair the one on money, whoever else sits where.",
        Reworded("7.4(2)", "a member of the national committee", "a member of the national committee or a trustee"),
    ),
    _sent(
        "president-presides",
        5,
        "valerie-thomas",
        "Border Fells",
        "The president presides at conference",
        "Somebody has to, and this constitution does not say who.",
        Reworded("8.2(1)", "opens conference", "opens conference and presides at it"),
    ),
    _sent(
        "four-years",
        5,
        "santiago-sinclair",
        "Chalk Downs",
        "Four years in one office",
        "Two terms, and then another job or a walk.",
        Reworded("8.3(3)", "six years together", "four years together"),
    ),
    _sent(
        "hand-over",
        5,
        "yvonne-farrow",
        "Tamar and Moor",
        "Papers are handed over within a month",
        "Our last secretary left in March. The boxes came in November.",
        Added(
            "8.4(3)",
            "An officer who leaves office shall hand over its papers to the successor within twenty-eight days.",
        ),
    ),
)
VOTING = (
    _sent(
        "ballot-three-weeks",
        4,
        "enid-wilson",
        "Tamar and Moor",
        "Ballots open for three weeks",
        "Second post on the islands is not what it was.",
        Reworded("10.2(1)", "fourteen days", "twenty-one days"),
    ),
    _sent(
        "ballot-four-weeks",
        4,
        "george-varga",
        "Airedale",
        "Ballots open for four weeks",
        "A branch meets once a month. Four weeks let every one of them talk before anybody has to vote.",
        Reworded("10.2(1)", "fourteen days", "twenty-eight days"),
    ),
    _sent(
        "result-two-days",
        4,
        "nia-campbell",
        "Lower Severn",
        "Results within two days",
        "The count takes an evening.",
        Reworded("10.2(4)", "within three days", "within two days"),
    ),
    _sent(
        "papers-first",
        4,
        "hilda-morgan",
        "Thames Meadows",
        "Say at once who may have another ballot paper",
        "It stands at the end, where nobody who needs it reads.",
        Moved("10.2(5)", "10.2(1)"),
    ),
    _sent(
        "post-seven-days",
        4,
        "hector-jepson",
        "Mersey Plain",
        "Seven days for the post",
        "It takes a week. We have all been told so by the post office.",
        Reworded("13.2(2)", "five days", "seven days"),
    ),
)
AMENDMENTS = (*MONEY, *BODIES, *GOVERNING, *VOTING)
