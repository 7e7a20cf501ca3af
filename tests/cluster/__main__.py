"""`make cluster`: HAProxy with N replicas (REPLICAS=2) on this machine until Ctrl+C."""

import os
import signal
import socket
import sys
import time

from tests.cluster.cluster import MISSING, cluster, haproxy_path


def main() -> int:
    """Run the cluster and say where it is."""
    if not haproxy_path():
        print(MISSING, file=sys.stderr)
        return 1
    count, port = int(os.environ.get("REPLICAS", "2")), int(os.environ.get("PORT", "8501"))
    with socket.socket() as line:
        if line.connect_ex(("127.0.0.1", port)) == 0:  # HAProxy would share the port instead of complaining
            print(f"Somebody listens on port {port} already; another port: PORT=8600", file=sys.stderr)
            return 1
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell starts what runs in the background without SIGINT
        signal.signal(number, lambda *_: sys.exit("stopping"))
    print(f"starting {count} replicas; they are ready once the story's charts are drawn")
    with cluster(count, port) as running:
        print(f"{running.url}   (stop with Ctrl+C)")
        for replica in running.replicas:
            print(
                f"  {replica.name}: {replica.url}, process {replica.process and replica.process.pid}, log {replica.log}"
            )
        while True:
            time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
