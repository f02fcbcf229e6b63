"""Measure professional learning communities, with the uncertainty of every figure."""
