"""The loop of `slmc-bench matvec` in Numba: v <- M v for a complex 12 x 12 matrix.

Reads the matrix and the vector from standard input, prints nanoseconds a product (median over
blocks) and the first component of the result.
"""

import sys
import time

import numpy as np
from numba import njit


@njit(fastmath=True)
def loop(matrix, vector, repetitions):
    v = vector.copy()
    w = np.empty_like(v)
    for _ in range(repetitions):
        for i in range(12):
            total = 0j
            for j in range(12):
                total += matrix[i, j] * v[j]
            w[i] = total
        v, w = w, v
    return v


numbers = np.array(sys.stdin.read().split(), dtype=float)
matrix = np.ascontiguousarray((numbers[:288:2] + 1j * numbers[1:288:2]).reshape(12, 12).T)
vector = numbers[288::2] + 1j * numbers[289::2]
repetitions = 10_000
result = loop(matrix, vector, repetitions)
blocks = []
for _ in range(60):
    start = time.perf_counter()
    loop(matrix, vector, repetitions)
    blocks.append((time.perf_counter() - start) / repetitions * 1e9)
print(sorted(blocks)[len(blocks) // 2], result[0].real, result[0].imag)
