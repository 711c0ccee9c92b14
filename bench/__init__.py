"""Measurements of whole processes. Nothing here is asserted in a test."""
