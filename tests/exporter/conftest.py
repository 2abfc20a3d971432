"""What the tests of the export share."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from .spooling import Spools


@pytest.fixture
async def spools(tmp_path: Path) -> AsyncGenerator[Spools]:
    """Return what opens the spool of this test."""
    spools = Spools(tmp_path / "export.db")
    yield spools
    await spools.close()
