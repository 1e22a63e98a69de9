#pragma once
#include <fftw3.h>

/* An array without a size is not imported. */
static inline const char *slmc_fftw_version(void) { return fftw_version; }
