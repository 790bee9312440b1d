#!/usr/bin/env node
// Runs the binary beside this file; packages of npm can only name scripts.
"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");

const name = process.platform === "win32" ? "debtscan.exe" : "debtscan";
const result = spawnSync(path.join(__dirname, name), process.argv.slice(2), { stdio: "inherit" });
if (result.error) {
  console.error(`error: cannot run debtscan: ${result.error.message}`);
  process.exit(2);
}
if (result.signal) process.kill(process.pid, result.signal);
process.exit(result.status);
