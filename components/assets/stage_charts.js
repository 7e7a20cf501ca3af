// The charts of a stage: how large each is drawn so that its type can be read from afar, in what phases, how maps fly.
'use strict';
const Charts = (() => {
  const TYPE = 14; // px of a chart's labels as it is laid out
  const LARGEST = 0.04; // of the slide's height: labels need not be larger
  const WIDTHS = [520, 1280]; // px a chart may be laid out in before it is enlarged
  const GOALS = ['goal', 'standard'];
  const about = (spec) => spec.usermeta ?? {};
  const height = (spec, width) => (about(spec).heights ?? [[0, spec.height]]).filter(([least]) => width >= least).at(-1)[1];

  // Choose the width to lay a chart out in: the one that fills a box with the largest type.
  function fit(spec, box, slide) {
    const most = slide * LARGEST / TYPE;
    let best = { width: WIDTHS[0], scale: 0 };
    for (let width = about(spec).least ?? (about(spec).heights ? 500 : WIDTHS[0]); width <= WIDTHS[1]; width += 10) {
      const scale = Math.min(box.width / width, box.height / height(spec, width), most);
      if (scale > best.scale - 1e-6) best = { width, scale };
    }
    return best;
  }

  // Phases: the question, what was reached, all. Only charts that say so can hide some of their marks; others hide whole.
  // Marks on a scale come by their kind, verdicts in words (`phase`) with all; names of rows are always there.
  const comes = (row) => row && ('position' in row || 'phase' in row);
  const phased = (spec) => (about(spec).phased ? Object.entries(spec.datasets ?? {}).filter(([, rows]) => Array.isArray(rows) && comes(rows[0])) : []);
  function phases(words) {
    const kinds = new Set(phased(words.specification).flatMap(([, rows]) => rows.filter((row) => row.kind).map((row) => GOALS.includes(row.kind))));
    return [...(words.question ? ['question'] : []), ...(kinds.size === 2 ? ['results'] : []), 'all'];
  }
  const shows = (phase, row) => phase === 'all' || (phase === 'results' && row.kind && !GOALS.includes(row.kind));

  async function draw(words, width) {
    const place = document.createElement('div');
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', words.alt);
    const spec = words.specification;
    const made = await vegaEmbed(place, { ...spec, width, autosize: { type: 'pad', contains: 'padding' } }, { actions: false, renderer: 'svg', mode: 'vega-lite', ast: true });
    const picture = place.querySelector('svg');
    picture.setAttribute('viewBox', `0 0 ${picture.getAttribute('width')} ${picture.getAttribute('height')}`);
    for (const name of ['width', 'height']) picture.removeAttribute(name);
    picture.setAttribute('preserveAspectRatio', about(spec).heights ? 'xMidYMid meet' : 'xMinYMid meet');
    return { place, picture, view: made.view, rows: phased(spec), phase: 'all', map: map(spec, width) };
  }
  async function show(made, phase) {
    if (made.phase === phase) return;
    made.phase = phase;
    for (const [name, rows] of made.rows) made.view.data(name, rows.filter((row) => shows(phase, row)));
    await made.view.runAsync();
  }

  // Two maps in a row are one place seen from two heights: both are Mercator, so the new one begins where the old one was.
  const plane = (lat) => Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360));
  function map(spec, width) {
    const { heights, scales } = about(spec);
    if (!scales) return null;
    const size = heights.findLastIndex(([least]) => width >= least);
    const [lon, lat] = spec.projection.center;
    return { lon: lon * Math.PI / 180, lat: plane(lat), scale: scales[size], x: width / 2, y: heights[size][1] / 2 };
  }
  function view(made) { // px of the screen a radian takes, and where longitude and latitude 0 would stand
    if (!made?.map || !made.picture.isConnected) return null;
    const on = made.picture.querySelector('g')?.getScreenCTM();
    if (!on) return null;
    const { lon, lat, scale, x, y } = made.map;
    return { radian: on.a * scale, x: on.e + on.a * (x - lon * scale), y: on.f + on.a * (y + lat * scale) };
  }
  function fly(made, from) {
    const to = view(made);
    if (!from || !to || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const box = made.place.getBoundingClientRect();
    const times = from.radian / to.radian;
    const [x, y] = [from.x - box.left - times * (to.x - box.left), from.y - box.top - times * (to.y - box.top)];
    if (Math.abs(times - 1) < 0.01 && Math.hypot(x, y) < 2) return;
    made.place.style.transformOrigin = '0 0';
    made.place.animate([{ transform: `translate(${x}px, ${y}px) scale(${times})` }, { transform: 'none' }], { duration: 700, easing: 'cubic-bezier(.4, 0, .2, 1)' });
  }
  return { fit, phased, phases, draw, show, view, fly };
})();
