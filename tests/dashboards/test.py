"""Runs every query of docs/dashboards.md on nights with and without incidents.

Usage: test.py BINARY. Makes a virtual environment with the packages that requirements.txt pins, unless it runs in one.
Expected figures come from the files that the binary read, counted here, or from a second reader.
"""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "dashboards.md"


def provide() -> None:
    """Starts again in an environment with the packages."""
    try:
        import duckdb  # noqa: F401
        import pandas  # noqa: F401
    except ImportError:
        if os.environ.get("DEBTSCAN_DASHBOARDS"):
            raise
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True)
            python = pathlib.Path(folder) / "bin" / "python"
            pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True)
            environment = {**os.environ, "DEBTSCAN_DASHBOARDS": "1"}
            done = subprocess.run([python, __file__, *sys.argv[1:]], env=environment, check=False)
        sys.exit(done.returncode)


def blocks(language: str) -> dict[str, str]:
    """The queries of the page by the name in their first line."""
    found = re.findall(rf"```{language}\n(?:--|#) ([a-z-]+)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return dict(found)


def scan(binary: str, folder: pathlib.Path, args: list[str], night: pathlib.Path, name: str) -> None:
    night.mkdir(exist_ok=True)
    for kind, suffix in [("csv-long", "csv"), ("json", "json")]:
        output = str(night / f"{name}.{suffix}")
        command = [binary, "scan", *args, "--quiet", "--format", kind, "--output", output]
        subprocess.run(command, cwd=folder, check=True)


def run(query: str, folder: pathlib.Path) -> list[dict]:
    import duckdb

    os.chdir(folder)
    cursor = duckdb.sql(query)
    return [dict(zip(cursor.columns, row)) for row in cursor.fetchall()]


def main() -> None:
    provide()
    import pandas

    binary = str(pathlib.Path(sys.argv[1]).resolve())
    queries = blocks("sql")
    names = ["cost-by-area", "new-hotspots", "unplaced-incidents", "customers-at-risk", "complexity-trend"]
    assert list(queries) == names, list(queries)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        subprocess.run([binary, "demo", "shop"], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        demo = scratch / "shop"
        plain = ["--config", str(scratch / "none.toml"), "."]
        name = re.search(r'^name = .*$', (demo / "debtscan.toml").read_text(), re.MULTILINE)
        (scratch / "none.toml").write_text(f"[project]\n{name.group()}\n")
        both, bare = scratch / "both", scratch / "bare"
        for folder in (both, bare):
            folder.mkdir()
        # The demo's own settings name incidents and accounts; this configuration has neither.
        scan(binary, demo, [*plain, "--rev", "HEAD~40"], both / "nights", "1")
        scan(binary, demo, ["."], both / "nights", "2")
        scan(binary, demo, plain, bare / "nights", "1")

        for name, query in queries.items():
            rows, without = run(query, both), run(query, bare)
            columns = set(rows[0]) if rows else set()
            print(f"{name}: {len(rows)} rows, {len(without)} without incidents")
            if name in ("cost-by-area", "unplaced-incidents", "customers-at-risk"):
                assert rows and not without, name
            if name == "complexity-trend":
                assert rows and without and columns == set(without[0])

        # Against the JSON of the same night, read without DuckDB.
        night = json.loads((both / "nights" / "2.json").read_text())
        as_of = night["repository"]["as_of"]
        unplaced = sorted(it["id"] for it in night["incidents"] if it["placement"]["status"] == "unplaced")
        rows = run(queries["unplaced-incidents"], both)
        newest = max(row["as_of"] for row in rows)
        assert newest.strftime("%Y-%m-%dT%H:%M:%SZ") == as_of, (newest, as_of)
        assert sorted(row["id"] for row in rows if row["as_of"] == newest) == unplaced, unplaced

        expected = {
            area["id"]: area["expected"]["cost_per_year"][0]["mean_minor"] / 100 for area in night["areas"]
            if area["expected"]["cost_per_year"]
        }
        for row in run(queries["cost-by-area"], both):
            if row["as_of"] == newest:
                assert abs(row["expected_cost"] - expected[row["area_id"]]) <= 0.006 + expected[row["area_id"]] / 1e5, row

        cognitive: dict[str, int] = {}
        for file in json.loads((bare / "nights" / "1.json").read_text())["files"]:
            if file["rank"] and file["complexity"] and file["complexity"]["cognitive"] is not None:
                area = file["area"]
                cognitive[area] = cognitive.get(area, 0) + file["complexity"]["cognitive"]
        for row in run(queries["complexity-trend"], bare):
            assert (row["cognitive"] or 0) == cognitive.get(row["area_id"], 0), row

        # pandas reads both nights by one expression.
        frames = [pandas.read_csv(path) for path in sorted((both / "nights").glob("*.csv"))]
        assert len({tuple(frame.columns) for frame in frames}) == 1
        for path in sorted((both / "nights").glob("*.json")):
            report = json.loads(path.read_text())
            frame = pandas.json_normalize(report["areas"])
            assert {"id", "expected.share", "recorded.incidents"} <= set(frame.columns), path
            pandas.json_normalize(report["incidents"])

        # jq, on the night with incidents and on that without.
        command = blocks("sh")["unplaced-incidents"]
        for night_name, ids in [("2", unplaced), ("1", [])]:
            path = both / "nights" / f"{night_name}.json"
            done = subprocess.run(
                ["bash", "-euc", command.replace("night.json", str(path))], check=True, capture_output=True, text=True
            )
            read = sorted(row[0] for row in csv.reader(done.stdout.splitlines(), delimiter="\t"))
            assert read == ids, (read, ids)
    print("every query of docs/dashboards.md ran")


main()
