"""The call budget."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
import json
import random
import time

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.heatpump_monitor.sources.viessmann.budget import (
    BURST_LIMIT,
    DAY_LIMIT,
    Block,
    BudgetExhausted,
    CallBudget,
    CallReason,
)

START = datetime(2026, 1, 15, 12, tzinfo=UTC)
NOON_S = str(int(START.timestamp()))
DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


class Clock:
    """A clock that stands still until it is told, on the wall and inside."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.now = START
        self.monotonic_s = 1000.0

    def __call__(self) -> datetime:
        """Return the time on the wall."""
        return self.now

    def step(self, **by: float) -> None:
        """Let time pass."""
        self.jump(**by)
        self.monotonic_s += timedelta(**by).total_seconds()

    def jump(self, **by: float) -> None:
        """Set the clock on the wall, ahead or back, while no time passes."""
        self.now += timedelta(**by)


@pytest.fixture(autouse=True)
def _real_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEATPUMP_MONITOR_FAST", raising=False)


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the budget."""
    return Clock()


def granted(budget: CallBudget, calls: int) -> int:
    """Take as many calls as the budget grants, and return their number."""
    for number in range(calls):
        try:
            budget.take()
        except BudgetExhausted:
            return number
    return calls


def spend_day(budget: CallBudget, clock: Clock) -> None:
    """Use the whole day's budget, in as many bursts as it takes."""
    while budget.left_day:
        granted(budget, BURST_LIMIT)
        clock.step(minutes=10)


def budget_by(clock: Clock, stored: dict[str, object] | None = None) -> CallBudget:
    """Return the budget as a start finds it."""
    return CallBudget(clock, stored, monotonic_s=lambda: clock.monotonic_s)


def stored_and_loaded(budget: CallBudget, clock: Clock) -> CallBudget:
    """Return the budget after a restart."""
    return budget_by(clock, json.loads(json.dumps(budget.as_dict())))


def test_a_new_budget_grants(clock: Clock) -> None:
    """Nothing is used at first."""
    budget = budget_by(clock)
    assert (budget.used_day, budget.used_burst) == (0, 0)
    assert budget.left_day == DAY_LIMIT
    assert budget.reset_at is None


def test_a_burst_is_stopped(clock: Clock) -> None:
    """The 111th call within ten minutes has to wait until the first is as old."""
    budget = budget_by(clock)
    budget.take()
    clock.step(minutes=4)
    assert granted(budget, 200) == BURST_LIMIT - 1
    assert budget.reset_at == START + TEN_MINUTES
    with pytest.raises(BudgetExhausted) as caught:
        budget.take()
    assert caught.value.until == START + TEN_MINUTES
    assert budget.used_burst == BURST_LIMIT
    assert budget.block is None

    clock.step(minutes=6)
    assert budget.reset_at is None
    assert granted(budget, 200) == 1


def test_a_day_is_stopped(clock: Clock) -> None:
    """After 1400 calls the next waits until the first is a day old."""
    budget = budget_by(clock)
    spend_day(budget, clock)
    assert budget.used_day == DAY_LIMIT
    assert budget.used_burst == 0
    assert budget.reset_at == START + DAY
    assert granted(budget, 1) == 0

    clock.step(seconds=(START + DAY - clock.now).total_seconds())
    assert granted(budget, 200) == BURST_LIMIT


pattern = st.lists(
    st.tuples(
        st.one_of(st.floats(0, 700), st.floats(0, 90_000)),
        st.integers(1, 200),
        st.booleans(),
    ),
    max_size=60,
)


@given(pattern)
@settings(max_examples=40)
def test_no_window_ever_holds_too_many(steps: list[tuple[float, int, bool]]) -> None:
    """Whatever the pattern of calls and restarts, each window keeps its limit."""
    clock = Clock()
    budget = budget_by(clock)
    calls: list[datetime] = []
    for wait_s, wanted, restart in steps:
        clock.step(seconds=wait_s)
        if restart:
            budget = stored_and_loaded(budget, clock)
        calls += [clock.now] * granted(budget, wanted)
    for limit, window in ((DAY_LIMIT, DAY), (BURST_LIMIT, TEN_MINUTES)):
        for first, beyond in zip(calls, calls[limit:], strict=False):
            assert beyond - first >= window


def test_a_restart_keeps_the_count(clock: Clock) -> None:
    """A stored budget goes on where it was, and the day still ends."""
    budget = budget_by(clock)
    granted(budget, 100)
    clock.step(minutes=5)
    budget.take()
    budget.block_until(clock.now + timedelta(hours=3), "ViCare day limit")

    budget = stored_and_loaded(budget, clock)

    assert (budget.used_day, budget.used_burst) == (101, 101)
    assert budget.reset_at == clock.now + timedelta(hours=3)
    assert budget.block == Block(budget.reset_at, "ViCare day limit")
    clock.step(hours=23, minutes=57)
    assert budget.used_day == 1
    assert budget.block is None


def test_a_stored_call_does_not_age(clock: Clock) -> None:
    """Storing rounds to ten minutes, and never frees a call too early."""
    clock.step(seconds=0.4)
    budget = budget_by(clock)
    granted(budget, BURST_LIMIT)
    freed = clock.now + TEN_MINUTES
    clock.step(minutes=1)

    budget = stored_and_loaded(budget, clock)

    assert budget.reset_at is not None
    assert timedelta(0) <= budget.reset_at - freed < TEN_MINUTES


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(None, id="nothing stored yet"),
        pytest.param({}, id="empty"),
        pytest.param({"calls": None, "blocked_until": "soon"}, id="wrong types"),
        pytest.param(
            {
                "calls": {
                    "sign_in": {"now": 1, "1e300": 1, "nan": 1, "[]": 1},
                    "device_list": {NOON_S: "2"},
                    "extra_reading": [NOON_S],
                    "boredom": {NOON_S: -1},
                }
            },
            id="garbage calls",
        ),
    ],
)
def test_garbage_in_the_store_is_left_out(
    clock: Clock, stored: dict[str, object] | None
) -> None:
    """A store that cannot be understood is an unused budget."""
    budget = budget_by(clock, stored)
    assert budget.used_day == 0
    assert granted(budget, 1) == 1


def test_calls_in_disorder_are_sorted(clock: Clock) -> None:
    """The order in the store does not matter."""
    now_s = int(START.timestamp())
    calls = {str(now_s - ago_s): 1 for ago_s in (60, 90_000, 700)}
    assert budget_by(clock, {"calls": {"sign_in": calls}}).used_day == 2


def test_the_store_is_as_small_as_the_day(clock: Clock) -> None:
    """However many calls there were, their count by ten minutes is stored."""
    budget = budget_by(clock)
    for _ in range(DAY_LIMIT):
        budget.take()
        clock.step(minutes=1)
    assert budget.used_day == DAY_LIMIT
    assert len(json.dumps(budget.as_dict())) < 3500


def test_many_restarts_do_not_keep_calls_alive(clock: Clock) -> None:
    """Clocks that differ by milliseconds do not make a call younger each time."""
    budget = budget_by(clock)
    granted(budget, 3)
    for _ in range(100):
        budget = stored_and_loaded(budget, clock)
        clock.jump(milliseconds=3)
        clock.step(seconds=1)
    clock.step(days=1)
    clock.step(minutes=8)
    assert budget.used_day == 0


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param(timedelta(hours=5), timedelta(hours=5), id="as said"),
        pytest.param(timedelta(days=40), DAY, id="at most a day"),
        pytest.param(None, timedelta(hours=1), id="an hour if not said"),
    ],
)
def test_a_refusal_of_the_cloud_blocks(
    clock: Clock, named: timedelta | None, expected: timedelta
) -> None:
    """After a refusal nothing is granted until its end."""
    budget = budget_by(clock)
    until = budget.block_until(None if named is None else clock.now + named)
    assert until == START + expected
    assert budget.reset_at == until
    with pytest.raises(BudgetExhausted) as caught:
        budget.take()
    assert caught.value.until == until
    assert budget.used_day == 0

    clock.step(seconds=(until - clock.now).total_seconds())
    assert granted(budget, 1) == 1


def test_a_block_that_is_over_does_not_block(clock: Clock) -> None:
    """The cloud may name a moment in the past; then the next poll may ask."""
    budget = budget_by(clock)
    assert budget.block_until(START - DAY) == START
    assert budget.reset_at is None
    assert granted(budget, 1) == 1


def test_the_longer_wait_counts(clock: Clock) -> None:
    """A full window outlasts a shorter block."""
    budget = budget_by(clock)
    granted(budget, BURST_LIMIT)
    budget.block_until(clock.now + timedelta(minutes=1))
    assert budget.reset_at == START + TEN_MINUTES


@pytest.mark.parametrize("days", [40, -365])
def test_a_clock_that_jumps_keeps_the_count(clock: Clock, days: int) -> None:
    """Minutes at another date neither free a call nor hold one back."""
    budget = budget_by(clock)
    spend_day(budget, clock)
    clock.jump(days=days)
    assert granted(budget, 1) == 0
    clock.step(minutes=5)
    clock.jump(days=-days)
    assert (budget.used_day, granted(budget, 1)) == (DAY_LIMIT, 0)
    assert budget.reset_at == START + DAY
    clock.step(seconds=(START + DAY - clock.now).total_seconds())
    assert granted(budget, 200) == BURST_LIMIT


@pytest.mark.parametrize("days", [40, -365])
def test_restarts_while_the_clock_is_wrong_keep_the_count(
    clock: Clock, days: int
) -> None:
    """Calls may seem younger than they are, for one window and no longer."""
    budget = budget_by(clock)
    spend_day(budget, clock)
    clock.jump(days=days)
    for _ in range(2):
        clock.step(minutes=5)
        budget = stored_and_loaded(budget, clock)
        assert granted(budget, 1) == 0
    clock.jump(days=-days)
    for _ in range(2):
        clock.step(minutes=5)
        budget = stored_and_loaded(budget, clock)
        assert granted(budget, 1) == 0
    clock.step(minutes=10)
    assert (budget.used_day, budget.used_burst) == (DAY_LIMIT, 0)
    clock.step(days=1)
    assert stored_and_loaded(budget, clock).used_day == 0


def test_a_start_while_the_clock_is_ahead(clock: Clock) -> None:
    """What was called before counts again as soon as the clock is right."""
    budget = budget_by(clock)
    spend_day(budget, clock)
    stored = budget.as_dict()
    clock.jump(days=40)
    budget = budget_by(clock, stored)
    # Nothing tells it yet that the clock is wrong.
    assert granted(budget, 1) == 1
    clock.step(minutes=5)
    budget = stored_and_loaded(budget, clock)
    clock.jump(days=-40)
    assert granted(budget, 1) == 0
    assert budget.used_day == DAY_LIMIT
    clock.step(days=1)
    assert budget.used_day == 0


@pytest.mark.parametrize("days", [40, -365])
def test_a_clock_that_jumps_does_not_touch_a_block(clock: Clock, days: int) -> None:
    """A block lasts as long as the cloud said."""
    budget = budget_by(clock)
    budget.block_until(clock.now + timedelta(hours=2))
    clock.jump(days=days)
    assert budget.reset_at == clock.now + timedelta(hours=2)
    clock.step(hours=1)
    clock.jump(days=-days)
    assert budget.reset_at == clock.now + timedelta(hours=1)
    clock.step(hours=1)
    assert granted(budget, 1) == 1


def test_a_block_of_another_clock_lasts_a_day_at_most(clock: Clock) -> None:
    """A clock that was a year ahead before a restart does not stop the polling."""
    budget = budget_by(clock)
    budget.block_until(clock.now + timedelta(hours=2))
    clock.jump(days=-365)
    stored: dict[str, object] = {"blocked_until": (START + DAY).timestamp()}
    budget = budget_by(clock, stored)
    assert budget.reset_at == clock.now + DAY
    clock.step(days=1)
    assert budget.reset_at is None


def test_a_block_survives_a_start_while_the_clock_is_ahead(clock: Clock) -> None:
    """It holds again as soon as the clock is right."""
    budget = budget_by(clock)
    budget.block_until(clock.now + timedelta(hours=2))
    stored = budget.as_dict()
    clock.jump(days=40)
    budget = budget_by(clock, stored)
    clock.jump(days=-40)
    assert budget.reset_at == clock.now + timedelta(hours=2)


def test_threads_share_the_budget() -> None:
    """Calls from many threads at once are not granted twice."""
    uneven = random.Random(1)

    def slow_clock() -> datetime:
        # Unsteady, so that threads overtake each other.
        time.sleep(uneven.uniform(0, 0.002))
        return START

    budget = CallBudget(slow_clock, monotonic_s=lambda: 0.0)
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: granted(budget, 30), range(8)))
    assert sum(counts) == BURST_LIMIT


def test_every_change_is_announced(clock: Clock) -> None:
    """What must be stored is announced; a refusal changes nothing."""
    seen: list[int] = []
    budget = CallBudget(clock, on_change=lambda: seen.append(budget.used_day))
    budget.take()
    budget.take()
    budget.block_until(None)
    assert seen == [1, 2, 2]
    assert granted(budget, 1) == 0
    assert seen == [1, 2, 2]


def test_the_fast_pace_shortens_the_windows(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the demo's pace ten minutes are ten seconds, and a day 24 minutes."""
    monkeypatch.setenv("HEATPUMP_MONITOR_FAST", "1")
    budget = budget_by(clock)
    granted(budget, BURST_LIMIT)
    assert budget.reset_at == START + timedelta(seconds=10)
    clock.step(minutes=24)
    assert budget.used_day == 0
    assert budget.block_until(START + DAY) == clock.now + timedelta(minutes=24)


def test_calls_are_counted_by_reason(clock: Clock) -> None:
    """The counts survive a restart, and roll as the whole does."""
    budget = budget_by(clock)
    budget.take(CallReason.DEVICE_LIST)
    clock.step(hours=1)
    budget.take()
    budget.take(CallReason.EXTRA_READING)

    budget = stored_and_loaded(budget, clock)

    assert budget.used_by_reason == {
        CallReason.REGULAR_READING: 1,
        CallReason.EXTRA_READING: 1,
        CallReason.SIGN_IN: 0,
        CallReason.DEVICE_LIST: 1,
    }
    clock.step(hours=23)
    assert budget.used_by_reason[CallReason.DEVICE_LIST] == 0
    assert sum(budget.used_by_reason.values()) == budget.used_day == 2


def test_a_call_with_an_unknown_reason_counts(clock: Clock) -> None:
    """What another version stored is used up, through restarts."""
    budget = budget_by(clock, {"calls": {"boredom": {NOON_S: 1}}})
    for _ in range(2):
        assert budget.used_day == 1
        assert not any(budget.used_by_reason.values())
        budget = stored_and_loaded(budget, clock)


def test_calls_by_hour(clock: Clock) -> None:
    """Each of the last 24 hours has its calls, also from before a restart."""
    budget = budget_by(clock)
    granted(budget, 2)
    clock.step(hours=1, minutes=30)
    granted(budget, 3)
    # The first hour before the start was not counted.
    assert budget.calls_by_hour == [None] * 22 + [2, 3]
    clock.step(hours=2)
    after = stored_and_loaded(budget, clock)
    granted(after, 1)
    assert after.calls_by_hour == [None] * 20 + [2, 3, 0, 1]
    clock.step(days=1)
    assert after.calls_by_hour == [0] * 24
