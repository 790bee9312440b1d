#!/usr/bin/env bash
# Builds every package of a binary and runs what it installs. Usage: test.sh BINARY
# What needs a program that is missing is an error: a package that nobody installed is not tested. A container image
# needs a daemon and a registry, and is built by hand.
set -euo pipefail
binary=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
version=$("$binary" --version | cut -d ' ' -f 2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
says() { [ "$("$@" --version)" = "debtscan $version" ] || { echo "wrong version from: $*" >&2; exit 1; }; }
step() { echo "==> $*"; }

step "stripped copy"
strip -o "$work/debtscan" "$binary"
says "$work/debtscan"

step "archive, checksum and installation"
bash "$here/archive.sh" "$work/debtscan" "$version" x86_64-unknown-linux-gnu "$work/releases/v$version"
DEBTSCAN_RELEASES="file://$work/releases" DEBTSCAN_VERSION=$version DEBTSCAN_OS=Linux DEBTSCAN_ARCH=X64 \
    bash "$here/install.sh" "$work/installed" >/dev/null
says "$work/installed/debtscan"
archive=$work/releases/v$version/debtscan-$version-x86_64-unknown-linux-gnu.tar.gz
sum=$(sha256sum "$archive")
bash "$here/archive.sh" "$work/debtscan" "$version" x86_64-unknown-linux-gnu "$work/releases/v$version"
[ "$sum" = "$(sha256sum "$archive")" ] || { echo "the archive is not reproducible" >&2; exit 1; }
echo tampered >>"$archive"
if DEBTSCAN_RELEASES="file://$work/releases" DEBTSCAN_VERSION=$version DEBTSCAN_OS=Linux DEBTSCAN_ARCH=X64 \
    bash "$here/install.sh" "$work/tampered" >/dev/null 2>&1; then
    echo "a tampered archive was installed" >&2
    exit 1
fi

step "completions and manual page"
bash -c 'source "$1" && COMP_WORDS=(debtscan hots) COMP_CWORD=1 && _debtscan debtscan hots debtscan &&
    [ "${COMPREPLY[*]}" = hotspots ]' _ "$work/installed/completions/debtscan.bash"
groff -man -Tutf8 -ww "$work/installed/man/debtscan.1" 2>"$work/groff" | grep -q hotspots
[ ! -s "$work/groff" ] || { cat "$work/groff" >&2; exit 1; }

step "wheel"
python3 "$here/wheel/build.py" "$work/debtscan" "$version" linux_x86_64 "$work/wheel" >/dev/null
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-index --disable-pip-version-check "$work"/wheel/*.whl
says "$work/venv/bin/debtscan"

step "npm"
bash "$here/npm/build.sh" "$work/debtscan" "$version" linux x64 "$work/npm" >/dev/null
npm install --silent --no-audit --no-fund --offline --prefix "$work/node" "$work"/npm/*.tgz
says "$work/node/node_modules/.bin/debtscan"
status=0
"$work/node/node_modules/.bin/debtscan" /nonexistent >/dev/null 2>&1 || status=$?
[ "$status" = 2 ] || { echo "npm: exit code $status instead of 2" >&2; exit 1; }

step "formula"
for target in aarch64-apple-darwin x86_64-apple-darwin aarch64-unknown-linux-gnu; do
    echo "0000  x" >"$work/releases/v$version/debtscan-$version-$target.tar.gz.sha256"
done
python3 "$here/homebrew/formula.py" "$version" "$work/releases/v$version" >"$work/debtscan.rb"
grep -q "sha256 \"$(cut -d ' ' -f 1 <"$archive.sha256")\"" "$work/debtscan.rb"
if command -v ruby >/dev/null; then ruby -c "$work/debtscan.rb" >/dev/null; fi

step "action"
git init --quiet "$work/repo"
printf 'int f(int x) {\n    return x;\n}\n' >"$work/repo/a.c"
git -C "$work/repo" add . && git -C "$work/repo" -c user.name=A -c user.email=a@example.org commit --quiet -m one
mkdir "$work/temp"
DEBTSCAN_PATH=$work/repo DEBTSCAN_INCIDENTS="" DEBTSCAN_ANNOTATIONS=true DEBTSCAN_SUMMARY=true DEBTSCAN_SARIF=true \
    DEBTSCAN_PAGE=true GITHUB_STEP_SUMMARY=$work/summary.md \
    bash "$here/run.sh" "$work/debtscan" "$work/temp" >/dev/null
grep -q '^### debtscan' "$work/summary.md"
grep -q '"version": "2.1.0"' "$work/temp/debtscan.sarif"
grep -q '<!doctype html>' "$work/temp/debtscan.html"
step "$(du -h "$work/debtscan" | cut -f 1) stripped, $(du -h "$binary" | cut -f 1) before"
