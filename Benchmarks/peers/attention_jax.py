"""The attention model in jitted JAX, for a side-by-side run with `slmc-bench attention`.

One thread, float64, 256 configurations in a batch, 6 x 6, n_W = 6, n_J = 3:
    python -m venv SCRATCH && SCRATCH/bin/pip install "jax[cpu]"
    taskset -c 0 SCRATCH/bin/python Benchmarks/peers/attention_jax.py
Prints layers, microseconds per configuration for the energy and for the gradient of a weighted
sum of energies by the parameters (medians of 15 runs), and milliseconds for an epoch of AdamW over
10,240 configurations (median of 7): forty steps of 256 in a new order, all in one jitted scan, and
without the errors after the epoch, which the other side computes too.

A batch at once makes temporaries of megabytes. Set glibc's MALLOC_MMAP_THRESHOLD_ and
MALLOC_TRIM_THRESHOLD_ to 1000000000 and it keeps their pages: faster, and less scatter. CHUNK=32 in
the environment runs the batch in chunks that stay in the cache.
"""

import os

os.environ["XLA_FLAGS"] = (
    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
os.environ["OMP_NUM_THREADS"] = "1"

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)


def shell_matrices(extent, count):
    """A_k[i, j] = 1 where j is in shell k of i."""
    sites = np.arange(extent * extent)
    x, y = sites % extent, sites // extent
    dx, dy = abs(x[:, None] - x), abs(y[:, None] - y)
    dx, dy = np.minimum(dx, extent - dx), np.minimum(dy, extent - dy)
    distance = dx**2 + dy**2
    return np.stack([distance == d for d in sorted(set(distance.ravel()))[: count + 1]])


def make_energy(smear, couple):
    def energy(parameters, spins):
        offset, couplings, layers = parameters
        for layer in layers:
            weights = jnp.einsum("ak,kij->aij", layer, smear)
            q, k, v = jnp.einsum("aij,bjc->abic", weights, spins)
            scores = jax.nn.relu(jnp.einsum("bic,bjc->bij", q, k) / jnp.sqrt(3.0))
            spins = spins + jnp.einsum("bij,bjc->bic", scores, v)
            spins = spins / jnp.linalg.norm(spins, axis=-1, keepdims=True)
        coupling = jnp.einsum("k,kij->ij", couplings, couple)
        return offset - 0.5 * jnp.einsum("bic,ij,bjc->b", spins, coupling, spins)

    return energy


def chunked(energy, chunk):
    """The same energies, `chunk` configurations at a time."""

    def run(parameters, spins):
        parts = spins.reshape(-1, chunk, *spins.shape[1:])
        return jax.lax.map(lambda part: energy(parameters, part), parts).reshape(-1)

    return run


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
    jax.block_until_ready(function(*arguments))
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        jax.block_until_ready(function(*arguments))
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def main():
    rng = np.random.default_rng(1)
    batch = 256
    smear = jnp.asarray(shell_matrices(6, 6), dtype=jnp.float64)
    couple = jnp.asarray(shell_matrices(6, 3)[1:], dtype=jnp.float64)
    spins = rng.normal(size=(batch, 36, 3))
    spins = jnp.asarray(spins / np.linalg.norm(spins, axis=-1, keepdims=True))
    scale = jnp.asarray(rng.normal(size=batch))
    energy = make_energy(smear, couple)
    if "CHUNK" in os.environ:
        energy = chunked(energy, int(os.environ["CHUNK"]))
    run = jax.jit(energy)
    gradient = jax.jit(
        jax.grad(lambda parameters, s, w: jnp.sum(w * energy(parameters, s)))
    )
    epoch = make_epoch(energy, batch)
    many = jnp.tile(spins, (40, 1, 1))
    targets = jnp.asarray(rng.normal(size=40 * batch))
    for layers in [int(a) for a in sys.argv[1:]] or [1, 3, 6]:
        parameters = (
            jnp.asarray(0.0),
            jnp.asarray(rng.normal(size=3)),
            [jnp.asarray(0.3 * rng.normal(size=(3, 7))) for _ in range(layers)],
        )
        forward = median_time(run, parameters, spins) / batch * 1e6
        backward = median_time(gradient, parameters, spins, scale) / batch * 1e6
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        key = jax.random.key(1)
        training = (
            median_time(epoch, parameters, zeros, zeros, many, targets, key, runs=7) * 1e3
        )
        print(f"{layers} {forward:.3f} {backward:.3f} {training:.1f}")


if __name__ == "__main__":
    main()
