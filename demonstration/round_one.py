"""The first four weeks: what became the second edition, and what fell by the wayside."""

from __future__ import annotations

from demonstration.amendment import Added, Amendment, Fate, Merging, Reworded, Struck

AMENDMENTS = (
    Amendment(
        "three-meetings",
        69,
        "meera-nair",
        "Hold three branch meetings a year",
        "Our branch met in February and October last year and decided nothing in between. Two of the paths we should "
        "have fought for were diverted that summer. Three meetings is the least that lets a branch keep pace with a "
        "planning timetable.",
        (Reworded("4.2(1)", "two times", "three times"),),
        Fate.IN_FORCE,
        seconds=4,
        branch="Airedale",
    ),
    Amendment(
        "four-meetings",
        68,
        "patrick-mulvey",
        "Hold four branch meetings a year",
        "One a quarter is easy to remember. People plan round things that come at the same time every year.",
        (Reworded("4.2(1)", "two times", "four times"),),
        Fate.WITHDRAWN,
        6,
        "I have seconded the amendment for three meetings instead. Four was a meeting too many for the small branches, "
        "and they told me so.",
        61,
    ),
    Amendment(
        "longer-notice",
        67,
        "ewa-zielinska",
        "Give three weeks' notice of branch meetings",
        "A fortnight sounds long until the letter takes three days and the shift rota is already pinned up. Those of us "
        "who work nights never get to a meeting. The second change is for members on the islands, where three days for "
        "the post is a joke.",
        (
            Reworded("4.2(2)", "fourteen days' notice", "twenty-one days' notice"),
            Reworded("13.2(2)", "three days after", "five days after"),
        ),
        Fate.IN_FORCE,
        seconds=6,
        branch="Old Fen",
    ),
    Amendment(
        "branch-minutes",
        66,
        "bronwen-gethin",
        "Send branch minutes to every member of the branch",
        "I am a branch member of eleven years' standing and I have never seen a minute. I do not think anything is being "
        "hidden. I think nobody has been asked, so let the constitution ask.",
        (
            Added(
                "4.2(4)",
                "The branch secretary shall send the minutes of every general meeting to the members of the "
                "branch within twenty-eight days.",
            ),
        ),
        Fate.IN_FORCE,
    ),
    Amendment(
        "access",
        65,
        "lakshmi-pillai",
        "A right to take part for disabled members",
        "A member who uses a wheelchair should not have to write to the secretary each time to ask whether the hall has "
        "a step. This puts the duty on us who organise, and it puts it among the rights of members, where people look "
        "first. Wayfarers on Wheels helped with the wording.",
        (
            Added(
                "2.3",
                "Meetings and ballots shall be arranged so that members with an impairment can take part in them, "
                "and at least one walk in ten in every programme shall be on a way without steps or stiles.",
                "Members with an impairment",
            ),
        ),
        Fate.IN_FORCE,
    ),
    Amendment(
        "three-meetings-again",
        63,
        "oliver-stannard",
        "Three general meetings, not two",
        "Two meetings a year are too few to keep a branch alive. I did not know when I wrote this that somebody in "
        "Airedale was asking for the same.",
        (Reworded("4.2(1)", "two times", "three times"),),
        Fate.OVERTAKEN,
        2,
    ),
    Amendment(
        "national-path",
        62,
        "edmund-garside",
        "Declare for a path from Hebden Vale to the sea",
        "We have talked about this path for thirty years. If it stood in the constitution nobody could forget it again.",
        (
            Added(
                "6.1(2)",
                "The union supports a national path from Hebden Vale to the sea, to be open along its whole "
                "length by 1 May 2032.",
            ),
        ),
        Fate.REFUSED,
        8,
        "This is a policy and not an amendment to the constitution (clause 9.3(2)(1)). The committee has offered the "
        "mover help in wording it as a motion to conference.",
        57,
        ground="not_an_amendment",
    ),
    Amendment(
        "no-copies",
        60,
        "hugh-ravensworth",
        "Stop answering requests for personal records",
        "The office spent nineteen days last year on copies of records for four members. That is a month of a footpath "
        "officer.",
        (Struck("13.3(2)"),),
        Fate.REFUSED,
        1,
        "Every person has this right in law, whatever our constitution says; leaving it out would require the union to "
        "break the law (clause 9.3(2)(2)).",
        56,
        ground="unlawful",
    ),
    Amendment(
        "rename",
        59,
        "matthias-brandt",
        "Call ourselves the Union of Walkers",
        "Half of what we defend is not a footpath at all. New members ask me why the bridleways are left out. A name "
        "should say who we are.",
        (
            Reworded(
                "1.1(1)",
                "The name of the union is the Footpath Union.",
                "The name of the union is the Union of Walkers.",
            ),
        ),
        Fate.WITHDRAWN,
        11,
        "Three branches wrote to say that the name is on their signposts, and that repainting them would cost more than "
        "a footbridge. I give in with good grace.",
        40,
    ),
)

MERGING = Merging(
    "Branch meetings, notices and access", ("three-meetings", "longer-notice", "branch-minutes", "access"), 52, 50, 44
)
