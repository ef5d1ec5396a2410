# Sourced with $home set.
NODE_IMAGE=docker.io/library/node:24-trixie-slim
BASE_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot
store() {
  buildah --root "$home/store" --runroot "$home/run" --storage-driver overlay "$@"
}
