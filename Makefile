# Two commands: `make demo` shows what qcode does, `make test` proves it. Each sets up what it needs by itself.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types pytest docs pictures benchmark clean

demo: .venv/ready
	$(BIN)/qcode demo demo

test: lint types pytest

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

pytest: .venv/ready
	$(BIN)/python -m pytest

docs: .venv/ready
	$(BIN)/python docs/make_cli_reference.py

pictures: .venv/ready
	$(BIN)/python docs/make_pictures.py

benchmark: .venv/ready
	$(BIN)/python benchmarks/run.py

.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e ".[dev]"
	touch .venv/ready

clean:
	rm -rf .venv build dist demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
