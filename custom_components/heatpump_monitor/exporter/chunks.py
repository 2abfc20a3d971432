"""What a spool knows of its chunks without reading the disk."""

from array import array
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
import json
from threading import Lock
from typing import Self

from .ranges import Range, Ranges


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Lines that are kept, and sent, together."""

    number: int
    added_ms: int
    lines: int


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What must be known after a restart, beside the chunks themselves."""

    newest: int = field(default=0, compare=False)
    """The number of the newest chunk: what was saved later with a chunk counts."""
    dropped: int = 0
    settled: tuple[Range, ...] = ()
    counters: tuple[tuple[str, int], ...] = ()

    def encode(self) -> str:
        """Return it as a short text."""
        return json.dumps(
            [self.newest, self.dropped, self.settled, dict(self.counters)],
            separators=(",", ":"),
        )

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return what a text says."""
        newest, dropped, settled, counters = json.loads(text)
        return cls(
            newest=newest,
            dropped=dropped,
            settled=tuple((first, last) for first, last in settled),
            counters=tuple(counters.items()),
        )


class Chunks:
    """Which chunks are kept, and which of them are still to be sent.

    A chunk is *unsent*, or *recent*: acknowledged, but the database may still lose
    it, or *settled*: it can be deleted. Where a database may lose something, a recent
    chunk becomes unsent once more, and only its second acknowledgement settles it. Both
    the event loop and the spool's thread use this.
    """

    def __init__(self, state: State, chunks: Iterable[Chunk]) -> None:
        """Begin with what the disk holds: what is not settled is unsent."""
        self._lock = Lock()
        self._base = 1
        self._lines = array("I")
        self._added_ms = array("q")
        self._unsent = Ranges()
        self._recent: deque[tuple[int, Range]] = deque()
        self._again = Ranges()
        """Of the unsent, those that were acknowledged long enough ago."""
        self._settled = Ranges()
        self._counters: Counter[str] = Counter(dict(state.counters))
        self._dropped = state.dropped
        self._newest = state.newest
        self.unsent_lines = 0
        for chunk in chunks:
            self._append(chunk)
        self._newest = max(state.newest, self._newest)
        for first, last in state.settled:
            for part in self._take_unsent((first, last)):
                self._settled.add(*part)

    @property
    def newest(self) -> int:
        """Return the number of the newest chunk there ever was."""
        return self._newest

    @property
    def counters(self) -> Mapping[str, int]:
        """Return what was counted with the acknowledgements."""
        return dict(self._counters)

    @property
    def dropped(self) -> int:
        """Return how many lines were deleted unsent."""
        return self._dropped

    @property
    def oldest_unsent_ms(self) -> int | None:
        """Return when the oldest unsent chunk was added."""
        with self._lock:
            found = self._unsent.first_from(0)
            return None if found is None else self._added_ms[found[0] - self._base]

    def added_ms(self, number: int) -> int:
        """Return when a chunk was added that is still kept."""
        with self._lock:
            return self._added_ms[number - self._base]

    def state(self, *, without: Iterable[Range] = ()) -> State:
        """Return what must be known after a restart, once some chunks are deleted."""
        without = tuple(without)
        lost = self.unsent_lines_in(without)
        with self._lock:
            settled = Ranges(self._settled)
            for first, last in without:
                settled.take(first, last)
            return State(
                newest=self._newest,
                dropped=self._dropped + lost,
                settled=tuple(settled),
                counters=tuple(sorted(self._counters.items())),
            )

    def append(self, chunks: Iterable[Chunk]) -> None:
        """Note what was committed."""
        with self._lock:
            for chunk in chunks:
                self._append(chunk)

    def next_unsent(self, after: int, until: int, most_lines: int) -> Range | None:
        """Return the oldest unsent chunks that follow each other, at least one.

        Never across a chunk that was acknowledged: what is acknowledged later is
        then exactly what was read, even if that one is withdrawn meanwhile.
        """
        with self._lock:
            found = self._unsent.first_from(after + 1)
            if found is None or found[0] > until:
                return None
            first, last = found[0], min(found[1], until, found[0] + most_lines - 1)
            sums = list(accumulate(self._counts(first, last)))
            return first, first + max(bisect_right(sums, most_lines), 1) - 1

    @property
    def recent_lines(self) -> int:
        """Return how many lines will be sent once more."""
        with self._lock:
            return sum(sum(self._counts(*chunks)) for _, chunks in self._recent)

    def acknowledge(
        self, chunks: Range, counted: Mapping[str, int], at_ms: int, *, is_final: bool
    ) -> None:
        """Note that chunks were taken; unless that is final, they are sent once more.

        Time alone settles nothing: the database may have ended long before an answer
        fails to come, and behind a proxy nobody sees that it started again.
        """
        with self._lock:
            self._counters.update(counted)
            self._mark(chunks, None if is_final else at_ms)

    def send_again(self, before_ms: int) -> None:
        """Make unsent once more what was acknowledged before a moment."""
        with self._lock:
            while self._recent and self._recent[0][0] <= before_ms:
                _, chunks = self._recent.popleft()
                self._add_unsent(*chunks)
                self._again.add(*chunks)

    def withdraw_recent(self) -> None:
        """Make unsent what is not settled yet."""
        with self._lock:
            while self._recent:
                self._add_unsent(*self._recent.popleft()[1])

    def acknowledged(self, *, with_recent: bool) -> list[Range]:
        """Return what can be deleted without loss, or with little risk of it."""
        with self._lock:
            result = list(self._settled)
            if with_recent:
                result += [part for _, part in self._recent]
            return result

    def replace_by(self, other: Chunks) -> None:
        """Take over what the disk holds, and keep what was acknowledged and counted."""
        with self._lock:
            for chunks in self._settled:
                other._mark(chunks, None)
            for at_ms, chunks in self._recent:
                other._mark(chunks, at_ms)
            self._base = other._base
            self._lines = other._lines
            self._added_ms = other._added_ms
            self._unsent = other._unsent
            self._recent = other._recent
            self._settled = other._settled
            self._newest = max(self._newest, other._newest)
            self.unsent_lines = other.unsent_lines

    def give_up(self, number: int) -> None:
        """Drop a chunk that cannot be read."""
        with self._lock:
            before = self.unsent_lines
            self._mark((number, number), None)
            self._dropped += before - self.unsent_lines

    def oldest_unsent_until(self, before_ms: int) -> list[Range]:
        """Return the oldest unsent chunks, as far as added before a moment."""
        result: list[Range] = []
        with self._lock:
            for first, last in self._unsent:
                end = first
                while end <= last and self._added_ms[end - self._base] < before_ms:
                    end += 1
                if end > first:
                    result.append((first, end - 1))
                if end <= last:
                    break
        return result

    def unsent_lines_in(self, ranges: Iterable[Range]) -> int:
        """Return how many unsent lines would be lost without some chunks."""
        with self._lock:
            return sum(
                sum(self._counts(max(first, a), min(last, b)))
                for first, last in ranges
                for a, b in self._unsent
                if a <= last and b >= first
            )

    def delete(self, ranges: Iterable[Range]) -> None:
        """Note that chunks are no more; what was unsent of them is dropped."""
        with self._lock:
            before = self.unsent_lines
            for first, last in ranges:
                self._take_unsent((first, last))
                self._again.take(first, last)
                self._settled.take(first, last)
                self._forget_recent(first, last)
                self._clear(first, last)
            self._dropped += before - self.unsent_lines
            self._trim()

    def _append(self, chunk: Chunk) -> None:
        """Add one chunk at the end; numbers in between do not exist."""
        if not self._lines:
            self._base = chunk.number
        while self._base + len(self._lines) < chunk.number:
            self._lines.append(0)
            self._added_ms.append(0)
        self._lines.append(chunk.lines)
        self._added_ms.append(chunk.added_ms)
        self._newest = chunk.number
        self._add_unsent(chunk.number, chunk.number)

    def _counts(self, first: int, last: int) -> array[int]:
        """Return how many lines each of some chunks has."""
        return self._lines[first - self._base : last - self._base + 1]

    def _add_unsent(self, first: int, last: int) -> None:
        self._unsent.add(first, last)
        self.unsent_lines += sum(self._counts(first, last))

    def _take_unsent(self, chunks: Range) -> list[Range]:
        parts = self._unsent.take(*chunks)
        self.unsent_lines -= sum(sum(self._counts(*part)) for part in parts)
        return parts

    def _mark(self, chunks: Range, at_ms: int | None) -> None:
        """Settle unsent chunks, or those that were sent once before a moment."""
        for part in self._take_unsent(chunks):
            first_time = Ranges([part])
            for again in [part] if at_ms is None else self._again.take(*part):
                self._settled.add(*again)
                first_time.take(*again)
            if at_ms is not None:
                self._recent += [(at_ms, each) for each in first_time]

    def _forget_recent(self, first: int, last: int) -> None:
        """Take chunks out of the recent ones."""
        if not any(a <= last and b >= first for _, (a, b) in self._recent):
            return
        kept: deque[tuple[int, Range]] = deque()
        for at_ms, chunks in self._recent:
            rest = Ranges([chunks])
            rest.take(first, last)
            kept += [(at_ms, part) for part in rest]
        self._recent = kept

    def _clear(self, first: int, last: int) -> None:
        """Set the lines of chunks to none."""
        for number in range(max(first, self._base), last + 1):
            if number - self._base < len(self._lines):
                self._lines[number - self._base] = 0

    def _trim(self) -> None:
        """Forget what is before the first chunk that is kept."""
        kept = [chunks for _, chunks in self._recent]
        kept += filter(None, (self._unsent.first_from(0), self._settled.first_from(0)))
        begin = min((first for first, _ in kept), default=self._newest + 1)
        del self._lines[: begin - self._base]
        del self._added_ms[: begin - self._base]
        self._base = begin
