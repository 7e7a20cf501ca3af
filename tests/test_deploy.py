"""What stands in deploy/: valid by its own schemas, and in agreement with the product."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from components.web.operations import metrics

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
COMPOSE = DEPLOY / "compose.yaml"
IMAGE = DEPLOY / "Dockerfile"
HAPROXY = DEPLOY / "haproxy" / "haproxy.cfg"
DASHBOARD = DEPLOY / "grafana" / "dashboard.json"


def tool(module, *arguments):
    """Run a checker that comes as a Python package; skip with the reason where it is not installed."""
    if not importlib.util.find_spec(module):
        pytest.skip(f"{module} is not installed")
    return subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False)


def documents():
    yaml = pytest.importorskip("yaml")
    return [document for path in MANIFESTS for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def of_kind(kind, name="guizhou-in-numbers"):
    (found,) = [one for one in documents() if one["kind"] == kind and one["metadata"]["name"] == name]
    return found


def test_manifests_follow_the_schemas_of_kubernetes():
    validate = pytest.importorskip("kubernetes_validate")
    kinds = []
    for document in documents():
        validate.validate(document, "1.34", strict=True)
        kinds.append(document["kind"])
    assert {"Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Ingress"} <= set(kinds)


def test_compose_follows_its_schema():
    done = tool("check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not (shutil.which("haproxy") or Path("/usr/sbin/haproxy").exists()), reason="no HAProxy found")
def test_haproxy_reads_its_configuration():
    path = shutil.which("haproxy") or "/usr/sbin/haproxy"
    settings = {"LISTEN": ":8080", "REPLICA": "replica:8501", "REPLICAS": "9", "AFFINITY_KEY": "key"}
    done = subprocess.run([path, "-c", "-f", str(HAPROXY)], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_replica_runs_as_root_or_writes_beside_its_folder():
    for name in ("guizhou-in-numbers", "guizhou-broker"):
        pod = of_kind("Deployment", name)["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
        for container in pod["containers"]:
            allowed = container["securityContext"]
            assert allowed["readOnlyRootFilesystem"] and not allowed["allowPrivilegeEscalation"]
            assert allowed["capabilities"] == {"drop": ["ALL"]}
            assert {"cpu", "memory"} == set(container["resources"]["limits"])
    yaml = pytest.importorskip("yaml")
    for service in yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"].values():
        assert service["read_only"] and service["cap_drop"] == ["ALL"]


def test_the_image_is_pinned_runs_without_root_and_holds_no_secret():
    said = IMAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^FROM ", said, re.MULTILINE)) == 2
    assert all(re.search(r":\d+\.\d+\.\d+", line) for line in said.splitlines() if line.startswith("FROM "))
    assert re.search(r"^USER 10001", said, re.MULTILINE) and "HEALTHCHECK" in said and "/healthz" in said
    assert "--require-hashes" in said and not re.search(r"password|secret\s*=|token", said, re.IGNORECASE)
    folders = set(re.findall(r"^COPY (\w+) \w+$", said, re.MULTILINE))
    assert folders == {"components", "data", "geo", "pages"}


def test_images_are_pinned_by_tag():
    yaml = pytest.importorskip("yaml")
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"].values()
    images = {service["image"] for service in services}
    images |= {container["image"] for one in documents() if one["kind"] == "Deployment"
               for container in one["spec"]["template"]["spec"]["containers"]}  # fmt: skip
    assert len(images) == 3 and all(re.search(r":\d+\.\d+\.\d+", image) for image in images)


def test_there_is_time_to_drain_and_stop():
    needed = sum(int(of_kind("ConfigMap")["data"][name]) for name in ("DRAIN_SECONDS", "STOP_SECONDS"))
    assert of_kind("Deployment")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] >= needed + 5
    said = IMAGE.read_text(encoding="utf-8")
    built = sum(int(re.findall(rf"{name}=(\d+)", said)[0]) for name in ("DRAIN_SECONDS", "STOP_SECONDS"))
    yaml = pytest.importorskip("yaml")
    grace = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["replica"]["stop_grace_period"]
    assert int(grace.removesuffix("s")) >= built + 5


def test_every_measure_that_is_drawn_or_scales_exists():
    families = {family.name: family.type for family in metrics.REGISTRY.collect()}
    real = {f"{name}{end}" for name in families for end in ("", "_total", "_bucket", "_count", "_sum", "_info")}
    real |= {"process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds", "process_max_fds"}
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    named = {name for expression in asked for name in re.findall(r"\b(?:guizhou|process)_\w+", expression)}
    named |= {
        one["pods"]["metric"]["name"] for one in of_kind("HorizontalPodAutoscaler")["spec"]["metrics"] if "pods" in one
    }
    assert len(named) > 15 and not named - real


def test_panels_do_not_overlap():
    places = [panel["gridPos"] for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]]
    cells = [
        (x, y) for at in places for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(cells) == len(set(cells)) and max(x for x, _ in cells) < 24
