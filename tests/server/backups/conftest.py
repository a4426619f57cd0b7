"""PostgreSQL's tests are collected where there is one: `make test-postgres`."""

from tests.records.conftest import POSTGRES

collect_ignore = [] if POSTGRES else ["test_postgres.py"]
