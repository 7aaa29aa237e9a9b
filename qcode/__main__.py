"""Starts the command line: `qcode` and `python -m qcode`."""

import gc
import sys


def main() -> None:
    """Run the command that was typed and end with its exit code."""
    from qcode.cli.main import run

    gc.set_threshold(50_000)  # many small values and few circles: looking for these often slows large projects
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
