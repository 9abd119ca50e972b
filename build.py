"""Calls Standfirst's command line; `python build.py --help` lists what it can do."""

import sys

try:
    from standfirst.cli import main
except ImportError as error:
    print(f"build.py cannot start: {error}. It needs Python 3.11 and", file=sys.stderr)
    print("packages: type `make site`, or `pip install -r requirements.lock`.", file=sys.stderr)
    sys.exit(3)

if __name__ == "__main__":
    main()
