# make help: what there is.
.DEFAULT_GOAL := help
SHELL := /bin/sh

UV_HOME := $(CURDIR)/.uv
UV := $(shell command -v uv 2>/dev/null || echo $(UV_HOME)/bin/uv)
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
SCRIPTS := $(wildcard packager/boiduong_packager/player/*.*s server/boiduong_server/*/assets/*.*s xblocks/boiduong_xblocks/assets/*.*s)
BLOCKS := xblocks/pyproject.toml xblocks/hatch_build.py $(wildcard xblocks/boiduong_xblocks/translations/*/*/*.po)
export UV_PYTHON_DOWNLOADS = never

.PHONY: help demo demo-openedx test test-postgres test-engines test-openedx-312 test-openedx-scorm check bench lock clean

help: ## Các lệnh / what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-19s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Tỉnh mẫu và giấy tờ của nó trong demo/; rồi mở máy chủ học tập tại http://127.0.0.1:8145
	@test -e demo/DOC-TRUOC.txt || ! test -e demo || { \
		echo 'Đã có thư mục demo/ nhưng không phải tỉnh mẫu đã làm xong: đổi tên hoặc xóa thư mục ấy, rồi chạy lại «make demo».'; exit 1; }
	test -e demo/DOC-TRUOC.txt || $(BIN)/python -m tools.demo demo
	@cat demo/DOC-TRUOC.txt
	$(BIN)/boiduong serve --books demo/so-boi-duong.sqlite --rules demo/quy-tac

demo-openedx: $(READY) ## Khóa học mẫu với các khối Open edX, mở tại http://127.0.0.1:8147 / the demo course's blocks in a workbench
	$(BIN)/python -W ignore -m tools.openedx demo

test: $(READY) ## Mọi phép thử, kể cả trong trình duyệt / all tests, a browser too
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" $(BIN)/pytest -n 2

test-postgres: $(READY) ## Các phép thử của sổ, trên PostgreSQL riêng / the books' tests on a PostgreSQL of their own
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n 2 tests/records tests/exporter/test_walk.py \
		tests/exporter/sealing tests/exporter/imports/logs/test_bring.py \
		tests/server/test_store.py tests/server/study tests/server/accounts tests/server/attending tests/server/backups \
		tests/server/desk

test-engines: $(READY) ## Thời gian học trên năm công cụ tính toán / studied time on five engines (PostgreSQL, ClickHouse, Spark too)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv-engines
	$(UV) pip sync -q --python .venv-engines --require-hashes requirements.lock tools/engines.lock
	$(UV) pip install -q --python .venv-engines --no-deps --build-constraints requirements.lock -e .
	.venv-engines/bin/python tools/postgres.py .venv-engines/bin/python -m tools.engines .venv-engines/bin/pytest tests/exporter/study

test-openedx-312: $(READY) ## Các khối Open edX trên Python 3.12, XBlock 6.3 / the blocks on the newest XBlock, where there is a 3.12
	python="$$(UV=$(UV) $(BIN)/python tools/openedx/python312.py)" && $(UV) venv -q --allow-existing --python "$$python" .venv-openedx-312
	$(UV) pip sync -q --python .venv-openedx-312 --require-hashes requirements.lock
	$(UV) pip install -q --python .venv-openedx-312 --no-deps --build-constraints requirements.lock -e . -e xblocks
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" \
		.venv-openedx-312/bin/pytest -n 2 tests/xblocks tests/browser/openedx tests/packager/targets

test-openedx-scorm: $(READY) ## Gói SCORM của ta trong openedx-scorm-xblock / our packages played by openedx-scorm-xblock
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv-openedx-scorm
	$(UV) pip sync -q --python .venv-openedx-scorm --require-hashes requirements.lock tools/openedx_scorm/block.lock
	$(UV) pip install -q --python .venv-openedx-scorm --no-deps --build-constraints requirements.lock -e .
	chromium="$$($(BIN)/python tools/chromium.py)" && CHROMIUM="$$chromium" .venv-openedx-scorm/bin/pytest tools/openedx_scorm

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
	$(BIN)/python -m tools.bench_attending

lock: $(UV) ## Khóa lại phiên bản thư viện / pin the versions anew
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra server --extra postgres --group dev pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 -c requirements.lock tools/engines.in -o tools/engines.lock
	$(UV) pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 -c requirements.lock tools/openedx_scorm/block.in -o tools/openedx_scorm/block.lock

clean: ## Xóa mọi thứ đã tạo ra / remove whatever was made
	test ! -e demo/DOC-TRUOC.txt || rm -rf demo
	rm -rf demo-openedx
	rm -rf .venv .venv-engines .venv-openedx-* .uv node_modules dist .preview build */boiduong_*/vendor xblocks/boiduong_xblocks/public tests/vendor

$(READY): requirements.lock pyproject.toml hatch_build.py package-lock.json $(SCRIPTS) $(BLOCKS) | $(UV)
	$(UV) venv -q --allow-existing --python $(PYTHON) .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements.lock
	$(UV) pip install -q --python .venv --no-deps --build-constraints requirements.lock -e .
	@# Apart, because both may have to fetch the same npm packages, and uv builds what it is given side by side.
	$(UV) pip install -q --python .venv --no-deps --build-constraints requirements.lock -e xblocks
	@touch $@

# A uv of the project's own, where the machine has none.
$(UV_HOME)/bin/uv:
	$(PYTHON) -m venv $(UV_HOME)
	$(UV_HOME)/bin/pip install -q 'uv>=0.5,<1'
