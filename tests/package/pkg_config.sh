#!/bin/sh
# Builds and runs the consumer's files with the flags that pkg-config gives.
# usage: pkg_config.sh COMPILER PC_DIR CONSUMER_DIR
set -eu
compiler=$1
export PKG_CONFIG_PATH="$2"
consumer=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

pkg-config --exists 'cordon >= 0.1'
# The flags are words on purpose.
# shellcheck disable=SC2046
"$compiler" -std=c++17 $(pkg-config --cflags cordon) "$consumer/own_main.cpp" -o "$folder/own_main" \
    $(pkg-config --libs cordon)
"$folder/own_main"
# shellcheck disable=SC2046
"$compiler" -std=c++17 $(pkg-config --cflags cordon-main) "$consumer/first.cpp" "$consumer/second.cpp" \
    -o "$folder/linked_main" $(pkg-config --libs cordon-main)
"$folder/linked_main"
