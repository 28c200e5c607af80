"""Talks to --mcp with the real client of the npm package @modelcontextprotocol/sdk, which checks every result against
its schema. Where Node.js or the package is missing it says so and exits with 77, which ctest counts as skipped."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
PACKAGE = "@modelcontextprotocol/sdk@1.32.2"
CLIENT = """
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
const client = new Client({ name: 'test', version: '1' });
const expect = (good, what) => { if (!good) { console.error('not as expected: ' + what); process.exit(1); } };
await client.connect(new StdioClientTransport({ command: process.argv[2], args: ['--mcp'], env: { ...process.env } }));
expect(client.getServerVersion().name === 'cordon', 'the name');
const { tools } = await client.listTools();
expect(tools.length === 12, 'the number of tools');
const listed = await client.callTool({ name: 'list_tests', arguments: {} });
let seen = 0;
const run = await client.callTool({ name: 'run_tests', arguments: {} }, undefined, { onprogress: () => { ++seen; } });
expect(run.structuredContent.selected === listed.structuredContent.total, 'the number of tests');
expect(run.structuredContent.exit_code === 1 && seen > 0, 'the run and its progress');
const test = run.structuredContent.failed[0];
for (const [name, args] of [['get_run', {}], ['get_metrics', {}], ['history', { test }], ['get_failure', { test }],
                            ['set_timeout', { timeout: '5s' }], ['retry_failed', {}], ['cancel', {}],
                            ['detect_flaky', { patterns: ['sum adds'], runs: 5 }],
                            ['explain_flaky', { patterns: ['sum adds'], conditions: 'tz', time: '1s' }],
                            ['find_polluter', { test: 'sum adds', time: '1s' }]]) {
    const result = await client.callTool({ name, arguments: args });
    expect(!result.isError && result.structuredContent, name + ': ' + JSON.stringify(result));
}
expect((await client.callTool({ name: 'run_tests', arguments: { jobs: 'x' } })).isError, 'a wrong argument');
const stop = new AbortController();
const long = client.callTool({ name: 'detect_flaky', arguments: { patterns: ['sum adds'], runs: 100000000, time: '1h' } },
                             undefined, { signal: stop.signal });
setTimeout(() => stop.abort('enough'), 300);
expect(await long.then(() => false, () => true), 'the cancelled call');
expect((await client.callTool({ name: 'get_run', arguments: {} })).structuredContent.state === 'cancelled', 'its run');
await client.close();
console.log('ok');
"""


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def install(folder):
    if shutil.which("npm") is None or shutil.which("node") is None:
        skip("Node.js with npm is not installed")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", PACKAGE],
                          cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        skip(f"npm cannot install {PACKAGE}: {done.stderr[-300:]}")


def main():
    program = pathlib.Path(os.environ["CORDON_CHILD_DIR"]) / "page"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        install(folder)
        (folder / "client.js").write_text(CLIENT)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
        done = subprocess.run(["node", "client.js", program], cwd=folder, timeout=300, check=False,
                              env={**kept, "CORDON_HISTORY": "off", "TMPDIR": name})
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
