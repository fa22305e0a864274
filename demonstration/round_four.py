"""The last three weeks: what members ask for besides, much of it still in want of seconders."""

from __future__ import annotations

from demonstration.amendment import Added, Amendment, Fate, Moved, Reworded, Struck

SEEKING = Fate.SEEKING

ALIKE = (
    Amendment(
        "nine-drafters",
        22,
        "noor-siddiqui",
        "Two more members for the drafting committee",
        "Forty amendments, seven people, sixteen weeks. I have watched them do it and I do not want to watch it again.",
        (Reworded("9.1(1)", "seven members", "nine members"),),
        fate=Fate.ADMITTED,
    ),
    Amendment(
        "nine-drafters-too",
        16,
        "callum-drummond",
        "Nine on the drafting committee",
        "Our branch meeting asked for this so that a member from the islands has a chance of being elected. Nine is also "
        "enough to work in three groups of three.",
        (Reworded("9.1(1)", "seven members", "nine members"),),
        SEEKING,
        12,
        among=("Border Fells", "Glen and Loch"),
    ),
    Amendment(
        "quorum",
        53,
        "rhys-talbot",
        "A quorum of two thirds at conference",
        "Last year the rule on huts was passed with hardly half the chairs filled. What binds everybody should be "
        "decided by most of us.",
        (Reworded("6.5(1)", "one half of the delegates", "two thirds of the delegates"),),
        seconds=5,
        branch="Welsh Marches",
    ),
    Amendment(
        "quorum-too",
        15,
        "bronwen-gethin",
        "Two thirds of the delegates to make a quorum",
        "If delegates know that the hall must be two thirds full, they will stay for the last item on Sunday.",
        (Reworded("6.5(1)", "one half of the delegates", "two thirds of the delegates"),),
        SEEKING,
        0,
    ),
    Amendment(
        "quorum-present",
        11,
        "idris-bello",
        "Count the delegates in the hall, not the list",
        "Two thirds is right, but two thirds of whom? A delegate who never came should not stop those who did.",
        (Reworded("6.5(1)", "the delegates elected", "the delegates registered at the door"),),
        Fate.ACCEPTED,
        3,
        ended=8,
        on="quorum-too",
    ),
    Amendment(
        "answers",
        14,
        "ewa-zielinska",
        "Answer members' questions within three weeks",
        "I asked about the ferry path in May and got a very good answer in June, four weeks later to the day. The "
        "consultation had closed by then.",
        (Reworded("2.3(3)", "within four weeks", "within three weeks"),),
        SEEKING,
        19,
    ),
    Amendment(
        "answers-too",
        9,
        "patrick-mulvey",
        "Quicker answers from the national committee",
        "Three weeks is plenty for writing a letter.",
        (Reworded("2.3(3)", "within four weeks", "within three weeks"),),
        SEEKING,
        1,
    ),
)

OVERLAPPING = (
    Amendment(
        "eight-meetings",
        21,
        "farida-rahimi",
        "Eight meetings of the national committee a year",
        "Six meetings of four hours leave eleven minutes for each item; I counted. Two more would let the members speak "
        "as well as the officers. Whoever misses a few of eight has missed less than of six, hence the second change.",
        (
            Reworded("7.3(1)", "at least six times", "at least eight times"),
            Reworded("7.3(4)", "misses three meetings", "misses four meetings"),
        ),
        fate=Fate.ADMITTED,
    ),
    Amendment(
        "meet-by-video",
        20,
        "callum-drummond",
        "Hold some national meetings by video",
        "From Glen and Loch a two-hour meeting takes two days. We have not had a member on the national committee since "
        "the ferry was cut, and this is why. A line that fails should not cost anybody a seat, so let it be four missed "
        "meetings rather than three.",
        (
            Reworded("7.3(1)", "in every year", "in every year, and at least two of its meetings are held by video"),
            Reworded("7.3(4)", "misses three meetings", "misses four meetings"),
        ),
    ),
    Amendment(
        "report-in-a-week",
        19,
        "alasdair-muir",
        "A footpath secretary in every branch, and reports within a week",
        "A fallen tree becomes a diversion, and a diversion becomes a habit. A week is possible now that the form can be "
        "sent from the path itself. But it needs somebody whose task it is, in every branch.",
        (
            Reworded(
                "4.3(4)",
                "may also elect a footpath secretary, who reports blocked or damaged paths to the highway authority "
                "within fourteen days",
                "shall also elect a footpath secretary, who reports blocked or damaged paths to the highway authority "
                "within seven days",
            ),
        ),
        Fate.ADMITTED,
    ),
    Amendment(
        "unsigned-paths",
        13,
        "meera-nair",
        "Count a missing sign as damage",
        "Nobody walks a path that they cannot find. In our valley nine signs have gone since the spring and not one was "
        "reported, because the duty speaks only of blocked and damaged paths, and because half of us have nobody whose "
        "duty it is.",
        (
            Reworded(
                "4.3(4)",
                "may also elect a footpath secretary, who reports blocked or damaged paths",
                "shall also elect a footpath secretary, who reports blocked, damaged or unsigned paths",
            ),
        ),
        SEEKING,
        19,
    ),
    Amendment(
        "more-nominations",
        12,
        "oliver-stannard",
        "Ask for more nominations for office",
        "Five candidates stood for treasurer and nobody read five statements. A slightly higher step would leave us "
        "those who are in earnest, and a shorter term would give each of them a turn.",
        (
            Reworded("8.3(2)", "by two branches or by thirty members", "by three branches or by forty members"),
            Reworded("8.3(3)", "six years together", "four years together"),
        ),
        SEEKING,
        4,
    ),
    Amendment(
        "two-years-member",
        11,
        "joan-appleby",
        "Two years' membership before standing for office",
        "Whoever signs contracts for us should have seen two conferences and one bad winter. And whoever has signed them "
        "for four years should let somebody else look at them.",
        (
            Reworded("8.3(2)", "for at least one year", "for at least two years"),
            Reworded("8.3(3)", "six years together", "four years together"),
        ),
        SEEKING,
        6,
    ),
    Amendment(
        "seven-on-panel",
        18,
        "chiara-bonetti",
        "Seven members for the disputes panel",
        "With five members, of whom three sit and two hear the appeal, one illness stops everything. A case from last "
        "autumn is still waiting.",
        (
            Reworded("11.2(1)", "five members", "seven members"),
            Reworded("11.4(2)", "by the two members", "by two members"),
        ),
    ),
    Amendment(
        "panel-not-staff",
        8,
        "winston-clarke",
        "Keep the staff off the disputes panel",
        "It has not happened, but nothing forbids it. A member of staff should not have to judge the people who decide "
        "on their pay.",
        (Reworded("11.2(1)", "is on the national committee", "is on the national committee or employed by the union"),),
        SEEKING,
        8,
    ),
)

ALONE = (
    Amendment(
        "aim-hedges",
        17,
        "zofia-marek",
        "Add hedges and trees to our aims",
        "Half of our working parties already plant as much as they cut. Under the rule that money is spent only on the "
        "aims, somebody could ask who paid for the saplings.",
        (Added("1.2(5)", "to plant and keep the hedges and trees that line our paths."),),
        Fate.ADMITTED,
    ),
    Amendment(
        "aim-harm",
        16,
        "matthias-brandt",
        "Add care for land and wildlife to our aims",
        "We wear the hills out by loving them. If it is an aim to walk, it should be an aim to do less harm by walking.",
        (Added("1.2(5)", "to reduce the harm that walking does to soil, water and wildlife."),),
    ),
    Amendment(
        "aim-towpaths",
        7,
        "kwame-asante",
        "Add towpaths and water to our aims",
        "Thames Meadows has forty miles of towpath and hardly a hill. We should like to see ourselves in the first page "
        "of the constitution.",
        (Added("1.2(5)", "to keep open the towpaths and the public ways to rivers, lakes and the shore."),),
        SEEKING,
        3,
    ),
    Amendment(
        "rate-date",
        15,
        "sinead-rafferty",
        "No rise in subscriptions before a fixed day",
        "A rise decided in November has twice been taken from people's accounts in December, before they had read of it. "
        "This gives everybody the winter to plan.",
        (
            Added(
                "3.1(4)",
                "A new rate takes effect on 1 April after the conference that sets it, and not before 1 April 2028.",
            ),
        ),
        SEEKING,
        12,
        among=("Chalk Downs", "Old Fen"),
    ),
    Amendment(
        "deputy-treasurer",
        14,
        "olu-bankole",
        "Elect a deputy treasurer",
        "One person holds every password and the only key to the accounts. When she had her operation we paid nobody for "
        "six weeks. A deputy costs nothing and could be learning for the day when the office falls vacant.",
        (
            Reworded(
                "8.1(1)",
                "the general secretary and the treasurer",
                "the general secretary, the treasurer and the deputy treasurer",
            ),
            Added("8.2(4)", "The deputy treasurer assists the treasurer, and acts in the treasurer's absence."),
            Reworded("7.2(1)", "has fifteen members", "has sixteen members"),
            Reworded("7.2(1)(1)", "the five officers", "the six officers"),
        ),
        SEEKING,
        19,
    ),
    Amendment(
        "must-not-shall",
        10,
        "hannah-whitlock",
        "Say must where we mean must",
        "When I read the duties aloud to new members they ask whether shall is a promise or an order. Must is shorter and "
        "nobody asks. If this is liked I shall offer the other ninety.",
        (
            Reworded("2.4(1)", "Members shall respect", "Members must respect"),
            Reworded("2.4(2)", "lead walks shall follow", "lead walks must follow"),
            Reworded("2.4(3)", "Members shall close gates", "Members must close gates"),
        ),
        SEEKING,
        1,
    ),
    Amendment(
        "amend-amendments",
        6,
        "idris-bello",
        "Allow amendments to amendments at conference",
        "Twice last year everybody in the hall agreed on one better word, and the chair had to forbid it. Let us trust "
        "ourselves with one more level.",
        (Struck("A.3(3)"),),
        SEEKING,
        11,
    ),
    Amendment(
        "investments",
        5,
        "lakshmi-pillai",
        "Say what our reserves may not be invested in",
        "Our reserve was for a time in a fund that owned the estate we were in court with. Nobody knew. Two sentences "
        "in the constitution and somebody has to look.",
        (
            Added(
                "12.3",
                "The reserve of the union shall not be invested in any undertaking that obstructs a public path, and "
                "the treasurer shall list every investment in the accounts presented under clause 12.1(2).",
                "Investments",
            ),
        ),
        SEEKING,
        7,
    ),
    Amendment(
        "young-walkers",
        4,
        "peggy-trewin",
        "Name the young walkers before the households",
        "A small thing. Households stand between the members who are old enough to join alone and those who are not, and "
        "people read it as though the young could come only with a family. Put the two ages together and the question "
        "goes away.",
        (Moved("2.1(2)", "2.1(3)"),),
        SEEKING,
        0,
    ),
    Amendment(
        "speeches",
        3,
        "martha-kestrel",
        "Shorter speeches at conference",
        "Four minutes is long enough for anybody who has written it down. Nine speakers did not get to the microphone "
        "last year.",
        (
            Reworded(
                "A.2(1)",
                "for five minutes and every other speaker for three",
                "for four minutes and every other speaker for two",
            ),
        ),
        SEEKING,
        5,
    ),
    Amendment(
        "interpreters",
        2,
        "ling-chau",
        "Ask for an interpreter without putting up a hand",
        "Nobody likes to stop the whole hall to say that they have not understood. One box on the form "
        "that delegates fill in already would be enough.",
        (
            Reworded(
                "A.2(4)",
                "at any time",
                "at any time, or may ask beforehand for an interpreter, whom the union provides",
            ),
        ),
        SEEKING,
        2,
    ),
    Amendment(
        "huts",
        1,
        "gareth-penrose",
        "Ask the nearest branch before a hut is let",
        "The hut at Carn Edge was let for six years and the branch that built it read of it in the paper.",
        (
            Reworded(
                "12.3(3)",
                "without the consent of conference",
                "without the consent of conference, nor for any shorter time before the nearest branch has been heard",
            ),
        ),
        SEEKING,
        0,
    ),
)

AMENDMENTS = (*ALIKE, *OVERLAPPING, *ALONE)
