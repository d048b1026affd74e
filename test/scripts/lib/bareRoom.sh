#!/bin/sh
# Runs a program as root in a room that holds a C library, a shell and Chromium, and nothing else: no Bun, no Node, no /etc.
#   unshare --mount --pid --fork bareRoom.sh <program> <folder for its data> <arguments>
set -eu
program=$1 data=$2
shift 2
mount -t tmpfs none /mnt
cd /mnt
mkdir -p usr/bin usr/lib usr/lib64 usr/share/fonts etc/fonts proc dev tmp home/data
ln -s usr/bin bin
ln -s usr/lib lib
ln -s usr/lib64 lib64
for folder in usr/lib usr/lib64 usr/share/fonts etc/fonts dev; do mount --bind "/$folder" "$folder"; done
mount --bind "$data" home/data
mount -t proc none proc
put() { touch "$2" && mount --bind "$(readlink -f "$1")" "$2"; }
put /bin/sh usr/bin/sh
put /usr/bin/chromium-headless-shell usr/bin/chromium-headless-shell
put "$program" home/timbra
chroot=$(command -v chroot)
exec env -i PATH=/usr/bin HOST=127.0.0.1 PORT=0 "$chroot" . /bin/sh -c 'cd /home && exec ./timbra "$@"' timbra "$@"
