"""Packs a binary of debtscan as a wheel, so that `pip install debtscan` puts it on the path.

Usage: build.py BINARY VERSION PLATFORM FOLDER, where PLATFORM is a tag such as manylinux_2_36_x86_64.
The same input gives the same bytes. Needs nothing but Python.
"""

import base64
import hashlib
import pathlib
import sys
import zipfile

TIME = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    binary, version, platform, folder = sys.argv[1:]
    name = f"debtscan-{version}"
    script = "debtscan.exe" if platform.startswith("win") else "debtscan"
    tag = f"py3-none-{platform}"
    files = {
        f"{name}.data/scripts/{script}": (pathlib.Path(binary).read_bytes(), 0o755),
        f"{name}.dist-info/METADATA": (metadata(version), 0o644),
        f"{name}.dist-info/WHEEL": (
            f"Wheel-Version: 1.0\nGenerator: debtscan\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
            0o644,
        ),
    }
    record = f"{name}.dist-info/RECORD"
    lines = [f"{path},sha256={digest(content)},{len(content)}" for path, (content, _) in files.items()]
    files[record] = ("\n".join([*lines, f"{record},,", ""]).encode(), 0o644)
    target = pathlib.Path(folder) / f"{name}-{tag}.whl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, (content, mode) in files.items():
            entry = zipfile.ZipInfo(path, TIME)
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    print(target)


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def metadata(version: str) -> bytes:
    return (
        "Metadata-Version: 2.4\n"
        "Name: debtscan\n"
        f"Version: {version}\n"
        "Summary: Rank the areas of a code base by what they cost the business\n"
        "License-Expression: MIT OR Apache-2.0\n"
        "Project-URL: Repository, https://github.com/debtscan/debtscan\n"
        "Requires-Python: >=3.8\n"
    ).encode()


main()
