"""Run `python -m leaflets`."""

from leaflets.cli.main import main

if __name__ == "__main__":
    main()
