// What ran when on which worker: a canvas, since there may be a hundred thousand slices.

// Every attempt that took a time: {test, attempt, lane, start, end, tone}.
function slicesOf(tests) {
  const slices = [];
  for (const test of tests) {
    for (const attempt of test.attempts) {
      if (attempt.ending === 'lost' && attempt.duration_ms === 0) continue;
      slices.push({test, attempt, lane: attempt.slot, start: attempt.started_ms, end: attempt.started_ms + attempt.duration_ms, tone: toneOf(attempt.ending)});
    }
  }
  return slices;
}

// The slices of each worker in the order of time. The workers of a machine stand together, those of the run's own first.
function lanesOf(slices) {
  const lanes = [];
  for (const slice of slices) (lanes[slice.lane] = lanes[slice.lane] || []).push(slice);
  for (let i = 0; i < lanes.length; ++i) {
    (lanes[i] = lanes[i] || []).sort((a, b) => a.start - b.start);
    lanes[i].worker = i;
    lanes[i].host = lanes[i].length ? lanes[i][0].attempt.host || '' : '';
    lanes[i].label = lanes[i].host ? `${lanes[i].host.slice(0, 14)} \u00b7 ${i}` : String(i);
  }
  return lanes.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : a.worker - b.worker));
}

function endOf(report, slices) {
  return slices.reduce((latest, slice) => Math.max(latest, slice.end), Math.max(report.run.duration_ms, 0.001));
}

function niceStep(span, most) {
  const least = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].find((each) => each * power >= least) * power;
}

// The numbers of a layout are CSS pixels.
function layoutOf(canvas, lanes, small) {
  const width = canvas.clientWidth - (small ? 40 : 0);
  const height = canvas.clientHeight - (small ? 16 : 0);
  const left = small ? 0 : lanes.some((lane) => lane.host) ? 164 : 64;
  const top = small ? 0 : 34;
  const pitch = Math.max(small ? 2 : 10, Math.min(small ? 30 : 54, (height - top - (small ? 0 : 12)) / Math.max(1, lanes.length)));
  const gap = pitch > 8 ? Math.min(10, pitch * 0.24) : 0.5;
  return {width, height, left, top, pitch, bar: pitch - gap, right: small ? 0 : 16};
}

// view: {lanes, from, to, small, scroll, matches(test), hovered}
function drawTimeline(canvas, view) {
  const layout = layoutOf(canvas, view.lanes, view.small);
  if (layout.width <= 0 || layout.height <= 0) return layout;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(layout.width * ratio);
  canvas.height = Math.round(layout.height * ratio);
  const pen = canvas.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, layout.width, layout.height);
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue('--' + name).trim();
  const span = view.to - view.from;
  const scale = (layout.width - layout.left - layout.right) / span;
  const place = {...layout, scale, x: (time) => layout.left + (time - view.from) * scale, y: (lane) => layout.top + lane * layout.pitch - (view.scroll || 0)};
  if (!view.small) drawAxis(pen, place, view, color);
  pen.save();
  pen.beginPath();
  pen.rect(layout.left, layout.top, layout.width - layout.left, layout.height - layout.top);
  pen.clip();
  const fills = {};
  for (const tone of ['pass', 'fail', 'skip', 'lost']) fills[tone] = color(tone + '-fill');
  view.lanes.forEach((slices, lane) => drawLane(pen, place, view, slices, lane, fills, color));
  pen.restore();
  if (!view.small) drawLabels(pen, place, view, color);
  return place;
}

function drawAxis(pen, place, view, color) {
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  const step = niceStep(view.to - view.from, (place.width - place.left) / 110);
  for (let i = Math.ceil(view.from / step); i * step <= view.to; ++i) {
    const x = Math.round(place.x(i * step)) + 0.5;
    pen.strokeStyle = color('line');
    pen.beginPath();
    pen.moveTo(x, place.top - 6);
    pen.lineTo(x, place.height);
    pen.stroke();
    pen.fillStyle = color('soft');
    const text = tickText(i * step, step);
    if (x + 5 + pen.measureText(text).width < place.width) pen.fillText(text, x + 5, place.top / 2);
  }
}

// As many decimals as the step needs, all in the unit of the step.
function tickText(time, step) {
  if (time === 0) return '0';
  const [factor, unit] = step >= 1000 ? [1000, 's'] : step >= 1 || time >= 1000 ? (time >= 1000 ? [1000, 's'] : [1, 'ms']) : step >= 0.001 && time < 1 ? [0.001, '\u00b5s'] : [1, 'ms'];
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(step / factor) + 1e-9)));
  return (time / factor).toFixed(decimals) + ' ' + unit;
}

function drawLane(pen, place, view, slices, lane, fills, color) {
  const y = place.y(lane);
  if (y > place.height || y + place.pitch < place.top) return;
  pen.fillStyle = color(view.small ? 'well' : 'paper');
  pen.fillRect(place.left, y, place.width - place.left - place.right, place.bar);
  // Slices that are narrower than a pixel are drawn as one; what failed is drawn last, so that it is seen.
  const late = [];
  let drawn = -1;
  for (let i = firstEndingAfter(slices, view.from); i < slices.length && slices[i].start <= view.to; ++i) {
    const slice = slices[i];
    if (slice.tone !== 'pass') {
      late.push(slice);
      continue;
    }
    const x = place.x(slice.start);
    const width = Math.max(place.x(slice.end) - x, 0.8);
    if (x + width < drawn + 0.4) continue;
    drawn = x + width;
    drawSlice(pen, place, view, slice, x, y, width, fills.pass);
  }
  for (const slice of late) {
    const x = place.x(slice.start);
    drawSlice(pen, place, view, slice, x, y, Math.max(place.x(slice.end) - x, 2), fills[slice.tone]);
  }
}

function drawSlice(pen, place, view, slice, x, y, width, fill) {
  pen.globalAlpha = view.matches && !view.matches(slice.test) ? 0.16 : 1;
  pen.fillStyle = fill;
  const seam = width > 4 ? 1 : 0;
  pen.fillRect(x, y, width - seam, place.bar);
  if (!view.small && width > 46 && place.bar > 15) {
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width - 4, place.bar);
    pen.clip();
    pen.fillStyle = '#fff';
    pen.fillText(slice.test.title.slice(0, 120), Math.max(x, place.left) + 7, y + place.bar / 2 + 1);
    pen.restore();
  }
  if (view.hovered === slice) {
    pen.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
    pen.lineWidth = 2;
    pen.strokeRect(x, y + 1, Math.max(width - seam, 2), place.bar - 2);
    pen.lineWidth = 1;
  }
  pen.globalAlpha = 1;
}

function drawLabels(pen, place, view, color) {
  pen.fillStyle = color('card');
  pen.fillRect(0, place.top, place.left - 4, place.height);
  pen.fillStyle = color('soft');
  pen.textAlign = 'right';
  const every = Math.max(1, Math.ceil(15 / place.pitch));
  for (let lane = 0; lane < view.lanes.length; lane += every) {
    const y = place.y(lane);
    if (y + place.bar > place.top) pen.fillText(view.lanes[lane].label, place.left - 14, y + place.bar / 2 + 1);
  }
  pen.fillText('worker', place.left - 14, place.top / 2);
  pen.textAlign = 'left';
}

// Slices of a lane do not overlap, so their ends rise as well.
function firstEndingAfter(slices, time) {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slices[middle].end < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Timeline {
  constructor(report, actions) {
    this.actions = actions;
    this.tip = document.getElementById('tip');
    const slices = slicesOf(report.tests);
    this.all = endOf(report, slices);
    this.view = {lanes: lanesOf(slices), from: 0, to: this.all, scroll: 0, hovered: null};
    this.pointers = new Map();
    this.canvas = h('canvas', {id: 'lanes', tabindex: 0, role: 'application', 'aria-label':
        'Timeline of the workers. Arrow keys move, plus and minus zoom, 0 shows all. The list of tests has the same in text.'});
    const button = (label, title, act) => h('button', {class: 'plain', type: 'button', title, click: act}, label);
    this.shown = h('span', {class: 'soft'});
    this.below = h('div', {class: 'in-view'});
    this.element = h('div', {class: 'timeline'},
        h('div', {class: 'pane-head'},
            h('span', {class: 'keys'}, [['pass', 'passed'], ['fail', 'failed'], ['skip', 'skipped']].map(([tone, name]) =>
                h('span', {class: 'of-' + tone}, h('span', {class: 'dot'}), name))),
            h('span', {class: 'spring'}), this.shown,
            button('\u2212', 'Zoom out (-)', () => this.zoom(2)), button('+', 'Zoom in (+)', () => this.zoom(0.5)), button('All', 'Show all (0)', () => this.fit())),
        this.canvas, this.below);
    this.canvas.style.height = 34 + 12 + Math.max(1, this.view.lanes.length) * 54 + 'px';
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
  }

  listen() {
    this.canvas.addEventListener('wheel', (event) => this.wheel(event), {passive: false});
    this.canvas.addEventListener('pointerdown', (event) => this.press(event));
    this.canvas.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel']) this.canvas.addEventListener(name, (event) => this.release(event));
    this.canvas.addEventListener('pointerleave', () => this.hover(null));
    this.canvas.addEventListener('dblclick', (event) => this.zoom(0.25, this.timeAt(event.offsetX)));
    this.canvas.addEventListener('keydown', (event) => this.key(event));
  }

  show(matches, narrowed) {
    this.view.matches = narrowed ? matches : null;
    this.draw();
  }

  draw() {
    this.place = drawTimeline(this.canvas, this.view);
    this.shown.textContent = this.view.to - this.view.from < this.all * 0.999
        ? `${timeText(this.view.from)} to ${timeText(this.view.to)}` : timeText(this.all);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.listBelow());
  }

  // The longest of what is in view, as text.
  listBelow() {
    const {lanes, from, to, matches} = this.view;
    const seen = [];
    for (const lane of lanes) {
      for (let i = firstEndingAfter(lane, from); i < lane.length && lane[i].start <= to; ++i) if (!matches || matches(lane[i].test)) seen.push(lane[i]);
    }
    seen.sort((a, b) => b.end - b.start - (a.end - a.start));
    const longest = seen.length ? seen[0].end - seen[0].start : 0;
    replaceChildren(this.below, longest <= 0 ? null : h('section', {class: 'card'}, h('h2', {}, 'Longest in view', h('span', {class: 'count'}, `of ${grouped(seen.length)}`)),
        h('div', {class: 'bars'}, seen.slice(0, 12).map((slice) => durationBar(slice.test, slice.tone, slice.end - slice.start, longest,
            this.actions.link({view: 'tests', test: slice.test.id, attempt: slice.test.attempts.length > 1 ? slice.attempt.number : 0}))))));
  }

  timeAt(x) {
    return this.view.from + (x - this.place.left) / this.place.scale;
  }

  sliceAt(x, y) {
    const {place, view} = this;
    if (!place || x < place.left || y < place.top) return null;
    const lane = view.lanes[Math.floor((y - place.top + view.scroll) / place.pitch)];
    if (!lane) return null;
    const near = 3 / place.scale;
    const time = this.timeAt(x);
    let best = null;
    for (let i = firstEndingAfter(lane, time - near); i < lane.length && lane[i].start <= time + near; ++i) {
      const slice = lane[i];
      const away = Math.max(slice.start - time, time - slice.end, 0) - (slice.tone === 'fail' ? near / 2 : 0);
      if (best === null || away < best.away) best = {slice, away};
    }
    return best && best.slice;
  }

  set(from, to) {
    const span = Math.max(0.002, Math.min(this.all, to - from));
    this.view.from = Math.max(0, Math.min(this.all - span, from));
    this.view.to = this.view.from + span;
    this.draw();
  }

  fit() {
    this.view.scroll = 0;
    this.set(0, this.all);
  }

  // Zooms so that `time` stays where it is.
  zoom(factor, time = (this.view.from + this.view.to) / 2) {
    this.set(time - (time - this.view.from) * factor, time + (this.view.to - time) * factor);
  }

  pan(pixels) {
    const time = pixels / this.place.scale;
    const span = this.view.to - this.view.from;
    const from = Math.max(0, Math.min(this.all - span, this.view.from + time));
    this.set(from, from + span);
  }

  scroll(pixels) {
    const height = this.view.lanes.length * this.place.pitch + this.place.top - this.place.height + 12;
    this.view.scroll = Math.max(0, Math.min(Math.max(0, height), this.view.scroll + pixels));
    this.draw();
  }

  wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 30 : 1;
    if (event.shiftKey) this.scroll(event.deltaY * unit);
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.pan(event.deltaX * unit);
    else this.zoom(2 ** (event.deltaY * unit / 300), this.timeAt(event.offsetX));
  }

  press(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, {x: event.offsetX, y: event.offsetY});
    this.travelled = 0;
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return this.hover(event);
    const now = {x: event.offsetX, y: event.offsetY};
    this.travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId);
    if (other) {
      const [a, b] = [Math.abs(before.x - other[1].x), Math.abs(now.x - other[1].x)];
      if (a > 8 && b > 8) this.zoom(a / b, this.timeAt((now.x + other[1].x) / 2));
    } else if (this.travelled > 4) {
      this.canvas.classList.add('drag');
      this.hover(null);
      this.pan(before.x - now.x);
      this.scroll(before.y - now.y);
    }
    this.pointers.set(event.pointerId, now);
  }

  release(event) {
    const alone = this.pointers.size === 1;
    this.pointers.delete(event.pointerId);
    this.canvas.classList.remove('drag');
    if (event.type !== 'pointerup' || !alone || this.travelled > 4) return;
    const slice = this.sliceAt(event.offsetX, event.offsetY);
    if (slice) this.actions.open(slice.test, slice.attempt.number);
  }

  hover(event) {
    const slice = event ? this.sliceAt(event.offsetX, event.offsetY) : null;
    this.canvas.classList.toggle('over', slice !== null);
    if (slice !== this.view.hovered) {
      this.view.hovered = slice;
      this.draw();
    }
    this.tip.hidden = slice === null;
    if (slice) this.showTip(slice, event);
  }

  showTip(slice, event) {
    const {test, attempt} = slice;
    replaceChildren(this.tip, h('b', {}, spelled(test.full).slice(0, 400)),
        h('span', {class: 'of-' + slice.tone}, word(attempt.ending, slice.tone)), ` ${timeText(attempt.duration_ms)} \u00b7 from ${timeText(attempt.started_ms)}`,
        test.attempts.length > 1 ? ` \u00b7 attempt ${attempt.number}` : '');
    const box = this.tip.getBoundingClientRect();
    this.tip.style.left = Math.max(6, Math.min(event.clientX + 14, innerWidth - box.width - 8)) + 'px';
    this.tip.style.top = (event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 12 : event.clientY + 18) + 'px';
  }

  key(event) {
    const act = {
      ArrowLeft: () => this.pan(-80), ArrowRight: () => this.pan(80), ArrowUp: () => this.scroll(-60), ArrowDown: () => this.scroll(60),
      '+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2), 0: () => this.fit(),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}
