"""Checking the record: the chain of the log, and the digest of everything it speaks of."""

from __future__ import annotations

import store.log


def verify() -> tuple[store.log.Fault, ...]:
    """Every fault found in the log, the editions, the drafts and the amendments; empty when all is well."""
    return store.log.verify()
