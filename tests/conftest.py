"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flake8_leaks.lint import RAISE


@pytest.fixture(scope="session", autouse=True)
def errors_inside_rules_are_raised() -> Iterator[None]:
    """A rule that raises is a failing test, not a finding LEK000; tests of LEK000 unset the variable themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(RAISE, "1")
        yield
