"""The hour and the day, as time and in seconds."""

from datetime import timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
HOUR_S: Final = 3600
DAY_S: Final = 86_400
