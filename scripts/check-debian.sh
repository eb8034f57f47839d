#!/usr/bin/env bash
# Installs the packed tarball in a bare Debian without network, compiler or Python, as an ordinary user, sets LibTorch up from a file and
# trains. Needs root, debootstrap, the registries of Debian and npm, and prebuilds/ (npm run prebuild).
#
#   scripts/check-debian.sh bookworm LIBTORCH-ARCHIVE-OR-WHEEL [NODE-BINARY]
set -euo pipefail
suite=${1:?the name of a Debian release} archive=$(realpath "${2:?an archive or a wheel of LibTorch}")
node=$(realpath "${3:-$(command -v node)}")
here=$(realpath "$(dirname "$0")/..")
top=$(mktemp -d)
root=$top/root
clean() {
  umount -q "$root/proc" "$root/dev" || true
  rm -rf --one-file-system "$top"
}
trap clean EXIT

echo "[debian] $suite ..."
# libatomic1: Node 26 is linked to it.
debootstrap --variant=minbase --include=libstdc++6,libatomic1 "$suite" "$root" > "$top/debootstrap.log" || { tail "$top/debootstrap.log"; exit 1; }
# An npm, and its cache filled with what the package depends on.
mkdir -p "$top/seed" "$root/opt/files"
(cd "$here" && npm pack --silent --ignore-scripts --pack-destination "$root/opt/files" > /dev/null)
(cd "$top/seed" && echo '{}' > package.json &&
  npm install --silent --ignore-scripts --cache "$root/opt/npm-cache" npm@11 "$root"/opt/files/sam-torch-*.tgz)
cp -r "$top/seed/node_modules/npm" "$root/opt/npm"
cp "$node" "$root/usr/local/bin/node"
cp "$archive" "$root/opt/files/"
mkdir -p "$root/home/user/app"
cp "$here/test/consumers/require.cjs" "$root/home/user/app/"
chown -R 1000:1000 "$root/home/user" "$root/opt/npm-cache"
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"

unshare --net chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME=/home/user PATH=/usr/local/bin:/usr/bin:/bin \
  ARCHIVE="/opt/files/$(basename "$archive")" sh -euc '
  cd /home/user/app
  . /etc/os-release && echo "[debian] $PRETTY_NAME, $(ldd --version | head -n 1), Node $(node -v)"
  for tool in python3 c++ cmake; do if command -v $tool; then exit 1; fi; done
  node /opt/npm/bin/npm-cli.js install --ignore-scripts --offline --cache /opt/npm-cache --no-audit --no-fund /opt/files/sam-torch-*.tgz
  # A shell gives 1 to `set -e` only for a failure, and here these must fail.
  if node require.cjs 2> error; then exit 1; fi
  grep "npx sam-torch setup" error
  if node_modules/.bin/sam-torch doctor > diagnosis; then exit 1; fi
  if node_modules/.bin/sam-torch setup; then exit 1; fi
  node_modules/.bin/sam-torch setup --from "$ARCHIVE"
  node_modules/.bin/sam-torch doctor
  node require.cjs'
echo "[debian] $suite: all is well"
