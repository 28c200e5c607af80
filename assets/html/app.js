// The address says what is shown: #/VIEW/TEST?q=FILTER&group=BY&sort=BY&attempt=N. So a view is a link, and the
// browser's own buttons go back and forth.

const VIEWS = ['overview', 'tests', 'timeline', 'slowest', 'flakes'];
const STANDARD = {query: '', group: 'suite', sort: 'trouble', attempt: 0};
const NARROW = window.matchMedia('(max-width: 900px)');

function readAddress() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, test] = path.split('/');
  const asked = new URLSearchParams(search);
  const one = (name, choices, otherwise) => (Object.hasOwn(choices, asked.get(name)) ? asked.get(name) : otherwise);
  return {
    view: VIEWS.includes(view) ? view : 'overview', test: test || null, query: asked.get('q') || '',
    group: one('group', GROUPINGS, STANDARD.group), sort: one('sort', SORTS, STANDARD.sort), attempt: Number(asked.get('attempt')) || 0,
  };
}

function addressOf(state) {
  const asked = new URLSearchParams();
  if (state.query) asked.set('q', state.query);
  if (state.group !== STANDARD.group) asked.set('group', state.group);
  if (state.sort !== STANDARD.sort) asked.set('sort', state.sort);
  if (state.test && state.attempt) asked.set('attempt', state.attempt);
  const path = (state.view === 'overview' ? '' : state.view) + (state.test ? '/' + state.test : '');
  const search = asked.toString();
  return '#/' + path + (search ? '?' + search : '');
}

class App {
  constructor(report) {
    this.report = report;
    this.main = document.getElementById('main');
    this.box = document.getElementById('filter');
    this.state = readAddress();
    this.list = new TestList((test) => this.go({view: 'tests', test: test.id, attempt: 0}));
    this.actions = {
      link: (changes) => addressOf({...this.state, test: null, attempt: 0, ...changes, view: changes.view || 'tests'}),
      open: (test, attempt = 0) => this.go({view: 'tests', test: test.id, attempt}),
      showAttempt: (attempt) => this.go({attempt}, true),
      step: (steps) => this.step(steps),
    };
  }

  start() {
    this.dress();
    window.addEventListener('hashchange', () => this.follow());
    window.addEventListener('beforeprint', () => this.list.draw(true));
    window.addEventListener('afterprint', () => this.list.draw());
    document.addEventListener('keydown', (event) => this.key(event));
    NARROW.addEventListener('change', () => this.show());
    this.box.addEventListener('input', () => this.typed());
    this.box.addEventListener('keydown', (event) => this.keyInBox(event));
    this.box.value = this.state.query;
    this.show();
  }

  // What does not change while the page is looked at: title, icon, colours, which views there are.
  dress() {
    const {run, summary} = this.report;
    const program = (run.command_line[0] || 'tests').split('/').pop() || 'tests';
    document.getElementById('program').textContent = spelled(program);
    const parts = headline(this.report);
    document.title = `${parts.map(([text]) => text).join(', ')} \u2013 ${spelled(program)}`;
    const tone = parts[0][1];
    if (tone === 'fail' || tone === 'lost') document.body.classList.add('is-bad');
    else if (summary.flaky) document.body.classList.add('is-flaky');
    const ink = {fail: '#e0475a', lost: '#d04ba9', flaky: '#e8a51c'}[summary.flaky && tone === 'pass' ? 'flaky' : tone] || '#2ba46f';
    document.getElementById('icon').href = 'data:image/svg+xml,' + encodeURIComponent(
        `<svg xmlns="${SVG}" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9.2" fill="none" stroke="${ink}" stroke-width="3.2" stroke-dasharray="4.1 3.125"/><circle cx="12" cy="12" r="4.6" fill="${ink}"/><\/svg>`);
    document.querySelector('[data-view="flakes"]').hidden = !this.report.tests.some(isFlake);
    this.theme = new Theme(() => this.redraw());
    document.getElementById('help').addEventListener('click', () => showHelp());
  }

  redraw() {
    for (const canvas of document.querySelectorAll('canvas')) if (canvas.redraw) canvas.redraw();
    if (this.timeline && this.state.view === 'timeline') this.timeline.draw();
  }

  go(changes, replace = false) {
    this.state = {...this.state, ...changes};
    const address = addressOf(this.state);
    if (address !== location.hash) {
      try {
        history[replace ? 'replaceState' : 'pushState'](null, '', address);
      } catch (refused) {
        location.hash = address;
      }
    }
    this.show();
  }

  follow() {
    this.state = readAddress();
    if (this.box.value !== this.state.query) this.box.value = this.state.query;
    this.show();
  }

  typed() {
    const view = this.state.view === 'overview' ? 'tests' : this.state.view;
    const chosen = this.report.byId.get(this.state.test);
    const stays = chosen && !NARROW.matches && parseFilter(this.box.value).matches(chosen);
    this.go({query: this.box.value, view, ...(stays ? {} : {test: null, attempt: 0})}, this.state.view !== 'overview');
    this.box.focus();
  }

  keyInBox(event) {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (this.box.value === '') return this.box.blur();
      this.box.value = '';
      this.typed();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      this.box.blur();
      if (this.state.view === 'tests' && !this.state.test) this.step(0);
      if (this.state.view === 'tests') this.list.box.focus({preventScroll: true});
    }
  }

  show() {
    const {state} = this;
    this.filter = parseFilter(state.query);
    this.box.classList.toggle('wrong', this.filter.wrong !== '');
    this.box.title = this.filter.wrong;
    for (const link of document.querySelectorAll('#views a')) {
      const view = link.dataset.view;
      link.setAttribute('href', this.actions.link({view}));
      view === state.view ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
    }
    document.getElementById('tip').hidden = true;
    const matching = () => this.report.tests.filter(this.filter.matches);
    if (state.view !== 'tests') this.split = null;
    if (state.view === 'tests') this.showTests(matching());
    else if (state.view === 'timeline') this.showTimeline();
    else if (state.view === 'slowest') replaceChildren(this.main, slowestPage(this.report, matching(), this.actions));
    else if (state.view === 'flakes') replaceChildren(this.main, flakesPage(matching(), this.actions));
    else replaceChildren(this.main, overviewPage(this.report, this.actions));
    if (state.view !== this.shownView) window.scrollTo(0, 0);
    this.shownView = state.view;
  }

  showTimeline() {
    if (!this.timeline) this.timeline = new Timeline(this.report, this.actions);
    if (this.timeline.element.parentNode !== this.main) replaceChildren(this.main, this.timeline.element);
    this.timeline.show(this.filter.matches, this.state.query.trim() !== '');
  }

  showTests(tests) {
    const {state} = this;
    const before = this.split;
    if (!before) this.split = this.makeSplit();
    const wanted = `${state.query}\n${state.group}\n${state.sort}`;
    if (!before || this.listed !== wanted) {
      this.listed = wanted;
      this.list.show(tests, state.group, state.sort);
      replaceChildren(this.count, h('b', {}, grouped(tests.length)), tests.length === this.report.tests.length ? ' tests' : ` of ${counted(this.report.tests.length, 'test')}`,
          this.filter.wrong ? h('span', {class: 'of-fail'}, h('span', {class: 'word'}, this.filter.wrong)) : null);
      this.empty.hidden = tests.length !== 0;
    }
    let test = state.test ? this.report.byId.get(state.test) : null;
    // The only hit is shown at once, also where there is no room for a list beside it.
    const single = tests.length === 1 && !state.test && NARROW.matches;
    this.split.classList.toggle('shows-test', Boolean(state.test));
    this.split.classList.toggle('single', single);
    if (!test && !state.test && (single || !NARROW.matches)) test = this.list.neighbour(null, 0);
    this.showTest(test);
  }

  makeSplit() {
    const {state} = this;
    const select = (label, choices, value, change) => h('label', {}, h('select', {'aria-label': label, change: (event) => change(event.target.value)},
        Object.entries(choices).map(([name, text]) => h('option', {value: name, selected: name === value}, Array.isArray(text) ? text[0] : text))));
    this.count = h('span', {id: 'count'});
    this.empty = h('p', {class: 'empty'}, 'No test matches the filter.');
    this.detail = h('article', {class: 'detail', id: 'detail'});
    const split = h('div', {class: 'split'},
        h('div', {class: 'pane'},
            h('div', {class: 'pane-head'}, this.count, h('span', {class: 'spring'}),
                select('Group', GROUPINGS, state.group, (group) => this.go({group}, true)), select('Sort', SORTS, state.sort, (sort) => this.go({sort}, true))),
            this.empty, this.list.box),
        this.detail);
    replaceChildren(this.main, split);
    this.shownTest = undefined;
    return split;
  }

  showTest(test) {
    const key = test ? test.id + '/' + this.state.attempt : '';
    this.current = test;
    this.list.choose(test);
    if (test && this.state.test) this.list.reveal(test);
    if (this.shownTest === key && test) return;
    const same = this.shownTest && test && this.shownTest.split('/')[0] === test.id;
    this.shownTest = key;
    const top = same ? this.detail.scrollTop : 0;
    replaceChildren(this.detail, test ? testPage(this.report, test, this.state.attempt, this.actions)
        : h('p', {class: 'empty'}, this.state.test ? 'This report has no such test.' : 'Choose a test.'));
    this.detail.scrollTop = top;
    if (NARROW.matches && test && !same) window.scrollTo(0, 0);
  }

  step(steps, which) {
    const from = this.state.test || steps === 0 ? this.current : this.current || null;
    const next = this.list.neighbour(from, this.state.view === 'tests' ? steps : 0, which);
    if (next) this.go({view: 'tests', test: next.id, attempt: 0}, true);
  }

  stepAttempt(steps) {
    const test = this.current;
    if (!test || test.attempts.length < 2) return;
    const shown = test.attempts.find((each) => each.number === this.state.attempt) || defaultAttempt(test);
    const next = test.attempts[test.attempts.indexOf(shown) + steps];
    if (next) this.go({test: test.id, attempt: next.number}, true);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog')) return;
    const inTests = this.state.view === 'tests';
    const act = {
      '/': () => this.box.focus(),
      '?': () => showHelp(),
      t: () => this.theme.next(),
      j: () => inTests && this.step(1), k: () => inTests && this.step(-1),
      n: () => inTests && this.step(1, (test) => test.bad), p: () => inTests && this.step(-1, (test) => test.bad),
      ']': () => inTests && this.stepAttempt(1), '[': () => inTests && this.stepAttempt(-1),
      c: () => inTests && this.current && document.querySelector('#command .copy').click(),
      Escape: () => inTests && this.state.test && this.go({test: null, attempt: 0}),
    }[event.key];
    const listKeys = {ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -1e9, End: 1e9};
    const view = VIEWS[Number(event.key) - 1];
    if (act) event.preventDefault(), act();
    else if (inTests && event.target === this.list.box && listKeys[event.key]) event.preventDefault(), this.step(listKeys[event.key]);
    else if (view && this.state.view !== view) this.go({view, test: null, attempt: 0});
  }
}

// ---- colours, help, the start ----

class Theme {
  constructor(changed) {
    this.changed = changed;
    this.button = document.getElementById('theme');
    this.button.addEventListener('click', () => this.next());
    this.system = window.matchMedia('(prefers-color-scheme: dark)');
    this.system.addEventListener('change', () => this.apply());
    this.choice = 'system';
    // Storage may be forbidden for pages that are opened from disk.
    try {
      this.choice = localStorage.getItem('cordon-theme') || 'system';
    } catch (refused) {
      this.choice = 'system';
    }
    this.apply();
  }

  next() {
    const dark = document.documentElement.dataset.theme === 'dark';
    this.choice = dark ? 'light' : 'dark';
    try {
      localStorage.setItem('cordon-theme', this.choice);
    } catch (refused) {
      // It holds for this page then.
    }
    this.apply();
  }

  apply() {
    const dark = this.choice === 'dark' || (this.choice !== 'light' && this.system.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    this.button.title = dark ? 'Light colors (t)' : 'Dark colors (t)';
    this.button.setAttribute('aria-label', this.button.title);
    replaceChildren(this.button, h('svg', {viewBox: '0 0 24 24', width: 18, height: 18, 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor',
                                           'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round'},
        h('path', {d: dark ? 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4'
                           : 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z'})));
    this.changed();
  }
}

const HELP = {
  Keys: [['/', 'the filter box; Esc empties and leaves it'], ['j  k', 'next and previous test'], ['n  p', 'next and previous test that failed'],
         ['[  ]', 'previous and next attempt'], ['c', 'copy the command that runs the test again'], ['1 ... 5', 'the views'], ['t', 'dark or light'], ['Esc', 'back to the list'],
         ['+  -  0', 'zoom the timeline, all of it; the wheel zooms, dragging moves']],
  Filters: [['word', 'its suite or name holds the word; "two words" in quotes'], ['is:failed', 'a verdict or an ending: flaky, crashed, timed_out, leaked, ...'],
            ['is:bad', 'counts as a failure; also: is:retried, is:run'], ['tag:net', 'has this tag'], ['suite: file: name:', 'contains this text'],
            ['slower:100ms', 'took longer; also: faster:2s'], ['attempts:2', 'had at least this many attempts'], ['worker:3', 'ran on this worker'],
            ['says:timeout', 'a failure or its output contains this text'], ['-token', 'does not match the token']],
};

function showHelp() {
  const box = document.getElementById('help-box');
  if (box.open) return;
  replaceChildren(box, Object.entries(HELP).map(([title, rows]) => [h('h2', {}, title), h('dl', {}, rows.map(([key, text]) => [h('dt', {}, key), h('dd', {}, text)]))]));
  box.showModal();
  box.onclick = (event) => event.target === box && box.close();
}

function start() {
  let report;
  try {
    report = readDocument();
  } catch (broken) {
    document.getElementById('loading').textContent = 'The data in this page cannot be read: ' + broken.message;
    throw broken;
  }
  new App(report).start();
}
