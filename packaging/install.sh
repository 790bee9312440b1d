#!/usr/bin/env bash
# Downloads a release of debtscan into a folder, and checks it against the published checksum.
# DEBTSCAN_VERSION, DEBTSCAN_OS (Linux, macOS, Windows) and DEBTSCAN_ARCH (X64, ARM64) say which.
set -euo pipefail
folder=$1

case "$DEBTSCAN_VERSION" in
    "" | *[!0-9A-Za-z.-]*) echo "not a version: $DEBTSCAN_VERSION" >&2; exit 2 ;;
esac
case "$DEBTSCAN_OS-$DEBTSCAN_ARCH" in
    Linux-X64) target=x86_64-unknown-linux-gnu ;;
    Linux-ARM64) target=aarch64-unknown-linux-gnu ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    *) echo "no release for $DEBTSCAN_OS on $DEBTSCAN_ARCH" >&2; exit 2 ;;
esac

name=debtscan-$DEBTSCAN_VERSION-$target.tar.gz
base=${DEBTSCAN_RELEASES:-https://github.com/debtscan/debtscan/releases/download}/v$DEBTSCAN_VERSION
mkdir -p "$folder"
curl --fail --silent --show-error --location --retry 3 --output "$folder/$name" "$base/$name"
curl --fail --silent --show-error --location --retry 3 --output "$folder/$name.sha256" "$base/$name.sha256"
# macOS has no sha256sum.
if command -v sha256sum >/dev/null; then sums=(sha256sum); else sums=(shasum -a 256); fi
(cd "$folder" && "${sums[@]}" -c "$name.sha256")
tar -xzf "$folder/$name" -C "$folder" --strip-components 1
