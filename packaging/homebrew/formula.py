"""Writes the Homebrew formula of a release from the checksums of its archives.

Usage: formula.py VERSION FOLDER, where FOLDER has the `.tar.gz.sha256` files. Prints the formula.
"""

import pathlib
import sys

TARGETS = {
    ("macos", "arm"): "aarch64-apple-darwin",
    ("macos", "intel"): "x86_64-apple-darwin",
    ("linux", "arm"): "aarch64-unknown-linux-gnu",
    ("linux", "intel"): "x86_64-unknown-linux-gnu",
}
RELEASES = "https://github.com/debtscan/debtscan/releases/download"


def main() -> None:
    version, folder = sys.argv[1:]
    print(HEAD)
    for system in ("macos", "linux"):
        print(f"  on_{system} do")
        for processor in ("arm", "intel"):
            name = f"debtscan-{version}-{TARGETS[system, processor]}.tar.gz"
            digest = (pathlib.Path(folder) / f"{name}.sha256").read_text().split()[0]
            print(f"    on_{processor} do")
            print(f'      url "{RELEASES}/v{version}/{name}"')
            print(f'      sha256 "{digest}"')
            print("    end")
        print("  end")
        print()
    print(TAIL.replace("VERSION", version))


HEAD = """\
class Debtscan < Formula
  desc "Rank the areas of a code base by what they cost the business"
  homepage "https://github.com/debtscan/debtscan"
  license any_of: ["MIT", "Apache-2.0"]
"""
TAIL = """\
  def install
    bin.install "debtscan"
    bash_completion.install "completions/debtscan.bash" => "debtscan"
    zsh_completion.install "completions/_debtscan"
    fish_completion.install "completions/debtscan.fish"
    man1.install "man/debtscan.1"
  end

  test do
    assert_match "debtscan VERSION", shell_output("#{bin}/debtscan --version")
  end
end"""

main()
