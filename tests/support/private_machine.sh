# Runs a command where it can make users and touch no file of this machine's by that:
#
#   unshare --mount sh private_machine.sh ETC REACHABLE... -- COMMAND...
#
# It sees ETC, a copy of /etc, as /etc; and whatever folder keeps others away from the reachable ones is an open one to it,
# with nothing but these in it. All mounts end with the last process.
set -eu
etc=$1
shift
mount --bind "$etc" /etc
mount -t tmpfs -o mode=700 none /mnt
n=0
for path; do
    test "$path" = -- && break
    n=$((n + 1))
    mkdir "/mnt/$n"
    mount --bind "$path" "/mnt/$n"
done
n=0
while test "$1" != --; do
    n=$((n + 1))
    way=
    folder=$1
    while test "$folder" != /; do
        folder=$(dirname "$folder")
        way="$folder $way"
    done
    for folder in $way; do
        test -d "$folder" && test $((0$(stat -c %a "$folder") & 1)) = 0 && mount -t tmpfs -o mode=711 none "$folder"
    done
    mkdir -p "$1"
    mount --bind "/mnt/$n" "$1"
    shift
done
shift
exec "$@"
