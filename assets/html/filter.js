// What stands in the filter box: words and tokens, all of which a test has to match.

const GROUPS_OF_VERDICTS = {
  bad: (test) => test.bad,
  ok: (test) => !test.bad,
  retried: (test) => test.attempts.length > 1,
  run: (test) => test.attempts.length > 0,
};

function durationOf(text) {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)?$/.exec(text);
  return match ? Number(match[1]) * {us: 0.001, ms: 1, s: 1000, m: 60e3, h: 3600e3}[match[2] || 's'] : null;
}

function holds(text, part) {
  return text.toLowerCase().includes(part);
}

// Each makes a predicate of a token's value, or says with a text what the value should be.
const TOKENS = {
  is(value) {
    const name = value.replace(/-/g, '_');
    if (GROUPS_OF_VERDICTS[name]) return GROUPS_OF_VERDICTS[name];
    if (!WORDS[name]) return 'a verdict or an ending: ' + Object.keys(GROUPS_OF_VERDICTS).concat(Object.keys(WORDS)).join(', ');
    if (TONES[name]) return (test) => test.verdict === name;
    return (test) => test.attempts.some((each) => each.ending === name);
  },
  suite: (value) => (test) => holds(test.suite, value),
  file: (value) => (test) => holds(test.file, value),
  name: (value) => (test) => holds(test.name, value),
  tag: (value) => (test) => test.tags.some((tag) => tag.toLowerCase() === value),
  worker(value) {
    if (!/^\d+$/.test(value)) return 'a number';
    return (test) => test.attempts.some((each) => each.slot === Number(value));
  },
  slower(value) {
    const limit = durationOf(value);
    return limit === null ? 'a duration: 100ms, 2s' : (test) => test.duration_ms > limit;
  },
  faster(value) {
    const limit = durationOf(value);
    return limit === null ? 'a duration: 100ms, 2s' : (test) => test.duration_ms < limit;
  },
  attempts(value) {
    if (!/^\d+$/.test(value)) return 'a number: at least this many';
    return (test) => test.attempts.length >= Number(value);
  },
  says: (value) => (test) => test.attempts.some((each) => holds(sayings(each), value)),
};

// All text of an attempt: what failed, and what it printed.
function sayings(attempt) {
  const parts = [attempt.stdout, attempt.stderr, attempt.reason || '', attempt.signal_name || ''];
  for (const each of attempt.failures) parts.push(each.expression || '', each.expanded || '', each.message || '', ...each.info);
  return parts.join('\n');
}

// {matches(test), wrong: what is wrong with the query, or ''}
function parseFilter(query) {
  const predicates = [];
  const wrong = [];
  for (const match of query.matchAll(/(-?)(?:([a-z]+):)?("(?:[^"\\]|\\.)*"?|\S*)/gi)) {
    if (match[0] === '') continue;
    let [whole, minus, key, value] = match;
    key = key && key.toLowerCase();
    if (!key || !Object.hasOwn(TOKENS, key)) {
      value = key ? whole.slice(minus.length) : value;
      key = null;
    }
    value = value.replace(/^"|"$/g, '').replace(/\\(.)/g, value[0] === '"' ? '$1' : '\\$1').toLowerCase();
    if (value === '') continue;
    const predicate = key ? TOKENS[key](value) : (test) => holds(test.full, value);
    if (typeof predicate === 'string') wrong.push(`${key}: takes ${predicate}`);
    else predicates.push(minus ? (test) => !predicate(test) : predicate);
  }
  return {matches: (test) => predicates.every((each) => each(test)), wrong: wrong.join('; ')};
}

// A token as it is typed: quoted where it has blanks.
function token(key, value) {
  return `${key}:${/[\s"\\]/.test(value) || value === '' ? '"' + value.replace(/["\\]/g, '\\$&') + '"' : value}`;
}
