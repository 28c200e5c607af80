#!/usr/bin/env python3
"""Measures --mcp with 10,000 tests of which 500 fail: time and bytes of the answer of each tool.

    mcp.py [--build-dir DIR] [--tests N]

Times depend on the machine; the time of `--list=json` beside them is that of the same program without the server.
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

import measure
from sources import Source

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = """#define CORDON_MAIN
#include <cordon/cordon.hpp>

std::vector<int> rows() {
    std::vector<int> all(TESTS);
    for (int i = 0; i < TESTS; ++i)
        all[static_cast<std::size_t>(i)] = i;
    return all;
}
TEST_CASE_PARAMS("a row of the table is right", int n, rows()) { CHECK(n % 20 != 7); }
"""


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "--mcp", "--isolate=shard"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, "CORDON_HISTORY": "off"})
        self.last = 0

    def request(self, method, params):
        """Returns the answer, the milliseconds that it took, and its bytes."""
        self.last += 1
        start = time.monotonic()
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line)["result"], (time.monotonic() - start) * 1000, len(line)

    def tool(self, name, **arguments):
        return self.request("tools/call", {"name": name, "arguments": arguments})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--include", type=Path, default=ROOT / "include", help="folder that contains cordon/cordon.hpp")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--tests", type=int, default=10_000)
    chosen = parser.parse_args()
    builder = measure.Builder(chosen.build_dir, chosen.include, chosen.cxx)
    text = PROGRAM.replace("TESTS", str(chosen.tests))
    program = builder.program(f"mcp_{chosen.tests}", [Source("mcp.cpp", text)])
    start = time.monotonic()
    subprocess.run([program, "--list=json"], stdout=subprocess.DEVNULL, check=True)
    print(f"--list=json: {(time.monotonic() - start) * 1000:.0f} ms")

    server = Server(program)
    version = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "measure", "version": "1"}}
    steps = [("initialize", lambda: server.request("initialize", version)),
             ("tools/list", lambda: server.request("tools/list", {}))]
    steps += [(name, lambda name=name, arguments=arguments: server.tool(name, **arguments)) for name, arguments in (
        ("list_tests", {}), ("list_tests", {"offset": chosen.tests // 2}), ("run_tests", {}), ("get_run", {}),
        ("get_metrics", {}), ("get_failure", {"test": "a row of the table is right/7"}), ("history", {}),
        ("retry_failed", {"retries": 1}), ("set_timeout", {"timeout": "2s"}), ("cancel", {}))]
    for name, step in steps:
        answer, took, size = step()
        wrong = " ERROR " + json.dumps(answer)[:200] if answer.get("isError") else ""
        print(f"{name}: {took:.0f} ms, {size} bytes{wrong}")
    server.process.stdin.close()
    server.process.wait()


if __name__ == "__main__":
    main()
