// Everything that a test or its author wrote reaches the page through h() and becomes a text node: never markup.

const SVG = 'http://www.w3.org/2000/svg';

// An element. Attributes: a function is a listener, null or false leaves the attribute out. Children: nodes, texts,
// arrays of them, null for nothing.
function h(tag, attributes, ...children) {
  const element = tag === 'svg' || tag === 'path' ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, child) {
  if (Array.isArray(child)) for (const each of child) append(element, each);
  else if (child instanceof Node) element.appendChild(child);
  else if (child !== null && child !== undefined && child !== '') element.appendChild(document.createTextNode(String(child)));
}

function replaceChildren(element, ...children) {
  element.textContent = '';
  append(element, children);
  return element;
}

// Controls, marks that turn or hide text, and what is no character: shown by their number, so that nothing can pretend.
const UNSEEN = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u115f\\u1160\\u17b4\\u17b5' +
    '\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb]|\\ud80d[\\udc30-\\udc3f]|\\ud82f[\\udca0-\\udca3]|' +
    '\\ud834[\\udd73-\\udd7a]|[\\udb40-\\udb43][\\udc00-\\udfff]', 'g');
const UNSEEN_OR_BREAK = new RegExp(UNSEEN.source + '|[\\t\\n]', 'g');

function spell(character) {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0).toString(16);
  if (code.length > 4) return '\\U' + code.padStart(8, '0');
  return code.length <= 2 ? '\\x' + code.padStart(2, '0') : '\\u' + code.padStart(4, '0');
}

// In one line and as plain text: for titles and labels.
function spelled(text) {
  return text.replace(UNSEEN_OR_BREAK, spell);
}

// Text as pieces for h(): what cannot be seen is spelled and marked as such. Lines and tabs stay.
function visible(text, pattern = UNSEEN) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) pieces.push(text.slice(at, match.index));
    pieces.push(h('span', {class: 'ctl'}, spell(match[0])));
    at = match.index + match[0].length;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function visibleLine(text) {
  return visible(text, UNSEEN_OR_BREAK);
}

// ---- numbers ----

function counted(count, one, many = one + 's') {
  return grouped(count) + '\u00a0' + (count === 1 ? one : many);
}

function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

// Three digits that matter: "85.0 \u00b5s", "1.25 s", "4m 10s".
function timeText(ms) {
  if (!(ms > 0)) return '0 ms';
  if (ms < 1) return threeDigits(ms * 1000) + '\u00a0\u00b5s';
  if (ms < 1000) return threeDigits(ms) + '\u00a0ms';
  if (ms < 60e3) return threeDigits(ms / 1000) + '\u00a0s';
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return Math.floor(seconds / 60) + 'm\u00a0' + String(seconds % 60).padStart(2, '0') + 's';
  return Math.floor(seconds / 3600) + 'h\u00a0' + String(Math.floor(seconds / 60) % 60).padStart(2, '0') + 'm';
}

function threeDigits(value) {
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function sizeText(bytes) {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    ++unit;
  }
  return (unit === 0 ? String(bytes) : threeDigits(bytes)) + '\u00a0' + units[unit];
}

function percentText(share) {
  return (share >= 0.1 || share === 0 ? (share * 100).toFixed(0) : (share * 100).toFixed(1)) + '\u00a0%';
}

// ---- output with colours ----

const SGR = /\u001b\[([\d;:]*)m/g;

// The lines of what a test printed, each an element. Colours and weights are kept; any other escape is spelled. Of a
// line that was written over (\r) the last version is shown, as a terminal would have it.
function* outputLines(text) {
  const pen = {};
  for (const raw of text.replace(/\r+\n/g, '\n').replace(/\n$/, '').split('\n')) {
    const line = h('div', {class: /^\[\.\.\. \d+ bytes left out/.test(raw) ? 'left-out' : null});
    const start = raw.replace(/\r+$/, '').lastIndexOf('\r') + 1;
    for (const match of raw.slice(0, start).matchAll(SGR)) changePen(pen, match[1]);
    let at = start;
    SGR.lastIndex = start;
    for (let match; (match = SGR.exec(raw)) !== null; at = SGR.lastIndex) {
      append(line, inked(raw.slice(at, match.index), pen));
      changePen(pen, match[1]);
    }
    append(line, inked(raw.slice(at), pen));
    yield line;
  }
}

function inked(text, pen) {
  if (text === '') return null;
  const classes = Object.keys(pen).filter((key) => pen[key] === true);
  for (const [key, letter] of [['ink', 'ink'], ['ground', 'ground']]) {
    if (typeof pen[key] === 'number') classes.push(letter + pen[key]);
  }
  const own = typeof pen.ink === 'string' || typeof pen.ground === 'string';
  if (classes.length === 0 && !own) return visible(text);
  const span = h('span', {class: classes.join(' ')}, visible(text));
  if (typeof pen.ink === 'string') span.style.color = pen.ink;
  if (typeof pen.ground === 'string') span.style.backgroundColor = pen.ground;
  return span;
}

const PEN_ON = {1: 'bold', 2: 'faint', 3: 'slanted', 4: 'lined', 7: 'turned', 9: 'struck'};
const PEN_OFF = {22: ['bold', 'faint'], 23: ['slanted'], 24: ['lined'], 27: ['turned'], 29: ['struck'], 39: ['ink'], 49: ['ground']};

// ECMA-48's SGR with the 256 and the 24-bit colours that terminals have added.
function changePen(pen, parameters) {
  const codes = parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; ++i) {
    const code = codes[i];
    if (code === 0) for (const key of Object.keys(pen)) delete pen[key];
    else if (PEN_ON[code]) pen[PEN_ON[code]] = true;
    else if (PEN_OFF[code]) for (const key of PEN_OFF[code]) delete pen[key];
    else if (code === 38 || code === 48) i = mixColor(pen, code === 38 ? 'ink' : 'ground', codes, i + 1);
    else if (code >= 30 && code <= 37) pen.ink = code - 30;
    else if (code >= 40 && code <= 47) pen.ground = code - 40;
    else if (code >= 90 && code <= 97) pen.ink = code - 82;
    else if (code >= 100 && code <= 107) pen.ground = code - 92;
  }
}

function mixColor(pen, key, codes, at) {
  const byte = (value) => Math.max(0, Math.min(255, value | 0));
  if (codes[at] === 2) {
    pen[key] = `rgb(${byte(codes[at + 1])}, ${byte(codes[at + 2])}, ${byte(codes[at + 3])})`;
    return at + 3;
  }
  if (codes[at] !== 5) return at;
  const index = byte(codes[at + 1]);
  if (index < 16) {
    pen[key] = index;
  } else if (index >= 232) {
    const gray = 8 + 10 * (index - 232);
    pen[key] = `rgb(${gray}, ${gray}, ${gray})`;
  } else {
    const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
    const cube = index - 16;
    pen[key] = `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
  }
  return at + 1;
}
