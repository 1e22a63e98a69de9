#!/usr/bin/env python3
"""Plants mistakes in a copy of the sources and asks the physics gate whether it sees them.

    python3 Tests/Mutations/run.py [--scratch DIR] [--only WORD] > table.md

Each mutation is one replacement in one file (mutations.py). All go into one copy of the sources, which is
built once; SLMC_MISTAKE chooses the one that a run makes. Each time the gate experiment's profile `ci` is run
from nothing and checked twice: as CI does, and by the statistics alone. Prints a table in Markdown; the exit
code is 1 if a mistake went unseen, or if the gate fails without any.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from mutations import MUTATIONS

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPERIMENT = ["experiments/gate.yaml", "--profile", "ci"]


def copy_sources(scratch):
    """The sources with every mistake; files whose text is equal keep their time."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in names.stdout.split("\n"):
        source, target = ROOT / name, scratch / name
        if not name or not source.is_file():
            continue
        content = plant(name, source.read_bytes())
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        shutil.copymode(source, target)


def plant(name, content):
    """Every replacement of this file, behind a condition that is read once from the environment."""
    switches = ""
    for number, (_, file, old, new) in enumerate(MUTATIONS, 1):
        if file != name:
            continue
        text = content.decode()
        if text.count(old) != 1:
            sys.exit(f"{file} does not hold exactly once: {old}")
        content = text.replace(old, new.replace("PLANTED", f"mistake{number}")).encode()
        switches += (
            f"\nprivate let mistake{number} =\n  unsafe getenv(\"SLMC_MISTAKE\")"
            f".map {{ unsafe String(cString: $0) }} == \"{number}\"\n")
    if switches:
        text = content.decode()
        if not re.search(r"^(  )?internal import Glibc", text, re.M):
            text = "internal import Glibc\n" + text
        content = (text + switches).encode()
    return content


def build(scratch, wrapper):
    command = wrapper + ["swift", "build", "-c", "release", "--product", "slmc"]
    outcome = subprocess.run(command, cwd=scratch, capture_output=True, text=True)
    errors = [line for line in outcome.stdout.split("\n") if "error:" in line]
    return outcome.returncode == 0, errors


def gate(scratch, number):
    """Exit codes of run and of both checks, and the statistics' verdicts."""
    store = tempfile.mkdtemp()
    environment = {**os.environ, "SLMC_STORE": store,
                   "SLMC_MISTAKE": str(number)}
    program = str(scratch / ".build/release/slmc")

    def slmc(*words):
        return subprocess.run(
            [program, *words], cwd=scratch, env=environment, capture_output=True, text=True)

    try:
        run = slmc("run", *EXPERIMENT, "--quiet")
        if run.returncode != 0:
            return {"run": run.returncode}
        check = slmc("check", *EXPERIMENT, "--json")
        value = json.loads(check.stdout)
        bits = [job["id"] for job in value["jobs"] if job["bits"] == "changed"]
        results = [(job["id"], r) for job in value["jobs"] for r in job["results"]]
        moved = [(i, r) for i, r in results if r["verdict"] == "inconsistent"]
        weak = [r for _, r in results if r["verdict"] == "underpowered"]
        alone = slmc("check", *EXPERIMENT, "--no-bits")
        return {"run": 0, "check": check.returncode, "bits": bits, "moved": moved,
                "weak": len(weak), "alone": alone.returncode}
    finally:
        subprocess.run(["chmod", "-R", "u+w", store])
        shutil.rmtree(store)


def row(name, outcome):
    if outcome["run"] != 0:
        return f"| {name} | the run fails ({outcome['run']}) | | yes |"
    bits = f"{len(outcome['bits'])} jobs, exit {outcome['check']}" if outcome["bits"] else "as before"
    moved = outcome["moved"]
    if moved:
        job, worst = max(moved, key=lambda m: abs(m[1]["z"] if m[1]["z"] is not None else 1e300))
        z = "" if worst["z"] is None else f", z = {worst['z']:.1f}"
        statistics = f"{len(moved)} inconsistent: {job} {worst['name']}{z}"
    elif outcome["weak"]:
        statistics = f"{outcome['weak']} underpowered"
    else:
        statistics = "nothing to see"
    statistics += f", exit {outcome['alone']}"
    return f"| {name} | {bits} | {statistics} | {'yes' if outcome['check'] in (4, 5) else 'NO'} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scratch", help="where the copy lies; kept, so that a second run is fast")
    parser.add_argument("--only", default="", help="mutations whose name holds this")
    parser.add_argument("--wrapper", default="", help="a command to put before `swift build`")
    arguments = parser.parse_args()
    scratch = pathlib.Path(arguments.scratch or tempfile.mkdtemp())
    wrapper = arguments.wrapper.split()
    copy_sources(scratch)
    built, errors = build(scratch, wrapper)
    if not built:
        sys.exit("does not build: " + "; ".join(errors[:3]))
    unseen = 0
    chosen = [(n, m[0]) for n, m in enumerate(MUTATIONS, 1) if arguments.only in m[0]]
    print("| mistake | bits | statistics alone | caught |\n|---|---|---|---|", flush=True)
    for number, name in [(0, "none")] + chosen:
        outcome = gate(scratch, number)
        line = row(name, outcome)
        if name == "none":
            if outcome.get("check") != 0:
                sys.exit("the gate fails without any mutation: " + line)
            line = line.replace("| NO |", "| |")
        unseen += line.endswith("| NO |")
        print(line, flush=True)
    sys.exit(1 if unseen else 0)


if __name__ == "__main__":
    main()
