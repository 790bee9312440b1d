#!/usr/bin/env bash
# Runs debtscan for the action: annotations, job summary, SARIF and page, as its inputs say.
set -euo pipefail
debtscan=$1
temp=$2

args=("$DEBTSCAN_PATH" --cache-dir "$temp/debtscan-cache")
if [ -n "$DEBTSCAN_INCIDENTS" ]; then args+=(--incidents "$DEBTSCAN_INCIDENTS"); fi

# The first run fills the cache, so the others take a moment.
if [ "$DEBTSCAN_ANNOTATIONS" = true ]; then "$debtscan" scan "${args[@]}" --format github; fi
if [ "$DEBTSCAN_SUMMARY" = true ]; then
    "$debtscan" scan "${args[@]}" --quiet --format github-summary >>"$GITHUB_STEP_SUMMARY"
fi
if [ "$DEBTSCAN_SARIF" = true ]; then
    "$debtscan" scan "${args[@]}" --quiet --format sarif --output "$temp/debtscan.sarif"
fi
if [ "$DEBTSCAN_PAGE" = true ]; then
    "$debtscan" scan "${args[@]}" --quiet --format html --output "$temp/debtscan.html"
fi
