// The first page, the slowest tests and the flakes.

const MOST_TROUBLE = 50;

function headline(report) {
  const {summary, run} = report;
  const failed = summary.failed + summary.unexpected_pass;
  const parts = [];
  if (failed) parts.push([`${grouped(failed)} of ${counted(summary.total, 'test')} failed`, 'fail']);
  if (summary.lost) parts.push([`${counted(summary.lost, 'test')} lost`, 'lost']);
  if (!parts.length && run.cancelled) parts.push(['The run was cancelled', 'fail']);
  if (!parts.length && run.against) parts.push(['The run failed', 'fail']);
  if (!parts.length && summary.total === 0) parts.push(['No test was run', 'skip']);
  if (!parts.length && summary.passed + summary.flaky === 0) parts.push(['Nothing passed, nothing failed', 'skip']);
  if (!parts.length) parts.push([summary.passed + summary.flaky === summary.total ? `All ${counted(summary.total, 'test')} passed` : 'Nothing failed', 'pass']);
  const against = report.tests.filter((test) => test.verdict === 'flaky' && test.bad).length;
  const flaky = `${grouped(summary.flaky)} flaky`;
  if (against) parts.unshift([against === summary.flaky ? `${flaky}, which fails the run` : `${flaky}, of which ${grouped(against)} fail the run`, 'fail']);
  else if (summary.flaky) parts.push([flaky, 'flaky']);
  return against ? parts.filter(([, tone]) => tone !== 'pass') : parts;
}

function overviewPage(report, actions) {
  const {summary, run} = report;
  const present = VERDICTS.filter((verdict) => summary[verdict] > 0);
  const trouble = report.tests.some((test) => test.rank < 2);
  const link = (verdict) => actions.link({view: 'tests', query: 'is:' + verdict});
  const share = (verdict) => {
    const part = h('a', {class: 'of-' + TONES[verdict], href: link(verdict), title: `${grouped(summary[verdict])} ${wordOf(verdict)}`,
                         'aria-label': `${summary[verdict]} ${wordOf(verdict)}`});
    part.style.flexGrow = summary[verdict];
    return part;
  };
  return h('div', {class: 'page'},
      h('section', {class: 'card hero'},
          h('div', {class: 'hero-line'},
              h('h1', {}, headline(report).map(([text, tone], i) => [i ? h('span', {class: 'soft'}, ', ') : null, h('em', {class: 'of-' + tone}, text)])),
              h('span', {class: 'when'}, startText(run))),
          run.against || run.stopped_because || run.cancelled ? h('p', {class: 'note'}, visibleLine(run.against || run.stopped_because || 'It was cancelled before its end.')) : null,
          h('div', {class: 'stack', role: 'group', 'aria-label': 'Verdicts'}, present.map(share)),
          h('div', {class: 'legend'}, present.map((verdict) => h('a', {class: 'of-' + TONES[verdict], href: link(verdict)},
              h('span', {class: 'dot'}), h('b', {}, grouped(summary[verdict])), wordOf(verdict))))),
      noticesCard(report.notices || []),
      tiles(report),
      h('div', {class: 'columns'},
          h('div', {}, troubleCard(report, actions) || slowestCard(report, report.tests, 12, actions)),
          h('div', {}, workersCard(report, actions), trouble ? slowestCard(report, report.tests, 8, actions) : null, factsCard(report))));
}

// What the user should know that belongs to no test.
function noticesCard(notices) {
  const tones = {info: 'skip', warning: 'flaky', error: 'fail'};
  if (notices.length === 0) return null;
  return h('section', {class: 'card block', id: 'notices'}, h('h2', {}, 'Notices', h('span', {class: 'count'}, grouped(notices.length))),
      h('dl', {}, notices.slice(0, 100).map((each) => [h('dt', {}, word(each.level, tones[each.level])), h('dd', {}, visible(each.text))])));
}

function startText(run) {
  if (!run.started_at) return '';
  const date = new Date(run.started_at);
  return Number.isNaN(date.getTime()) ? run.started_at : date.toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short'});
}

function tiles({summary, run, tests}) {
  const tile = (value, label) => h('div', {class: 'card tile'}, h('b', {}, value), h('span', {}, label));
  const parts = (text) => {
    const [number, unit] = text.split('\u00a0');
    return unit ? [number, h('small', {}, unit)] : text;
  };
  const repeated = tests.filter((test) => test.flake);
  const runs = repeated.reduce((sum, test) => sum + test.flake.runs, 0);
  // Of tests that ran again and again only some runs are in the report: what is derived from these says nothing.
  if (repeated.length) {
    return h('div', {class: 'tiles'},
        tile(parts(timeText(run.duration_ms)), 'wall time'),
        tile(grouped(runs), 'usual runs'),
        tile(grouped(repeated.filter((test) => test.flake.failures > 0 && test.flake.failures < test.flake.runs).length), 'tests that pass and fail'),
        tile(grouped(repeated.filter(hasCause).length), 'with a cause named'),
        tile(parts(sizeText(summary.peak_rss_bytes)), 'memory at most'));
  }
  return h('div', {class: 'tiles'},
      tile(parts(timeText(run.duration_ms)), 'wall time'),
      tile([summary.speedup ? summary.speedup.toFixed(2) : '\u2013', h('small', {}, '\u00d7')], `speed-up on ${counted(run.jobs, 'worker')}`),
      tile(run.duration_ms > 0 ? [grouped(Math.round(summary.total / run.duration_ms * 1000)), h('small', {}, '/s')] : '\u2013', 'tests a second'),
      tile(grouped(summary.assertions), summary.failed_assertions ? `assertions, ${grouped(summary.failed_assertions)} failed` : 'assertions'),
      tile(parts(sizeText(summary.peak_rss_bytes)), 'memory at most'));
}

// ---- what needs attention ----

function troubleCard(report, actions) {
  const trouble = report.tests.filter((test) => test.rank < 2).sort(SORTS.trouble[1]);
  if (trouble.length === 0) return null;
  const all = trouble.length > MOST_TROUBLE ? h('a', {href: actions.link({view: 'tests', query: ''})}, `all ${grouped(trouble.length)}`) : null;
  return h('section', {class: 'card'}, h('h2', {}, 'Needs attention', h('span', {class: 'count'}, grouped(trouble.length)), all),
      h('ul', {class: 'trouble', id: 'trouble'}, trouble.slice(0, MOST_TROUBLE).map((test) => troubleRow(test, actions))));
}

function troubleRow(test, actions) {
  return h('li', {}, h('a', {class: 'of-' + test.tone, href: actions.link({view: 'tests', test: test.id})},
      h('div', {class: 'head'}, word(test.word, test.tone),
          h('span', {class: 'title'}, test.suite ? h('span', {class: 'soft'}, spelled(test.suite).slice(0, 200) + ' \u203a ') : null, test.title.slice(0, 300)),
          h('span', {class: 'time', title: timeMeaning(test)}, test.attempts.length ? timeText(test.duration_ms) : '')),
      test.against ? h('p', {class: 'soft'}, visibleLine(test.against)) : null,
      hasCause(test) ? h('p', {class: 'cause'}, h('span', {class: 'chip'}, visibleLine(wordOf(test.flake.category))), ' ', visible(test.flake.explanation)) : null,
      snippet(test)));
}

// The first thing that went wrong, in a few lines.
function snippet(test) {
  const attempt = defaultAttempt(test);
  if (!attempt) return test.reason ? h('pre', {}, visible(test.reason.slice(0, 400))) : null;
  const failure = attempt.ending === 'passed' ? null : firstFailure(attempt);
  if (!failure) return h('pre', {}, attempt.ending === 'passed' && test.reason ? visible(test.reason.slice(0, 400)) : endingText(attempt).slice(0, 400));
  const cut = (text) => (text.length > 240 ? text.slice(0, 240) + '\u2026' : text);
  const expression = failure.expression ? `${failure.macro || ''}(${cut(failure.expression)})` : '';
  return h('pre', {}, attempt.ending === 'failed' ? null : endingText(attempt).slice(0, 200) + '\n',
      expression ? [h('b', {}, visible(expression)), '\n'] : null,
      failure.message ? visible(cut(failure.message) + '\n') : null, failure.expanded ? visible(cut(failure.expanded)) : null);
}

// ---- slowest ----

function slowestCard(report, tests, most, actions, whole = false) {
  const slow = tests.filter((test) => test.duration_ms > 0).sort(SORTS.time[1]).slice(0, most);
  if (slow.length === 0) return whole ? h('p', {class: 'empty'}, 'No test that was run matches the filter.') : null;
  const longest = slow[0].duration_ms;
  const more = whole ? null : h('a', {href: actions.link({view: 'slowest'})}, 'more');
  return h('section', {class: 'card'}, h('h2', {}, 'Slowest', more), h('div', {class: 'bars'}, slow.map((test) =>
      durationBar(test, test.tone, test.duration_ms, longest, actions.link({view: 'tests', test: test.id})))));
}

function durationBar(test, tone, took, longest, href) {
  const bar = h('i', {});
  bar.style.width = (took / longest * 100).toFixed(2) + '%';
  return h('a', {class: 'of-' + tone, href, title: spelled(test.full).slice(0, 600)}, bar,
      h('span', {class: 'title'}, test.title.slice(0, 300)), h('span', {class: 'time'}, timeText(took)));
}

function slowestPage(report, tests, actions) {
  return h('div', {class: 'page'}, slowestCard(report, tests, 200, actions, true));
}

// ---- facts ----

function factsCard({run, summary}) {
  const facts = [
    ['command', visible(run.command), 'mono'], ['isolation', run.isolation], ['seed', run.seed],
    ['shard', run.shard && `${run.shard.index} of ${run.shard.count}`],
    ['not selected', run.filtered_out ? counted(run.filtered_out, 'test') : null],
    ['system', [run.host.os, run.host.arch, counted(run.host.cpus, 'processor')].filter(Boolean).join(' \u00b7 ')],
    ['workers', counted(summary.workers_started, 'start') + (summary.workers_replaced ? `, ${grouped(summary.workers_replaced)} replaced` : '')],
    ['a process takes', summary.mean_spawn_ms ? timeText(summary.mean_spawn_ms) + ' to start' : null],
    ['build', run.build_id, 'mono'],
  ];
  return h('section', {class: 'card'}, h('h2', {}, 'The run'), h('dl', {class: 'facts'},
      facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value, kind]) => [h('dt', {}, label), h('dd', {class: kind}, value)])));
}

function workersCard(report, actions) {
  const slices = slicesOf(report.tests);
  if (slices.length === 0) return null;
  const canvas = h('canvas', {class: 'mini', id: 'mini', role: 'img', 'aria-label': 'Timeline of the workers', click: () => { location.hash = actions.link({view: 'timeline'}); }});
  const draw = () => drawTimeline(canvas, {lanes: lanesOf(slices), from: 0, to: endOf(report, slices), small: true});
  new ResizeObserver(draw).observe(canvas);
  canvas.redraw = draw;
  canvas.style.height = Math.min(110, 16 + lanesOf(slices).length * 30) + 'px';
  return h('section', {class: 'card'}, h('h2', {}, 'Workers', h('a', {href: actions.link({view: 'timeline'})}, 'timeline')), canvas);
}

// ---- flakes ----

function isFlake(test) {
  return test.verdict === 'flaky' || (test.flake && test.flake.failures > 0 && test.flake.failures < test.flake.runs) || (test.verdict === 'passed' && hasCause(test));
}

// What a search for causes says of a test, also of one that fails only in a changed world or after others.
function hasCause(test) {
  return Boolean(test.flake && test.flake.explanation);
}

// A percentage of few runs says nothing, and one of runs that agree says too much: the same words as on the console.
function rateText(flake) {
  if (flake.failures === 0 && flake.runs >= 3) return 'under ' + percentText(flake.high);
  return flake.runs < 10 || flake.failures === 0 || flake.failures === flake.runs ? '' : percentText(flake.rate);
}

function interval(flake) {
  if (rateText(flake) === '') return '';
  const band = h('i', {});
  band.style.left = flake.low * 100 + '%';
  band.style.width = Math.max(0, flake.high - flake.low) * 100 + '%';
  const dot = h('b', {});
  dot.style.left = flake.rate * 100 + '%';
  const text = `${percentText(flake.rate)}, between ${percentText(flake.low)} and ${percentText(flake.high)}`;
  return h('div', {class: 'interval', role: 'img', 'aria-label': text, title: text}, band, dot);
}

function flakeCard(flake) {
  const names = (label, list) => (list || []).map((each) => [h('dt', {}, label), h('dd', {}, visibleLine(each))]);
  return h('section', {class: 'card block', id: 'flake'}, h('h2', {}, 'Repeated runs', flake.category ? h('span', {class: 'chip'}, visibleLine(wordOf(flake.category))) : null),
      h('dl', {class: 'facts'},
          h('dt', {}, 'failed'), h('dd', {}, `${grouped(flake.failures)} of ${counted(flake.runs, 'run')}` + (rateText(flake) ? ': ' + rateText(flake) : '')),
          rateText(flake) ? [h('dt', {}, '95 % interval'), h('dd', {}, interval(flake))] : null,
          flake.explanation ? [h('dt', {}, 'because'), h('dd', {}, visible(flake.explanation))] : null,
          (flake.signatures || []).map((each) => [h('dt', {}, `as, ${counted(each.count, 'time')}`), h('dd', {class: 'mono'}, visible(each.text))]),
          names('spoiled by', flake.polluters), names('mended by', flake.cleaners), names('needs', flake.state_setters)),
      flake.conditions && flake.conditions.length ? conditionsTable(flake.conditions) : null,
      flake.not_tried && flake.not_tried.length ? h('p', {}, 'not tried: ', visible(flake.not_tried.join(', '))) : null,
      flake.repro ? commandLine(flake.repro) : null,
      flake.alone_runs ? h('p', {}, `alone it failed in ${grouped(flake.alone_failures)} of ${counted(flake.alone_runs, 'run')}`) : null,
      (flake.contrasts || []).map((each) => [
        h('p', {}, `unlike here, where it passed ${grouped(each.runs - each.failures)} of ${counted(each.runs, 'time')}:`), commandLine(each.command)]));
}

// What was varied; a condition that moves the rate stands out.
function conditionsTable(conditions) {
  return h('div', {class: 'scroll'}, h('table', {},
      h('thead', {}, h('tr', {}, ['condition', 'failed', 'without it', 'effect'].map((each) => h('th', {}, each)))),
      h('tbody', {}, conditions.map((each) => h('tr', {class: each.moved ? 'moved' : null}, h('td', {class: 'mono'}, visibleLine(each.condition)),
          h('td', {}, `${grouped(each.failures)} of ${grouped(each.runs)}`),
          h('td', {}, `${grouped(each.failures_without)} of ${grouped(each.runs_without)}`),
          h('td', {}, each.moved ? 'changes the rate' : 'none seen'))))));
}

function flakesPage(tests, actions) {
  const flakes = tests.filter(isFlake).sort((a, b) => (b.flake ? b.flake.rate : 0) - (a.flake ? a.flake.rate : 0) || a.index - b.index);
  if (flakes.length === 0) return h('p', {class: 'empty'}, 'No flaky test matches the filter.');
  // Where there is no room for a table each cell is a line of its own, and says what it is.
  const cell = (label, ...inside) => h('td', {'data-label': label}, inside);
  const row = (test) => h('tr', {},
      h('td', {}, h('a', {href: actions.link({view: 'tests', test: test.id})}, spelled(test.full).slice(0, 300)),
          hasCause(test) ? h('p', {class: 'soft cause'}, visible(test.flake.explanation)) : null),
      test.flake
        ? [cell('rate', rateText(test.flake)), cell('95 % interval', interval(test.flake)),
           cell('failed', `${grouped(test.flake.failures)} of ${grouped(test.flake.runs)}`)]
        : [h('td', {}, ''), h('td', {class: 'soft'}, 'passed in a retry'),
           cell('failed', `${test.attempts.filter((each) => each.ending !== 'passed').length} of ${test.attempts.length}`)],
      test.flake && test.flake.category ? cell('category', h('span', {class: 'chip'}, visibleLine(test.flake.category))) : h('td', {}, ''),
      h('td', {}, test.flake && test.flake.repro ? copyButton(test.flake.repro, 'Copy command') : ''));
  return h('div', {class: 'page'}, h('section', {class: 'card'}, h('h2', {}, 'Flaky tests', h('span', {class: 'count'}, grouped(flakes.length))),
      h('div', {class: 'scroll'}, h('table', {id: 'flakes'},
          h('thead', {}, h('tr', {}, ['test', 'rate', '95 % interval', 'failed', 'category', ''].map((each) => h('th', {}, each)))),
          h('tbody', {}, flakes.map(row))))));
}
