#!/usr/bin/env python3
"""A discrete simulation of many workers that pull stages from one store.

Each worker does what the executor does: looks at the index, takes the next job that nobody holds,
works, commits, and steals from others' shares when its own is empty. Every operation on the shared
file system costs one slot of a metadata server with a given rate, first come first served. Prints the
efficiency, the operations by sort, and how long an operation waits.

    python3 Benchmarks/cluster_simulation.py [--jobs N] [--workers N] [--seconds S] [--rate R]
"""
import argparse
import heapq
import random

# Operations of one job that name a file of the store, as strace counts them for a `command` stage
# (docs/slurm.md says how): 150, spread over the three moments in which they come.
BEFORE, DURING, COMMIT = 40, 50, 60
START = 60       # program, manifest, pipeline, marks, index
REFUSED = 3      # link that fails, stat and read of the lease
BEAT = 1 / 15.0  # lease heartbeats a second
RECORD = 192     # bytes of an index record


class Server:
    """One queue: an operation waits for those before it."""

    def __init__(self, rate):
        self.cost, self.free, self.busy, self.waited, self.count = 1 / rate, 0.0, 0.0, 0.0, 0

    def serve(self, now, operations):
        start = max(now, self.free)
        self.waited += (start - now) * operations
        self.count += operations
        self.free = start + operations * self.cost
        self.busy += operations * self.cost
        return self.free


class Jobs:
    """Jobs on a ring with those that are taken linked past."""

    def __init__(self, count):
        self.next = list(range(count + 1))

    def find(self, place):
        root = place
        while self.next[root] != root:
            root = self.next[root]
        while self.next[place] != root:
            self.next[place], place = root, self.next[place]
        return root

    def take(self, place):
        self.next[place] = place + 1


def simulate(jobs, workers, seconds, rate, seed=1):
    rng = random.Random(seed)
    server, pool = Server(rate), Jobs(jobs)
    events, refused, last, work = [], 0, 0.0, 0.0
    for worker in range(workers):
        heapq.heappush(events, (30 * worker / workers, worker, worker * jobs // workers, START))
    while events:
        now, worker, place, operations = heapq.heappop(events)
        if operations:
            # The server sees operations in the order of their times.
            now = server.serve(now, operations)
            heapq.heappush(events, (now, worker, place, 0))
            continue
        job = pool.find(place)
        if job >= jobs:
            job = pool.find(0)
        if job >= jobs:
            last = max(last, now)
            continue
        # Where two meet in one share the later one is refused until it has passed the earlier one.
        crossed = 1 if job != place and place < jobs else 0
        refused += crossed
        pool.take(job)
        duration = seconds * rng.lognormvariate(-0.125, 0.5)
        work += duration
        began = server.serve(now, BEFORE + crossed * REFUSED)
        after = DURING + COMMIT + int(duration * BEAT)
        heapq.heappush(events, (began + duration, worker, job + 1, after))
    return {
        "elapsed": last, "ideal": work / workers, "efficiency": work / workers / last,
        "operations": server.count, "load": server.busy / last,
        "wait": server.waited / server.count, "refused": refused,
        "index": jobs * RECORD * workers / last / 1e6,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=1000)
    parser.add_argument("--seconds", type=float, nargs="*", default=[600, 60, 20, 10, 5, 1])
    parser.add_argument("--rate", type=float, default=10_000, help="metadata operations a second")
    options = parser.parse_args()
    print(f"{options.jobs} jobs, {options.workers} workers, {options.rate:.0f} operations a second")
    print("job (s)  efficiency  server load  mean wait (ms)  refused leases  index read (MB/s)")
    for seconds in options.seconds:
        r = simulate(options.jobs, options.workers, seconds, options.rate)
        print(f"{seconds:7.0f}  {r['efficiency']:10.3f}  {r['load']:11.2f}  {1000 * r['wait']:14.1f}"
              f"  {r['refused']:14d}  {r['index']:17.1f}")


main()
