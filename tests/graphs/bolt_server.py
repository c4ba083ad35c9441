"""Starts ArcadeDB with its Bolt plugin on a loopback port, prints the port's readiness, and serves until stdin closes.

python bolt_server.py FOLDER HTTP_PORT BOLT_PORT PASSWORD
"""

from __future__ import annotations

import importlib
import sys


def main() -> None:
    folder, http_port, bolt_port, password = sys.argv[1:]
    config = {
        "http_port": int(http_port),
        "host": "127.0.0.1",
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": int(bolt_port),
    }
    server = importlib.import_module("arcadedb_embedded").create_server(folder, password, config)
    server.start()
    server.create_database("sicca")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
