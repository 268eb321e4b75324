# shellcheck shell=bash
# Sourced by the scripts that measure: the library as it is installed for speed, in a build folder of its own.

BUILD_DIR=${BUILD_DIR:-build-bench}
# shellcheck source=test/build-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../test/build-env.sh"

build_workloads() {
    set_up_machine
    MESON_ARGS=${MESON_ARGS:--Dbuildtype=release -Ddefault_library=static}
    if [[ -f $build_dir/build.ninja ]]; then MESON_ARGS=''; fi
    configure
    meson compile -C "$build_dir" bench-peer bench-workloads
}
