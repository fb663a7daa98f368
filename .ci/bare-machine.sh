#!/usr/bin/env bash
# Prove that a fresh clone works on a machine with nothing but git, make and Python.
#
#     .ci/bare-machine.sh [--worktree] [COMMAND…]
#
# Bootstraps a minimal Debian into $BARE (default /var/tmp/leaflets-bare), clones
# HEAD into it (--worktree: the files as they lie here, committed or not) and runs
# each COMMAND there (default: "make" "make test"), with the seconds it took.
# Needs root and debootstrap. docs/bare-machine.md tells more.
set -euo pipefail
cd "$(dirname "$0")/.."

bare=${BARE:-/var/tmp/leaflets-bare}
suite=${SUITE:-bookworm}
base=$bare/$suite
root=$bare/root
worktree=
if [ "${1:-}" = --worktree ]; then worktree=yes; shift; fi
[ $# -gt 0 ] || set -- make "make test"

report() { printf '== %s\n' "$*"; }

# The same Debian mirror as this machine's, unless MIRROR names another.
mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | head -n 1)}

SECONDS=0
if [ ! -e "$base/complete" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=ca-certificates,git,make,python3 \
        "$suite" "$base" "$mirror" >"$bare.log" 2>&1 || { tail "$bare.log"; exit 1; }
    # How this machine reaches its package registries is not the project's matter.
    cp -a /etc/apt/apt.conf.d/. "$base/etc/apt/apt.conf.d/"
    rm -rf "$base/etc/ssl/certs"
    cp -aL /etc/ssl/certs "$base/etc/ssl/certs"
    for file in /etc/resolv.conf /etc/hosts /etc/pip.conf ~/.npmrc; do
        [ ! -e "$file" ] || cp -L "$file" "$base$file"
    done
    rm -rf "$base"/var/lib/apt/lists/* "$base"/var/cache/apt/archives/*.deb
    touch "$base/complete"
    report "minimal $suite bootstrapped: $SECONDS s"
fi

rm -rf "$root" "$bare/leaflets"
cp -a --reflink=auto "$base" "$root"
if [ -n "$worktree" ]; then
    mkdir -p "$bare/leaflets"
    git ls-files -z --cached --others --exclude-standard |
        xargs -0 sh -c 'for f; do [ ! -e "$f" ] || printf "%s\0" "$f"; done' sh |
        tar -c --null -T - | tar -x -C "$bare/leaflets"
    git -C "$bare/leaflets" init -q
    git -C "$bare/leaflets" add -A
    git -C "$bare/leaflets" -c user.name=bare -c user.email= commit -qm snapshot
    git clone -q --bare "$bare/leaflets" "$root/leaflets.git"
else
    git clone -q --bare . "$root/leaflets.git"
fi

# Certificates and proxies of this machine, and nothing else of its environment.
keep=()
while IFS= read -r line; do
    keep+=("$line")
done < <(env | grep -E '^(PIP_CERT|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|https?_proxy)=')

inside() { # run a command in the given folder of the bare machine
    unshare --mount sh -c '
        mount -t proc proc "$0/proc"
        mount --rbind /dev "$0/dev"
        root=$0; shift; exec chroot "$root" "$@"' "$root" -- \
        env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${keep[@]+"${keep[@]}"} sh -c "cd $1 && $2" </dev/null
}

inside /root "git clone -q /leaflets.git"
for command; do
    SECONDS=0
    code=0
    inside /root/leaflets "$command" || code=$?
    report "$command: $SECONDS s, exit code $code"
    [ "$code" -eq 0 ] || exit "$code"
done
