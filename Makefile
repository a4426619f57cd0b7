# make help: what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh

UV_HOME := $(CURDIR)/.uv
UV := $(shell command -v uv 2>/dev/null || echo $(UV_HOME)/bin/uv)
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SCRIPTS := $(wildcard packager/boiduong_packager/player/*.*s server/boiduong_server/*/assets/*.*s)
export UV_PYTHON_DOWNLOADS = never

.PHONY: help demo test test-postgres test-engines check bench lock clean

help: ## Các lệnh / what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Tỉnh mẫu và giấy tờ của nó trong demo/; rồi mở máy chủ học tập tại http://127.0.0.1:8145
	@test -e demo/DOC-TRUOC.txt || ! test -e demo || { \
		echo 'Đã có thư mục demo/ nhưng không phải tỉnh mẫu đã làm xong: đổi tên hoặc xóa thư mục ấy, rồi chạy lại «make demo».'; exit 1; }
	test -e demo/DOC-TRUOC.txt || $(BIN)/python -m tools.demo demo
	@cat demo/DOC-TRUOC.txt
	$(BIN)/boiduong serve --books demo/so-boi-duong.sqlite --rules demo/quy-tac

test: $(READY) ## Mọi phép thử, kể cả trong trình duyệt / all tests, a browser too
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" $(BIN)/pytest -n 2

test-postgres: $(READY) ## Các phép thử của sổ, trên PostgreSQL riêng / the books' tests on a PostgreSQL of their own
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 tests/records tests/exporter/test_walk.py \
		tests/exporter/sealing tests/exporter/imports/logs/test_bring.py \
		tests/server/test_store.py tests/server/study tests/server/accounts tests/server/desk

test-engines: $(READY) ## Thời gian học trên năm công cụ tính toán / studied time on five engines (PostgreSQL, ClickHouse, Spark too)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv-engines
	$(UV) pip sync -q --python .venv-engines --require-hashes requirements.lock tools/engines.lock
	$(UV) pip install -q --python .venv-engines --no-deps --build-constraints requirements.lock -e .
	.venv-engines/bin/python tools/postgres.py .venv-engines/bin/python -m tools.engines .venv-engines/bin/pytest tests/exporter/study

check: $(READY) ## ruff, mypy strict, luật nhập mô-đun / lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Đo tốc độ và dung lượng / measure speed and weight
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" $(BIN)/python tools/bench.py
	$(BIN)/python -m tools.bench_books
	$(BIN)/python -m tools.bench_logs
	$(BIN)/python -m tools.bench_papers
	$(BIN)/python -m tools.bench_study
	$(BIN)/python -m tools.bench_server

lock: $(UV) ## Khóa lại phiên bản thư viện / pin the versions anew
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra server --extra postgres --group dev pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 -c requirements.lock tools/engines.in -o tools/engines.lock

clean: ## Xóa mọi thứ đã tạo ra / remove whatever was made
	test ! -e demo/DOC-TRUOC.txt || rm -rf demo
	rm -rf .venv .venv-engines .uv node_modules dist .preview build */boiduong_*/vendor tests/vendor

$(READY): requirements.lock pyproject.toml hatch_build.py package-lock.json $(SCRIPTS) | $(UV)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements.lock
	$(UV) pip install -q --python .venv --no-deps --build-constraints requirements.lock -e .
	@touch $@

# A uv of the project's own, where the machine has none.
$(UV_HOME)/bin/uv:
	$(PYTHON) -m venv $(UV_HOME)
	$(UV_HOME)/bin/pip install -q 'uv>=0.5,<1'
