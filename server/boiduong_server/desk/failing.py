"""One place where what went wrong becomes an answer: a page, a piece of one for htmx, JSON for programs."""

from http import HTTPStatus

from boiduong_records.errors import BooksError
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from boiduong_server.desk.access import house
from boiduong_server.errors import ServerError, StoreError

_SAID = {
    400: ("Máy chủ không hiểu yêu cầu này", "Quay lại trang trước, tải lại rồi thử lần nữa."),
    401: ("Cần đăng nhập", "Phiên làm việc đã hết. Đăng nhập rồi làm tiếp."),
    403: ("Trang này không mở cho tài khoản đang dùng", "Nếu cần xem, đề nghị cán bộ tổ chức cấp quyền."),
    404: ("Không có trang này", "Kiểm tra lại địa chỉ, hoặc về trang đầu."),
    405: ("Trang này không nhận cách gửi như vậy", "Quay lại trang trước rồi thử lần nữa."),
    413: ("Tệp gửi lên quá lớn", "Xem cỡ lớn nhất ghi ở trang gửi tệp."),
    429: ("Thử quá nhiều lần", "Chờ ít phút rồi thử lại."),
    500: ("Máy chủ gặp lỗi", "Việc vừa làm có thể chưa được ghi. Thử lại; nếu vẫn vậy, báo người quản trị."),
    503: (
        "Máy chủ chưa đọc hoặc ghi được dữ liệu lúc này",
        "Việc vừa làm chưa được ghi. Thử lại sau ít phút; nếu vẫn vậy, báo người quản trị xem chỗ trống trên đĩa.",
    ),
}
_STALE = ("Trang đã mở quá lâu hoặc không gửi từ trang của hệ thống", "Tải lại trang rồi gửi lần nữa.")


def install(app: Flask) -> None:
    """What views raise is answered here."""
    app.register_error_handler(ServerError, _refused)
    app.register_error_handler(StoreError, _database)
    app.register_error_handler(BooksError, _database)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _http)


def _refused(error: ServerError) -> Response:
    return _answer(error.status, error.message_vi, error.hint_vi)


def _database(error: StoreError | BooksError) -> Response:
    """Drivers name hosts, users and files in their messages: those are for the log, for anybody may see this page."""
    current_app.logger.error(error.message_vi)
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, *_SAID[503])


def _http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None:
        return make_response(error.response)
    return _answer(status, *(_STALE if isinstance(error, CSRFError) else _SAID.get(status, _SAID[400])))


def _answer(status: int, message: str, hint: str) -> Response:
    message, hint = _sentence(message), _sentence(hint)
    if _wants_data():
        response = jsonify(error=message, hint=hint)
    elif "HX-Request" in request.headers:
        response = make_response(render_template("entry/refused_piece.html", message=message, hint=hint))
        if status == HTTPStatus.UNAUTHORIZED:
            response.headers["HX-Refresh"] = "true"  # the whole page, which then leads to the entry
    else:
        response = make_response(_page(message, hint, status))
    response.status_code = status
    return response


def _page(message: str, hint: str, status: int) -> str:
    """A form that was refused is one step back."""
    sender = request.referrer or ""
    back = sender if request.method == "POST" and sender.startswith(f"{house().application}/") else ""
    return render_template("entry/refused.html", message=message, hint=hint, status=status, back=back)


def _wants_data() -> bool:
    return request.path.startswith("/api/") or request.is_json or request.accept_mimetypes.best == "application/json"


def _sentence(text: str) -> str:
    """Errors are lines of a command's output as well: there without a capital letter or a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if not text or text.endswith((".", "!", "?", "…")) else ".")
