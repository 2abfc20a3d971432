"""The heat pump's controller: what runs, and how hard."""

from ..state import Activity
from .calendar import HOUR_S, MINUTE_S, weeks_since
from .design import Design
from .heating_curve import supply_by_curve_c
from .house import House
from .source import Source
from .tank import HotWaterTank
from .wear import Health
from .weather import seasonal_mean_c

MIN_ON_S = 10 * MINUTE_S
MIN_OFF_S = 10 * MINUTE_S
_MODULATION_LAG_S = 60.0
_HOT_WATER_MODULATION = 0.7
_MODULATION_AT_15_C = 0.47
_MODULATION_PER_COLDER_K = 0.027
_MODULATION_PER_WARMER_BUFFER_K = 0.06

_DAMPING_S = 12.0 * HOUR_S
_SEASON_BEGINS_C = 15.0
_SEASON_ENDS_C = 16.5
_RETURN_AT_MINUS_12_C = 30.0
_CURVE_SLOPE = 0.3
_COMFORT_C = 21.0
_ROOM_INFLUENCE = 1.5
_ROOM_INFLUENCE_MAX_K = 3.0

_LEGIONELLA_C = 60.0
_HEAT_PUMP_LIMIT_C = 54.0
_LEGIONELLA_WEEKDAY = 5
_LEGIONELLA_HOUR = 13.0

_BACKUP_HEATER_BELOW_OUTSIDE_C = -7.0
_BACKUP_HEATER_ON_K = 3.0
_BACKUP_HEATER_OFF_K = 1.5
_BACKUP_HEATER_PATIENCE_S = 20 * MINUTE_S

_HEATS = frozenset({Activity.HEATING, Activity.HOT_WATER})
_SHORT_HYSTERESIS = 0.3

_BURNER_BELOW_OUTSIDE_C = 4.0
_BURNER_ON_K = 1.0
_BURNER_OFF_K = 0.2
_BURNER_SHARE = 0.4

_SECOND_ABOVE = 0.5
_SECOND_UNTIL = 0.4

_COOLING_BEGINS_C = 18.0
_COOLING_ENDS_C = 17.0
_WARM_ROOM_C = 23.0
_COOL_ROOM_C = 22.0
_COOLING_ON_C = 20.0
_COOLING_OFF_C = 16.0
_COOLING_MODULATION = 0.5

_CHILLED_K = 4.0
_CHILLED_OUTSIDE_C = 3.0
_CHILLED_MODULATION = 0.8
_CHILLED_FOR_S = 20 * MINUTE_S

_DEFROST_MIN_S = 240.0
_DEFROST_MAX_S = 480.0


class Controller:
    """Decides at the start of every step.

    Attributes:
        activity: What the heat pump is doing.
        compressor_on: Whether the compressor runs.
        backup_heater_on: Whether the backup heater helps.
        burner_share: Modulation of a hybrid's burner.
        second_on: Whether a second compressor runs, too.
        settings: What the owner wants.
        switched_s: When the compressor last started or stopped.
        modulation: Share of the rated thermal power asked for; 0 while off.
    """

    __slots__ = (
        "_backup_heater_heats",
        "_backup_heater_lifts",
        "_cooling_wanted",
        "_damped_c",
        "_defrosted_s",
        "_design",
        "_health",
        "_heating_wanted",
        "_hot_water_wanted",
        "_house",
        "_legionella_due",
        "_legionella_week",
        "_room_is_warm",
        "_source",
        "_tank",
        "activity",
        "backup_heater_on",
        "burner_share",
        "compressor_on",
        "modulation",
        "second_on",
        "settings",
        "switched_s",
    )

    def __init__(
        self,
        design: Design,
        *,
        epoch_s: float,
        house: House,
        tank: HotWaterTank,
        source: Source,
        health: Health,
    ) -> None:
        """Take charge of a plant that stands still."""
        self._design = design
        self._house = house
        self._tank = tank
        self._source = source
        self._health = health
        self.settings = design.settings
        self._damped_c = seasonal_mean_c(epoch_s)
        self._defrosted_s = self.switched_s = epoch_s
        self._legionella_week = _legionella_week(epoch_s)
        self._heating_wanted = self._hot_water_wanted = False
        self._legionella_due = self._backup_heater_lifts = self._backup_heater_heats = (
            False
        )
        self.activity = Activity.STANDBY
        self._cooling_wanted = self._room_is_warm = False
        self.compressor_on = self.second_on = self.backup_heater_on = False
        self.modulation = self.burner_share = 0.0

    def start_heating(self, epoch_s: float) -> None:
        """Go straight to heating, in a house that now needs a good while of it."""
        self._damped_c = min(self._damped_c, _CHILLED_OUTSIDE_C)
        self._house.chill(self._foot_target_c() - _CHILLED_K)
        self._tank.water_c = max(self._tank.water_c, self.settings.hot_water_c - 1.0)
        self._source.frost = 0.0
        self._hot_water_wanted = self._legionella_due = self._backup_heater_lifts = (
            False
        )
        self._legionella_week = _legionella_week(epoch_s + _CHILLED_FOR_S)
        self._heating_wanted = self.compressor_on = True
        self.activity = Activity.HEATING
        self.modulation = _CHILLED_MODULATION
        self.switched_s = epoch_s

    def decide(self, epoch_s: float, step_s: float, outside_c: float) -> None:
        """Set what runs during the step that begins now."""
        self._damped_c += (outside_c - self._damped_c) * step_s / _DAMPING_S
        above_target_k = self._house.buffer_foot_c - self._foot_target_c()
        self._want_heating(above_target_k)
        if self._design.cools:
            self._want_cooling()
        self._want_hot_water(epoch_s)
        self.activity = self._next_activity(epoch_s)
        self._switch_compressor(epoch_s)
        self._switch_backup_heater(epoch_s, outside_c, above_target_k)
        self._modulate(step_s, outside_c, above_target_k)
        self._switch_second()
        self._switch_burner(outside_c, above_target_k)

    def _foot_target_c(self) -> float:
        """Return the heating curve, at the buffer's foot where the return arrives."""
        curve_c = _RETURN_AT_MINUS_12_C - _CURVE_SLOPE * (self._damped_c + 12.0)
        comfort_c = _COMFORT_C
        if (wanted := self.settings) is not (planned := self._design.settings):
            curve_c += supply_by_curve_c(wanted, self._damped_c)
            curve_c -= supply_by_curve_c(planned, self._damped_c)
            comfort_c += wanted.room_c - planned.room_c
        room_k = _ROOM_INFLUENCE * (comfort_c - self._house.room_c)
        return curve_c + max(-_ROOM_INFLUENCE_MAX_K, min(_ROOM_INFLUENCE_MAX_K, room_k))

    def _want_heating(self, above_target_k: float) -> None:
        house = self._house
        limit_c = _SEASON_ENDS_C if house.circuit_on else _SEASON_BEGINS_C
        house.circuit_on = self._damped_c < limit_c
        kept = _SHORT_HYSTERESIS if self._health.short_cycles else 1.0
        if not house.circuit_on or above_target_k > kept * self._design.switch_off_k:
            self._heating_wanted = False
        elif above_target_k < -kept * self._design.switch_on_k:
            self._heating_wanted = True

    def _want_cooling(self) -> None:
        """Cool the buffer as long as days and rooms are warm."""
        house = self._house
        limit_c = _COOLING_ENDS_C if self._room_is_warm else _COOLING_BEGINS_C
        room_limit_c = _COOL_ROOM_C if self._room_is_warm else _WARM_ROOM_C
        self._room_is_warm = self._damped_c > limit_c and house.room_c > room_limit_c
        if self._room_is_warm:
            house.circuit_on = True
        if not self._room_is_warm or house.buffer_foot_c < _COOLING_OFF_C:
            self._cooling_wanted = False
        elif house.buffer_foot_c > _COOLING_ON_C:
            self._cooling_wanted = True

    def _want_hot_water(self, epoch_s: float) -> None:
        week = _legionella_week(epoch_s)
        if week > self._legionella_week:
            self._legionella_week = week
            self._legionella_due = True
        water_c = self._tank.water_c
        target_c = self.settings.hot_water_c
        if self._legionella_due and water_c >= max(_LEGIONELLA_C, target_c):
            self._legionella_due = self._backup_heater_lifts = False
        if self._legionella_due:
            self._hot_water_wanted = True
        elif water_c >= target_c:
            self._hot_water_wanted = False
        elif water_c < target_c - self._tank_hysteresis_k():
            self._hot_water_wanted = True

    def _tank_hysteresis_k(self) -> float:
        design = self._design
        more_k = (
            self.settings.hot_water_hysteresis_k
            - design.settings.hot_water_hysteresis_k
        )
        return max(1.0, design.tank_hysteresis_k + more_k)

    def _next_activity(self, epoch_s: float) -> Activity:
        if self._must_defrost(epoch_s):
            return Activity.DEFROST
        steady = epoch_s - self.switched_s >= MIN_ON_S
        if self._legionella_due and self._tank.water_c >= _HEAT_PUMP_LIMIT_C and steady:
            self._backup_heater_lifts = True
        wanted = self._wanted()
        if self._backup_heater_lifts:
            return wanted
        if not self.compressor_on:
            rested = epoch_s - self.switched_s >= MIN_OFF_S
            return wanted if rested else Activity.STANDBY
        if wanted is not Activity.STANDBY or steady:
            return wanted
        return self.activity

    def _must_defrost(self, epoch_s: float) -> bool:
        if self.activity is Activity.DEFROST:
            if epoch_s < self._defrosted_s:
                return True
            self._source.frost = 0.0
        working = self.compressor_on and self._wanted() is not Activity.STANDBY
        if not working or self._source.frost < 1.0:
            return False
        cold_k = max(0.0, 3.0 - self._source.in_c)
        minutes = round(min(_DEFROST_MIN_S + 20.0 * cold_k, _DEFROST_MAX_S) / MINUTE_S)
        self._defrosted_s = epoch_s + minutes * MINUTE_S
        return True

    def _wanted(self) -> Activity:
        if self._hot_water_wanted:
            return Activity.HOT_WATER
        if self._heating_wanted:
            return Activity.HEATING
        if self._cooling_wanted:
            return Activity.COOLING
        return Activity.STANDBY

    def _switch_compressor(self, epoch_s: float) -> None:
        on = self.activity is not Activity.STANDBY and not self._backup_heater_lifts
        if on != self.compressor_on:
            self.compressor_on = on
            self.switched_s = epoch_s

    def _switch_backup_heater(
        self, epoch_s: float, outside_c: float, above_target_k: float
    ) -> None:
        missing_k = (
            _BACKUP_HEATER_OFF_K if self._backup_heater_heats else _BACKUP_HEATER_ON_K
        )
        self._backup_heater_heats = (
            self.activity is Activity.HEATING
            and outside_c < _BACKUP_HEATER_BELOW_OUTSIDE_C
            and above_target_k < -missing_k
            and epoch_s - self.switched_s > _BACKUP_HEATER_PATIENCE_S
        )
        sticks = self._health.heater_sticks and self.activity in _HEATS
        self.backup_heater_on = (
            self._backup_heater_heats or self._backup_heater_lifts or sticks
        )

    def _modulate(self, step_s: float, outside_c: float, above_target_k: float) -> None:
        if not self.compressor_on:
            self.modulation = 0.0
            return
        asked = _HOT_WATER_MODULATION
        if self.activity is Activity.COOLING:
            asked = _COOLING_MODULATION
        elif self.activity is not Activity.HOT_WATER:
            colder_c = outside_c + self._design.curve_shift_k
            # By the outside temperature first: a controller that only followed the
            # buffer would creep along at its lowest power all winter.
            asked = (
                _MODULATION_AT_15_C
                + _MODULATION_PER_COLDER_K * (15.0 - colder_c)
                - _MODULATION_PER_WARMER_BUFFER_K * above_target_k
            )
        least = 1.0 if self._health.short_cycles else self._design.min_modulation
        asked = min(1.0, max(least, asked))
        now = max(least, self.modulation)
        self.modulation = now + (asked - now) * step_s / (step_s + _MODULATION_LAG_S)

    def _switch_second(self) -> None:
        limit = _SECOND_UNTIL if self.second_on else _SECOND_ABOVE
        self.second_on = self._design.compressors > 1 and self.modulation > limit

    def _switch_burner(self, outside_c: float, above_target_k: float) -> None:
        missing_k = _BURNER_OFF_K if self.burner_share else _BURNER_ON_K
        on = (
            self._design.burner_w > 0.0
            and self.activity is Activity.HEATING
            and outside_c < _BURNER_BELOW_OUTSIDE_C
            and above_target_k < -missing_k
        )
        self.burner_share = _BURNER_SHARE if on else 0.0


def _legionella_week(epoch_s: float) -> int:
    return weeks_since(epoch_s, weekday=_LEGIONELLA_WEEKDAY, hour=_LEGIONELLA_HOUR)
