"""Measures slmc, and peers beside it, on one sweep: 1 job, then 4 stages at (jobs - 1) / 4 points.

Every job writes its parameters. Called by engine-budget.sh; prints a Markdown table.
"""
import argparse
import os
import pathlib
import time

MANIFEST = """slmc: 1
experiment: budget
stages:
  root: {{kind: constant, reads: [base]}}
  a: {{kind: constant, needs: {{in: root}}, reads: [p]}}
  b: {{kind: constant, needs: {{in: a}}}}
  c: {{kind: constant, needs: {{in: b}}}}
  d: {{kind: constant, needs: {{in: c}}, reads: [q]}}
parameters: {{base: {{x: 1}}, p: {{x: 1}}, q: {{y: 2.5}}}}
sweep: {{product: {{p.x: {{range: {{from: 1, to: {points}}}}}}}}}
"""

# The four stages of each peer copy their input and add a word.
SNAKEFILE = """rule all:
    input: [f"d/{{i}}" for i in range(1, {points} + 1)]
rule root:
    output: "root"
    shell: "echo 1 > {{output}}"
rule a:
    input: "root"
    output: "a/{{i}}"
    shell: "echo {{wildcards.i}} > {{output}}"
rule b:
    input: "a/{{i}}"
    output: "b/{{i}}"
    shell: "cp {{input}} {{output}}"
rule c:
    input: "b/{{i}}"
    output: "c/{{i}}"
    shell: "cp {{input}} {{output}}"
rule d:
    input: "c/{{i}}"
    output: "d/{{i}}"
    shell: "cp {{input}} {{output}}"
"""

DODO = """DOIT_CONFIG = {{"verbosity": 0}}
def task_root():
    return {{"actions": ["echo 1 > root"], "targets": ["root"]}}
def chain(stage, before):
    for i in range(1, {points} + 1):
        source = f"{{before}}/{{i}}" if before != "root" else "root"
        yield {{"name": str(i), "actions": [f"cp {{source}} {{stage}}/{{i}}"],
               "file_dep": [source], "targets": [f"{{stage}}/{{i}}"]}}
def task_a():
    yield from chain("a", "root")
def task_b():
    yield from chain("b", "a")
def task_c():
    yield from chain("c", "b")
def task_d():
    yield from chain("d", "c")
"""


def measure(words, folder, limit=None):
    """Seconds, megabytes and processor seconds of a call; None when it takes longer than the limit."""
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        quiet = os.open(os.devnull, os.O_WRONLY)
        log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(quiet, 1)
        os.dup2(log, 2)
        os.setpgid(0, 0)
        os.execvp(words[0], words)
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG if limit else 0)
        seconds = time.monotonic() - start
        if done:
            break
        if seconds > limit:
            os.killpg(pid, 9)
            os.wait4(pid, 0)
            return None
        time.sleep(0.005)
    if status != 0:
        raise SystemExit(f"{' '.join(words)} failed: {(folder / 'log').read_text()[-2000:]}")
    return seconds, usage.ru_maxrss / 1000, usage.ru_utime + usage.ru_stime


def best(words, folder, repeats=3):
    return min(measure(words, folder) for _ in range(repeats))


def slmc(options, jobs):
    folder = options.scratch / f"slmc-{jobs}"
    folder.mkdir()
    (folder / "e.yaml").write_text(MANIFEST.format(points=(jobs - 1) // 4))
    plan = best([options.slmc, "plan", "e.yaml"], folder)
    run, memory, processor = measure([options.slmc, "run", "e.yaml", "--quiet"], folder)
    noop = best([options.slmc, "run", "e.yaml", "--quiet"], folder)
    replan = best([options.slmc, "plan", "e.yaml"], folder)
    return {"plan": plan[0], "run": run, "noop": noop[0], "replan": replan[0], "memory": memory,
            "processor": processor}


def peer(options, name, jobs):
    points = (jobs - 1) // 4
    folder = options.scratch / f"{name}-{jobs}"
    folder.mkdir()
    for stage in "abcd":
        (folder / stage).mkdir()
    tool = str(options.venv / "bin" / name)
    environment = {"HOME": str(options.scratch), "DVC_NO_ANALYTICS": "1"}
    os.environ.update(environment)
    if name == "snakemake":
        (folder / "Snakefile").write_text(SNAKEFILE.format(points=points))
        plan, run = [tool, "-n", "-q"], [tool, "-j2", "-q"]
    elif name == "doit":
        (folder / "dodo.py").write_text(DODO.format(points=points))
        plan, run = [tool, "list", "--all"], [tool, "-n2"]
    else:
        (folder / "dvc.yaml").write_text(dvc(points))
        measure([tool, "init", "--no-scm", "-q"], folder)
        # Its dry run stops at the first file that is not there yet; `status` tells what would run.
        plan, run = [tool, "status"], [tool, "repro", "-q"]
    planned = measure(plan, folder, options.limit)
    ran = measure(run, folder, options.limit)
    noop = measure(run, folder, options.limit) if ran else None
    return {"plan": planned and planned[0], "run": ran and ran[0], "noop": noop and noop[0]}


def dvc(points):
    text = "stages:\n  root: {cmd: echo 1 > root, outs: [root]}\n"
    before = "root"
    for stage in "abcd":
        source = "root" if before == "root" else f"{before}/${{item}}"
        text += (f"  {stage}:\n    foreach: [{', '.join(map(str, range(1, points + 1)))}]\n"
                 f"    do: {{cmd: 'cp {source} {stage}/${{item}}', deps: ['{source}'], "
                 f"outs: ['{stage}/${{item}}']}}\n")
        before = stage
    return text


def cell(value, unit=" s"):
    return "not finished" if value is None else f"{value:.3g}{unit}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--slmc", required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--venv", type=pathlib.Path, required=True)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--sizes", default="1001,10001,100001")
    parser.add_argument("--peer-sizes", default="101,1001")
    parser.add_argument("--limit", type=float, default=300, help="seconds for one call of a peer")
    options = parser.parse_args()
    options.slmc = os.path.abspath(options.slmc)
    print("| jobs | plan from nothing | run | per job | of it processor | no-op | plan of a full store | memory of run |")
    print("|---|---|---|---|---|---|---|---|")
    for jobs in map(int, options.sizes.split(",")):
        r = slmc(options, jobs)
        print(f"| {jobs:,} | {cell(r['plan'])} | {cell(r['run'])} | "
              f"{cell(1000 * r['run'] / jobs, ' ms')} | "
              f"{cell(1000 * r['processor'] / jobs, ' ms')} | {cell(r['noop'])} | {cell(r['replan'])} | "
              f"{r['memory']:.0f} MB |", flush=True)
    if not options.peers:
        return
    print("\n| jobs | tool | plan from nothing | run | no-op | run / slmc | no-op / slmc |")
    print("|---|---|---|---|---|---|---|")
    for jobs in map(int, options.peer_sizes.split(",")):
        own = slmc(options, jobs) if not (options.scratch / f"slmc-{jobs}").exists() else None
        own = own or slmc_again(options, jobs)
        print(f"| {jobs:,} | slmc | {cell(own['plan'])} | {cell(own['run'])} | "
              f"{cell(own['noop'])} | 1 | 1 |", flush=True)
        for name in ("snakemake", "dvc", "doit"):
            r = peer(options, name, jobs)
            ratios = [f"{r[k] / own[k]:.0f}" if r[k] else "-" for k in ("run", "noop")]
            print(f"| {jobs:,} | {name} | {cell(r['plan'])} | {cell(r['run'])} | "
                  f"{cell(r['noop'])} | {ratios[0]} | {ratios[1]} |", flush=True)


def slmc_again(options, jobs):
    """The same sweep in a new folder, so that it stands beside its peers in time."""
    (options.scratch / f"slmc-{jobs}").rename(options.scratch / f"first-{jobs}")
    return slmc(options, jobs)


if __name__ == "__main__":
    main()
