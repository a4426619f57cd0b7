"""`python -m tools.openedx demo`: the demo course's blocks in the workbench, to be tried by hand.
`python -m tools.openedx serve FOLDER`: a folder that has been laid out, as the tests do."""

import argparse
import sys
from pathlib import Path

from tools.openedx import demo
from tools.openedx.serving import serve


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.openedx", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    shown = commands.add_parser("demo")
    shown.add_argument("--folder", type=Path, default=Path("demo-openedx"))
    shown.add_argument("--program", type=Path, default=Path("content/145-2026"))
    served = commands.add_parser("serve")
    served.add_argument("folder", type=Path)
    for command in (shown, served):
        command.add_argument("--port", type=int, default=demo.PORT)
    arguments = parser.parse_args()
    if arguments.command == "demo":
        return demo.run(arguments.folder, arguments.program, arguments.port)
    serve(arguments.folder, arguments.port, lambda address: print(address, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
