#!/bin/sh
# Checks that the sources have the format of .clang-format. With --fix it formats them.
set -eu
cd "$(dirname "$0")/.."
format=$(command -v clang-format-14) || {
    echo "tools/check_format.sh: install clang-format-14 (other versions format some details differently)" >&2
    exit 1
}
mode="--dry-run -Werror"
[ "${1:-}" = --fix ] && mode=-i
# shellcheck disable=SC2086
find include tests examples benchmarks -type f \( -name '*.hpp' -o -name '*.cpp' \) -print0 | xargs -0 "$format" $mode
