"""The cloud's limits on calls, kept for each client id."""

from dataclasses import dataclass, field
from typing import Final

DAY_S: Final = 86_400
TEN_MINUTES_S: Final = 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Calls allowed in each window."""

    day: int = 1450
    ten_minutes: int = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Which limit a call broke, and when its window ends."""

    name: str
    limit: int
    reset_epoch_s: float


@dataclass(kw_only=True, slots=True)
class Window:
    """A window that its first call opens and that ends a fixed time later."""

    name: str
    length_s: float
    opened_s: float = 0.0
    calls: int = 0

    def refuse(self, limit: int, now_s: float) -> Refusal | None:
        """Return why one more call now is too many, or None when it is not."""
        if not self.calls or now_s >= self.opened_s + self.length_s:
            self.opened_s, self.calls = now_s, 0
        if self.calls < limit:
            return None
        reset_s = self.opened_s + self.length_s
        return Refusal(name=self.name, limit=limit, reset_epoch_s=reset_s)


@dataclass(kw_only=True, slots=True)
class Quota:
    """The two windows of one client id."""

    day: Window = field(
        default_factory=lambda: Window(name="ViCare day limit", length_s=DAY_S)
    )
    ten_minutes: Window = field(
        default_factory=lambda: Window(
            name="ViCare 10 minutes limit", length_s=TEN_MINUTES_S
        )
    )

    def take(self, limits: Limits, now_s: float) -> Refusal | None:
        """Count one call, or return why it is refused; a refused call is not counted."""
        refusal = self.day.refuse(limits.day, now_s)
        refusal = self.ten_minutes.refuse(limits.ten_minutes, now_s) or refusal
        if refusal is None:
            self.day.calls += 1
            self.ten_minutes.calls += 1
        return refusal
