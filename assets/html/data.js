// The report's document, and what the views want to know of it.

const TONES = {
  passed: 'pass', failed: 'fail', unexpected_pass: 'fail', flaky: 'flaky', known_failure: 'known', quarantined: 'known',
  skipped: 'skip', todo: 'skip', not_run: 'skip', lost: 'lost',
};
const VERDICTS = ['failed', 'unexpected_pass', 'lost', 'flaky', 'passed', 'known_failure', 'quarantined', 'skipped', 'todo', 'not_run'];
const WORDS = {
  passed: 'passed', failed: 'failed', flaky: 'flaky', known_failure: 'known failure', unexpected_pass: 'unexpected pass',
  quarantined: 'quarantined', skipped: 'skipped', todo: 'to do', not_run: 'not run', lost: 'lost', crashed: 'crashed',
  timed_out: 'timed out', exited: 'exited early', exit_failure: 'bad exit', leaked: 'leaked', over_limit: 'over limit',
};
const BAD = new Set(['failed', 'unexpected_pass', 'lost']);
const SIGNALS = {
  SIGSEGV: 'invalid memory reference', SIGABRT: 'abort', SIGFPE: 'arithmetic error', SIGILL: 'illegal instruction',
  SIGBUS: 'bad memory access', SIGKILL: 'killed', SIGTERM: 'asked to end', SIGTRAP: 'trap', SIGPIPE: 'broken pipe',
  SIGINT: 'interrupted', SIGXCPU: 'processor time limit', SIGSYS: 'forbidden system call',
};

// Objects come as arrays of their values with the number of their keys' list behind, arrays with a 0 behind.
function unpack(packed, shapes) {
  if (!Array.isArray(packed) || packed.length === 0) return packed;
  const shape = packed.pop();
  if (typeof shape !== 'number' || shape > shapes.length) throw new Error('an object without a shape');
  if (shape === 0) {
    for (let i = 0; i < packed.length; ++i) if (typeof packed[i] === 'object') packed[i] = unpack(packed[i], shapes);
    return packed;
  }
  const keys = shapes[shape - 1];
  const made = {};
  for (let i = 0; i < keys.length; ++i) {
    const value = packed[i];
    made[keys[i]] = typeof value === 'object' ? unpack(value, shapes) : value;
  }
  return made;
}

function readDocument() {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const shapes = read('shapes').map((keys) => (keys === '' ? [] : keys.split(' ')));
  const report = unpack(read('document'), shapes);
  const ids = new Map();
  report.tests.forEach((test, index) => prepare(test, index, ids));
  report.byId = new Map(report.tests.map((test) => [test.id, test]));
  return report;
}

function prepare(test, index, ids) {
  const attempts = test.attempts;
  test.index = index;
  test.suite = test.suite || '';
  test.file = test.file || '';
  test.full = test.suite === '' ? test.name : test.suite + '/' + test.name;
  test.title = spelled(test.name) || '(no name)';
  test.tone = test.against ? 'fail' : TONES[test.verdict] || 'skip';
  test.bad = BAD.has(test.verdict) || Boolean(test.against);
  test.last = attempts.length === 0 ? null : attempts[attempts.length - 1];
  // A crash that no pass makes up for: the last attempt may have passed.
  const wrong = attempts.filter((each) => each.ending !== 'passed');
  test.word = test.verdict === 'failed' && wrong.length ? wrong[wrong.length - 1].ending : test.verdict;
  test.rank = test.bad ? 0 : test.verdict === 'flaky' ? 1 : 2;
  const id = hashOf(test.suite + '\0' + test.name + '\0' + test.file);
  const before = ids.get(id) || 0;
  ids.set(id, before + 1);
  test.id = before === 0 ? id : id + '-' + (before + 1);
}

// FNV-1a, 32 bits: a link to a test should still mean it in the next run's report.
function hashOf(text) {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}

function toneOf(ending) {
  return ending === 'passed' ? 'pass' : ending === 'skipped' ? 'skip' : ending === 'lost' ? 'lost' : 'fail';
}

function wordOf(name) {
  return WORDS[name] || String(name).replace(/_/g, ' ');
}

function word(name, tone) {
  return h('span', {class: 'word of-' + tone}, wordOf(name));
}

function firstFailure(attempt) {
  return attempt.failures.find((each) => each.kind !== 'warning') || attempt.failures[0] || null;
}

// How an attempt ended, in words, as the console says it.
function endingText(attempt) {
  const reason = attempt.reason ? ': ' + spelled(attempt.reason) : '';
  const signal = attempt.signal_name
      ? attempt.signal_name + (SIGNALS[attempt.signal_name] ? ` (${SIGNALS[attempt.signal_name]})` : '')
      : attempt.signal ? 'signal ' + attempt.signal : '';
  switch (attempt.ending) {
    case 'passed': return 'Passed';
    case 'failed':
      if (attempt.failed_assertions) return `${grouped(attempt.failed_assertions)} of ${counted(attempt.assertions, 'assertion')} failed`;
      return attempt.failures.some((each) => each.kind === 'exception') ? 'An exception left the test' + reason : 'Failed' + reason;
    case 'crashed': return 'Crashed' + (signal ? ': ' + signal : '') + reason;
    case 'timed_out': return 'Timed out after ' + timeText(attempt.duration_ms) + reason;
    case 'exited': return `Exited with code ${attempt.exit_code} before its end` + reason;
    case 'exit_failure': return 'Passed, but its process then ended with ' + (signal || 'code ' + attempt.exit_code) + reason;
    case 'leaked': return 'Left something behind' + reason;
    case 'over_limit': return 'Went over a limit' + reason;
    case 'skipped': return 'Skipped' + reason;
    case 'lost': return 'Lost (trouble of cordon itself)' + reason;
    default: return wordOf(attempt.ending) + reason;
  }
}

// ---- the command that runs a test again ----

const SAFE_WORD = /^[A-Za-z0-9_\-./:,+@%][A-Za-z0-9_\-./:=,+@%]*$/;

// As a POSIX shell reads it back; what cannot be printed as $'\x1b', which the usual interactive shells know.
function shellWord(text) {
  if (SAFE_WORD.test(text)) return text;
  if (spelled(text) === text) return "'" + text.replace(/'/g, "'\\''") + "'";
  let quoted = "$'";
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x7f) quoted += '\\x' + byte.toString(16).padStart(2, '0');
    else quoted += character === "'" || character === '\\' ? '\\' + character : character;
  }
  return quoted + "'";
}

function globOf(text, special) {
  // U+FFFD stands for bytes that were no UTF-8: what they were is not known here.
  return text.replace(special, '\\$&').replace(/\ufffd+/g, '*');
}

// What the time beside a test's name is of.
function timeMeaning(test) {
  if (test.attempts.length < 2) return null;
  return test.flake ? 'on average, of the runs that are shown' : `of all ${test.attempts.length} attempts together`;
}

// The name where no other test's full name holds it, the exact form of the name where that is enough, the filter language
// otherwise.
function rerunCommand(report, test) {
  const program = shellWord(report.run.command_line[0] || './tests');
  if (!test.full.includes('\ufffd')) {
    for (const text of [test.name, test.full]) {
      const plain = text !== '' && !/^[-=]|[*?\\]/.test(text);
      if (plain && count(report, (each) => each.full.includes(text)) === 1) return program + ' ' + shellWord(text) + leafOptions(test);
      if (count(report, (each) => each.name === text || each.full === text) === 1) return program + ' ' + shellWord('=' + text) + leafOptions(test);
    }
  }
  const special = /[*?\\()]|^[ \t\n\r]|[ \t\n\r]$/g;
  const suite = test.suite === '' ? '!suite(?*)' : `suite(${globOf(test.suite, special)})`;
  const name = test.name === '' ? '!name(?*)' : `name(${globOf(test.name, special)})`;
  return `${program} -f ${shellWord(`${name} & ${suite}`)}` + leafOptions(test);
}

// Of a test of which a single subcase did not pass, in the last attempt that did not.
function leafOptions(test) {
  const attempt = test.attempts.filter((each) => each.ending !== 'passed').pop();
  const bad = ((attempt && attempt.leaves) || []).filter((each) => each.ending !== 'passed' && each.ending !== 'skipped');
  if (bad.length !== 1 || attempt.leaves_complete === false || bad[0].path.some((name) => name === '' || name.includes('\ufffd'))) return '';
  return bad[0].path.map((name) => ' --subcase ' + shellWord(globOf(name, /[*?\\()]|^[ \t\n\r]|[ \t\n\r]$/g))).join('');
}

function count(report, is) {
  let found = 0;
  for (const test of report.tests) if (is(test) && ++found === 2) break;
  return found;
}
