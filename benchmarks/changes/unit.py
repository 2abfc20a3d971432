"""What the unit's answers say of its settings, on a wire that is not kind."""

from datetime import UTC, datetime
import json

from benchmarks.recording import POLL_S, ZONE
from custom_components.heatpump_monitor.changes.log import ChangeLog
from custom_components.heatpump_monitor.changes.shadow import Shadow
from custom_components.heatpump_monitor.history.codec import dump, load
from custom_components.heatpump_monitor.sources.ranges import Ranges
from custom_components.heatpump_monitor.sources.viessmann.answer import Answer
from custom_components.heatpump_monitor.sources.viessmann.parsing import parse_features
from custom_components.heatpump_monitor.sources.viessmann.settings import settings_of
from simulator.faults import CloudFaults
from simulator.physics import SimulatedPlant
from simulator.viessmann.heat_pump import DEVICE_ID, HeatPump

_ASKED_EVERY = 3600 // POLL_S
"""Polls; settings are compared in each of them, but an answer takes 4 ms."""
_DAY_S = 86_400


class WatchedUnit:
    """Compares the unit's settings as the integration does, and logs what changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.log = ChangeLog()
        self._shadow = Shadow()
        self._faults = CloudFaults()
        self._unit: HeatPump | None = None
        self._polls = 0

    def watch(self, plant: SimulatedPlant, epoch_s: float) -> None:
        """Ask the unit at a poll."""
        self._polls += 1
        if self._polls % _ASKED_EVERY:
            return
        if self._unit is None:
            self._unit = HeatPump(
                plant,
                installation_id=1,
                gateway_serial="1",
                zone=ZONE,
                faults=self._faults,
            )
        day, hour = divmod(self._polls // _ASKED_EVERY, 24)
        self._be_unkind(day, hour)
        texts = self._unit.texts(DEVICE_ID, epoch_s)
        features = parse_features({"data": [json.loads(each) for each in texts]})
        time = datetime.fromtimestamp(epoch_s, UTC)
        answer = Answer(features, time=time, ranges=Ranges())
        for change in self._shadow.add(time, answer.newest, settings_of(answer)):
            self.log.add(change)
        if day % 30 == 0 and hour == 3:
            self._shadow = load(Shadow, json.loads(json.dumps(dump(self._shadow))))

    def _be_unkind(self, day: int, hour: int) -> None:
        """Let the wire do what it may do without anything being changed."""
        faults = self._faults
        faults.float_numbers = day % 5 == 0
        faults.shuffled_schedules = day % 7 == 1
        is_partial = day % 3 == 0 and hour % 9 == 4
        faults.missing_features = ("heating.circuits", "heating.dhw") * is_partial
        faults.replica_lag_s = 7200.0 * (day % 4 == 2 and 10 <= hour < 14)
