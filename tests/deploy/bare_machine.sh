#!/bin/bash
# Runs a command in a Debian of its own: `bare_machine.sh ROOT SOURCE CACHE COMMAND…`, inside `unshare --mount
# --pid`, so that what it mounts and starts is gone when it ends, however it ends. The command runs in
# SOURCE, which is as long a path there as here, so that the compiler's cache knows the files.
set -euo pipefail
root=$1 source=$2 cache=$3
shift 3

compiler_cache=$(ccache --get-config cache_dir)
mount --make-rprivate /
mkdir -p "$compiler_cache" "$cache"/{packages/partial,lists/partial,npm} "$root"/{caches/compiler,caches/npm}
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$cache/packages" "$root/var/cache/apt/archives"
mount --bind "$cache/lists" "$root/var/lib/apt/lists"
mount --bind "$cache/npm" "$root/caches/npm"
mount --bind "$compiler_cache" "$root/caches/compiler"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
# Whom this machine trusts: its packages may come by a mirror of its own.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/caches/trusted.crt"

exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME=/root LANG=C.UTF-8 CCACHE_DIR=/caches/compiler npm_config_cache=/caches/npm \
  NODE_EXTRA_CA_CERTS=/caches/trusted.crt bash -c 'cd "$1" && shift && exec "$@"' bash "$source" "$@"
