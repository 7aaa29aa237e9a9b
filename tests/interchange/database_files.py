"""Small databases of other tools, as their programs make them, for tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / ".." / "shared" / "refi-qda" / "samples"

Rows = dict[str, Sequence[Sequence[object]]]


def sample(name: str) -> bytes:
    """Return the bytes of a real file; skip the test where the folder is not beside the checkout."""
    file = SAMPLES / name
    if not file.exists():
        pytest.skip(f"the real project {name} is not beside this checkout")
    return file.read_bytes()


def database(schema: Iterable[str], rows: Rows | None = None, after: Iterable[str] = ()) -> bytes:
    """Return an SQLite file with these tables and rows; `after` is run at the end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 1024")
        for statement in schema:
            connection.execute(statement)
        for table, lines in (rows or {}).items():
            for line in lines:
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(line))})", line)
        for statement in after:
            connection.execute(statement)
        return connection.serialize()


QUALCODER_1 = (
    "CREATE TABLE project (databaseversion text, date text, memo text, about text)",
    (
        "CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, "
        "date text, unique(name))"
    ),
    (
        "CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, "
        "height integer, cid integer, memo text, date text, owner text)"
    ),
    (
        "CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, "
        "owner text, date text)"
    ),
    (
        "CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, "
        "valuetype text)"
    ),
    (
        "CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, "
        "date text, owner text)"
    ),
    (
        "CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, "
        "owner text, date text, memo text)"
    ),
    "CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name))",
    (
        "CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, "
        "supercatid integer, unique(name))"
    ),
    (
        "CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, "
        "date text, memo text)"
    ),
    (
        "CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, "
        "color text, unique(name))"
    ),
    "CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text)",
)
"""QualCoder's first version: codings have no number of their own yet."""

QUALCODER_8 = (
    *(one for one in QUALCODER_1 if "TABLE code_text" not in one and "TABLE source" not in one),
    (
        "CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, "
        "date text, av_text_id integer, risid integer, unique(name))"
    ),
    (
        "CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, "
        "pos1 integer, owner text, date text, memo text, avid integer, important integer, "
        "unique(cid, fid, pos0, pos1, owner))"
    ),
    (
        "CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, "
        "memo text, date text, owner text, important integer)"
    ),
    "CREATE TABLE stored_sql (title text, description text, grouper text, ssql text, unique(title))",
    "CREATE TABLE graph (grid integer primary key, name text, description text, date text)",
)

QUALCODER_17 = (
    *QUALCODER_8,
    "ALTER TABLE code_image ADD COLUMN important integer",
    "ALTER TABLE code_image ADD COLUMN pdf_page integer",
    "ALTER TABLE code_name ADD COLUMN supercid integer",
    "CREATE TABLE coder_names (name text unique not null, visibility integer not null default 1)",
)
QUALCODER = {1: QUALCODER_1, 8: QUALCODER_8, 16: QUALCODER_17[:-1], 17: QUALCODER_17}

TAGUETTE = (
    (
        "CREATE TABLE users (login VARCHAR(30) NOT NULL, created DATETIME NOT NULL, hashed_password VARCHAR(192), "
        "email VARCHAR(256), CONSTRAINT pk_users PRIMARY KEY (login))"
    ),
    (
        "CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, "
        "description TEXT NOT NULL, created DATETIME NOT NULL)"
    ),
    (
        "CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, "
        "description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, "
        "project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, "
        "path VARCHAR(200) NOT NULL, description TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL, "
        "start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL)"
    ),
    (
        "CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, "
        "PRIMARY KEY (highlight_id, tag_id))"
    ),
    (
        "CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, user_login VARCHAR(30) NOT NULL, "
        "payload TEXT NOT NULL)"
    ),
)

RQDA = (
    (
        "CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, "
        "status integer)"
    ),
    (
        "CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, "
        "color text)"
    ),
    "CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text)",
    "CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text)",
    (
        "CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text, "
        "status integer)"
    ),
    (
        "CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, "
        "status integer)"
    ),
    (
        "CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, "
        "owner text, date text, memo text)"
    ),
    "CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text)",
    "CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer)",
    (
        "CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, "
        "owner text, date text, memo text)"
    ),
    "CREATE TABLE attributes (name text, status integer, date text, dateM text, owner text, memo text)",
    (
        "CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, "
        "status integer)"
    ),
    (
        "CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, "
        "status integer)"
    ),
    "CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer)",
    (
        "CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text, "
        "status integer)"
    ),
)
