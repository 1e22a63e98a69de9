#!/usr/bin/env bash
# Stops the private Slurm that slurm-up.sh started from a folder: its jobs first, then each daemon
# by its own pid file, never by name.
#
#   slurm-down.sh FOLDER [--purge]      --purge removes the folder too
set -uo pipefail
folder=$(cd "${1:?usage: slurm-down.sh FOLDER [--purge]}" && pwd -P) || exit 1
export SLURM_CONF=$folder/etc/slurm.conf PATH=/usr/sbin:/sbin:$PATH

# A zombie that nobody reaps counts as dead, though kill -0 would succeed.
alive() {
  local state
  state=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) || return 1
  [ -n "$state" ] && [ "${state%% *}" != Z ]
}

stop() { # PID_FILE PROGRAM
  [ -s "$1" ] || return 0
  local pid
  pid=$(cat "$1")
  # The number may have passed on to a stranger.
  if [[ "$(cat "/proc/$pid/comm" 2>/dev/null)" == "$2"* ]]; then
    kill -TERM "$pid" 2>/dev/null
    for _ in $(seq 100); do
      alive "$pid" || break
      sleep 0.1
    done
    if alive "$pid"; then kill -KILL "$pid" 2>/dev/null; fi
  fi
  rm -f "$1"
}

if [ -s "$folder/run/slurmctld.pid" ] && timeout 5 scontrol ping 2>/dev/null | grep -q UP; then
  timeout 10 scancel --user="$(id -un)" 2>/dev/null
  for _ in $(seq 50); do
    [ -z "$(timeout 5 squeue -h -t RUNNING,COMPLETING 2>/dev/null)" ] && break
    sleep 0.1
  done
fi
for file in "$folder"/run/slurmd-*.pid; do stop "$file" slurmd; done
stop "$folder/run/slurmctld.pid" slurmctld
stop "$folder/run/slurmdbd.pid" slurmdbd
stop "$folder/dbrun/mariadbd.pid" mariadbd
stop "$folder/run/munged.pid" munged
# Only what slurm-up.sh made is removed.
if [ "${2:-}" = --purge ] && [ -e "$folder/etc/slurm.conf" ]; then rm -rf "$folder"; fi
exit 0
