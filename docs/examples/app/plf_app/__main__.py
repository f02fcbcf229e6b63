"""Serve the app on this machine alone: ``python -m plf_app --port 8080``."""

from __future__ import annotations

import argparse

from waitress import serve

from plf_app.web import MOST_BYTES, THREADS, create_app

SECONDS_OF_SILENCE = 5


def main() -> None:
    """Serve until it is stopped."""
    parser = argparse.ArgumentParser(description="Serve the app on this machine alone.")
    parser.add_argument("--port", type=int, default=8080)
    port: int = parser.parse_args().port
    # What waitress would else put into temporary files stays in memory, both ways.
    room = 2 * MOST_BYTES
    serve(
        create_app(),
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        inbuf_overflow=room,
        outbuf_overflow=room,
        max_request_body_size=room,
        # Whoever opens a connection and says nothing keeps no other out for long.
        channel_timeout=SECONDS_OF_SILENCE,
        cleanup_interval=SECONDS_OF_SILENCE,
        ident=None,
    )


if __name__ == "__main__":
    main()
