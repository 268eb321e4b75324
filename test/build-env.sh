# shellcheck shell=bash
# Sourced by the scripts that build: one build folder, set up in one way, whichever script comes first.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
build_dir=${BUILD_DIR:-build}

# Silent if there is nothing to install.
set_up_machine() { test/setup --check >/dev/null 2>&1 || test/setup; }

# The compiler as Meson is given it, with ccache in front where there is one.
compiler_command() {
    local compiler
    compiler=$(test/setup --compiler)
    if command -v ccache >/dev/null && [[ $compiler != *ccache* ]]; then compiler="ccache $compiler"; fi
    printf '%s\n' "$compiler"
}

# The compiler that these scripts have configured the build folder with is written down in it. A folder that was
# configured by hand is taken as it is.
configured_with() { # configured_with COMPILER
    [[ ! -f $build_dir/compiler ]] || [[ $(<"$build_dir/compiler") == "$1" ]]
}

# Configures the build folder if it is new, if it belongs to another compiler, or if MESON_ARGS says how.
configure() {
    local compiler extra=() mode=()
    compiler=$(compiler_command)
    read -ra extra <<<"${MESON_ARGS:-}"
    if [[ ! -f $build_dir/meson-private/coredata.dat ]]; then
        if [[ ${MESON_ARGS:-} != *@(buildtype|optimization)* ]]; then extra+=(-Dbuildtype=debugoptimized); fi
    elif [[ ! -f $build_dir/build.ninja ]] || ! configured_with "$compiler"; then
        mode=(--wipe) # keeps the options given before
    elif ((${#extra[@]})); then
        mode=(--reconfigure)
    else
        return 0
    fi
    CXX=$compiler meson setup "${mode[@]}" "${extra[@]}" "$build_dir"
    printf '%s\n' "$compiler" >"$build_dir/compiler"
}
