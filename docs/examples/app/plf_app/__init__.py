"""A small web app on plfkit: upload, faults, goals, page. An example to begin from."""

from plf_app.web import create_app

__all__ = ["create_app"]
