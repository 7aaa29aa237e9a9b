"""The command line: ask, call one act, show."""
