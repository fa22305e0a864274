"""What lies before conference now: a frozen draft, a composite on the desk, and what cannot all be had."""

from __future__ import annotations

from demonstration.amendment import Amendment, Fate, Merging, Moved, Reworded, Struck

SEEKING = Fate.SEEKING

DRAFTED = (
    Amendment(
        "agenda-six-weeks",
        33,
        "grace-adeyemi",
        "Send the agenda six weeks before conference",
        "A branch that meets monthly cannot discuss an agenda that arrives four weeks ahead. Delegates then vote as they "
        "please and are blamed for it. Six weeks gives every branch one meeting at least.",
        (Reworded("6.2(4)", "at least four weeks before", "at least six weeks before"),),
        Fate.COMPOSITED,
    ),
    Amendment(
        "lost-wages",
        32,
        "kwame-asante",
        "Make good the wages that delegates lose",
        "Our delegates are the retired and the salaried, because they can afford to be. Somebody paid by the hour loses "
        "two days' money by serving. If we mean what we say about people of every means, we should pay it.",
        (
            Reworded(
                "6.3(5)",
                "and the cost of care for children and other dependants",
                "the cost of care for children and other dependants, and the wages that a delegate loses by attending",
            ),
        ),
        Fate.COMPOSITED,
        seconds=7,
        branch="Thames Meadows",
    ),
    Amendment(
        "transport-first",
        27,
        "tamsin-carew",
        "Put public transport next to the date and place",
        "The words are right but they stand at the end, where whoever books the hall does not look. I change nothing "
        "except the order.",
        (Moved("6.2(5)", "6.2(2)"),),
        Fate.COMPOSITED,
        seconds=5,
        branch="Tamar and Moor",
    ),
)

ON_THE_DESK = (
    Amendment(
        "ten-seconders",
        31,
        "isobel-cairns",
        "Ask for ten seconders",
        "Twenty names are easy for those who know everybody already. On our side of the loch it is two days of ferries. Ten, "
        "from three branches as now, still show that an idea has left the kitchen.",
        (Reworded("14.1(1)", "twenty other members", "ten other members"),),
        Fate.ADMITTED,
    ),
    Amendment(
        "thirty-seconders",
        29,
        "leonard-thwaite",
        "Ask for thirty seconders from five branches",
        "A constitution that is amended every year is a diary. Thirty members out of three hundred are still a low step, "
        "and asking that they be spread over five branches keeps it from being a local quarrel.",
        (
            Reworded(
                "14.1(1)",
                "twenty other members from at least three branches",
                "thirty other members from at least five branches",
            ),
        ),
        seconds=3,
        branch="Northern Wolds",
    ),
    Amendment(
        "three-months",
        26,
        "desmond-achebe",
        "Wait three months before proposing amendments",
        "Last spring a group joined in one week and moved four amendments in the next. I do not blame them, but one "
        "should live in a house for a season before moving the walls. The later closing date is so that those who "
        "must wait do not lose a whole year by it.",
        (
            Reworded(
                "14.1(1)", "Any member entitled under", "Any member of three months' standing who is entitled under"
            ),
            Reworded("14.2(2)", "sixteen weeks before", "fourteen weeks before"),
        ),
        seconds=4,
        branch="Border Fells",
    ),
)

CONTRADICTORY = (
    Amendment(
        "spring-conference",
        58,
        "rhys-talbot",
        "Hold conference in the spring",
        "In November half of us travel home in the dark on a Sunday service. In spring we could walk on the second day "
        "as we used to. The accounts would be newer too.",
        (Reworded("6.2(1)", "between 1 September and 30 November", "between 1 March and 31 May"),),
    ),
    Amendment(
        "summer-conference",
        54,
        "zofia-marek",
        "Hold conference in the summer",
        "University halls stand empty and cheap in July, and members with school-age children can come. Autumn suits "
        "nobody but the committee.",
        (Reworded("6.2(1)", "between 1 September and 30 November", "between 1 June and 31 July"),),
    ),
    Amendment(
        "ten-thousand",
        25,
        "olu-bankole",
        "Raise the limit for payments to ten thousand pounds",
        "A footbridge cost five thousand pounds when this was written. It now costs nine. We are calling special "
        "meetings to approve timber.",
        (Reworded("12.2(2)", "more than five thousand pounds", "more than ten thousand pounds"),),
        fate=Fate.ADMITTED,
    ),
    Amendment(
        "lower-limit",
        24,
        "hugh-ravensworth",
        "Lower the limit for payments to two and a half thousand",
        "It is the members' money. Three payments of four thousand last year would have been questioned if anybody had "
        "been obliged to ask.",
        (Reworded("12.2(2)", "more than five thousand pounds", "more than two thousand five hundred pounds"),),
        SEEKING,
        17,
    ),
    Amendment(
        "join-at-fourteen",
        55,
        "hannah-whitlock",
        "Let people join in full at fourteen",
        "My daughter surveys six miles of path a month and may not vote on what happens to her reports. Fourteen-year-olds "
        "are trusted with a map and a compass on the hill.",
        (
            Reworded("2.1(1)", "aged sixteen or over", "aged fourteen or over"),
            Reworded("2.1(3)", "under sixteen", "under fourteen"),
        ),
        seconds=3,
        branch="Chalk Downs",
    ),
    Amendment(
        "join-at-eighteen",
        21,
        "leonard-thwaite",
        "Make eighteen the age for full membership",
        "A member may sign for a branch account and be sued for it. Until eighteen the law would not let a bank take the "
        "signature. Let the young walk with us and vote later.",
        (Reworded("2.1(1)", "aged sixteen or over", "aged eighteen or over"),),
        SEEKING,
        9,
    ),
    Amendment(
        "quarter-off",
        20,
        "edmund-garside",
        "Limit the reduced rate to a quarter off",
        "Four members in ten now pay half. The union cannot run on that for long, and those who pay in full have begun "
        "to notice.",
        (
            Reworded(
                "3.2(1)", "not more than one half applies", "not less than three quarters of the full rate applies"
            ),
        ),
        SEEKING,
        5,
    ),
    Amendment(
        "third-rate",
        19,
        "sinead-rafferty",
        "Bring the reduced rate down to a third",
        "Half of a subscription is still a week's bus fares. Every branch knows somebody who quietly stopped coming. We "
        "lose more by losing them than by charging less.",
        (Reworded("3.2(1)", "not more than one half applies", "not more than one third applies"),),
        SEEKING,
        20,
        among=("Four Valleys", "Mersey Plain"),
    ),
    Amendment(
        "three-fifths",
        18,
        "idris-bello",
        "Carry amendments by three fifths",
        "Two years ago the amendment on access had 64 votes in every hundred and fell. A rule that lets a third of us "
        "stop everything is not caution, it is a veto.",
        (Reworded("14.4(1)", "if two thirds of the votes", "if three fifths of the votes"),),
        SEEKING,
        18,
    ),
    Amendment(
        "three-quarters",
        17,
        "peggy-trewin",
        "Carry amendments by three quarters",
        "If three members in four do not want a change, it will not last. I would rather change seldom and mean it.",
        (Reworded("14.4(1)", "if two thirds of the votes", "if three quarters of the votes"),),
        SEEKING,
        1,
        alternative_to="three-fifths",
    ),
    Amendment(
        "nine-years",
        28,
        "gareth-penrose",
        "Let branch officers serve for nine years",
        "In a branch of eighteen people we run out of willing treasurers. After six years ours had to hand the books to "
        "somebody who did not want them.",
        (Reworded("4.3(3)", "more than six years together", "more than nine years together"),),
        seconds=4,
        branch="Tamar and Moor",
    ),
    Amendment(
        "no-limit",
        23,
        "martha-kestrel",
        "Leave the term of branch officers to the branches",
        "Every branch elects its officers every year. A branch that wants a new chair can have one in twelve months "
        "without help from the constitution.",
        (Struck("4.3(3)"),),
        fate=Fate.ADMITTED,
    ),
)

AMENDMENTS = (*DRAFTED, *ON_THE_DESK, *CONTRADICTORY)

FROZEN = Merging("Conference for everybody", tuple(one.key for one in DRAFTED), 12, 9)
OPEN = Merging("Who may propose amendments", tuple(one.key for one in ON_THE_DESK), 6)
