"""Names of devices in the tags: as they were called first, whatever they become."""

from collections.abc import Mapping
from itertools import count
from typing import Final

from homeassistant.util import slugify

_PREFIX: Final = "label"
"""Of the keys, among all notes."""


class Labels:
    """Gives each device, meter and probe a label for ever.

    Another label would begin another series in the database.
    """

    def __init__(self, notes: Mapping[str, str]) -> None:
        """Continue with the labels among some notes."""
        self._known = {
            key: label for key, label in notes.items() if key.startswith(f"{_PREFIX}:")
        }
        self._new: dict[str, str] = {}

    def label(self, siblings: str, key: str, name: str) -> str:
        """Return the label of a thing by its key; its name counts the first time only.

        It is unique among its siblings, and so are the keys of these.
        """
        group = f"{_PREFIX}:{siblings}:"
        note = f"{group}{key}"
        if (label := self._known.get(note)) is None:
            taken = {
                label for key, label in self._known.items() if key.startswith(group)
            }
            label = self._known[note] = self._new[note] = _unique(name, taken)
        return label

    def take_new(self) -> dict[str, str]:
        """Return the notes to keep since the last call, by their keys."""
        new, self._new = self._new, {}
        return new


def _unique(name: str, taken: set[str]) -> str:
    slug = slugify(name) or "unknown"
    if slug not in taken:
        return slug
    return next(label for each in count(2) if (label := f"{slug}_{each}") not in taken)
