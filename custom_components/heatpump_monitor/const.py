"""Constants of the Heat Pump Monitor integration."""

from enum import StrEnum
import logging
from typing import Final

DOMAIN: Final = "heatpump_monitor"
LOGGER = logging.getLogger(__package__)


class HeatPumpSource(StrEnum):
    """Where the readings of a heat pump come from."""

    VIESSMANN = "viessmann"
    ENTITIES = "entities"


class ProbeKind(StrEnum):
    """Where the readings of probes come from."""

    THERMOWORKS = "thermoworks"
    ENTITIES = "entities"


class MeterKind(StrEnum):
    """What a meter is."""

    SHELLY = "shelly"
    HOMEWIZARD = "homewizard"
    ENTITIES = "entities"


class HouseMeterSource(StrEnum):
    """Where the readings of a house meter come from."""

    HOMEWIZARD = "homewizard"
    ENTITIES = "entities"


class Kind(StrEnum):
    """What a config entry is for."""

    HEAT_PUMP = "heat_pump"
    HOUSE_METER = "house_meter"
    PROBES = "probes"
    EXPORT = "export"


class TargetKind(StrEnum):
    """What an export writes to."""

    INFLUXDB1 = "influxdb1"
    INFLUXDB2 = "influxdb2"
    INFLUXDB3 = "influxdb3"
    VICTORIA_METRICS = "victoria_metrics"
    EMONCMS = "emoncms"


class SeriesGroup(StrEnum):
    """What of the entries is exported, as it can be chosen."""

    METERS = "meters"
    HEAT_PUMP = "heat_pump"
    INTERVALS = "intervals"
    HISTORY = "history"
    """Hours and days, also corrected ones."""
    HOUSE = "house"
    QUARTERS = "quarters"
    PROBES = "probes"


CONF_KIND: Final = "kind"

# Where the readings of a heat pump come from, kept in the data of its entry; without
# it, an account.
CONF_SOURCE: Final = "source"
CONF_ENTITIES: Final = "entities"
"""Registry ids of entities, or their entity ids, by the fields that they give."""

# Connection, kept in the data of the config entry.
CONF_SIGNED_IN_AT: Final = "signed_in_at"
CONF_INSTALLATION_ID: Final = "installation_id"
CONF_GATEWAY_SERIAL: Final = "gateway_serial"
CONF_DEVICE_ID: Final = "device_id"
CONF_MODEL: Final = "model"

# The P1 meter of a house, kept in the data of its entry beside host and token.
CONF_IDENTIFIER: Final = "identifier"
"""The common name of its certificate, with its serial number."""

# The capacity tariff of a house meter, kept in the options of its entry.
CONF_CAPACITY_PRICE: Final = "capacity_price"
"""Per kW and year; missing where it is not billed."""
CONF_LEAST_PEAK_KW: Final = "least_peak_kw"
CONF_LIMIT_KW: Final = "limit_kw"
DEFAULT_LEAST_PEAK_KW: Final = 2.5

# The database of an export, kept in the data of its entry beside URL, user name,
# password and token.
CONF_TARGET: Final = "target"
CONF_DATABASE: Final = "database"
"""Of InfluxDB 1 and 3."""
CONF_ORG: Final = "org"
CONF_BUCKET: Final = "bucket"
CONF_TENANT: Final = "tenant"
"""Of a cluster of VictoriaMetrics, as `0` or `0:1`; missing for a single node."""

# What is exported, kept in the options of its entry.
CONF_HOME: Final = "home"
"""The tag of all points."""
CONF_TAGS: Final = "tags"
"""Further tags by their names."""
CONF_EXPORTED: Final = "exported"
"""The ids of the entries; missing or empty for all, also those to come."""
CONF_SERIES: Final = "series"
"""The groups of series; missing for all."""
CONF_LEAST_PAUSE_S: Final = "least_pause_s"
"""Between two readings of the same meter; 0 for each reading."""
CONF_KEEP_DAYS: Final = "keep_days"
CONF_KEEP_MB: Final = "keep_mb"
CONF_CHECKPOINT_MIN: Final = "checkpoint_min"
CONF_RESEND_S: Final = "resend_s"
"""Missing for what the database needs."""
DEFAULT_LEAST_PAUSE_S: Final = 0
DEFAULT_KEEP_DAYS: Final = 30
DEFAULT_KEEP_MB: Final = 500
DEFAULT_CHECKPOINT_MIN: Final = 5

# Each meter is a config subentry. Its unique id is the MAC address or serial number,
# and the channels where only some of a device are one meter; the rest is its data.
METER_SUBENTRY: Final = "meter"
CONF_METER_KIND: Final = "meter_kind"
"""Without it, a Shelly."""
CONF_METER_KEY: Final = "meter_key"
"""Its key in the engine; without it, that of the first meter."""
CONF_ROLE: Final = "role"
CONF_CHANNELS: Final = "channels"
CONF_REVERSED_PHASES: Final = "reversed_phases"

# The plant, kept in the data of the config entry.
CONF_RATED_HEAT_KW: Final = "rated_heat_kw"
CONF_FLOW_LPH: Final = "flow_lph"
CONF_GLYCOL_PCT: Final = "glycol_pct"
CONF_BACKUP_HEATER_KW: Final = "backup_heater_kw"
CONF_METERED: Final = "metered"
CONF_HEAT_METHOD: Final = "heat_method"
CONF_SOURCE_KIND: Final = "source_kind"
CONF_CAPACITY_POINTS: Final = "capacity_points"
CONF_POINT_SOURCE_C: Final = "source_c"
CONF_POINT_SUPPLY_C: Final = "supply_c"
CONF_POINT_HEAT_KW: Final = "heat_kw"
CONF_BRINE_FLOW_LPH: Final = "brine_flow_lph"
CONF_BRINE_GLYCOL_PCT: Final = "brine_glycol_pct"
HEAT_METHOD_AUTOMATIC: Final = "automatic"

# What can be tuned, kept in the options of the config entry.
CONF_METER_INTERVAL_S: Final = "meter_interval_s"
CONF_HEAT_PUMP_INTERVAL_S: Final = "heat_pump_interval_s"
CONF_EXTRA_READINGS: Final = "extra_readings"
CONF_TEMPERATURE_MIN_C: Final = "temperature_min_c"
CONF_TEMPERATURE_MAX_C: Final = "temperature_max_c"
CONF_POWER_MAX_KW: Final = "power_max_kw"
CONF_SILENCE_H: Final = "silence_h"
CONF_OWN_PRICE: Final = "own_price"
CONF_PRICE: Final = "price"
CONF_PRICE_ENTITY: Final = "price_entity"
CONF_CO2: Final = "co2"
CONF_CO2_ENTITY: Final = "co2_entity"
CONF_DEGREE_DAYS: Final = "degree_days"
CONF_SEASON_START_MONTH: Final = "season_start_month"
CONF_DASHBOARD: Final = "dashboard"
CONF_STAND_INS: Final = "stand_ins"
"""Entities that measure temperatures in place of an account, by the fields."""

# The meter is on the local network and costs nothing to ask; its own counters
# move once a minute, so that a faster poll only sharpens the shape.
DEFAULT_METER_INTERVAL_S: Final = 10
# 288 calls a day of the 1450 that the free plan of Viessmann allows.
DEFAULT_HEAT_PUMP_INTERVAL_S: Final = 300
DEFAULT_EXTRA_READINGS: Final = False
DEFAULT_SILENCE_H: Final = 1.0
DEFAULT_DASHBOARD: Final = True

CLOSING_DELAY_S: Final = 600
"""How late values of the heat pump may arrive, before an interval is closed."""
