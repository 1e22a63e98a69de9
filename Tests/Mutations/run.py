#!/usr/bin/env python3
"""Plants mistakes in a copy of the sources and asks the physics gate, or a test, whether it sees them.

    python3 Tests/Mutations/run.py [--scratch DIR] [--only WORD] > table.md

Each mutation is one replacement in one file (mutations.py). All go into one copy of the sources, which is
built once; SLMC_MISTAKE chooses the one that a run makes. A mutation of four elements is shown to the gate: the
profile `ci` is run from nothing and checked twice, as CI does and by the statistics alone. One with a fifth
element, a filter of tests, is shown to those tests, which must pass without it and fail with it. Prints tables
in Markdown; the exit code is 1 if a mistake went unseen, or if the gate or a test fails without any.
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
    for number, (_, file, old, new, *_) in enumerate(MUTATIONS, 1):
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


def build(scratch, wrapper, needs_tests):
    parts = ["--build-tests"] if needs_tests else ["--product", "slmc"]
    command = wrapper + ["swift", "build", "-c", "release"] + parts
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


def tests(scratch, wrapper, number, chosen):
    """Exit code of the chosen tests, how many ran, and the first that failed."""
    command = wrapper + ["swift", "test", "-c", "release", "--skip-build", "--filter", chosen]
    outcome = subprocess.run(command, cwd=scratch, env={**os.environ, "SLMC_MISTAKE": str(number)},
                             capture_output=True, text=True)
    text = outcome.stdout + outcome.stderr
    count = sum(int(n) for n in re.findall(r"Test run with (\d+) tests?", text))
    failed = re.search(r"Test (.+?) (?:recorded an issue|failed)", text)
    return outcome.returncode, count, failed.group(1) if failed else ""


def show_tests(scratch, wrapper, chosen):
    """One line for each mutation that a test has to see; how many it did not."""
    unseen = 0
    print("\n| mistake | tests | red | caught |\n|---|---|---|---|", flush=True)
    sound = {}
    for number, name, wanted in chosen:
        if wanted not in sound:
            code, count, failed = tests(scratch, wrapper, 0, wanted)
            if code != 0 or count == 0:
                sys.exit(f"`{wanted}` without any mutation: exit {code}, {count} tests, {failed}")
            sound[wanted] = count
        code, _, failed = tests(scratch, wrapper, number, wanted)
        unseen += code == 0
        print(f"| {name} | `{wanted}` ({sound[wanted]}) | {failed} | {'yes' if code else 'NO'} |",
              flush=True)
    return unseen


def show_gate(scratch, chosen):
    """One line for each mutation that the gate has to see; how many it did not."""
    unseen = 0
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
    return unseen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scratch", help="where the copy lies; kept, so that a second run is fast")
    parser.add_argument("--only", default="", help="mutations whose name holds this")
    parser.add_argument("--wrapper", default="", help="a command to put before `swift build`")
    arguments = parser.parse_args()
    scratch = pathlib.Path(arguments.scratch or tempfile.mkdtemp())
    wrapper = arguments.wrapper.split()
    copy_sources(scratch)
    chosen = [(n, m) for n, m in enumerate(MUTATIONS, 1) if arguments.only in m[0]]
    for_gate = [(n, m[0]) for n, m in chosen if len(m) == 4]
    for_tests = [(n, m[0], m[4]) for n, m in chosen if len(m) == 5]
    built, errors = build(scratch, wrapper, bool(for_tests))
    if not built:
        sys.exit("does not build: " + "; ".join(errors[:3]))
    unseen = show_gate(scratch, for_gate) if for_gate else 0
    unseen += show_tests(scratch, wrapper, for_tests) if for_tests else 0
    sys.exit(1 if unseen else 0)


if __name__ == "__main__":
    main()
