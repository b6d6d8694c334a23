"""The console command `corredores`."""

import sys

from corredores.console.launch import launch


def main() -> None:
    sys.exit(launch(sys.argv))


if __name__ == "__main__":
    main()
