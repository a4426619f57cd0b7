"""Settings for all tests."""

from hypothesis import settings

settings.register_profile("boiduong", deadline=None)
"""A slow machine is no fault of the property; how fast things are, `make bench` tells."""
settings.load_profile("boiduong")
