"""The files of an export, in the integration's folder."""

from dataclasses import dataclass
from pathlib import Path

from homeassistant.core import HomeAssistant

from ..const import DOMAIN


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """What one export keeps on disk."""

    folder: Path
    prefix: str

    @property
    def spool(self) -> Path:
        """Return the database of the points that are not sent."""
        return self.folder / f"{self.prefix}.db"

    @property
    def rejected(self) -> Path:
        """Return the file of the lines that the database refused."""
        return self.folder / f"{self.prefix}_rejected.jsonl"

    def shown(self, path: Path) -> str:
        """Return a path as the user finds it in the configuration folder."""
        return f"{self.folder.name}/{path.name}"

    def find(self) -> FoundFiles:
        """Look for what somebody has to see; blocks."""
        return FoundFiles(
            has_rejected=self.rejected.exists(),
            set_aside=tuple(
                sorted(
                    self.shown(each)
                    for each in self.folder.glob(f"{self.spool.name}.damaged*")
                )
            ),
        )

    def make_folder(self) -> None:
        """Make the folder if it is missing; blocks."""
        self.folder.mkdir(exist_ok=True)

    def remove(self) -> None:
        """Delete all files of the export; blocks."""
        for path in self.folder.glob(f"{self.prefix}*"):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundFiles:
    """Files of an export that are there because something went wrong."""

    has_rejected: bool = False
    set_aside: tuple[str, ...] = ()
    """Damaged databases, as the user finds them."""


def files_of(hass: HomeAssistant, entry_id: str) -> ExportFiles:
    """Return the files of an entry, whether they are there or not."""
    return ExportFiles(Path(hass.config.path(DOMAIN)), f"export_{entry_id}")
