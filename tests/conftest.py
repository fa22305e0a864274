"""What all tests share: on CI a skip is an error, and property tests keep the same pace everywhere."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

ON_CI = os.environ.get("CI") == "true"

EXAMPLES = 100 * int(os.environ.get("REDRAFT_EXAMPLES") or 1)

settings.register_profile(
    "redraft", max_examples=EXAMPLES, deadline=None, derandomize=ON_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("redraft")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure on CI: what was skipped there was never checked anywhere."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and on CI nothing may be: {call.excinfo.value}"
    return report
