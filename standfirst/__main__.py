"""Arguments → the command line: `python -m standfirst` is `standfirst`."""

from standfirst.cli import main

if __name__ == "__main__":
    main()
