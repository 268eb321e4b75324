# shellcheck shell=bash
# Sourced by the scripts that measure, which say where to build (BUILD_DIR) and, for a new folder, how (MESON_ARGS).

# shellcheck source=test/build-env.sh
. "$(dirname "${BASH_SOURCE[0]}")/../test/build-env.sh"

build_workloads() {
    set_up_machine
    if [[ -f $build_dir/build.ninja ]]; then MESON_ARGS=''; fi
    configure
    meson compile -C "$build_dir" bench-peer bench-workloads
}
