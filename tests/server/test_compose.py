"""The files of the server side fit together; no container is started."""

import re
from typing import Any, Final

from homeassistant.util.yaml import load_yaml_dict

from .conftest import SERVER

_VARIABLE: Final = re.compile(r"\$\{(\w+)[^}]*\}")


def _text(name: str) -> str:
    return (SERVER / name).read_text()


def _services() -> dict[str, dict[str, Any]]:
    return dict(load_yaml_dict(str(SERVER / "compose.yaml"))["services"])


def _settings() -> dict[str, str]:
    found = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", _text(".env.example"), re.MULTILINE)
    return dict(found)


def _users() -> list[dict[str, Any]]:
    return list(load_yaml_dict(str(SERVER / "vmauth.yaml"))["users"])


def _paths(users: list[dict[str, Any]]) -> set[str]:
    return {
        path for user in users for each in user["url_map"] for path in each["src_paths"]
    }


def test_ports() -> None:
    """Only the proxy with the certificates can be reached from outside."""
    published = {name for name, each in _services().items() if "ports" in each}
    assert published == {"caddy"}
    assert not [each for each in _services().values() if "network_mode" in each]


def test_settings() -> None:
    """Every variable is in the example, and no secret has a value there."""
    settings = _settings()
    assert set(_VARIABLE.findall(_text("compose.yaml"))) == settings.keys()
    secret = {key for key in settings if key.startswith("TOKEN") or "PASSWORD" in key}
    assert len(secret) == 4
    assert not [settings[key] for key in secret if settings[key]]


def test_secrets_are_required() -> None:
    """Nothing starts with an empty token or password."""
    compose = _text("compose.yaml")
    for key in _settings():
        if key.startswith("TOKEN") or "PASSWORD" in key:
            assert f"${{{key}:?" in compose
            assert f"${{{key}}}" not in compose


def test_images() -> None:
    """Each is of a version that is set, never the latest."""
    settings = _settings()
    for service in _services().values():
        (version,) = _VARIABLE.findall(service["image"])
        assert re.search(r"\d", settings[version])


def test_files_and_volumes() -> None:
    """What is mounted exists, files read-only; data is in volumes that are declared."""
    volumes = load_yaml_dict(str(SERVER / "compose.yaml"))["volumes"]
    used = set()
    for service in _services().values():
        for mount in service.get("volumes", []):
            source, _, options = mount.partition(":")
            if source.startswith("./"):
                assert (SERVER / source).exists(), source
                assert options.endswith(":ro")
            else:
                used.add(source)
    assert used == set(volumes)


def test_dependencies() -> None:
    """Each service knows those that it asks."""
    services = _services()
    for service in services.values():
        assert set(service.get("depends_on", [])) <= services.keys()
        assert service["restart"] == "unless-stopped"
    asked = re.findall(r"http://([\w-]+):(\d+)", _text("vmauth.yaml"))
    assert set(asked) == {("victoria-metrics", "8428")}
    for name in re.findall(r"reverse_proxy ([\w-]+):", _text("Caddyfile")):
        assert name in services


def test_database() -> None:
    """It drops what was sent twice, and keeps what is set."""
    command = _services()["victoria-metrics"]["command"]
    assert "-dedup.minScrapeInterval=1ms" in command
    assert "-retentionPeriod=${RETENTION}" in command


def test_tokens() -> None:
    """Each home has a token of its own, from the environment."""
    environment = _services()["vmauth"]["environment"]
    tokens = [user["bearer_token"] for user in _users()]
    assert len(set(tokens)) == len(tokens)
    assert set(tokens) == {f"%{{{key}}}" for key in environment}


def test_each_route_is_of_one_home() -> None:
    """No route leads to the database without a home."""
    for user in _users():
        homes = set()
        for route in user["url_map"]:
            _, _, query = route["url_prefix"].partition("/?")
            extra, home, name = query.split("&")[0].split("=")
            assert (extra, home) == ("extra_label", "home")
            homes.add(name)
        assert len(homes) == 1


def test_proxy() -> None:
    """What the proxy lets through is what vmauth has a route for."""
    let_through = {
        path
        for paths in re.findall(r"^\t\tpath (.*)$", _text("Caddyfile"), re.MULTILINE)
        for path in paths.split()
    }
    routes = {path.replace("[^/]+", "*") for path in _paths(_users())}
    assert let_through == routes


def test_variables_of_the_proxies() -> None:
    """Each proxy is given what its file asks for."""
    services = _services()
    asked = set(re.findall(r"\{\$(\w+)\}", _text("Caddyfile")))
    assert asked == set(services["caddy"]["environment"])
    asked = set(re.findall(r"\$\{(\w+)\}", _text("public.conf")))
    assert asked == set(services["public"]["environment"])


def test_public() -> None:
    """Everybody may ask what the public token may ask, and nothing else."""
    (public,) = [each for each in _users() if "PUBLIC" in each["bearer_token"]]
    names = {path.removeprefix("/api/v1/") for path in _paths([public])}
    (offered,) = re.findall(r"location ~ \^/api/v1/\((.*)\)\$", _text("public.conf"))
    assert set(offered.split("|")) == names
    assert "limit_except GET" in _text("public.conf")


def test_grafana() -> None:
    """Dashboards are where its provisioning looks; passwords come from outside."""
    provisioning = SERVER / "grafana" / "provisioning"
    (provider,) = load_yaml_dict(str(provisioning / "dashboards" / "heatpump.yaml"))[
        "providers"
    ]
    mounts = _services()["grafana"]["volumes"]
    assert any(f":{provider['options']['path']}:ro" in mount for mount in mounts)
    sources = [
        source
        for path in sorted((provisioning / "datasources").glob("*.yaml"))
        for source in load_yaml_dict(str(path))["datasources"]
    ]
    assert [source["type"] for source in sources] == ["influxdb"] * 3 + ["prometheus"]
    assert len({source["uid"] for source in sources}) == len(sources)
    for source in sources:
        for value in source.get("secureJsonData", {}).values():
            assert "$INFLUXDB_" in value


def test_flux() -> None:
    """InfluxDB 2 works out every measurement of which InfluxDB 1 has a query."""
    statements = _text("influxdb1/retention.influxql")
    measurements = set(re.findall(r'QUERY "hpm_(\w+)_5m"', statements))
    flux = _text("influxdb2/five_minutes.flux")
    (named,) = re.findall(r"r\._measurement =~ /\^hpm_\(([\w|]+)\)\$/", flux)
    assert measurements <= set(named.split("|"))
    (ending,) = re.findall(r"r\._field =~ /\(([\w|]+)\)\$/", flux)
    (exact,) = re.findall(r"r\._field =~ /\^\(([\w|]+)\)\$/", flux)
    for kind, field in re.findall(r'(mean|last)\("(\w+)"\)', statements):
        is_last = bool(re.search(f"({ending})$|^({exact})$", field))
        assert is_last == (kind == "last"), field
