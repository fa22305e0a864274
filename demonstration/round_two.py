"""The next three weeks: openness, and the third edition."""

from __future__ import annotations

from demonstration.amendment import Added, Amendment, Fate, Merging, Reworded, Struck

AMENDMENTS = (
    Amendment(
        "minutes-fortnight",
        43,
        "farida-rahimi",
        "Publish the national minutes within a fortnight",
        "By the time we read what the committee decided, the next meeting is nearly upon us and it is too late to "
        "object. A fortnight is what we ask of everybody else.",
        (Reworded("7.3(3)", "within twenty-one days of each meeting", "within fourteen days of each meeting"),),
        Fate.IN_FORCE,
    ),
    Amendment(
        "minutes-fortnight-too",
        42,
        "alasdair-muir",
        "National committee minutes in fourteen days",
        "Minutes that arrive after three weeks are history. The secretary tells me that a fortnight can be done.",
        (Reworded("7.3(3)", "within twenty-one days of each meeting", "within fourteen days of each meeting"),),
        Fate.IN_FORCE,
        seconds=2,
        branch="Tamar and Moor",
    ),
    Amendment(
        "refunds",
        41,
        "chiara-bonetti",
        "Leave refunds to good sense",
        "The treasurer has been wanting to return forty pounds to a widow since January and the constitution forbids "
        "it. Without this sentence nobody gets a right to a refund, but nobody is denied one by rule.",
        (Struck("2.5(4)"),),
        Fate.IN_FORCE,
        seconds=4,
        branch="Four Valleys",
    ),
    Amendment(
        "refund-quarter",
        39,
        "joan-appleby",
        "Return what is paid for quarters not begun",
        "Somebody who leaves in April has paid for walks in December. It is fair to hand the later quarters back, and "
        "fair to keep the one that has begun.",
        (Reworded("2.5(4)", "are not returned", "are returned for any quarter that has not begun"),),
        Fate.OVERTAKEN,
        5,
    ),
    Amendment(
        "minutes-late",
        38,
        "ling-chau",
        "Let us read the minutes sooner",
        "I should like to read the minutes before I have forgotten the agenda. Two weeks is enough to type them.",
        (Reworded("7.3(3)", "within twenty-one days of each meeting", "within fourteen days of each meeting"),),
        Fate.OVERTAKEN,
        7,
    ),
    Amendment(
        "two-meetings",
        37,
        "leonard-thwaite",
        "Go back to two branch meetings a year",
        "We have had two meetings a year since the founding and no branch died of it. A third meeting means a third hall "
        "to hire. Nothing prevents a keen branch from meeting every week.",
        (Reworded("4.2(1)", "three times", "two times"),),
        Fate.REFUSED,
        6,
        "The same in substance as amendment 1, which was decided this year (clause 9.3(2)(3)). It may be moved again "
        "after two years.",
        33,
        ground="barred_by_moratorium",
    ),
    Amendment(
        "sponsors",
        36,
        "beatrice-fenn",
        "Let commercial undertakings affiliate",
        "The bootmakers at Old Fen have mended four stiles at their own cost. I would rather have them beside us, paying "
        "a fee and bound by our values, than outside looking kind.",
        (Struck("5.1(3)"),),
        Fate.WITHDRAWN,
        2,
        "I have been persuaded that a company can be thanked without being given a seat at conference.",
        29,
    ),
    Amendment(
        "gifts",
        35,
        "winston-clarke",
        "Keep a register of gifts",
        "Nobody has done anything wrong. That is the best time to begin a register, because nobody need take it as an "
        "accusation.",
        (
            Added(
                "12.2(5)",
                "The treasurer keeps a register of every gift worth more than fifty pounds that is offered to "
                "an officer, a member of the national committee or the staff, and the register is published under "
                "clause 13.1.",
            ),
        ),
        Fate.IN_FORCE,
    ),
)

MERGING = Merging("Openness", ("minutes-fortnight", "minutes-fortnight-too", "refunds", "gifts"), 30, 28, 22)
