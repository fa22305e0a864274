"""The roll as a file says it is, and what it would change on ours."""

import codecs
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.roll import MOST_PROBLEMS, MOST_ROWS, Entry, Sheet, read
from members.roll_cells import email_key
from members.roll_plan import Plan, handle_for, plan
from members.sheet import LARGEST

HEADINGS = "Membership number,Name,E-mail,Branch,Affiliated body,Joined,Standing,Roles"
ROSA = "10432,Rosa Lindgren,rosa@example.org,Fen,,2020-12-31,good,member"
OMAR = "10433,Omar Haddad,omar@example.org,Glen,Youth,31/12/2019,arrears,member; officer"


def text(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows, ""])


def sheet(*rows, headings=HEADINGS):
    return read(text(*rows, headings=headings).encode())


def row(**given):
    fields = {
        "number": "10432",
        "name": "Rosa",
        "email": "rosa@example.org",
        "branch": "",
        "body": "",
        "joined": "",
        "standing": "",
        "roles": "",
    }
    return ",".join((fields | given).values())


def problems(found):
    return [(one.line, one.column, one.message) for one in found.problems]


def said(*rows, headings=HEADINGS):
    return " ".join(map(str, sheet(*rows, headings=headings).problems))


# ---------------------------------------------------------------- reading


def test_a_roll_is_read_field_by_field():
    assert sheet(ROSA, OMAR).problems == ()
    assert sheet(ROSA, OMAR).entries == (
        Entry(2, "10432", "Rosa Lindgren", "rosa@example.org", "Fen", "", "2020-12-31", "good", frozenset({"member"})),
        Entry(
            3,
            "10433",
            "Omar Haddad",
            "omar@example.org",
            "Glen",
            "Youth",
            "2019-12-31",
            "arrears",
            frozenset({"member", "officer"}),
        ),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_any_line_ending_will_do(delimiter, end):
    written = text(ROSA).replace(",", delimiter).replace("\n", end)
    assert read(written.encode()).entries == sheet(ROSA).entries


def test_a_spreadsheet_s_line_that_names_the_delimiter_is_no_heading():
    found = read(("sep=;\n" + text(ROSA).replace(",", ";")).encode())
    assert (found.delimiter, found.problems) == ("semicolon", ())
    assert found.entries[0].line == 3


def test_headings_come_in_any_order_case_and_wording():
    found = sheet(
        "member,rosa@example.org,10432,good,Fen,x,Rosa Lindgren,,2020-12-31",
        headings="ROLE,E-MAIL ADDRESS,Member_No.,status,BRANCH,Telephone,Full Name,Affiliated-body,Member since",
    )
    assert found.ignored == ("Telephone",)
    assert found.entries == sheet(ROSA).entries


def test_a_missing_column_and_one_that_is_there_twice_are_named():
    found = sheet("1,2,3,4,5,6,7,8", headings="number,name,email,name,body,joined,standing,roles")
    assert [(line, column) for line, column, _ in problems(found)] == [(1, "name"), (1, "branch")]
    assert found.entries == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_said_to_be_empty(data):
    assert "empty" in str(read(data).problems[0])


def test_what_is_too_large_to_be_a_roll_is_not_even_decoded():
    assert problems(read(b"x" * (LARGEST + 1))) == [
        (0, "", "The file is larger than 64 megabytes; that is no roll of members.")
    ]


def test_a_row_that_ends_before_the_number_belongs_to_nobody():
    found = sheet("Rosa", headings="name,e-mail,branch,body,joined,standing,roles,number")
    assert [line for line, _, _ in problems(found)] == [2]
    assert found.unread == frozenset()


def test_headings_without_rows_are_a_problem():
    assert problems(sheet(",,,,,,,")) == [(1, "", "There are no rows below the headings.")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (text(row(name="Zoë ’Ó Súilleabháin")).encode(), "UTF-8"),
        (text(row(name="Zoë ’Ó Súilleabháin")).encode("utf-8-sig"), "UTF-8 with a byte order mark"),
        (text(row(name="Zoë ’Ó Súilleabháin")).encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + text(row(name="Zoë ’Ó Súilleabháin")).encode("utf-16-be"), "UTF-16"),
        (text(row(name="Zoë ’Ó Súilleabháin")).encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_encoding_is_found_out_and_said(data, encoding):
    found = read(data)
    assert found.encoding == encoding
    assert [one.name for one in found.entries] == ["Zoë ’Ó Súilleabháin"]


@pytest.mark.parametrize("name", ["José Muñoz", "Siân O’Brien", "STRASSENMÜLLER", "Maša Šaric", "Ærø Åse"])
def test_western_names_are_taken_in_windows_1252(name):
    assert [one.name for one in read(text(row(name=name)).encode("cp1252")).entries] == [name]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Renée", "mac-roman"),
        ("Müller", "cp850"),
        ("Schön", "cp850"),
        ("Sjöberg MÜLLER", "cp850"),
        ("Иван", "cp1251"),
        ("Γιάννης", "iso8859-7"),
        ("Łukasz", "utf-16-le"),
    ],
)
def test_letters_of_an_encoding_that_we_do_not_know_are_never_guessed(name, codec):
    found = read(text(ROSA, row(number="7", email="", name=name)).encode(codec))
    assert found.entries == ()
    assert "Save it again as" in str(found.problems[0])


def test_the_line_of_a_broken_character_is_named():
    data = text(ROSA, row(number="7", email="", name="Zoë"), row(number="8", email="", name="Šárka")).encode()
    assert problems(read(data.replace("á".encode(), b"\xc3")))[0][0] == 4
    assert "broken" in str(read(data.replace("á".encode(), b"\xc3")).problems[0])
    assert problems(read(codecs.BOM_UTF8 + b"1\n2\n\xff"))[0][0] == 3
    assert "byte 3" in str(read(codecs.BOM_UTF16_LE + b"1").problems[0])


def test_line_breaks_within_quotes_are_spaces_and_lines_are_counted_as_an_editor_does():
    found = sheet('10432,"Rosa\r\nLindgren",r@example.org,"Fen,\nand Marsh",,,,', "x,,,,,,,")
    assert (found.entries[0].name, found.entries[0].branch) == ("Rosa Lindgren", "Fen, and Marsh")
    assert problems(found)[0][:2] == (5, "name")


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line():
    found = sheet(ROSA, '7,"Omar,o@example.org,,,,,', OMAR)
    assert [line for line, _, _ in problems(found)] == [3]
    assert "quotation mark" in said(ROSA, '7,"Omar,o@example.org,,,,,')


def test_one_row_that_cannot_be_cut_does_not_hide_the_next():
    assert [line for line, _, _ in problems(sheet('7,"Omar"x,o@example.org,,,,,', OMAR, "8,,,,,,,"))] == [2, 4]


def test_composed_and_decomposed_letters_are_one():
    assert sheet(row(name="Zoe\u0308")).entries[0].name == "Zo\u00eb"


@pytest.mark.parametrize(
    ("given", "column", "why"),
    [
        ({"number": ""}, "membership number", "tells people apart"),
        ({"number": "1" * 41}, "membership number", "41 characters"),
        ({"name": " "}, "name", "no name"),
        ({"name": "x" * 201}, "name", "201 characters"),
        ({"name": "Rosa\x00"}, "name", "U+0000"),
        ({"name": "Rosa\x0b"}, "name", "U+000B"),
        ({"name": "Ro\u202esa"}, "name", "U+202E"),
        ({"branch": "\x1f"}, "branch", "U+001F"),
        ({"name": "Ros\ufffd"}, "name", "U+FFFD"),
        ({"email": "rosa.example.org"}, "e-mail", "no e-mail address"),
        ({"email": "rosa@"}, "e-mail", "no e-mail address"),
        ({"email": "rosa lindgren@example.org"}, "e-mail", "no e-mail address"),
        ({"email": '"r@example.org\nBcc: x@example.org"'}, "e-mail", "no e-mail address"),
        ({"email": '"r@example.org, x@example.org"'}, "e-mail", "no e-mail address"),
        ({"email": "x" * 250 + "@example.org"}, "e-mail", "262 characters"),
        ({"joined": "last spring"}, "joined", "no date"),
        ({"joined": "2020-13-01"}, "joined", "no date"),
        ({"joined": "31/02/2020"}, "joined", "no date"),
        ({"joined": "0001-01-01"}, "joined", "no date"),
        ({"standing": "splendid"}, "standing", "good, arrears, suspended, left"),
        ({"standing": "erased"}, "standing", "“erased” is no standing"),
        ({"roles": "king"}, "roles", "“king” is no role; the known ones are administrator, committee, delegate"),
        ({"roles": "member president"}, "roles", "“president” is no role"),
    ],
)
def test_each_thing_that_a_field_may_not_be_is_named(given, column, why):
    found = sheet(row(**given))
    assert [(line, at) for line, at, _ in problems(found)] == [(2, column)]
    assert why in problems(found)[0][2]
    assert found.entries == ()


@pytest.mark.parametrize("column", ["number", "name", "email", "branch", "body", "joined", "standing", "roles"])
@pytest.mark.parametrize("formula", ["=1+1", "+cmd|x", "-x", "@SUM(A1)", "\tx", '"\rx"', " =1", "\uff1d1"])
def test_a_formula_is_refused_by_name_wherever_it_stands(column, formula):
    if (column, formula[0]) != ("number", "\t"):  # a tab in the first column of a first row may be its delimiter
        assert "formula" in said(row(**{column: formula}))


def test_a_number_with_a_sign_is_no_formula():
    assert [one.membership for one in sheet(row(number="-12"), row(number="+4.5", email="")).entries] == ["-12", "+4.5"]


def test_a_number_that_is_there_twice_is_named_with_both_lines():
    found = sheet(
        ROSA, OMAR, row(number="10432", email="x@example.org"), row(number="a7", email=""), row(number="A7", email="")
    )
    assert [(line, column) for line, column, _ in problems(found)] == [
        (4, "membership number"),
        (6, "membership number"),
    ]
    assert "is on line 2 and again on line 4" in problems(found)[0][2]


def test_an_address_that_is_there_twice_is_named_whatever_its_case_and_composition():
    upper, composed = row(number="1", email="ROSA@Example.ORG"), row(number="2", email="zo\u00eb@example.org")
    found = sheet(ROSA, upper, composed, row(number="3", email="zoe\u0308@example.org"))
    assert [(line, column) for line, column, _ in problems(found)] == [(3, "e-mail"), (5, "e-mail")]
    assert "is on line 2 and again on line 3" in problems(found)[0][2]


def test_any_number_of_people_may_have_no_address():
    assert sheet(row(number="1", email=""), row(number="2", email="")).problems == ()


def test_who_has_no_roles_said_is_a_member_in_good_standing():
    assert (sheet(row()).entries[0].roles, sheet(row()).entries[0].standing) == ({"member"}, "good")


@pytest.mark.parametrize(
    "roles",
    ["returning-officer; member", "Returning Officer | Member", "member returning-officer", "MEMBER/returning officer"],
)
def test_roles_are_parted_in_any_usual_way(roles):
    assert sheet(row(roles=roles)).entries[0].roles == {"member", "returning-officer"}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-12-31", "2020-12-31"),
        ("31/12/2020", "2020-12-31"),
        ("12-31-2020", "2020-12-31"),
        ("3.4.2020", "2020-04-03"),
        ("05/05/2020", "2020-05-05"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_only_is_read(written, date):
    assert sheet(row(joined=written)).entries[0].joined == date


def test_an_ambiguous_date_is_a_problem_unless_the_sheet_decides():
    assert "ambiguous" in said(row(joined="03/04/2020"))
    for deciding, date in {"13/04/2020": "2020-04-03", "04/13/2020": "2020-03-04"}.items():
        found = sheet(row(joined="03/04/2020"), row(number="2", email="", joined=deciding))
        assert found.entries[0].joined == date


def test_a_sheet_whose_dates_contradict_each_other_decides_nothing():
    both = [
        row(number=str(n), email="", joined=one) for n, one in enumerate(["13/04/2020", "04/13/2020", "03/04/2020"])
    ]
    assert [line for line, _, _ in problems(sheet(*both))] == [4]


def test_too_few_and_too_many_fields_are_problems_but_not_empty_ones_at_the_end():
    found = sheet("10432,Rosa", ROSA.replace("10432", "1") + ",more", OMAR + ",,")
    assert [line for line, _, _ in problems(found)] == [2, 3]
    assert "There are 2 fields on this line and 8 headings." in problems(found)[0][2]
    assert [one.membership for one in found.entries] == ["10433"]
    assert found.unread == {"10432", "1"}


def test_more_rows_than_any_roll_has_are_not_read():
    found = read(text(ROSA, OMAR, "8,Zoë,,,,,,").encode(), most_rows=2)
    assert problems(found) == [(4, "", "There are more than 2 rows; no more were read.")]
    assert len(found.entries) == 2
    assert MOST_ROWS == 200_000


def test_a_file_that_is_wrong_throughout_is_not_told_to_the_last_line():
    found = sheet(*[",,,,,,,x"] * (MOST_PROBLEMS + 100))
    assert len(found.problems) < MOST_PROBLEMS + 10
    assert "the rest was not read" in str(found.problems[-1])


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_it_fail(data):
    for found in (read(data), read(HEADINGS.encode() + b"\n" + data)):
        assert found.problems or found.entries


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"]), min_size=1, max_size=40)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: name and name[0] not in "=+-@\uff1d\uff0b\uff0d\uff20" and "�" not in name)
)
def test_every_name_comes_back_as_it_was_written(name):
    quoted = '"' + name.replace('"', '""') + '"'
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        found = read(text(row(name=quoted)).encode(encoding))
        assert email_key(found.entries[0].name) == email_key(name), found.problems


# ---------------------------------------------------------------- planning


@dataclass(frozen=True)
class Ours:
    """Somebody on our roll."""

    id: int
    membership: str = ""
    name: str = "Rosa"
    email: str = ""
    branch: str = ""
    body: str = ""
    joined: str = ""
    standing: str = "good"
    roles: frozenset = frozenset({"member"})

    @property
    def handle(self):
        return f"m-{self.membership or self.id}"


def entries(*rows):
    return sheet(*rows)


def test_a_first_import_adds_everybody():
    made = plan([], sheet(ROSA, OMAR))
    assert str(made) == "+2 -0 ~0"
    assert [(one.handle, one.entry.name) for one in made.added] == [
        ("m-10432", "Rosa Lindgren"),
        ("m-10433", "Omar Haddad"),
    ]
    assert (made.problems, made.cautions) == ((), ())


def test_the_same_file_again_changes_nothing():
    ours = Ours(1, "10432", "Rosa Lindgren", "rosa@example.org", "Fen", "", "2020-12-31")
    made = plan([ours], sheet(ROSA))
    assert (str(made), made.unchanged, made.empty) == ("+0 -0 ~0", 1, True)


def test_a_change_is_told_field_by_field():
    ours = Ours(1, "10433", "Omar", "omar@example.net", "Fen", "Youth", "2019-12-31")
    [changed] = plan([ours], sheet(OMAR)).changed
    assert [(one.field, one.old, one.new) for one in changed.differences] == [
        ("name", "Omar", "Omar Haddad"),
        ("e-mail", "omar@example.net", "omar@example.org"),
        ("branch", "Fen", "Glen"),
        ("standing", "good", "arrears"),
        ("roles", "member", "member officer"),
    ]
    assert not changed.lost_roles


def test_who_loses_a_role_is_marked():
    ours = Ours(1, "10432", roles=frozenset({"member", "committee"}))
    assert plan([ours], sheet(ROSA)).changed[0].lost_roles


def test_who_has_no_number_here_is_known_by_the_address_whatever_its_case():
    made = plan([Ours(1, name="Rosa Lindgren", email="ROSA@example.org")], sheet(ROSA))
    assert str(made) == "+0 -0 ~1"
    assert ("membership number", "", "10432") in [(one.field, one.old, one.new) for one in made.changed[0].differences]


def test_who_has_another_number_here_is_somebody_else_even_with_the_same_address():
    assert (
        str(
            plan(
                [Ours(1, "9", email="rosa@example.org"), Ours(2, "8"), Ours(3, "7")],
                sheet(ROSA, row(number="8", email=""), row(number="7", email="")),
            )
        )
        == "+1 -1 ~0"
    )


def test_two_of_ours_with_one_address_and_no_number_are_a_problem():
    made = plan([Ours(1, email="rosa@example.org"), Ours(2, email="Rosa@example.org")], sheet(ROSA))
    assert [(one.line, one.column) for one in made.problems] == [(2, "e-mail")]


def test_who_is_no_longer_in_the_file_or_said_to_have_left_is_removed():
    ours = [Ours(n, str(n)) for n in range(1, 8)]
    rows = [row(number=str(n), email="", standing="left" if n == 2 else "good") for n in range(2, 8)]
    made = plan(ours, sheet(*rows))
    assert [one.member for one in made.removed] == [1, 2]
    assert (str(made), made.cautions) == ("+0 -2 ~0", ())


def test_who_had_left_is_not_removed_again_and_may_come_back():
    gone = Ours(1, "10432", "Rosa Lindgren", "rosa@example.org", "Fen", "", "2020-12-31", "left", frozenset())
    made = plan([gone, Ours(2, "9", standing="left")], sheet(ROSA))
    assert str(made) == "+0 -0 ~1"
    assert [(one.field, one.new) for one in made.changed[0].differences] == [("standing", "good"), ("roles", "member")]


def test_who_comes_as_having_left_is_not_added():
    assert str(plan([], sheet(ROSA, row(number="8", email="", standing="left")))) == "+1 -0 ~0"


def test_who_was_erased_is_never_found_again_and_their_handle_is_not_given_again():
    erased = Ours(10432, "", "A former member", standing="erased", roles=frozenset())
    made = plan([erased], sheet(ROSA, row(number="8", email="")))
    assert [one.handle for one in made.added] == ["m-10432-2", "m-8"]
    assert made.removed == ()


def test_who_is_on_a_line_with_a_problem_is_not_taken_for_removed():
    ours = [Ours(1, "10432"), Ours(2, "10433")]
    assert plan(ours, sheet(ROSA, "10433,,,,,,,")).removed == ()


def test_a_file_that_cannot_be_read_plans_nothing():
    assert plan([Ours(1)], read(b"\x81")) == Plan()


def test_removing_more_than_a_third_is_to_be_said_to_be_meant():
    ours = [Ours(n, str(n)) for n in range(1, 7)]
    third = [row(number=str(n), email="") for n in range(3, 7)]
    assert plan(ours, sheet(*third)).cautions == ()
    assert "3 of the 6 people" in plan(ours, sheet(*third[1:])).cautions[0]


@pytest.mark.parametrize("rows", [[row(number="2", email="")], [row(number="1", email=""), row(number="2", email="")]])
def test_leaving_no_administrator_is_to_be_said_to_be_meant(rows):
    ours = [Ours(n, str(n)) for n in range(2, 9)]
    rows = rows + [row(number=str(n), email="") for n in range(3, 9)]
    boss = Ours(1, "1", roles=frozenset({"administrator"}))
    assert [one[:16] for one in plan([boss, *ours], sheet(*rows)).cautions] == ["No administrator"]
    heir = row(number="9", email="", roles="administrator")
    assert plan([boss, *ours], sheet(*rows, heir)).cautions == ()
    indebted = row(number="9", email="", standing="arrears", roles="administrator")
    assert len(plan([boss, *ours], sheet(*rows, indebted)).cautions) == 1


@pytest.mark.parametrize(
    ("number", "handle"),
    [
        ("10432", "m-10432"),
        (" A/12 b ", "m-a-12-b"),
        ("Ünï-7", "m-uni-7"),
        ("+4.5", "m-4-5"),
        ("9" * 60, "m-" + "9" * 48),
    ],
)
def test_a_handle_is_made_of_the_number(number, handle):
    assert handle_for(number, set()) == handle


def test_a_number_without_letters_or_digits_of_ours_gives_a_handle_too():
    assert handle_for("会員", set()) != handle_for("社員", set())
    assert len(handle_for("会員", set())) == 14


def test_handles_are_unique_and_do_not_depend_on_the_order_of_the_file():
    rows = [row(number=one, email="") for one in ("A/1", "a-1", "A 1", "a.1")]
    made = {one.entry.membership: one.handle for one in plan([], sheet(*rows)).added}
    assert len(set(made.values())) == 4
    assert {one.entry.membership: one.handle for one in plan([], sheet(*reversed(rows))).added} == made


def test_two_plans_have_one_digest_only_when_they_do_the_same():
    ours = [Ours(n, str(n)) for n in range(4)]
    found = sheet(*[row(number=str(n), email="") for n in range(4)], ROSA)
    same = plan(ours, found).digest()
    assert plan(ours, found).digest() == same
    others = [plan(ours[1:], found), plan([*ours, Ours(7, "7")], found), plan([Ours(0, "0", "Ann"), *ours[1:]], found)]
    assert len({same, *[one.digest() for one in others]}) == 4


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True, min_size=1))
def test_whoever_is_on_either_side_is_accounted_for_once(ours, theirs):
    made = plan([Ours(n, str(n)) for n in ours], Sheet(sheet(*[row(number=str(n), email="") for n in theirs]).entries))
    assert {one.member for one in made.removed} == set(ours) - set(theirs)
    assert {int(one.entry.membership) for one in made.added} == set(theirs) - set(ours)
    assert made.unchanged + len(made.changed) == len(set(ours) & set(theirs))
