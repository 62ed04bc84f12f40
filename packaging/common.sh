# What packaging/run and packaging/test share: find what is missing, install it, configure, build. Sourced by both.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release

# Debian 12 names. The programs need the first list, the tests the second as well.
# libopenblas0-pthread: without it libtorch takes the reference BLAS, thirty times slower.
program_packages=(build-essential cmake ninja-build ccache libtorch-dev libopenblas0-pthread libopencv-dev qt6-base-dev qt6-svg-dev
  libqcustomplot-dev libgl-dev nlohmann-json3-dev libcli11-dev libcurl4-openssl-dev libarchive-dev libgif-dev libssl-dev zlib1g-dev
  dataset-fashion-mnist)
test_packages=(libgtest-dev libgmock-dev poppler-utils)

say() { printf '%s\n' "$*" >&2; }

# install_missing PACKAGE...: asks dpkg first, so that a second call costs nothing and needs no network.
install_missing() {
  local missing=() package
  command -v apt-get >/dev/null || { say "No apt-get here: install the packages named in packaging/common.sh by hand if the build misses something."; return 0; }
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "Installing: ${missing[*]}"
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "Installing needs root: run 'apt-get install ${missing[*]}' as root, then call this again."; return 1; }
    sudo=(sudo)
  fi
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# configure OPTION...: CMake again only when it never ran or the options are others than last time.
configure() {
  local wanted="$*"
  if [ ! -f "$build/build.ninja" ] || [ "$(cat "$build/.options" 2>/dev/null)" != "$wanted" ]; then
    (cd "$root" && cmake --preset release "$@" >&2)
    printf '%s' "$wanted" >"$build/.options"
  fi
}
