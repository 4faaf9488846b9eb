# Sourced by ./plateau and ./test. Installs Debian packages that are missing and builds when a source is newer than the build.
# usage: need_packages PACKAGE...   build_if_changed PROJECT_FOLDER CONFIGURATION
say() { printf '%s\n' "$*" >&2; }

need_packages() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "· installing Debian packages: ${missing[*]}"
  local become=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "please install as root: apt-get install ${missing[*]}"; return 1; }
    become=(sudo)
  fi
  local log=${TMPDIR:-/tmp}/plateau-packages.log
  { [ -n "$(ls /var/lib/apt/lists/*Packages* 2>/dev/null)" ] || "${become[@]}" apt-get update; } >"$log" 2>&1
  DEBIAN_FRONTEND=noninteractive "${become[@]}" apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
    { "${become[@]}" apt-get update >>"$log" 2>&1
      DEBIAN_FRONTEND=noninteractive "${become[@]}" apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; } ||
    { tail -n 5 "$log" >&2; say "the packages could not be installed; the whole log is in $log"; return 1; }
}

need_dotnet() {
  command -v dotnet >/dev/null || { say "the .NET 10 SDK is missing: see README.md"; return 1; }
}

build_if_changed() {
  local project=$1 configuration=$2 name stamp
  name=$(basename "$project"); stamp="$project/bin/$configuration/.built"
  if [ -f "$stamp" ] && [ -z "$(find src tests bench Directory.* global.json \
        \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]; then
    return 0
  fi
  say "· building $name ($configuration)"
  local log=${TMPDIR:-/tmp}/plateau-build.log
  dotnet build "$project" -c "$configuration" -v quiet -nologo >"$log" 2>&1 ||
    { grep -E 'error|warn' "$log" | sort -u | head -n 30 >&2; say "the build failed; the whole log is in $log"; return 1; }
  touch "$stamp"
}
