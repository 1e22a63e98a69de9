#pragma once
// The loop of `slmc-bench matvec` in C: v <- M v for a complex 12 x 12 matrix, `repetitions` times.
// Real and imaginary parts are apart, the matrix column after column.
void matvec_split(const double *real, const double *imaginary, double *vreal, double *vimaginary,
                  long repetitions);
// The same written as one would first: arrays of `double complex`, row times vector.
void matvec_plain(const double *matrix, double *vector, long repetitions);
