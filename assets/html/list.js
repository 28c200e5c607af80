// The list of tests: only the rows that can be seen exist, so it is as quick with 100,000 tests as with ten.

const ROW = 34;
const MOST_ON_PAPER = 2000;

const SORTS = {
  trouble: ['problems first', (a, b) => a.rank - b.rank || a.index - b.index],
  declared: ['as declared', (a, b) => a.index - b.index],
  name: ['by name', (a, b) => (a.full < b.full ? -1 : a.full > b.full ? 1 : a.index - b.index)],
  time: ['slowest first', (a, b) => b.duration_ms - a.duration_ms || a.index - b.index],
};
const GROUPINGS = {suite: 'by suite', file: 'by file', none: 'ungrouped'};

// The rows for the tests: {group, tests, open} and {test}, groups with problems first where problems come first.
function rowsOf(tests, grouping, sort, closed) {
  const sorted = tests.slice().sort(SORTS[sort][1]);
  if (grouping === 'none') return sorted.map((test) => ({test}));
  const groups = new Map();
  for (const test of sorted) {
    const name = test[grouping];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(test);
  }
  const rows = [];
  for (const [group, members] of groups) {
    const open = !closed.has(group);
    rows.push({group, tests: members, open});
    if (open) for (const test of members) rows.push({test});
  }
  return rows;
}

class TestList {
  // open(test) is called for a click on a test.
  constructor(open) {
    this.open = open;
    this.closed = new Set();
    this.rows = [];
    this.elements = new Map();
    this.space = h('div', {class: 'list-space'});
    this.box = h('div', {class: 'list', id: 'list', tabindex: 0, role: 'listbox', 'aria-label': 'Tests'}, this.space);
    this.box.addEventListener('scroll', () => this.draw());
    this.space.addEventListener('click', (event) => this.clicked(event));
    new ResizeObserver(() => this.draw()).observe(this.box);
  }

  show(tests, grouping, sort) {
    this.shown = {tests, grouping, sort};
    this.rows = rowsOf(tests, grouping, sort, this.closed);
    this.grouping = grouping;
    this.space.style.height = this.rows.length * ROW + 'px';
    this.drop();
    this.draw();
  }

  choose(test) {
    this.chosen = test;
    for (const [at, element] of this.elements) element.classList.toggle('chosen', this.rows[at].test === test);
  }

  // Brings the row of a test into view.
  reveal(test) {
    const at = this.rows.findIndex((row) => row.test === test);
    if (at < 0) return;
    const height = this.box.clientHeight;
    if (at * ROW < this.box.scrollTop) this.box.scrollTop = Math.max(0, (at - 1) * ROW);
    else if ((at + 1) * ROW > this.box.scrollTop + height) this.box.scrollTop = (at + 2) * ROW - height;
    this.draw();
  }

  // The test `steps` rows from the given one, as far as there is one; the first where none is given. With `which`, only
  // tests that it is true for count.
  neighbour(test, steps, which = () => true) {
    const tests = this.rows.filter((row) => row.test && (row.test === test || which(row.test))).map((row) => row.test);
    const at = tests.indexOf(test);
    if (at < 0) return tests[0] || null;
    return tests[Math.max(0, Math.min(tests.length - 1, at + steps))];
  }

  draw(all = false) {
    const first = all ? 0 : Math.max(0, Math.floor(this.box.scrollTop / ROW) - 8);
    const end = Math.min(this.rows.length, all ? MOST_ON_PAPER : Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 8);
    for (const [at, element] of this.elements) {
      if (at >= first && at < end) continue;
      element.remove();
      this.elements.delete(at);
    }
    let next = null;
    for (let at = end - 1; at >= first; --at) {
      let element = this.elements.get(at);
      if (!element) {
        element = this.row(this.rows[at]);
        element.style.top = at * ROW + 'px';
        element.dataset.at = at;
        this.elements.set(at, element);
        this.space.insertBefore(element, next);
      }
      next = element;
    }
  }

  drop() {
    this.space.textContent = '';
    this.elements.clear();
  }

  row(row) {
    if (!row.test) return this.groupRow(row);
    const test = row.test;
    const path = this.grouping === 'suite' || test.suite === '' ? null : h('span', {class: 'soft'}, spelled(test.suite) + ' \u203a ');
    return h('a', {class: `row of-${test.tone}` + (test === this.chosen ? ' chosen' : ''), role: 'option', href: '#/tests/' + test.id, tabindex: -1,
                   'aria-selected': String(test === this.chosen)},
        h('span', {class: 'dot', title: wordOf(test.word)}),
        h('span', {class: 'title', title: test.title.slice(0, 1000)}, path, test.title.slice(0, 400)),
        test.verdict === 'passed' ? null : word(test.word, test.tone),
        test.tags.length ? h('span', {class: 'tags'}, test.tags.map(spelled).join('  ')) : null,
        h('span', {class: 'time', title: timeMeaning(test)}, test.attempts.length ? timeText(test.duration_ms) : ''));
  }

  groupRow(row) {
    const tones = new Map();
    for (const test of row.tests) tones.set(test.tone, (tones.get(test.tone) || 0) + 1);
    const tally = ['fail', 'lost', 'flaky', 'known', 'skip', 'pass'].filter((tone) => tones.has(tone));
    const label = row.group === '' ? (this.grouping === 'suite' ? 'no suite' : 'no file') : spelled(row.group);
    return h('div', {class: 'row group' + (row.open ? ' open' : ''), role: 'presentation'},
        h('span', {class: 'twist'}), h('span', {class: 'title', title: label}, label),
        h('span', {class: 'tally', title: counted(row.tests.length, 'test')}, tally.map((tone) => h('span', {class: 'of-' + tone}, grouped(tones.get(tone))))));
  }

  clicked(event) {
    const element = event.target.closest('.row');
    if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = this.rows[element.dataset.at];
    if (row.test) return this.open(row.test);
    row.open ? this.closed.add(row.group) : this.closed.delete(row.group);
    this.show(this.shown.tests, this.shown.grouping, this.shown.sort);
  }
}
