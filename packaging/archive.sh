#!/usr/bin/env bash
# Packs a binary as a release archive with completions, manual pages and licences, and its checksum.
# Usage: archive.sh BINARY VERSION TARGET FOLDER. The binary must run on this machine.
set -euo pipefail
binary=$1 version=$2 target=$3 folder=$4
root=$(cd "$(dirname "$0")/.." && pwd)

name=debtscan-$version-$target
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/$name/completions" "$stage/$name/man" "$folder"
suffix=
case "$target" in *windows*) suffix=.exe ;; esac
cp "$binary" "$stage/$name/debtscan$suffix"
cp "$root"/README.md "$root"/CHANGELOG.md "$root"/LICENSE-APACHE "$root"/LICENSE-MIT "$stage/$name"
"$binary" completions bash >"$stage/$name/completions/debtscan.bash"
"$binary" completions zsh >"$stage/$name/completions/_debtscan"
"$binary" completions fish >"$stage/$name/completions/debtscan.fish"
"$binary" completions powershell >"$stage/$name/completions/debtscan.ps1"
"$binary" man >"$stage/$name/man/debtscan.1"
# Numeric owners and one time, so that the same input gives the same bytes where tar can do that.
if tar --version 2>/dev/null | grep -q GNU; then
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$stage" -cf - "$name" | gzip -n >"$folder/$name.tar.gz"
else
    tar -C "$stage" -czf "$folder/$name.tar.gz" "$name"
fi
if command -v sha256sum >/dev/null; then sums=(sha256sum); else sums=(shasum -a 256); fi
(cd "$folder" && "${sums[@]}" "$name.tar.gz" >"$name.tar.gz.sha256")
