#!/usr/bin/env bash
# Packs a binary as an npm package of one platform. Usage: build.sh BINARY VERSION OS CPU FOLDER
# OS and CPU are those of npm: linux, darwin or win32; x64 or arm64.
set -euo pipefail
binary=$1 version=$2 os=$3 cpu=$4 folder=$5
here=$(cd "$(dirname "$0")" && pwd)

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$folder"
suffix=
if [ "$os" = win32 ]; then suffix=.exe; fi
cp "$binary" "$stage/debtscan$suffix"
cp "$here/debtscan.js" "$here/../../LICENSE-MIT" "$here/../../LICENSE-APACHE" "$stage"
cat >"$stage/package.json" <<JSON
{
  "name": "@debtscan/cli-$os-$cpu",
  "version": "$version",
  "description": "Rank the areas of a code base by what they cost the business",
  "license": "MIT OR Apache-2.0",
  "repository": "https://github.com/debtscan/debtscan",
  "bin": { "debtscan": "debtscan.js" },
  "os": ["$os"],
  "cpu": ["$cpu"],
  "files": ["debtscan$suffix", "debtscan.js"]
}
JSON
npm pack --silent --pack-destination "$folder" "$stage"
