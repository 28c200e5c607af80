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
  return attempt.failures.find((each) => each.kind !== 'warning' && each.kind !== 'log') || attempt.failures[0] || null;
}

// The ending in words, as the report says it.
function endingText(attempt) {
  const text = attempt.said || wordOf(attempt.ending);
  return text[0].toUpperCase() + text.slice(1);
}

// What the time beside a test's name is of.
function timeMeaning(test) {
  if (test.attempts.length < 2) return null;
  return test.flake ? 'on average, of the runs that are shown' : `of all ${test.attempts.length} attempts together`;
}

// The command that runs the test again. The report leaves it out where it follows this rule.
function rerunCommand(report, test) {
  return test.rerun || `${report.run.rerun_prefix} '=${test.full}'`;
}
