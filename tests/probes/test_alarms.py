"""Alarms ring when they should, once, and never for what is not known."""

from dataclasses import replace
from math import inf, nan

import pytest

from custom_components.heatpump_monitor.probes.engine import ProbeEngine
from custom_components.heatpump_monitor.probes.model import ProbeAlarm, ProbeSettings

from .builders import at, each_minute, engine, feed, reading, restarted, rung

HIGH_ON, HIGH_OFF = (ProbeAlarm.HIGH, True), (ProbeAlarm.HIGH, False)
TARGET_ON, TARGET_OFF = (ProbeAlarm.TARGET, True), (ProbeAlarm.TARGET, False)
SILENT_ON, SILENT_OFF = (ProbeAlarm.SILENT, True), (ProbeAlarm.SILENT, False)


def test_a_single_wild_value_rings_nothing() -> None:
    """However seldom a probe sends, one value is no proof."""
    watched = engine(high_c=70)
    assert not feed(watched, [(1, 60), (11, 90), (21, 60), (31, 60)])


def test_a_limit_rings_once_the_hold_time_was_measured() -> None:
    """The hold time counts from the first value beyond to the last one."""
    watched = engine(high_c=70, hold_s=90)
    assert not feed(watched, [(1, 71), (2, 72)])
    events = feed(watched, [(2.5, 72)])
    assert rung(events) == [HIGH_ON]
    assert events[0].time == at(2.5)
    assert events[0].limit == 70
    assert events[0].temperature_c == 72


def test_many_values_within_the_hold_time_ring_nothing() -> None:
    """Time counts, not how often a probe sends."""
    watched = engine(high_c=70, hold_s=90)
    assert not feed(watched, [(1 + second / 60, 75) for second in range(80)])


def test_without_hold_time_the_first_value_rings() -> None:
    """Whoever asks for no hold time gets none."""
    assert rung(feed(engine(low_c=5, hold_s=0), [(1, 4.9)])) == [(ProbeAlarm.LOW, True)]


def test_back_over_the_hysteresis_it_can_ring_again() -> None:
    """Around the limit it stays raised; well back and beyond again, it rings."""
    watched = engine(high_c=70, hysteresis_k=1)
    assert rung(feed(watched, [(1, 71), (2, 71)])) == [HIGH_ON]
    assert not feed(watched, [(3, 69.5), (4, 71), (5, 69.2), (6, 70.4)])
    assert not feed(watched, [(7, 68.0), (8, 71)])
    assert rung(feed(watched, [(9, 68), (10, 68)])) == [HIGH_OFF]
    assert rung(feed(watched, [(11, 71), (12, 71)])) == [HIGH_ON]


@pytest.mark.parametrize("value_c", [nan, inf, -inf, -127.0, 999.9, 3276.7])
def test_an_impossible_value_changes_nothing(value_c: float) -> None:
    """An open or shorted sensor neither rings nor is shown."""
    watched = engine(high_c=70, low_c=0, hold_s=0)
    feed(watched, [(1, 50)])
    assert not feed(watched, [(2, value_c), (3, value_c)])
    assert watched.status(at(3)).temperature_c == 50


def test_repeated_and_older_values_change_nothing() -> None:
    """The cloud gives its last value again and again, and an older one after it."""
    watched = engine(high_c=70)
    feed(watched, [(1, 71)])
    for minutes in range(2, 8):
        assert not watched.add(reading(1, 71), at(minutes))
    assert not watched.add(reading(0.5, 71), at(8))


def test_a_stale_value_neither_rings_nor_clears() -> None:
    """A value that was measured long ago tells nothing of now."""
    watched = engine(high_c=70, hold_s=0)
    assert HIGH_ON not in rung(watched.add(reading(1, 90), at(30)))
    assert watched.status(at(30)).temperature_c is None
    assert HIGH_ON in rung(feed(watched, [(31, 90)]))
    late = watched.add(reading(40, 20), at(60))
    assert HIGH_OFF not in rung(late)
    assert ProbeAlarm.HIGH in watched.status(at(60)).raised


def test_a_missing_value_keeps_alarms() -> None:
    """A probe that was pulled out clears nothing."""
    watched = engine(high_c=70, hold_s=0)
    feed(watched, [(1, 90), (2, None)])
    status = watched.status(at(2))
    assert ProbeAlarm.HIGH in status.raised
    assert status.temperature_c is None
    assert not status.is_fresh


def test_a_target_rings_once_per_approach() -> None:
    """Noise around the target is no new approach."""
    watched = engine(target_c=68)
    values = each_minute(0, 100, lambda minute: 38 + 0.5 * minute)
    values = [(m, v + (0.9 if int(m) % 2 else -0.9)) for m, v in values]
    assert rung(feed(watched, values)) == [TARGET_ON]
    assert not feed(watched, [(100.2, 66.5), (100.4, 66.5), (100.9, 66.5)])
    assert rung(feed(watched, [(101, 60), (102, 60)])) == [TARGET_OFF]
    assert rung(feed(watched, [(103, 69), (104, 69)])) == [TARGET_ON]


def test_a_target_below_rings_when_it_has_cooled_down() -> None:
    """Where the probe was when the target was set decides the direction."""
    watched = engine()
    feed(watched, [(1, 95)])
    watched.set(replace(watched.settings, target_c=20), at(1.5))
    cooling = each_minute(2, 100, lambda minute: 96 - minute)
    events = feed(watched, cooling)
    assert rung(events) == [TARGET_ON]
    assert events[0].temperature_c == pytest.approx(19, abs=1)


def test_a_target_where_the_probe_is_rings() -> None:
    """A probe that is at its target has reached it."""
    watched = engine()
    feed(watched, [(1, 65.3)])
    watched.set(replace(watched.settings, target_c=65), at(1.5))
    assert rung(feed(watched, [(2, 65.3), (3, 65.3)])) == [TARGET_ON]


def test_another_target_is_another_approach() -> None:
    """A higher target clears the alarm and rings again when it is reached."""
    watched = engine(target_c=60)
    feed(watched, [(1, 50), (2, 61), (3, 61)])
    events = watched.set(replace(watched.settings, target_c=65), at(3.5))
    assert rung(events) == [TARGET_OFF]
    assert rung(feed(watched, [(4, 66), (5, 66)])) == [TARGET_ON]


def test_a_session_that_starts_beyond_the_target_keeps_the_direction() -> None:
    """A steak is past its target before its rise is confirmed: it rings."""
    watched = engine(target_c=51, hold_s=120)
    events = feed(watched, each_minute(0, 12, lambda minute: 15 + 4 * minute))
    assert watched.status(at(12)).session is not None
    assert rung(events) == [TARGET_ON]


def test_a_new_session_approaches_from_where_it_starts() -> None:
    """A target set while the last roast was hot rings on the next one's way up."""
    watched = engine(starts_by_rise=False)
    feed(watched, [(1, 75)])
    watched.set(replace(watched.settings, target_c=68), at(1.5))
    cooling = each_minute(2, 60, lambda minute: 77 - minute)
    assert rung(feed(watched, cooling)) == [TARGET_ON]
    watched.start_session(at(60.5), "Second", "button")
    assert rung(feed(watched, [(61, 17)])) == [TARGET_OFF]
    assert rung(feed(watched, [(62, 69), (63, 69)])) == [TARGET_ON]


def test_a_changed_limit_clears_or_keeps_what_is_raised() -> None:
    """A raised alarm rings no second time for a limit that is exceeded, too."""
    watched = engine(high_c=70)
    feed(watched, [(1, 75), (2, 75)])
    assert not watched.set(replace(watched.settings, high_c=72), at(2.5))
    assert not feed(watched, [(3, 75), (4, 75)])
    events = watched.set(replace(watched.settings, high_c=80), at(4.5))
    assert rung(events) == [HIGH_OFF]
    watched.set(replace(watched.settings, high_c=70), at(4.6))
    assert rung(feed(watched, [(5, 75), (6, 75)])) == [HIGH_ON]
    events = watched.set(replace(watched.settings, high_c=None), at(6.5))
    assert rung(events) == [HIGH_OFF]


@pytest.mark.parametrize("step", [0.25, 1, 4])
def test_a_rate_rings_by_a_regression(step: float) -> None:
    """A slow ramp rings, though two neighbouring values hardly differ."""
    watched = engine(rising_k_per_min=0.5)
    flat = each_minute(0, 20, lambda _: 20, step)
    ramp = each_minute(20 + step, 60, lambda minute: 20 + 0.6 * (minute - 20), step)
    assert not feed(watched, flat)
    assert rung(feed(watched, ramp)) == [(ProbeAlarm.RISING, True)]


def test_noise_is_no_rate() -> None:
    """Two values that differ by 2 K are no slope of 2 K a minute."""
    watched = engine(rising_k_per_min=0.5, falling_k_per_min=0.5)
    values = each_minute(0, 60, lambda minute: 21.0 if int(minute) % 2 else 19.0)
    assert not feed(watched, values)


def test_a_probe_that_was_elsewhere_has_no_rate() -> None:
    """Hot before a gap and cold after it is another roast, not a fall."""
    watched = engine(falling_k_per_min=0.5, hold_s=0)
    feed(watched, each_minute(0, 20, lambda _: 80))
    events = feed(watched, each_minute(45, 70, lambda _: 5))
    assert (ProbeAlarm.FALLING, True) not in rung(events)


def test_silence_rings_by_the_clock_and_ends_with_a_value() -> None:
    """Three times its pace and at least ten minutes."""
    watched = engine(high_c=70)
    feed(watched, [(1, 60)])
    assert not watched.tick(at(10.9))
    assert rung(watched.tick(at(11.1))) == [SILENT_ON]
    assert not watched.tick(at(12))
    assert not watched.add(reading(1, 60), at(13))
    assert rung(feed(watched, [(14, 60)])) == [SILENT_OFF]


def test_a_slow_probe_is_silent_later() -> None:
    """A probe that sends every ten minutes is heard until half an hour."""
    watched = engine(high_c=70)
    watched.add(reading(1, 60, transmit_s=600), at(1))
    assert not watched.tick(at(30))
    assert rung(watched.tick(at(32))) == [SILENT_ON]


def test_silence_of_what_is_not_watched_does_not_matter() -> None:
    """Without any limit, or with the target reached, it may be pulled out."""
    idle = engine()
    feed(idle, [(1, 60)])
    assert not idle.tick(at(60))
    done = engine(target_c=60)
    feed(done, [(1, 50), (2, 61), (3, 61)])
    assert not done.tick(at(60))


def test_home_assistants_own_downtime_is_no_silence() -> None:
    """After a restart a probe gets the time that it always has."""
    watched = engine(high_c=70)
    feed(watched, [(1, 60)])
    again = restarted(watched)
    assert not again.tick(at(500))
    assert not again.tick(at(509))
    assert rung(again.tick(at(511))) == [SILENT_ON]


def test_a_clock_that_was_ahead_stops_nothing() -> None:
    """A host that boots years ahead listens again once its clock is right."""
    watched = ProbeEngine("roast", ProbeSettings(high_c=70))
    ahead = 4 * 365 * 24 * 60.0
    feed(watched, [(ahead, 60), (ahead + 1, 60)])
    watched.start_session(at(ahead + 2), "Roast", "button")
    assert rung(feed(watched, [(1, 75), (2, 75)])) == [HIGH_ON]
    assert watched.status(at(2)).temperature_c == 75
    assert rung(watched.tick(at(13))) == [SILENT_ON]


def test_a_clouds_clock_that_is_ahead_is_followed() -> None:
    """Each new time stamp is a new value, measured at its arrival at the latest."""
    watched = engine(high_c=70)
    found = [watched.add(reading(n + 60, 75), at(n)) for n in (1, 2, 3)]
    assert [rung(events) for events in found] == [[], [HIGH_ON], []]
    assert not watched.add(reading(63, 20), at(4))


def test_a_source_without_time_stamps_is_believed() -> None:
    """The arrival counts where a source does not say when it measured."""
    watched = engine(high_c=70)
    bare = replace(reading(0, 75), measured_at=None)
    assert not watched.add(bare, at(1))
    assert rung(watched.add(bare, at(2))) == [HIGH_ON]


def test_a_hot_probe_in_cold_meat_has_not_cooled_down_to_its_target() -> None:
    """The next target is set while the probe is still in the last roast."""
    watched = engine(starts_by_rise=False)
    feed(watched, [(1, 75)])
    watched.set(replace(watched.settings, target_c=68), at(1.5))
    assert not feed(watched, [(2, 74), (2.2, 50), (2.4, 25), (3, 8), (4, 6), (5, 6)])
    warm = feed(watched, each_minute(6, 70, lambda minute: minute))
    assert rung(warm) == [TARGET_ON]


def test_after_the_target_a_cold_probe_may_be_switched_off() -> None:
    """It was reached: that the probe is below it again opens nothing."""
    watched = engine(target_c=68)
    feed(watched, each_minute(0, 70, lambda minute: min(5 + minute, 70)))
    feed(watched, each_minute(71, 110, lambda minute: 70 - (minute - 70)))
    assert not watched.status(at(110)).raised
    assert watched.status(at(110)).session is not None
    feed(watched, [(111, 30), (112, 12)])
    assert not watched.tick(at(125))
    watched.stop_session(at(126))
    watched.start_session(at(126), "Next", "button")
    assert rung(watched.tick(at(127))) == [SILENT_ON]


def test_settings_that_changed_while_it_was_off_clear_with_an_event() -> None:
    """A limit that a new start does not have any more is over for everyone."""
    watched = engine(high_c=70)
    feed(watched, [(1, 75), (2, 75)])
    again = restarted(watched)
    assert rung(again.set(replace(again.settings, high_c=80), at(3))) == [HIGH_OFF]
    again = restarted(watched)
    again.settings = replace(again.settings, high_c=None)
    assert rung(again.tick(at(3))) == [HIGH_OFF]


def test_a_rate_a_little_below_its_limit_stays_raised() -> None:
    """It is back below three quarters of the limit."""
    watched = engine(rising_k_per_min=0.5)
    feed(watched, each_minute(0, 30, lambda minute: 20 + 0.6 * minute))
    assert ProbeAlarm.RISING in watched.status(at(30)).raised
    assert not feed(watched, each_minute(31, 60, lambda m: 38 + 0.45 * (m - 30)))
    events = feed(watched, each_minute(61, 90, lambda m: 51.5 + 0.2 * (m - 60)))
    assert rung(events) == [(ProbeAlarm.RISING, False)]
