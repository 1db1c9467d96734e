"""The tables of e2e/cases/README.md: for each row what is known of Envoy, the cases that show it.

case_tables.py      writes them; test_conformance.py fails when they are out of date
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from cases import CASES  # noqa: E402  (found by the path above)
from cases.rows import ROWS  # noqa: E402

README = HERE.parent / "cases" / "README.md"
BEGIN = "<!-- tables: written by e2e/tools/case_tables.py -->\n"


def tables():
    return "".join(_table(title, rows) for title, rows in ROWS.items())


def _table(title, rows):
    lines = [f"\n## {title}\n", "| what Envoy does | cases |", "|---|---|"]
    lines += [f"| {text} | {', '.join(f'`{id}`' for id in ids_of(row))} |" for row, text in rows.items()]
    return "\n".join(lines) + "\n"


def ids_of(row):
    return [case.id for case in CASES if row in case.rows]


def main():
    written = README.read_text().partition(BEGIN)[0]
    README.write_text(written + BEGIN + tables())


if __name__ == "__main__":
    main()
