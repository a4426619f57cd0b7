# make help: what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh

UV_HOME := $(CURDIR)/.uv
UV := $(shell command -v uv 2>/dev/null || echo $(UV_HOME)/bin/uv)
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PLAYER := $(wildcard packager/boiduong_packager/player/*.js packager/boiduong_packager/player/*.css)
export UV_PYTHON_DOWNLOADS = never

.PHONY: help demo test test-postgres check bench lock clean

help: ## Các lệnh / what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Đóng gói chương trình mẫu và mở tại http://127.0.0.1:8145
	$(BIN)/boiduong preview content/145-2026 --port 8145

test: $(READY) ## Mọi phép thử, kể cả trong trình duyệt / all tests, a browser too
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" $(BIN)/pytest -n 2

test-postgres: $(READY) ## Các phép thử của sổ, trên PostgreSQL riêng / the books' tests on a PostgreSQL of their own
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 tests/records tests/exporter/test_walk.py

check: $(READY) ## ruff, mypy strict, luật nhập mô-đun / lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Đo tốc độ và dung lượng / measure speed and weight
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" $(BIN)/python tools/bench.py
	$(BIN)/python -m tools.bench_books

lock: $(UV) ## Khóa lại phiên bản thư viện / pin the versions anew
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --all-extras --group dev pyproject.toml -o requirements.lock

clean: ## Xóa mọi thứ đã tạo ra / remove whatever was made
	rm -rf .venv .uv node_modules dist .preview build packager/boiduong_packager/vendor tests/vendor

$(READY): requirements.lock pyproject.toml hatch_build.py package-lock.json $(PLAYER) | $(UV)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv
	$(UV) pip sync -q --python .venv --require-hashes requirements.lock
	$(UV) pip install -q --python .venv --no-deps --build-constraints requirements.lock -e .
	@touch $@

# A uv of the project's own, where the machine has none.
$(UV_HOME)/bin/uv:
	$(PYTHON) -m venv $(UV_HOME)
	$(UV_HOME)/bin/pip install -q 'uv>=0.5,<1'
