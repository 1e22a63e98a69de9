"""The attention model in jitted JAX, for a side-by-side run with `slmc-bench attention`.

One thread, float64, 256 configurations in a batch, 6 x 6, n_W = 6, n_J = 3:
    python -m venv SCRATCH && SCRATCH/bin/pip install "jax[cpu]"
    taskset -c 0 SCRATCH/bin/python Benchmarks/peers/attention_jax.py
Prints layers, microseconds of processor time per configuration for the energy and for the gradient of a
weighted sum of energies by the parameters (medians of 15 passes, of the fastest way of each), and
milliseconds for an epoch of AdamW over 10,240 configurations (median of 7, by the gradient's way): forty
steps of 256 in a new order, all in one jitted scan, and without the errors after the epoch, which the
other side computes too.

Configurations are laid out as (b, 3, i), so that a layer's queries, keys and values are one product of
(3 b x N) and (N x 3 N). Scores are a batched product or a sum of three outer products, which fuses with the
rectifier; the batch goes at once or in chunks that stay in the cache. Which is best differs between
energies and gradients: all are timed (`ALL=1` prints them), the best counts.

A batch at once makes temporaries of megabytes. Set glibc's MALLOC_MMAP_THRESHOLD_ and
MALLOC_TRIM_THRESHOLD_ to 1000000000 and it keeps their pages: faster, and less scatter.
"""

import os

os.environ["XLA_FLAGS"] = (
    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
os.environ["OMP_NUM_THREADS"] = "1"

import itertools
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)

BATCH = 256
EXTENT = 6


def shell_matrices(extent, count):
    """A_k[i, j] = 1 where j is in shell k of i."""
    sites = np.arange(extent * extent)
    x, y = sites % extent, sites // extent
    dx, dy = abs(x[:, None] - x), abs(y[:, None] - y)
    dx, dy = np.minimum(dx, extent - dx), np.minimum(dy, extent - dy)
    distance = dx**2 + dy**2
    return np.stack([distance == d for d in sorted(set(distance.ravel()))[: count + 1]])


def make_energy(smear, couple, outer, chunk):
    """H_eff of configurations (b, 3, i).

    outer: scores as a sum of outer products; chunk: configurations at a time, 0 for all.
    """
    sites = smear.shape[-1]

    def attend(spins, layer):
        batch = spins.shape[0]
        weights = jnp.einsum("ak,kij->iaj", layer, smear).reshape(sites, 3 * sites)
        product = (spins.reshape(3 * batch, sites) @ weights).reshape(batch, 3, 3, sites)
        q, k, v = product[:, :, 0] / jnp.sqrt(3.0), product[:, :, 1], product[:, :, 2]
        if outer:
            scores = sum(q[:, c, :, None] * k[:, c, None, :] for c in range(3))
        else:
            scores = jnp.einsum("bci,bcj->bij", q, k)
        spins = spins + jnp.einsum("bij,bcj->bci", jax.nn.relu(scores), v)
        return spins * jax.lax.rsqrt(jnp.sum(spins * spins, axis=1, keepdims=True))

    def whole(parameters, spins):
        offset, couplings, layers = parameters
        for layer in layers:
            spins = attend(spins, layer)
        coupling = jnp.einsum("k,kij->ij", couplings, couple)
        field = (spins.reshape(-1, sites) @ coupling).reshape(spins.shape)
        return offset - 0.5 * jnp.sum(spins * field, axis=(1, 2))

    def chunked(parameters, spins):
        parts = spins.reshape(-1, chunk, 3, sites)
        return jax.lax.map(lambda part: whole(parameters, part), parts).reshape(-1)

    return chunked if chunk else whole


def make_gradient(energy):
    return jax.grad(lambda parameters, spins, weights: jnp.sum(weights * energy(parameters, spins)))


def make_epoch(energy, batch, rate=2e-3, decay=1e-4, temperature=0.05):
    def loss(parameters, spins, target):
        return jnp.mean((target + energy(parameters, spins) / temperature) ** 2)

    def step(state, rows):
        parameters, first, second, time, spins, targets = state
        slope = jax.grad(loss)(parameters, spins[rows], targets[rows])
        time = time + 1
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)
        parameters = jax.tree.map(
            lambda p, m, v: p
            - rate
            * (
                m / (1 - 0.9**time) / (jnp.sqrt(v / (1 - 0.999**time)) + 1e-12)
                + decay * p
            ),
            parameters,
            first,
            second,
        )
        return (parameters, first, second, time, spins, targets), None

    def epoch(parameters, first, second, spins, targets, key):
        order = jax.random.permutation(key, spins.shape[0]).reshape(-1, batch)
        state = (parameters, first, second, 0.0, spins, targets)
        state, _ = jax.lax.scan(step, state, order)
        return state[:3]

    return jax.jit(epoch)


def median_time(function, *arguments, runs=15):
    """Processor time: what else runs on the machine counts as little as can be."""
    jax.block_until_ready(function(*arguments))
    times = []
    for _ in range(runs):
        start = time.process_time()
        jax.block_until_ready(function(*arguments))
        times.append(time.process_time() - start)
    return float(np.median(times))


def main():
    rng = np.random.default_rng(1)
    smear = jnp.asarray(shell_matrices(EXTENT, 6), dtype=jnp.float64)
    couple = jnp.asarray(shell_matrices(EXTENT, 3)[1:], dtype=jnp.float64)
    spins = rng.normal(size=(BATCH, 3, EXTENT * EXTENT))
    spins = jnp.asarray(spins / np.linalg.norm(spins, axis=1, keepdims=True))
    scale = jnp.asarray(rng.normal(size=BATCH))
    ways = list(itertools.product([False, True], [0, 16, 32, 64]))
    for layers in [int(a) for a in sys.argv[1:]] or [1, 3, 6]:
        parameters = (
            jnp.asarray(0.0),
            jnp.asarray(rng.normal(size=3)),
            [jnp.asarray(0.3 * rng.normal(size=(3, 7))) for _ in range(layers)],
        )
        forward, backward = {}, {}
        for way in ways:
            energy = make_energy(smear, couple, *way)
            gradient = jax.jit(make_gradient(energy))
            forward[way] = median_time(jax.jit(energy), parameters, spins)
            backward[way] = median_time(gradient, parameters, spins, scale)
            if "ALL" in os.environ:
                times = forward[way] / BATCH * 1e6, backward[way] / BATCH * 1e6
                print("  outer %d chunk %2d: %.3f %.3f" % (*way, *times))
        best = min(backward, key=backward.get)
        epoch = make_epoch(make_energy(smear, couple, *best), BATCH)
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        many = jnp.tile(spins, (40, 1, 1))
        targets = jnp.asarray(rng.normal(size=40 * BATCH))
        training = median_time(
            epoch, parameters, zeros, zeros, many, targets, jax.random.key(1), runs=7
        )
        times = [min(t.values()) / BATCH * 1e6 for t in (forward, backward)]
        print("%d %.3f %.3f %.1f" % (layers, *times, training * 1e3), flush=True)


if __name__ == "__main__":
    main()
