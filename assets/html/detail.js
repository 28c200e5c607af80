// The page of one test: what it is, how to run it again, and a tab an attempt.

// actions: {open(test), link(changes), showAttempt(number), neighbour(steps)}
function testPage(report, test, attemptNumber, actions) {
  const shown = test.attempts.find((each) => each.number === attemptNumber) || defaultAttempt(test);
  const step = (steps, label, sign) => h('button', {class: 'quiet', type: 'button', 'aria-label': label, title: label,
                                                   click: () => actions.step(steps)}, sign);
  return [
    h('div', {class: 'detail-top'},
        h('a', {href: actions.link({test: null}), class: 'back'}, '\u2039 Tests'),
        h('span', {class: 'path'}, test.suite === '' ? null : [
          '\u00b7 ', h('a', {href: actions.link({test: null, query: token('suite', test.suite)})}, visibleLine(test.suite))]),
        h('span', {class: 'moves'}, step(-1, 'Previous test (k)', '\u2191'), step(1, 'Next test (j)', '\u2193'))),
    h('h1', {id: 'title', tabindex: -1}, test.name === '' ? h('span', {class: 'soft'}, '(no name)') : visibleLine(test.name)),
    h('div', {class: 'under'},
        word(test.word, test.tone),
        test.attempts.length ? h('span', {title: timeMeaning(test)}, timesText(test)) : null,
        test.file === '' ? null : copyable(test.file + (test.line ? ':' + test.line : ''), 'where', 'Copy the place'),
        test.tags.map((tag) => h('a', {class: 'chip', href: actions.link({test: null, query: token('tag', tag)})}, visibleLine(tag)))),
    test.reason && !saysSo(shown, test.reason) ? h('p', {class: 'reason'}, visible(test.reason)) : null,
    test.against ? h('p', {class: 'reason of-fail'}, h('span', {class: 'word'}, visibleLine(test.against))) : null,
    commandLine(rerunCommand(report, test), 'command'),
    test.flake ? flakeCard(test.flake) : null,
    test.attempts.length > 1 ? attemptTabs(test, shown, actions) : null,
    shown ? h('div', {class: 'attempt', id: 'attempt', role: test.attempts.length > 1 ? 'tabpanel' : null}, attemptView(shown))
          : h('p', {class: 'empty'}, 'It was not started.'),
    historyCard(test.history),
  ];
}

function timesText(test) {
  const time = timeText(test.duration_ms);
  if (test.attempts.length < 2) return time;
  return test.flake ? `${time} on average` : `${time} in ${counted(test.attempts.length, 'attempt')}`;
}

// What an attempt says in its headline is not said above it as well.
function saysSo(attempt, reason) {
  return Boolean(attempt && attempt.reason && attempt.ending !== 'passed' && attempt.reason.includes(reason));
}

// The one that there is most to see of: the last that did not pass.
function defaultAttempt(test) {
  const wrong = test.attempts.filter((each) => each.ending !== 'passed');
  return wrong.length ? wrong[wrong.length - 1] : test.last;
}

function commandLine(command, id = null) {
  return h('div', {class: 'command', id}, h('code', {tabindex: 0}, command), copyButton(command, 'Copy'));
}

function copyButton(text, label) {
  const button = h('button', {class: 'plain copy', type: 'button', click: () => copy(text, button)}, label);
  return button;
}

function copyable(text, kind, title) {
  const place = h('a', {class: kind, href: '#', title, role: 'button', click: (event) => {
    event.preventDefault();
    copy(text, place);
  }}, visibleLine(text));
  return place;
}

// From a page that is opened from disk some browsers allow only the old way.
function copy(text, where) {
  const done = () => {
    where.classList.add('copied');
    setTimeout(() => where.classList.remove('copied'), 1500);
  };
  const oldWay = () => {
    const field = h('textarea', {readonly: true, class: 'copy-field'});
    field.value = text;
    document.body.appendChild(field);
    field.select();
    if (document.execCommand('copy')) done();
    field.remove();
  };
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, oldWay);
  else oldWay();
}

function attemptTabs(test, shown, actions) {
  const choose = (number) => {
    actions.showAttempt(number);
    document.getElementById('tab-' + number).focus();
  };
  const tabs = test.attempts.map((attempt) => h('button', {
    type: 'button', role: 'tab', id: 'tab-' + attempt.number, 'aria-selected': String(attempt === shown), 'aria-controls': 'attempt',
    tabindex: attempt === shown ? 0 : -1, class: 'of-' + toneOf(attempt.ending), click: () => choose(attempt.number),
  }, h('span', {class: 'dot'}), `Attempt ${attempt.number}`, h('span', {class: 'soft'}, wordOf(attempt.ending))));
  return h('div', {class: 'tabs', role: 'tablist', 'aria-label': 'Attempts', keydown: (event) => {
    const steps = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    const next = steps && test.attempts[test.attempts.indexOf(shown) + steps];
    if (!next) return;
    event.preventDefault();
    choose(next.number);
  }}, tabs);
}

function attemptView(attempt) {
  return [
    h('div', {class: `ending of-${toneOf(attempt.ending)}`}, endingText(attempt),
        h('span', {class: 'soft'}, `${timeText(attempt.duration_ms)} \u00b7 worker ${attempt.slot}${attempt.host ? ` on ${attempt.host}` : ''}`)),
    attempt.failures.map(failureCard),
    attempt.failures_dropped ? h('p', {class: 'reason'}, `and ${counted(attempt.failures_dropped, 'failure')} more`) : null,
    stoppedCard(attempt.stopped_at),
    stackCard(attempt.stack),
    leavesCard(attempt.leaves || [], attempt.leaves_complete !== false),
    leaksCard(attempt.leaks),
    outputCard('Debugger', 'debugger', attempt.debugger_view),
    outputCard('Standard error', 'stderr', attempt.stderr),
    outputCard('Standard output', 'stdout', attempt.stdout),
    figuresCard(attempt),
  ];
}

// ---- failures ----

function failureCard(failure) {
  const tone = {warning: 'flaky', log: 'skip'}[failure.kind] || 'fail';
  const headline = failure.macro || failure.expression
      ? h('code', {}, h('span', {class: 'macro'}, failure.macro || ''), failure.macro ? '(' : '', visible(failure.expression || ''), failure.macro ? ')' : '')
      : h('code', {}, {exception: 'Exception', setup: 'Setup', process: 'Process', log: 'Log'}[failure.kind] || 'Failure');
  const more = [];
  if (failure.subcase.length) more.push(h('dt', {}, 'subcase'), h('dd', {}, failure.subcase.map((name, i) => [i ? ' \u203a ' : '', visibleLine(name)])));
  const compared = failure.left !== null && failure.right !== null && failure.left !== undefined && failure.right !== undefined;
  // A comparison that should be false has no difference to show.
  const equality = compared && failure.operator === '==' && !failure.expected ? differenceOf(failure) : null;
  if (equality) more.push(...equality.rows);
  else if (failure.expanded) more.push(h('dt', {}, compared ? 'values' : 'value'), h('dd', {}, visible(failure.expanded)));
  const places = (failure.differences || []).map((each) => (each.path ? each.path + '  ' : '') + (each.right === null ? `${each.left}, not in right`
      : each.left === null ? `${each.right}, not in left` : `${each.left} \u2260 ${each.right}`));
  if (places.length) more.push(h('dt', {}, 'differ'), h('dd', {}, visible(places.join('\n'))));
  if (failure.expected) more.push(h('dt', {}, 'expected'), h('dd', {}, visible(failure.expected)));
  for (const line of failure.info) more.push(h('dt', {}, 'info'), h('dd', {}, visible(line)));
  return h('section', {class: `card block failure of-${tone}`},
      h('div', {class: 'head'}, headline,
          failure.file ? copyable(failure.file + (failure.line ? ':' + failure.line : ''), 'where', 'Copy the place') : null),
      failure.message ? h('p', {class: 'message'}, visible(failure.message)) : null,
      equality && equality.block, more.length ? h('dl', {}, more) : null);
}

// ---- output ----

const LINES_AT_ONCE = 500;

function outputCard(title, id, text) {
  if (!text) return null;
  const box = h('div', {class: 'output', id, tabindex: 0, role: 'group', 'aria-label': title});
  const lines = outputLines(text);
  const more = h('button', {class: 'plain', type: 'button', click: () => addLines()}, 'Show more');
  const addLines = () => {
    more.remove();
    for (let i = 0; i < LINES_AT_ONCE; ++i) {
      const next = lines.next();
      if (next.done) return;
      box.appendChild(next.value);
    }
    box.appendChild(more);
  };
  addLines();
  return h('section', {class: 'card block'}, h('h2', {}, title, copyButton(text, 'Copy')), box);
}

// ---- stack, leaks, figures ----

function stackCard(frames) {
  if (!frames || frames.length === 0) return null;
  const list = [];
  let thread = null;
  let number = 0;
  let found = false;
  for (const frame of frames) {
    if (frame.thread && frame.thread !== thread) {
      thread = frame.thread;
      number = 0;
      found = false;
      const several = frames.some((each) => each.thread !== thread);
      if (several || frame.doing || hasCpu(frame)) list.push(threadRow(frame));
    }
    const own = !found && isOwn(frame);
    found = found || own;
    list.push(frameRow(frame, number++, own));
  }
  const text = frames.map((frame) => `${frame.function || frame.address || '?'}${frame.file ? ` at ${placeOf(frame)}` : ''}`).join('\n');
  return h('section', {class: 'card block', id: 'stack'}, h('h2', {}, 'Stack', copyButton(text, 'Copy')), h('ol', {class: 'frames'}, list));
}

function threadRow(frame) {
  return h('li', {class: 'thread'}, visibleLine(`Thread ${frame.thread}${frame.thread_name ? ' ' + frame.thread_name : ''}`),
      frame.doing ? h('span', {class: 'soft'}, ' \u00b7 ', visibleLine(frame.doing)) : null,
      hasCpu(frame) ? h('span', {class: 'soft'}, ` \u00b7 cpu ${timeText(frame.cpu_ms)}`) : null);
}

// Only of a hang: what its thread used between the two looks.
function hasCpu(frame) {
  return typeof frame.cpu_ms === 'number';
}

function placeOf(frame) {
  return frame.file + (frame.line ? ':' + frame.line : '');
}

// Not of the system's libraries, the compiler's or cordon: where to look first.
const FOREIGN_MODULE = /(^|\/)(libc|libm|libpthread|librt|libstdc\+\+|libc\+\+|libc\+\+abi|libgcc_s|lib[amtul]+san|ld-[\w-]+)[.-][^/]*$/;
const FOREIGN_FILE = /(^|\/)(usr\/(include|lib)|libstdc\+\+-v3|cordon\/(api|engine))\/|(^|\/)cordon\.hpp$|(^|\/)(sysdeps|nptl|csu)\/|^\.\/\w+\/\.\/\w+\//;

function isOwn(frame) {
  return Boolean(frame.file) && !FOREIGN_FILE.test(frame.file) && !FOREIGN_MODULE.test(frame.module || '');
}

function frameRow(frame, number, own) {
  const inside = frame.module ? `${frame.module}${frame.offset ? '+' + frame.offset : ''}` : frame.function ? frame.address : null;
  return h('li', {class: own ? 'own-frame' : frame.file ? 'file-frame' : 'plain-frame'}, h('span', {class: 'no'}, '#' + number),
      h('span', {title: inside}, h('code', {}, visibleLine(String(frame.function || frame.address || '?'))),
          frame.file ? h('div', {}, copyable(placeOf(frame), 'where', 'Copy the place'))
                     : inside ? h('div', {class: 'where'}, visibleLine(inside)) : null));
}

// Where a test was when it crashed or hung: the last assertion that it came past.
function stoppedCard(place) {
  if (!place) return null;
  const more = [];
  if (place.subcase.length) more.push(h('dt', {}, 'subcase'), h('dd', {}, place.subcase.map((name, i) => [i ? ' \u203a ' : '', visibleLine(name)])));
  for (const line of place.info) more.push(h('dt', {}, 'info'), h('dd', {}, visible(line)));
  return h('section', {class: 'card block failure of-skip', id: 'stopped'},
      h('div', {class: 'head'}, h('span', {class: 'soft'}, place.expression || place.macro ? 'Last assertion that passed' : 'It was here'),
          place.expression || place.macro ? h('code', {}, h('span', {class: 'macro'}, place.macro || ''), '(', visible(place.expression || ''), ')') : null,
          place.file ? copyable(placeOf(place), 'where', 'Copy the place') : null),
      more.length ? h('dl', {}, more) : null);
}

// What earlier runs say about a test that has a problem.
function historyCard(earlier) {
  if (!earlier || !earlier.runs) return null;
  const fact = (label, value) => h('div', {}, h('dt', {}, label), h('dd', {}, value));
  const times = earlier.timed > 0;
  const spark = h('div', {class: 'spark', role: 'img', 'aria-label': `Earlier runs, the oldest first: ${earlier.recent}`},
      [...earlier.recent].map((each) => h('span', {class: each === '+' ? 'of-pass' : 'of-fail', title: each === '+' ? 'passed' : 'did not pass'})));
  return h('section', {class: 'card block', id: 'history'},
      h('h2', {}, 'Earlier runs', earlier.mixed_on_one_build ? h('span', {class: 'word of-flaky'}, 'passed and failed with one build') : null,
          earlier.may_leave_quarantine ? h('span', {class: 'word of-pass'}, 'may leave quarantine') : null),
      spark, h('dl', {class: 'figures'}, fact('failed', `${grouped(earlier.failed)} of ${counted(earlier.runs, 'run')}`),
          fact('passed in a row', grouped(earlier.passed_in_a_row)), fact('this build has passed', earlier.passed_on_this_build ? 'yes' : 'no'),
          times ? fact('usually takes', timeText(earlier.typical_ms)) : null, times ? fact('99 % take less than', timeText(earlier.slow_case_ms)) : null));
}

// How the subcases ended, where not all did in order; those that passed are only counted.
function leavesCard(leaves, complete) {
  const bad = leaves.filter((each) => each.ending !== 'passed');
  if (bad.length === 0 && complete) return null;
  const most = 200;
  const row = (each) => [h('dt', {}, word(each.ending, toneOf(each.ending))),
      h('dd', {}, each.path.map((name, i) => [i ? ' \u203a ' : '', visibleLine(name)]), h('span', {class: 'soft'}, ' ' + timeText(each.duration_ms)))];
  return h('section', {class: 'card block', id: 'leaves'},
      h('h2', {}, 'Subcases', h('span', {class: 'count'}, `${grouped(leaves.length - bad.length)} of ${grouped(leaves.length)} passed`)),
      complete ? null : h('p', {class: 'reason'}, 'The test ended before all of its subcases ran.'),
      h('dl', {}, bad.slice(0, most).map(row)),
      bad.length > most ? h('p', {class: 'reason'}, `and ${grouped(bad.length - most)} more`) : null);
}

const LEFT_BEHIND = {processes: 'process', threads: 'thread', descriptors: 'descriptor', files: 'file'};

function leaksCard(leaks) {
  const counts = Object.entries(leaks || {}).filter(([, value]) => typeof value === 'number' && value > 0);
  const items = (leaks && leaks.items) || [];
  if (counts.length === 0 && items.length === 0) return null;
  return h('section', {class: 'card block of-flaky failure', id: 'leaks'},
      h('h2', {}, 'Left behind', h('span', {class: 'count'}, counts.map(([kind, value]) => counted(value, LEFT_BEHIND[kind] || kind, kind)).join(', '))),
      items.length ? h('dl', {}, items.map((each) => [h('dt', {}, each.kind), h('dd', {}, visible(each.what))])) : null);
}

const milliseconds = (value) => timeText(value);
const FIGURES = {
  duration_ms: ['time', milliseconds], spawn_ms: ['to start its process', milliseconds], cleanup_ms: ['to clean up', milliseconds],
  user_ms: ['processor, user', milliseconds], system_ms: ['processor, system', milliseconds], max_rss_bytes: ['memory at most', sizeText],
  assertions: ['assertions', grouped], failed_assertions: ['failed assertions', (value) => (value ? grouped(value) : null)],
  exit_code: ['exit code', String], signal_name: ['signal', String], pid: ['process', String], slot: ['worker', String],
  host: ['machine', String],
  started_ms: ['started at', milliseconds], seed: ['seed', String],
};
const SHOWN_ELSEWHERE = new Set(['number', 'ending', 'said', 'reason', 'signal', 'stdout', 'stderr', 'failures', 'failures_dropped', 'stack', 'stopped_at', 'debugger_view', 'leaves', 'leaves_complete', 'leaks']);

// Also figures that this page does not know by name.
function figuresCard(attempt) {
  const found = [];
  const names = Object.keys(FIGURES).concat(Object.keys(attempt).filter((name) => !FIGURES[name] && !SHOWN_ELSEWHERE.has(name)));
  for (const name of names) {
    const value = attempt[name];
    if (value === null || value === undefined || value === false || typeof value === 'object') continue;
    const [label, text] = FIGURES[name] || figureByName(name);
    const shown = value === true ? 'yes' : text(value);
    // What has no name here is rarely what somebody looks for.
    const kind = !FIGURES[name] ? 'minor' : shown !== null && String(shown).length > 14 ? 'long' : null;
    if (shown !== null) found.push(h('div', {class: kind}, h('dt', {}, label), h('dd', {}, visibleLine(String(shown)))));
  }
  return h('section', {class: 'card block'}, h('h2', {}, 'Figures'), h('dl', {class: 'figures', id: 'figures'}, found));
}

function figureByName(name) {
  if (name.endsWith('_ms')) return [wordOf(name.slice(0, -3)), milliseconds];
  if (name.endsWith('_bytes')) return [wordOf(name.slice(0, -6)), sizeText];
  return [wordOf(name), (value) => (typeof value === 'number' ? grouped(value) : value)];
}
