// The stage: runs a talk from its data alone. Everything is loaded at once and drawn ahead, so that keys go on working without
// a network; the address says where the talk stands (#step.phase.language), so that a reload comes back to it.
'use strict';
(async () => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const live = read('live');
  const stage = document.getElementById('stage');
  const asked = new URLSearchParams(location.search);
  const isSpeaker = asked.get('view') === 'speaker';
  const follows = live.role === 'audience'; // a phone in the hall: sees, never leads
  document.body.dataset.view = isSpeaker ? 'speaker' : 'stage';

  let talk = read('talk');
  if (!talk) {
    stage.innerHTML = '<p class="loading">…</p>';
    talk = await load(live.talk);
  }
  const total = talk.slides.length;
  const now = { at: 0, phase: 0, lang: document.documentElement.lang.startsWith('en') ? 'en' : 'zh', over: '' };
  let typed = ''; // digits of a number to jump to
  let back = null; // where a detour returns to

  async function load(address) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
      try {
        const answer = await fetch(address);
        if (answer.ok) return await answer.json();
      } catch { /* the network is away: try again */ }
      await new Promise((resolve) => { setTimeout(resolve, wait); });
    }
  }

  // Charts come one by one, those near the step on screen first, until all are here and nothing more is asked for.
  const coming = new Map();
  function need(at) {
    const one = talk.slides[at];
    if (!one || one.zh.specification) return Promise.resolve();
    if (!coming.has(at)) coming.set(at, load(live.drawing.replace('{id}', one.id)).then((charts) => {
      for (const lang of Object.keys(charts)) one[lang].specification = charts[lang];
    }));
    return coming.get(at);
  }
  async function all() {
    const order = talk.slides.map((_, at) => at).sort((one, other) => Math.abs(one - now.at) - Math.abs(other - now.at));
    for (const at of order) await need(at);
    document.body.dataset.loaded = 'all';
  }

  // ---- words and small parts
  const say = (key) => talk.words[now.lang][key];
  const slide = (at = now.at) => talk.slides[at];
  const said = (at = now.at) => slide(at)[now.lang];
  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'onclick') element.onclick = value;
      else if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...inside.filter((part) => part !== null && part !== undefined));
    return element;
  }

  // ---- phases: the question, then what was reached, then what is promised
  const GOALS = ['goal', 'standard'];
  const rowsOf = (spec) => Object.entries(spec.datasets ?? {}).filter(([, rows]) => Array.isArray(rows) && rows[0] && 'kind' in rows[0] && 'position' in rows[0]);
  function phases(at = now.at) {
    const kinds = new Set(rowsOf(said(at).specification ?? {}).flatMap(([, rows]) => rows.map((row) => (GOALS.includes(row.kind) ? 'goal' : 'result'))));
    const steps = [];
    if (said(at).question) steps.push('question');
    if (kinds.size === 2) steps.push('results');
    return [...steps, 'all'];
  }
  const shows = (phase, row) => phase === 'all' || (phase === 'results' && !GOALS.includes(row.kind));

  // ---- charts, drawn once for each place they stand in and shape of the screen
  const drawn = new Map();
  function shape(box) {
    return `${Math.round(box.clientWidth / Math.max(1, box.clientHeight) * 10)}`;
  }
  async function chart(at, lang, slot, box) {
    const key = [slide(at).id, lang, slot, shape(box)].join(' ');
    if (!drawn.has(key)) drawn.set(key, draw(slide(at)[lang], box));
    return drawn.get(key);
  }
  async function draw(words, box) {
    const place = make('div', { role: 'img', 'aria-label': words.alt });
    const spec = words.specification;
    const ratio = box.clientWidth / Math.max(1, box.clientHeight);
    const width = Math.round(Math.min(1280, Math.max(600, (spec.height || 520) * ratio)));
    const result = await vegaEmbed(place, { ...spec, width, autosize: { type: 'pad', contains: 'padding' } }, { actions: false, renderer: 'svg', mode: 'vega-lite' });
    const picture = place.querySelector('svg');
    picture.setAttribute('viewBox', `0 0 ${picture.getAttribute('width')} ${picture.getAttribute('height')}`);
    for (const name of ['width', 'height']) picture.removeAttribute(name);
    picture.setAttribute('preserveAspectRatio', 'xMinYMid meet');
    return { place, view: result.view, rows: rowsOf(spec), phase: 'all' };
  }
  async function show(made, phase) {
    if (made.phase === phase) return;
    made.phase = phase;
    for (const [name, rows] of made.rows) made.view.data(name, rows.filter((row) => shows(phase, row)));
    await made.view.runAsync();
  }

  // ---- one slide
  let turn = 0; // the latest drawing wins, whatever order they finish in
  async function put(root, at, phase, slot, mine = ++turn) {
    const words = said(at);
    const asking = phase === 'question';
    const box = make('div', { class: 'chart' });
    const source = words.credits.find((line) => /^(来源|Source)/.test(line)) ?? words.credits[0];
    root.replaceChildren(make('section', { class: `slide${asking ? ' asking' : ''}` },
      make('header', {}, make('p', { class: 'chapter' }, words.chapter), make('h1', {}, asking ? words.question : words.title), make('p', { class: 'subtitle' }, words.subtitle)),
      box,
      make('footer', {}, make('p', {}, source), make('b', {}, `${at + 1} / ${total}`))));
    const before = root.dataset.ready;
    const made = await chart(at, now.lang, slot, box);
    if (slot === 'stage' && mine !== turn) return;
    await show(made, phase);
    box.replaceChildren(made.place);
    root.dataset.ready = `${slide(at).id}.${phase}.${now.lang}`;
    if (before !== root.dataset.ready) root.dispatchEvent(new CustomEvent('ready'));
  }
  const line = make('div', { class: 'line', 'aria-hidden': 'true' });

  async function render() {
    document.documentElement.lang = now.lang === 'en' ? 'en' : 'zh-Hans-CN';
    document.title = `${now.at + 1} · ${said().title}`;
    line.style.setProperty('--done', (now.at + 1) / total);
    history.replaceState(null, '', `${location.pathname}${location.search}#${slide().id}.${now.phase}.${now.lang}`);
    overlay();
    if (isSpeaker) await speaker();
    else {
      if (!line.isConnected) document.body.append(line);
      await put(stage, now.at, phases()[now.phase], 'stage');
    }
    ahead();
  }

  // What may come next is drawn while the speaker talks.
  function ahead() {
    const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 60));
    idle(async () => {
      const box = stage.querySelector('.chart');
      if (!box || isSpeaker) return;
      for (const at of [now.at + 1, now.at + 2, now.at - 1]) if (at >= 0 && at < total) { await need(at); await chart(at, now.lang, 'stage', box); }
    });
  }

  // ---- moving
  async function go(to, phase = null, lang = now.lang) {
    const at = Math.min(total - 1, Math.max(0, to));
    await need(at);
    now.lang = lang;
    now.at = at;
    now.phase = phase === null ? phases().length - 1 : Math.min(phases().length - 1, Math.max(0, phase));
    now.over = '';
    publish();
    return render();
  }
  const next = () => (now.phase < phases().length - 1 ? go(now.at, now.phase + 1) : now.at < total - 1 ? go(now.at + 1, 0) : over('end'));
  const previous = () => (now.phase > 0 ? go(now.at, now.phase - 1) : now.at > 0 ? go(now.at - 1) : null);

  // ---- detours: over the slide, one key there, the same key or Escape back
  function over(name) {
    now.over = now.over === name ? '' : name;
    publish();
    overlay();
  }
  function overlay() {
    document.querySelector('.over')?.remove();
    if (!now.over) return;
    const element = make('div', { class: `over ${now.over}`, role: 'dialog', 'aria-label': say(now.over), tabindex: '-1' });
    element.append(...({ overview, help, proof, table, qr, end: qr, black: () => [] }[now.over])());
    document.body.append(element);
    (element.querySelector('[aria-current]') ?? element).focus();
  }
  const overview = () => [make('h2', {}, say('overview')), make('ol', {}, ...talk.slides.map((one, at) => make('li', {},
    make('button', { onclick: () => go(at, 0), 'aria-current': at === now.at ? 'true' : null }, make('span', {}, `${at + 1}`), one[now.lang].title))))];
  const KEYS = [['→ PgDn ␣', 'next'], ['← PgUp', 'previous'], ['Home', 'first'], ['End', 'last'], ['O', 'overview'], ['1…9 ↵', 'jump'], ['S', 'proof'], ['T', 'table'], ['L', 'language'], ['Q', 'qr'], ['B .', 'black'], ['F', 'full'], ['V', 'speaker'], ['?', 'help'], ['Esc', 'close']];
  const help = () => [make('h2', {}, say('help')), make('dl', {}, ...KEYS.flatMap(([keys, name]) => [make('dt', {}, ...keys.split(' ').flatMap((key) => [make('kbd', {}, key), ' '])), make('dd', {}, say(name))]))];
  const proof = () => [make('h2', {}, say('proof')), make('table', {}, make('tbody', {}, ...said().proofs.map((card) => make('tr', {},
    make('td', {}, make('b', {}, card.number), make('br'), `${card.name} · ${card.place} · ${card.period}`),
    make('td', {}, `${card.title}`, make('br'), `${[card.issuer, card.date].join(' · ')}`),
    make('td', {}, `${say('paragraph')} ${card.paragraph}`, make('br'), make('mark', { lang: 'zh' }, card.printed))))))];
  const table = () => [make('h2', {}, said().title), make('table', {}, make('thead', {}, make('tr', {}, ...said().columns.map((name) => make('th', { scope: 'col' }, name)))),
    make('tbody', {}, ...said().rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, String(cell)))))))];
  function qr() {
    const own = slide().qr?.[now.lang] ?? live.qr;
    const inside = [make('h2', {}, say(now.over === 'end' ? 'end' : 'qr'))];
    if (!own) return [...inside, make('p', { class: 'qr-text' }, said().address)];
    const picture = make('div', { role: 'img', 'aria-label': own.address });
    picture.innerHTML = own.svg; // drawn by our own server, not by data
    picture.firstElementChild.setAttribute('class', 'qr');
    return [...inside, picture, make('p', { class: 'qr-text' }, own.address)];
  }

  // ---- the speaker's window
  let started = Number(asked.get('start')) || 0;
  async function speaker() {
    if (!started) restart();
    const [nowBox, thenBox] = [make('div', { class: 'now' }), make('div', { class: 'then' })];
    const time = make('div', { class: 'time' });
    const proofs = make('ul', {}, ...said().proofs.slice(0, 8).map((card) => make('li', {}, make('b', {}, card.number), ` ${card.name} · ${card.title}, ${say('paragraph')} ${card.paragraph}: `, make('mark', { lang: 'zh' }, card.printed))));
    stage.replaceChildren(make('div', { class: 'speaker' }, nowBox,
      make('div', { class: 'notes' }, make('h2', {}, say('notes')), ...said().notes.split('\n').map((part) => make('p', {}, part)), make('h2', {}, say('proof')), proofs),
      thenBox, time));
    clock(time);
    await put(nowBox, now.at, phases()[now.phase], 'now');
    const [at, phase] = now.phase < phases().length - 1 ? [now.at, now.phase + 1] : [now.at + 1, 0];
    await need(at);
    if (at < total) await put(thenBox, at, phases(at)[phase], 'then');
    stage.dataset.ready = nowBox.dataset.ready;
  }
  const minutes = (seconds) => `${seconds < 0 ? '−' : ''}${Math.floor(Math.abs(seconds) / 60)}:${String(Math.floor(Math.abs(seconds)) % 60).padStart(2, '0')}`;
  function clock(time) {
    const planned = talk.slides.slice(0, now.at + 1).reduce((sum, one) => sum + one.seconds, 0);
    const elapsed = (Date.now() - started) / 1000;
    time.classList.toggle('late', elapsed > planned);
    time.replaceChildren(
      make('div', {}, make('h2', {}, say('clock')), make('b', {}, new Date().toLocaleTimeString(now.lang === 'en' ? 'en-GB' : 'zh-CN', { hour: '2-digit', minute: '2-digit' }))),
      make('div', {}, make('h2', {}, say('elapsed')), make('b', { class: 'elapsed' }, minutes(elapsed))),
      make('div', {}, make('h2', {}, say('planned')), make('b', {}, minutes(planned))),
      make('div', {}, make('h2', {}, say('slide')), make('b', {}, `${now.at + 1} / ${total}`)),
      make('div', {}, make('button', { onclick: () => { restart(); clock(time); } }, say('restart'))));
  }
  function restart() {
    started = Date.now();
    const query = new URLSearchParams(location.search);
    query.set('start', String(started));
    history.replaceState(null, '', `${location.pathname}?${query}${location.hash}`);
  }
  if (isSpeaker) setInterval(() => { const time = document.querySelector('.time'); if (time) clock(time); }, 1000);
  function openSpeaker() {
    const query = new URLSearchParams(location.search);
    query.set('view', 'speaker');
    const opened = window.open(`${location.pathname}?${query}${location.hash}`, 'speaker', 'width=1200,height=800');
    if (opened) peers.add(opened);
  }

  // ---- windows in step: on one machine by messages, across machines through the server
  const peers = new Set(window.opener ? [window.opener] : []);
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`talk ${location.pathname} ${asked.get('pair') ?? ''}`) : null;
  const place = () => ({ talk: 'place', id: slide().id, phase: now.phase, lang: now.lang, over: ['black'].includes(now.over) ? now.over : '' });
  function publish() {
    if (follows) return;
    channel?.postMessage(place());
    for (const peer of peers) if (!peer.closed) peer.postMessage(place(), '*');
    if (live.lead) fetch(live.lead, { method: 'POST', body: JSON.stringify(place()), headers: { 'Content-Type': 'application/json' }, keepalive: true }).catch(lost);
  }
  function take(message) {
    if (message?.talk === 'hello') { channel?.postMessage(place()); return; }
    if (message?.talk !== 'place') return;
    const at = talk.slides.findIndex((one) => one.id === message.id);
    if (at < 0 || !['zh', 'en'].includes(message.lang)) return;
    const black = message.over === 'black';
    const moved = at !== now.at || message.phase !== now.phase || message.lang !== now.lang;
    if (!moved && black === (now.over === 'black')) return; // also our own word, come back through the server
    need(at).then(() => {
      Object.assign(now, { at, lang: message.lang, over: black ? 'black' : '' });
      now.phase = Math.min(phases().length - 1, Math.max(0, Number(message.phase) || 0));
      return render();
    });
  }
  channel?.addEventListener('message', (event) => take(event.data));
  addEventListener('message', (event) => { if (peers.has(event.source)) take(event.data); });

  // ---- the connection: the talk does not need it, the audience and the other window do
  const mark = make('p', { class: 'lost', role: 'status' });
  function lost() { mark.textContent = say('lost'); if (!mark.isConnected) document.body.append(mark); document.body.dataset.connection = 'lost'; }
  function found() { mark.remove(); document.body.dataset.connection = 'there'; }
  if (live.follow) {
    const listen = () => {
      const stream = new EventSource(live.follow);
      stream.onopen = found;
      stream.onmessage = (event) => { found(); const message = JSON.parse(event.data); if (message.id) take({ ...message, talk: 'place' }); else if (!follows) publish(); };
      stream.onerror = () => { lost(); if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000); };
    };
    listen();
  } else if (live.alive) {
    setInterval(async () => {
      try { await fetch(live.alive, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(3000) }); found(); } catch { lost(); }
    }, 4000);
  }

  // ---- hands
  const PRESSED = {
    ArrowRight: next, ArrowDown: next, PageDown: next, ' ': next, n: next, ArrowLeft: previous, ArrowUp: previous, PageUp: previous, Backspace: previous, p: previous,
    Home: () => go(0, 0), End: () => go(total - 1), o: () => over('overview'), s: () => over('proof'), t: () => over('table'), q: () => over('qr'), b: () => over('black'), '.': () => over('black'),
    '?': () => over('help'), l: () => go(now.at, now.phase, now.lang === 'zh' ? 'en' : 'zh'), v: openSpeaker,
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
    Escape: () => over(now.over ? now.over : 'overview'),
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-9]$/.test(event.key)) { typed += event.key; return; }
    if (event.key === 'Enter' && typed) { const to = Number(typed); typed = ''; event.preventDefault(); if (to >= 1 && to <= total && !follows) go(to - 1, 0); return; }
    typed = '';
    if (event.key === 'Enter' || ((event.key === ' ') && event.target.closest?.('button'))) return; // a chosen button is pressed
    const press = PRESSED[event.key] ?? PRESSED[event.key.toLowerCase()];
    if (!press) return;
    const moves = [next, previous].includes(press) || ['Home', 'End', 'l'].includes(event.key);
    event.preventDefault();
    if (follows && moves) return;
    if (now.over && [next, previous].includes(press)) { over(now.over); return; } // back from a detour to the same step
    press();
  });
  let finger = null;
  addEventListener('touchstart', (event) => { finger = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
  addEventListener('touchend', (event) => {
    if (finger === null || follows || now.over) return;
    const far = event.changedTouches[0].clientX - finger;
    finger = null;
    if (Math.abs(far) > 60) (far < 0 ? next : previous)();
  }, { passive: true });
  stage.addEventListener('click', (event) => { if (!isSpeaker && !follows && !now.over && !event.target.closest('a, button')) (event.clientX < innerWidth / 3 ? previous : next)(); });
  let still = 0;
  addEventListener('mousemove', () => { document.body.classList.add('moved'); clearTimeout(still); still = setTimeout(() => document.body.classList.remove('moved'), 2500); });
  let resized = 0;
  addEventListener('resize', () => { clearTimeout(resized); resized = setTimeout(render, 120); });
  addEventListener('hashchange', start);

  // ---- where the address says the talk stands
  async function start() {
    const [id, phase, lang] = decodeURIComponent(location.hash.slice(1)).split('.');
    const at = talk.slides.findIndex((one) => one.id === id);
    now.at = Math.max(0, at);
    await need(now.at);
    if (['zh', 'en'].includes(lang)) now.lang = lang;
    now.phase = Math.min(phases().length - 1, Math.max(0, at < 0 ? 0 : Number(phase ?? 9) || 0));
    return render();
  }
  await start();
  all();
  channel?.postMessage({ talk: 'hello' });
})();
