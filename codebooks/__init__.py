"""Starter codebooks as YAML."""
