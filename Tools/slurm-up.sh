#!/usr/bin/env bash
# Starts a private Slurm on loopback, without systemd or cgroups, to test and to try things out.
#
#   slurm-up.sh FOLDER [NODES] [CPUS_PER_NODE]
#
# Key, ports, state and logs are its own, under FOLDER; it needs to run as root. Prints one line,
# "export SLURM_CONF=…", for eval; everything else goes to stderr. Packages: slurm-wlm munge.
#
#   SLURM_LOCAL_PORT   first of the ports to take (else the first free run from 27817 up)
#   SLURM_LOCAL_ACCT   1: slurmdbd too, so that sacct answers; packages: slurmdbd mariadb-server
#   SLURM_LOCAL_EXTRA  further lines of slurm.conf; those of a name that is there already replace it
set -euo pipefail
usage="usage: slurm-up.sh FOLDER [NODES] [CPUS_PER_NODE]"
folder=${1:?$usage}
nodes=${2:-1}
# More CPUs than the machine has: freed slots refill only once or twice a second.
cpus=${3:-8}
here=$(cd "$(dirname "$0")" && pwd -P)
export LC_ALL=C PATH=/usr/sbin:/sbin:$PATH

say() { echo "slurm-up: $*" >&2; }

for program in munged slurmctld slurmd; do
  command -v "$program" >/dev/null && continue
  say "$program is missing; install the packages slurm-wlm and munge"
  exit 1
done
if [ "$(id -u)" != 0 ]; then say "has to run as root"; exit 1; fi

mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
if ls "$folder"/run/*.pid >/dev/null 2>&1; then
  for file in "$folder"/run/*.pid; do
    pid=$(cat "$file")
    # A zombie answers kill -0: the state letter tells.
    if grep -qsE '^(munged|slurmctld|slurmd)' "/proc/${pid:-0}/comm" \
      && ! grep -qs '^State:.*Z' "/proc/$pid/status"; then
      say "already running from $folder"
      exit 1
    fi
  done
fi
mkdir -p "$folder"/{etc,state,log,run,munge}
chmod 755 "$folder" "$folder"/{etc,log,run,munge}
chmod 700 "$folder/state"

undo() {
  status=$?
  [ $status = 0 ] && return
  tail -n 5 "$folder"/log/*.log >&2 || true
  "$here/slurm-down.sh" "$folder"
}
trap undo EXIT

start_munge() {
  if [ ! -e "$folder/munge/key" ]; then
    (umask 077 && dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none)
  fi
  munged --key-file="$folder/munge/key" --socket="$folder/munge/sock" \
    --pid-file="$folder/run/munged.pid" --log-file="$folder/log/munged.log" \
    --seed-file="$folder/munge/seed" --num-threads=2
}

# The controller takes the first port, node i the i-th after it, the database the two beyond.
choose_port() {
  port=${SLURM_LOCAL_PORT:-}
  [ -n "$port" ] && return
  for port in $(seq 27817 50 29817); do
    for offset in $(seq 0 $((nodes + 2))); do
      if (exec 3<>"/dev/tcp/127.0.0.1/$((port + offset))") 2>/dev/null; then continue 2; fi
    done
    return 0
  done
  say "no free ports"
  exit 1
}

start_database() {
  local port=$((port + nodes + 1)) socket=$folder/dbrun/my.sock
  mkdir -p "$folder"/{db,dbrun}
  chown mysql "$folder"/{db,dbrun}
  [ -d "$folder/db/mysql" ] || mariadb-install-db --user=mysql --datadir="$folder/db" \
    --auth-root-authentication-method=normal --skip-test-db >"$folder/log/install.log" 2>&1
  setsid mariadbd --no-defaults --user=mysql --datadir="$folder/db" --socket="$socket" \
    --pid-file="$folder/dbrun/mariadbd.pid" --bind-address=127.0.0.1 --port="$port" \
    --innodb-buffer-pool-size=64M --innodb-lock-wait-timeout=900 \
    --innodb-flush-log-at-trx-commit=0 </dev/null >"$folder/log/mariadbd.log" 2>&1 &
  for _ in $(seq 200); do
    mariadb -S "$socket" -u root -e 'select 1' >/dev/null 2>&1 && break
    sleep 0.05
  done
  mariadb -S "$socket" -u root <<SQL
create database if not exists slurm_acct_db;
create user if not exists 'slurm'@'127.0.0.1' identified by 'local';
grant all on slurm_acct_db.* to 'slurm'@'127.0.0.1';
SQL
  (umask 077 && cat >"$folder/etc/slurmdbd.conf") <<CONF
AuthType=auth/munge
AuthInfo=socket=$folder/munge/sock
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$((port + 1))
SlurmUser=root
LogFile=$folder/log/slurmdbd.log
PidFile=$folder/run/slurmdbd.pid
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$port
StorageUser=slurm
StoragePass=local
StorageLoc=slurm_acct_db
CommitDelay=1
CONF
}

accounting_lines() {
  if [ -z "${SLURM_LOCAL_ACCT:-}" ]; then
    echo "AccountingStorageType=accounting_storage/none"
    return
  fi
  echo "AccountingStorageType=accounting_storage/slurmdbd"
  echo "AccountingStorageHost=127.0.0.1"
  echo "AccountingStoragePort=$((port + nodes + 2))"
  echo "AccountingStoragePass=$folder/munge/sock"
  echo "AccountingStoreFlags=job_comment"
}

write_configuration() {
  local host node
  host=$(hostname -s)
  cat <<CONF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$folder/munge/sock,cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
MailProg=/bin/true
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=100
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,sched_min_interval=10000,batch_sched_delay=0
PriorityType=priority/basic
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill,NoShared
$(accounting_lines)
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobcomp.txt
ReturnToService=2
SlurmdParameters=config_overrides
SlurmctldTimeout=10
SlurmdTimeout=10
InactiveLimit=0
KillWait=2
MinJobAge=600
MaxArraySize=10001
MaxJobCount=20000
JobRequeue=1
KillOnBadExit=1
CONF
  for node in $(seq "$nodes"); do
    echo "NodeName=n$node NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + node)) CPUs=$cpus" \
      "Boards=1 SocketsPerBoard=1 CoresPerSocket=$cpus ThreadsPerCore=1 RealMemory=65536 State=UNKNOWN"
  done
  echo "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE DefaultTime=60 State=UP"
}

# A name that is given twice is an error to every program of Slurm, told at every call.
with_extra_lines() {
  local names
  names=$(awk -F= '/^[A-Za-z]+=/ && $1 != "PartitionName" {print $1}' \
    <<<"${SLURM_LOCAL_EXTRA:-}" | paste -sd'|')
  grep -viE "^(${names:-none})="
  echo "${SLURM_LOCAL_EXTRA:-}"
}

# slurmctld exits 0 before it binds its port, and clients block for ten seconds when nothing
# answers: hence the time limits and the look into its log.
wait_for_nodes() {
  local end=$((SECONDS + 30))
  while [ $SECONDS -lt $end ]; do
    if grep -q ' fatal: ' "$folder/log/slurmctld.log" 2>/dev/null; then
      say "slurmctld died"
      exit 1
    fi
    [ "$(timeout 2 sinfo -h -N -p main -o %t 2>/dev/null | grep -c '^idle$')" = "$nodes" ] && return
    sleep 0.05
  done
  say "nodes not idle after 30 s"
  exit 1
}

: >"$folder/log/slurmctld.log"
start_munge
choose_port
[ -z "${SLURM_LOCAL_ACCT:-}" ] || start_database
write_configuration | with_extra_lines >"$folder/etc/slurm.conf"
printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' >"$folder/etc/cgroup.conf"
export SLURM_CONF=$folder/etc/slurm.conf
if [ -n "${SLURM_LOCAL_ACCT:-}" ]; then
  slurmdbd
  for _ in $(seq 200); do
    timeout 2 sacctmgr -n show cluster >/dev/null 2>&1 && break
    sleep 0.05
  done
  sacctmgr -i add cluster local >/dev/null 2>&1 || true
fi
slurmctld -i
for node in $(seq "$nodes"); do
  mkdir -p "$folder/spool-n$node"
  slurmd -N "n$node"
done
wait_for_nodes
echo "export SLURM_CONF=$SLURM_CONF"
