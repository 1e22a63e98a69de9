"""The attention model in jitted JAX, for a side-by-side run with `slmc-bench attention`.

One thread, float64, 256 configurations in a batch, 6 x 6, n_W = 6, n_J = 3:
    python -m venv SCRATCH && SCRATCH/bin/pip install "jax[cpu]"
    taskset -c 0 SCRATCH/bin/python Benchmarks/peers/attention_jax.py
Prints layers, microseconds per configuration for the energy and for the gradient of a weighted
sum of energies by the parameters (medians of 15 runs).
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


def median_time(function, *arguments):
    jax.block_until_ready(function(*arguments))
    times = []
    for _ in range(15):
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
    run = jax.jit(energy)
    gradient = jax.jit(
        jax.grad(lambda parameters, s, w: jnp.sum(w * energy(parameters, s)))
    )
    for layers in [int(a) for a in sys.argv[1:]] or [1, 3, 6]:
        parameters = (
            jnp.asarray(0.0),
            jnp.asarray(rng.normal(size=3)),
            [jnp.asarray(0.3 * rng.normal(size=(3, 7))) for _ in range(layers)],
        )
        forward = median_time(run, parameters, spins) / batch * 1e6
        backward = median_time(gradient, parameters, spins, scale) / batch * 1e6
        print(f"{layers} {forward:.3f} {backward:.3f}")


if __name__ == "__main__":
    main()
