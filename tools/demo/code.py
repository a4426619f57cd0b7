"""`python -m tools.demo.code TÊN`: the code that the sample server asks this account for, here and now."""

import argparse
import time

from pyotp import TOTP

from tools.demo.accounts import secret_of


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.demo.code", description=__doc__)
    parser.add_argument("account", help="ban-to-chuc")
    code = TOTP(secret_of(parser.parse_args().account))
    print(f"{code.now()} (còn dùng được {code.interval - int(time.time()) % code.interval} giây)")


if __name__ == "__main__":
    main()
