// The few routines slmc calls, declared by hand: Swift imports no `double _Complex`, so complex
// arrays travel as interleaved (real, imaginary) doubles, and the caller owns every workspace.
#pragma once
#include <stdint.h>

typedef int32_t blas_int;

int openblas_get_parallel(void);
int openblas_get_num_threads(void);
void openblas_set_num_threads(int threads);
char *openblas_get_corename(void);
char *openblas_get_config(void);

void zheevd_(const char *jobz, const char *uplo, const blas_int *n, double *a, const blas_int *lda,
             double *w, double *work, const blas_int *lwork, double *rwork, const blas_int *lrwork,
             blas_int *iwork, const blas_int *liwork, blas_int *info);
void zgemm_(const char *transa, const char *transb, const blas_int *m, const blas_int *n,
            const blas_int *k, const double *alpha, const double *a, const blas_int *lda,
            const double *b, const blas_int *ldb, const double *beta, double *c,
            const blas_int *ldc);
void dgemm_(const char *transa, const char *transb, const blas_int *m, const blas_int *n,
            const blas_int *k, const double *alpha, const double *a, const blas_int *lda,
            const double *b, const blas_int *ldb, const double *beta, double *c,
            const blas_int *ldc);
void dgelsd_(const blas_int *m, const blas_int *n, const blas_int *nrhs, double *a,
             const blas_int *lda, double *b, const blas_int *ldb, double *s, const double *rcond,
             blas_int *rank, double *work, const blas_int *lwork, blas_int *iwork, blas_int *info);
void dpotrf_(const char *uplo, const blas_int *n, double *a, const blas_int *lda, blas_int *info);
void dpotrs_(const char *uplo, const blas_int *n, const blas_int *nrhs, const double *a,
             const blas_int *lda, double *b, const blas_int *ldb, blas_int *info);
