"""The data interface does what its own description says, and refuses what that forbids: asked by Schemathesis.

Here each address is asked a few times, the same each time. SCHEMATHESIS_EXAMPLES=300 asks each so many times, and
walks through every value and bound of every parameter besides: a matter of minutes.
"""

import os

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from tests.web.asking import application

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "")
CONFIG = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": bool(EXAMPLES)}}})
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(), config=CONFIG)


@schema.parametrize()
@settings(
    max_examples=int(EXAMPLES or "20"),
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_interface_keeps_its_contract(case):
    case.call_and_validate()
