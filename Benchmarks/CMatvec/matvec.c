#include "matvec.h"
#include <complex.h>
#include <string.h>

enum { N = 12 };

void matvec_split(const double *real, const double *imaginary, double *vreal, double *vimaginary,
                  long repetitions) {
  for (long r = 0; r < repetitions; r++) {
    double x[N] = {0}, y[N] = {0};
    for (int j = 0; j < N; j++) {
      for (int i = 0; i < N; i++) {
        x[i] += real[N * j + i] * vreal[j] - imaginary[N * j + i] * vimaginary[j];
        y[i] += real[N * j + i] * vimaginary[j] + imaginary[N * j + i] * vreal[j];
      }
    }
    memcpy(vreal, x, sizeof x);
    memcpy(vimaginary, y, sizeof y);
  }
}

void matvec_plain(const double *matrix, double *vector, long repetitions) {
  const double complex *m = (const double complex *)matrix;
  double complex *v = (double complex *)vector;
  for (long r = 0; r < repetitions; r++) {
    double complex w[N];
    for (int i = 0; i < N; i++) {
      double complex sum = 0;
      for (int j = 0; j < N; j++) sum += m[i + N * j] * v[j];
      w[i] = sum;
    }
    memcpy(v, w, sizeof w);
  }
}
