"""`boiduong serve`: the web server, both host names in one process."""

import signal
import sys
from argparse import ArgumentTypeError, Namespace
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from boiduong_vocabulary.command import FINE, PROBLEMS, USAGE, Command, Parser

from boiduong_server.command.options import add_house, with_house

if TYPE_CHECKING:
    from boiduong_server.house import House


def _address(text: str) -> str:
    parts = urlsplit(f"//{text}")
    try:
        if parts.hostname and parts.port:
            return text
    except ValueError:
        pass
    raise ArgumentTypeError(f"«{text}» không phải địa chỉ nghe; viết như 127.0.0.1:8145")


def configure(parser: Parser) -> None:
    add_house(parser)
    parser.add_argument(
        "--listen", metavar="ĐỊA_CHỈ:CỔNG", type=_address,
        help="nghe yêu cầu của trang học ở đây (mặc định: 127.0.0.1, cổng của trang học)",
    )  # fmt: skip
    parser.add_argument(
        "--listen-content", metavar="ĐỊA_CHỈ:CỔNG", type=_address,
        help="nghe yêu cầu của gói bài ở đây (mặc định: 127.0.0.1, cổng của gói bài)",
    )  # fmt: skip
    parser.add_argument("--threads", metavar="SỐ", type=int, default=8, help="số luồng làm trang (mặc định: 8)")
    parser.add_argument(
        "--proxy", metavar="ĐỊA_CHỈ",
        help="địa chỉ của máy chủ đứng trước (nginx, Caddy), được tin khi báo địa chỉ người dùng",
    )  # fmt: skip


def run(arguments: Namespace) -> int:
    from boiduong_server.serving.hosts import require_apart

    wrong = require_apart(arguments.application.rstrip("/"), arguments.content.rstrip("/"))
    if wrong:
        print(f"boiduong serve: {wrong}.", file=sys.stderr)
        return USAGE
    return with_house(arguments, lambda house: _serve(house, arguments))


def _serve(house: "House", arguments: Namespace) -> int:
    from boiduong_server.serving.nightly import Nights
    from boiduong_server.serving.web import Doors, opened

    pages = arguments.listen or f"127.0.0.1:{_port(house.application)}"
    players = arguments.listen_content or f"127.0.0.1:{_port(house.content)}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FINE))  # the service's way to stop; Ctrl+C is a person's
    with ExitStack() as running:
        try:
            server = running.enter_context(
                opened(house, Doors(pages, players, arguments.threads, arguments.proxy or ""))
            )
        except OSError as error:
            print(f"Không nghe được ở {pages} hoặc {players}: {error.strerror}.", file=sys.stderr)
            print("    → máy chủ đang chạy ở cửa sổ khác thì đóng nó; hoặc đổi cổng bằng --listen", file=sys.stderr)
            return PROBLEMS
        nights = Nights(house)
        nights.start()
        running.callback(nights.stop)
        print(f"Mở trang học ở: {house.application}", flush=True)
        print(f"(Gói bài ở {house.content}: trình duyệt tự gọi, không mở bằng tay.)\nCtrl+C để dừng.", flush=True)
        server.run()
    return FINE


def _port(origin: str) -> int:
    parts = urlsplit(origin)
    return parts.port or {"http": 80, "https": 443}[parts.scheme]


COMMAND = Command("chạy máy chủ học tập", configure, run)
