"""Every amendment of the story in the order in which they were moved, and what the committee made of them."""

from __future__ import annotations

from demonstration import round_five, round_four, round_one, round_three, round_two

AMENDMENTS = tuple(
    sorted(
        (
            *round_one.AMENDMENTS,
            *round_two.AMENDMENTS,
            *round_three.AMENDMENTS,
            *round_four.AMENDMENTS,
            *round_five.AMENDMENTS,
        ),
        key=lambda one: -one.day,
    )
)
MERGINGS = (round_one.MERGING, round_two.MERGING, round_three.FROZEN, round_three.OPEN)

# Two that ask for the same, by their movers' different reasons.
IDENTICAL = (
    ("three-meetings", "three-meetings-again"),
    ("minutes-fortnight", "minutes-fortnight-too"),
    ("nine-drafters", "nine-drafters-too"),
    ("quorum", "quorum-too"),
    ("answers", "answers-too"),
    ("arrears-four", "arrears-four-too"),
)
# Two that cannot both stand.
CONTRADICTORY = (
    ("ten-seconders", "thirty-seconders"),
    ("spring-conference", "summer-conference"),
    ("ten-thousand", "lower-limit"),
    ("join-at-fourteen", "join-at-eighteen"),
    ("quarter-off", "third-rate"),
    ("three-fifths", "three-quarters"),
    ("nine-years", "no-limit"),
    ("three-meetings", "four-meetings"),
    ("household-quarter", "household-twice"),
    ("quorum-nine", "quorum-half"),
    ("any-chair", "chair-or-officer"),
    ("ballot-three-weeks", "ballot-four-weeks"),
)
# Two that agree in part, or want the same place, and have to be read together.
OVERLAPPING = (
    ("eight-meetings", "meet-by-video"),
    ("report-in-a-week", "unsigned-paths"),
    ("more-nominations", "two-years-member"),
    ("aim-hedges", "aim-harm"),
    ("aim-harm", "aim-towpaths"),
    ("aim-hedges", "aim-towpaths"),
)
# Two that change different words of one clause.
SAME_CLAUSE = (
    ("ten-seconders", "three-months"),
    ("thirty-seconders", "three-months"),
    ("seven-on-panel", "panel-not-staff"),
)
# New clauses that want the same place.
COMPETING = ("aim-hedges", "aim-harm", "aim-towpaths")
