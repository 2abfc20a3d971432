"""What the tests of the export share."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.frontend.conftest import open_page  # noqa: F401

from .home import home  # noqa: F401
from .sending import Sending
from .spooling import Spools


@pytest.fixture
async def spools(tmp_path: Path) -> AsyncGenerator[Spools]:
    """Return what opens the spool of this test."""
    spools = Spools(tmp_path / "export.db")
    yield spools
    await spools.close()


@pytest.fixture
async def sending(tmp_path: Path) -> AsyncGenerator[Sending]:
    """Return a sender with its spool and a database."""
    sending = Sending(tmp_path)
    await sending.open()
    yield sending
    await sending.close()
