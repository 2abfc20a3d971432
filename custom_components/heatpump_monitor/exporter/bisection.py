"""Find the lines that a database refuses, so that all others are taken."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Final

from .targets.base import LinesRejected, TargetError, TargetUnavailable

_SUSPICIOUS: Final = 20
"""So many refused lines, and not one taken: perhaps no line at all is taken."""

type Write = Callable[[Sequence[str]], Awaitable[None]]
type Read = Callable[[], Awaitable[Sequence[str]]]


class Bisection:
    """Writes lines, and halves what is refused until single lines are left.

    What is found is remembered until `forget`: after an outage amid a search the lines
    are written again, but the search goes on where it was.
    """

    def __init__(self, write: Write) -> None:
        """Write by a function that raises a `TargetError`."""
        self._write = write
        self._reasons: dict[str, str] = {}
        """Why which lines are refused."""
        self._last_taken: str | None = None

    def forget(self, lines: Sequence[str]) -> None:
        """Forget lines that are done with."""
        for line in lines:
            self._reasons.pop(line, None)

    async def async_write(self, lines: Sequence[str], later: Read) -> dict[str, str]:
        """Write lines; return which of them are refused, and why.

        `later` reads lines that follow. Raises a `TargetError`, among them
        `LinesRejected` if the database takes no line at all, so that the fault is not
        in the lines.
        """
        try:
            return await self._async_search(lines, later)
        except TargetUnavailable:
            raise
        except TargetError:
            # Once somebody has mended it, every line gets another chance.
            self._reasons.clear()
            raise

    async def _async_search(self, lines: Sequence[str], later: Read) -> dict[str, str]:
        pending = [[line for line in lines if line not in self._reasons]]
        takes_lines = not lines
        while pending:
            part = pending.pop()
            error = await self._async_refusal(part)
            if error is None:
                takes_lines = takes_lines or bool(part)
            elif len(part) > 1:
                middle = len(part) // 2
                pending += [part[middle:], part[:middle]]
            else:
                self._reasons[part[0]] = str(error)
            if not takes_lines and (not pending or len(self._reasons) >= _SUSPICIOUS):
                await self._async_ask_for_witness(lines, later)
                takes_lines = True
        return {line: self._reasons[line] for line in lines if line in self._reasons}

    async def _async_refusal(self, lines: Sequence[str]) -> LinesRejected | None:
        """Write lines; return why they are refused, None if they are taken."""
        if not lines:
            return None
        try:
            await self._write(lines)
        except LinesRejected as error:
            return error
        self._last_taken = lines[-1]
        return None

    async def _async_ask_for_witness(self, lines: Sequence[str], later: Read) -> None:
        """Raise `LinesRejected` if the database takes no other line either."""
        error = LinesRejected(next(iter(self._reasons.values()), ""))
        for line in await self._async_witnesses(lines, later):
            refusal = await self._async_refusal([line])
            if refusal is None:
                return
            error = refusal
        raise error

    async def _async_witnesses(self, lines: Sequence[str], later: Read) -> list[str]:
        if self._last_taken is not None:
            # What was written last may be written again: it replaces itself.
            return [self._last_taken]
        unknown = [line for line in lines if line not in self._reasons]
        # From all of the batch: neighbours often have the same fault.
        spread = unknown[:: max(1, -(-len(unknown) // _SUSPICIOUS))]
        return [*spread, *islice(await later(), _SUSPICIOUS)]
