"""One heat pump of a Viessmann account, as a source."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ...readings import HeatPumpReading
from ..ranges import Ranges
from .budget import CallReason
from .client import HeatPumpIdentity, ViessmannClient, ViessmannNotFound
from .features import heat_pump_reading
from .parsing import Feature


class ViessmannSource:
    """Reads one heat pump."""

    def __init__(
        self, client: ViessmannClient, identity: HeatPumpIdentity, ranges: Ranges
    ) -> None:
        """Prepare; nothing is asked for yet."""
        self._client = client
        self._identity = identity
        self._ranges = ranges
        self.features: Sequence[Feature] = ()
        """What the last answer held."""

    async def identify(self) -> HeatPumpIdentity:
        """Return which heat pump it is; costs no call."""
        return self._identity

    async def read(
        self,
        now: Callable[[], datetime],
        reason: CallReason = CallReason.REGULAR_READING,
    ) -> HeatPumpReading:
        """Return a reading, for one call as a rule."""
        asked = now()
        features = await self._client.read_features(self._identity, reason)
        if not features:
            # The gateway is there, and the heat pump behind it is not.
            raise ViessmannNotFound
        self.features = features
        return heat_pump_reading(features, time=asked, ranges=self._ranges)
