"""A HomeWizard energy meter in front of a simulated heat pump."""

from .device import HomeWizard, Model

__all__ = ["HomeWizard", "Model"]
