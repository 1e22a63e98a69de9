#!/bin/sh
# Finds what slmc needs and installs what is missing from Debian's packages.
# With --check it only lists what is missing and ends with 1 when something is.
set -eu

packages=""
need() { # PACKAGE, then a command that succeeds when it is there
  package=$1
  shift
  "$@" >/dev/null 2>&1 || packages="$packages $package"
}

have() { command -v "$1"; }

need pkg-config have pkg-config
need libhdf5-dev pkg-config --exists hdf5
need libopenblas-dev pkg-config --exists openblas
need libfyaml-dev pkg-config --exists libfyaml
need libssl-dev pkg-config --exists libcrypto
need libfftw3-dev pkg-config --exists fftw3
need librandom123-dev test -e /usr/include/Random123/philox.h
need gnuplot-nox have gnuplot
need hdf5-tools have h5dump
need fonts-cmu sh -c 'ls /usr/share/fonts/*/cmu/cmunrm.* /usr/share/fonts/*/*/cmunrm.*'
if [ "${SLMC_SETUP:-}" = tests ]; then
  need chromium have chromium
  need python3-venv python3 -c 'import ensurepip, venv'
  # Each test process starts a private Slurm of its own and stops it.
  need slurm-wlm test -x /usr/sbin/slurmctld
  need munge test -x /usr/sbin/munged
  need libfaketime sh -c 'ls /usr/lib/*/faketime/libfaketime.so.1'
fi

if ! command -v swift >/dev/null; then
  echo "setup: the Swift toolchain (6.3 or later) is not on the PATH; see swift.org/install" >&2
  exit 1
fi
if [ -z "$packages" ]; then
  echo "setup: everything is there"
  exit 0
fi
echo "setup: missing:$packages"
if [ "${1:-}" = --check ]; then exit 1; fi
if ! command -v apt-get >/dev/null; then
  echo "setup: this is not a Debian system; install what corresponds to:$packages" >&2
  exit 1
fi
root=""
if [ "$(id -u)" != 0 ]; then
  root=sudo
  command -v sudo >/dev/null || {
    echo "setup: as root, run: apt-get install --no-install-recommends$packages" >&2
    exit 1
  }
fi
echo "setup: installing with apt-get"
$root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $packages \
  >/dev/null
echo "setup: done"
