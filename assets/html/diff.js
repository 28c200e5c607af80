// Where two values differ.

// The edits that turn one array into the other, as {sign: ' ' | '-' | '+', a, b} with indices. The longest common
// subsequence by dynamic programming, where it is affordable; otherwise what is between the common ends is exchanged.
function edits(a, b, affordable) {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) ++head;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) ++tail;
  const rows = a.length - head - tail;
  const columns = b.length - head - tail;
  const found = [];
  for (let i = 0; i < head; ++i) found.push({sign: ' ', a: i, b: i});
  let i = 0;
  let j = 0;
  if (rows > 0 && columns > 0 && rows * columns <= affordable) {
    const width = columns + 1;
    const lengths = new Uint32Array((rows + 1) * width);
    for (let y = rows - 1; y >= 0; --y) {
      for (let x = columns - 1; x >= 0; --x) {
        lengths[y * width + x] = a[head + y] === b[head + x] ? lengths[(y + 1) * width + x + 1] + 1
            : Math.max(lengths[(y + 1) * width + x], lengths[y * width + x + 1]);
      }
    }
    while (i < rows && j < columns) {
      if (a[head + i] === b[head + j]) found.push({sign: ' ', a: head + i++, b: head + j++});
      else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) found.push({sign: '-', a: head + i++, b: head + j});
      else found.push({sign: '+', a: head + i, b: head + j++});
    }
  }
  while (i < rows) found.push({sign: '-', a: head + i++, b: head + j});
  while (j < columns) found.push({sign: '+', a: head + i, b: head + j++});
  for (let k = 0; k < tail; ++k) found.push({sign: ' ', a: a.length - tail + k, b: b.length - tail + k});
  return found;
}

// Both texts as pieces for h(), with what differs in <mark>.
function marked(left, right) {
  const split = (text) => text.match(/\w+|\\.|\s+|[^]/g) || [];
  const a = split(left);
  const b = split(right);
  const sides = [[], []];
  let open = [[], []];
  const close = () => {
    open.forEach((words, side) => {
      if (words.length) sides[side].push(h('mark', {}, visible(words.join(''))));
    });
    open = [[], []];
  };
  for (const edit of edits(a, b, 250000)) {
    if (edit.sign === ' ') {
      close();
      sides[0].push(visible(a[edit.a]));
      sides[1].push(visible(b[edit.b]));
    } else if (edit.sign === '-') {
      open[0].push(a[edit.a]);
    } else {
      open[1].push(b[edit.b]);
    }
  }
  close();
  return sides;
}

const ESCAPES = {n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '0': '\0'};

// The lines of a quoted text ("one\ntwo"), or null where it is none. Other escapes stay as they are.
function linesOf(value) {
  if (value.length < 2 || value[0] !== '"' || value[value.length - 1] !== '"') return null;
  const text = value.slice(1, -1).replace(/\\([nt"\\])/g, (whole, letter) => ESCAPES[letter]);
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  else lines[lines.length - 1] += '\u2424no line end';
  return lines;
}

// The elements of a container ("{1, {2, 3}, "a, b"}"), or null where it is none.
function elementsOf(value) {
  const close = {'{': '}', '[': ']'}[value[0]];
  if (!close || value[value.length - 1] !== close) return null;
  const found = [];
  let depth = 0;
  let start = 1;
  for (let i = 1; i < value.length - 1; ++i) {
    const character = value[i];
    if (character === '"') {
      for (++i; i < value.length && value[i] !== '"'; ++i) if (value[i] === '\\') ++i;
    } else if ('{[('.includes(character)) {
      ++depth;
    } else if ('}])'.includes(character)) {
      --depth;
    } else if (character === ',' && depth === 0) {
      found.push(value.slice(start, i).trim());
      start = i + 1;
    }
  }
  const rest = value.slice(start, -1).trim();
  if (rest !== '' || found.length) found.push(rest);
  return depth === 0 ? found : null;
}

// What two compared values look like: {block} of lines, or {rows} for the list of a failure's card.
function differenceOf(failure) {
  const {left, right} = failure;
  const names = [failure.left_name || 'left', failure.right_name || 'right'];
  for (const [split, first, least] of [[linesOf, 1, 2], [elementsOf, 0, 9]]) {
    const a = split(left);
    const b = split(right);
    if (!a || !b || Math.max(a.length, b.length) < least) continue;
    return {block: lineDiff(a, b, first, names), rows: []};
  }
  const [one, other] = marked(left, right);
  return {block: null, rows: [h('dt', {}, names[0]), h('dd', {class: 'minus'}, one), h('dt', {}, names[1]), h('dd', {class: 'plus'}, other)]};
}

function lineDiff(a, b, first, names) {
  const context = 3;
  const all = edits(a, b, 4000000);
  const near = new Uint8Array(all.length);
  all.forEach((edit, at) => {
    if (edit.sign === ' ') return;
    for (let i = Math.max(0, at - context); i <= Math.min(all.length - 1, at + context); ++i) near[i] = 1;
  });
  const box = h('div', {class: 'diff', tabindex: 0, role: 'group', 'aria-label': 'Difference'});
  for (let at = 0; at < all.length;) {
    if (!near[at]) {
      const start = at;
      while (at < all.length && !near[at]) ++at;
      box.appendChild(h('div', {class: 'gap'}, counted(at - start, 'equal line')));
    } else if (all[at].sign === ' ') {
      box.appendChild(diffLine(' ', all[at].a + first, visible(a[all[at].a])));
      ++at;
    } else {
      at = changedLines(box, all, at, a, b, first);
    }
  }
  return [h('div', {class: 'diff-key'}, h('span', {}, '\u2212 ' + names[0]), h('span', {}, '+ ' + names[1])), box];
}

// A run of changes: what went first, then what came, each pair of lines with its own differences marked.
function changedLines(box, all, at, a, b, first) {
  const gone = [];
  const come = [];
  for (; at < all.length && all[at].sign !== ' '; ++at) (all[at].sign === '-' ? gone : come).push(all[at]);
  const pairs = gone.length === come.length ? gone.map((edit, i) => marked(a[edit.a], b[come[i].b])) : null;
  gone.forEach((edit, i) => box.appendChild(diffLine('-', edit.a + first, pairs ? pairs[i][0] : visible(a[edit.a]))));
  come.forEach((edit, i) => box.appendChild(diffLine('+', edit.b + first, pairs ? pairs[i][1] : visible(b[edit.b]))));
  return at;
}

function diffLine(sign, number, pieces) {
  const kind = {' ': '', '-': 'minus', '+': 'plus'}[sign];
  return h('div', {class: kind}, h('span', {class: 'no'}, number), h('span', {class: 'sign'}, sign === '-' ? '\u2212' : sign), h('span', {}, pieces));
}
