"""Bytes in, a transcript draft and a list of warnings out; one file per format."""
