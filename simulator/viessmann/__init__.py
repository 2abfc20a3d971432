"""A Viessmann cloud: sign-in, installations and features of simulated heat pumps."""

from .cloud import CLIENT_ID, Cloud
from .quota import Limits

__all__ = ["CLIENT_ID", "Cloud", "Limits"]
