"""The same series through pyerrors, emcee and arviz: prints what StatisticsTests/PeerTests.swift
pins, and the table of docs/statistics.md.

Series are made by a linear congruential generator and an autoregressive filter, so that Swift and
Python have the same bits without a file in between.
"""
import sys

import numpy as np


def uniform(state, count):
    mask = (1 << 64) - 1
    values = np.empty(count)
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) & mask
        values[i] = (state >> 11) * 2.0**-53
    return values


def series(seed, count, a, b=0.0, shift=0.0):
    noise = uniform(seed, count) - 0.5
    x = np.empty(count)
    old = older = 0.0
    for i in range(count):
        new = a * old + b * older + noise[i]
        x[i] = new + shift
        older, old = old, new
    return x


CASES = {
    "fast": [series(1, 20000, 0.5)],
    "slow": [series(2, 20000, 0.95)],
    "oscillating": [series(3, 20000, 1.2, -0.4)],
    "replicas": [series(10 + r, 4000, 0.8) for r in range(4)],
    "shifted": [series(20 + r, 4000, 0.8, shift=0.4 if r == 3 else 0.0) for r in range(4)],
}


def main():
    import arviz
    import emcee
    import pyerrors

    for name, replicas in CASES.items():
        names = [f"run|r{r}" for r in range(len(replicas))]
        obs = pyerrors.Obs(replicas, names)
        obs.gamma_method(S=1.5)
        print(
            f"{name}: pyerrors mean {obs.value!r} error {obs.dvalue!r} tau {obs.e_tauint['run']!r} "
            f"tauError {obs.e_dtauint['run']!r} window {obs.e_windowsize['run']}"
        )
        if len(replicas) == 1:
            x = replicas[0]
            tau = emcee.autocorr.integrated_time(x, c=5, tol=0)[0]
            f = emcee.autocorr.function_1d(x)
            window = emcee.autocorr.auto_window(2 * np.cumsum(f) - 1, 5)
            print(f"{name}: emcee tau {tau!r} window {window}")
        stack = np.array(replicas)
        print(
            f"{name}: arviz rhat {float(arviz.rhat(stack))!r} "
            f"bulk {float(arviz.ess(stack, method='bulk'))!r} "
            f"tail {float(arviz.ess(stack, method='tail'))!r}"
        )


if __name__ == "__main__":
    sys.exit(main())
