"""What drafts made of amendments, and the committee's own words in them: are they as the log recorded them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store import accounts
from store.chain import Entry, Fault

THINGS = {
    "items": ("amendment", "What draft {draft} made of amendment {number}"),
    "words": ("n", "Passage {number} of the committee’s own words in draft {draft}"),
}
LABELS = {"set_aside": "list of what was set aside"}


class Accounts:
    """What the log says of the coverage of each draft."""

    def __init__(self) -> None:
        self._recorded: dict[int, Entry] = {}

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if a draft was made with its coverage table."""
        if entry.act in {"freeze", "draft-carried"} and "items" in entry.payload and entry.subject.startswith("draft "):
            self._recorded[int(entry.subject.removeprefix("draft "))] = entry

    def faults(self) -> Iterator[Fault]:
        """Every line that is not as the log recorded it."""
        kept = accounts.recorded()
        for draft in sorted({*kept, *self._recorded}):
            entry, here = self._recorded.get(draft), kept.get(draft, {})
            for name, (key, sentence) in THINGS.items():
                now = {one[key]: one for one in here.get(name, ())}
                then = {one[key]: one for one in (entry.payload.get(name, ()) if entry else ())}
                for number in sorted({*now, *then}):
                    said = sentence.format(draft=draft, number=number)
                    yield from _compared(said, now.get(number), then.get(number), entry)


def _compared(
    said: str, now: Mapping[str, Any] | None, then: Mapping[str, Any] | None, entry: Entry | None
) -> Iterator[Fault]:
    if then is None or entry is None:
        yield Fault(entry.seq if entry else None, f"{said} is not recorded in the log.")
    elif now is None:
        yield Fault(entry.seq, f"{said} was recorded in entry {entry.seq} of the log; it is gone.")
    else:
        for key in sorted({*now, *then}):
            if now.get(key) != then.get(key):
                label = LABELS.get(key, key)
                yield Fault(entry.seq, f"{said} has another {label} than entry {entry.seq} of the log recorded.")
