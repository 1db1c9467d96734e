# shellcheck shell=sh
# The image of one of the project's two programs: Debian, a Java runtime, and a layer with the jars, the scripts and the AOT cache.
# Sourced by the image script of a module, which sets: here (the module's folder), name, user (NAME:UID), title, modules, packages.
#   image [--push REGISTRY/REPOSITORY] [ARCHIVE]
# shellcheck disable=SC2154  # those
tools=$(cd "$here/../image" && pwd)
# The version without -SNAPSHOT: what the chart asks for.
version=$(sed -n 's|^  <version>\([0-9.]*\).*</version>|\1|p' "$here/../pom.xml")
archive=$here/target/$name.oci.tar
registry=''
java_home=$("$here/../build" --java-home)

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --push) registry=${2:?--push: no REGISTRY/REPOSITORY}; shift ;;
      -*) echo "image: $1: unknown option (expected: --push REGISTRY/REPOSITORY, ARCHIVE)" >&2; exit 2 ;;
      *) archive=$1 ;;
    esac
    shift
  done
}

# The top layer's folder, with the jars of the module and the scripts named.
begin_program() {
  program=$(mktemp -d)
  trap 'rm -rf "$program"' EXIT
  mkdir -p "$program/opt/sidetrace/lib"
  for jar in "$here/target/$name"-*.jar "$here"/target/lib/*.jar; do
    [ -s "$jar" ] || { echo "image: $jar: not there (expected: ./build package first)" >&2; exit 2; }
    cp "$jar" "$program/opt/sidetrace/lib/"
  done
  cp "$@" "$program/opt/sidetrace/"
  chmod -R u=rwX,go=rX "$program"
}

# finish_image WORKLOAD ENTRYPOINT : trains the AOT cache by the workload, packs, and pushes when asked to
finish_image() {
  # shellcheck disable=SC2086  # a list of packages
  debian=$("$tools/debian" --user "$user" $packages)
  runtime=$("$tools/runtime" "$modules")
  echo "image: training the AOT cache" >&2
  "$tools/aot-cache" "$program" "$1" "$debian" "$runtime"
  "$tools/layer" "$program" "$program.tar"
  trap 'rm -rf "$program" "$program.tar"' EXIT
  "$tools/archive" --name "sidetrace.io/$name:$version" --output "$archive" \
    --layer "$debian" --layer "$runtime" --layer "$program.tar" \
    --user "${user#*:}:${user#*:}" --entrypoint "$2" --env PATH=/opt/sidetrace:/usr/sbin:/usr/bin \
    --label "org.opencontainers.image.title=$name" --label "org.opencontainers.image.description=$title" \
    --label "org.opencontainers.image.version=$version" --label org.opencontainers.image.licenses=Apache-2.0
  [ -z "$registry" ] || "$tools/push" "$archive" "$registry"
}
