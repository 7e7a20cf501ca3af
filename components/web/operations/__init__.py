"""What whoever runs the product needs: its health, its measures, its log, and an end that loses nobody.

`ROUTES` answer at /healthz, /readyz and /metrics; `Watched` stands before every request; `running()` lasts as long as the
process serves. docs/operations.md has the settings, the signals and the table of measures.
"""

from components.web.operations.drain import running
from components.web.operations.routes import ROUTES
from components.web.operations.watch import Watched, script_failed

__all__ = ["ROUTES", "Watched", "running", "script_failed"]
