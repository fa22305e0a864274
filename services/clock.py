"""What time it is, for those who act: the database's time, so that all see a stage close at one moment."""

from __future__ import annotations

from store.clock import now

__all__ = ["now"]
