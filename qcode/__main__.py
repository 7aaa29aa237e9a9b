"""Starts the command line: `qcode` and `python -m qcode`."""

import sys


def main() -> None:
    """Run the command that was typed and end with its exit code."""
    from qcode.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
