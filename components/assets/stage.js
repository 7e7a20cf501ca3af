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
      for (const lang of ['zh', 'en']) one[lang].specification = charts[lang];
      one.qr = charts.qr;
    }));
    return coming.get(at);
  }
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 60));
  async function all() {
    const order = talk.slides.map((_, at) => at).sort((one, other) => Math.abs(one - now.at) - Math.abs(other - now.at));
    for (const at of order) await need(at);
    document.body.dataset.loaded = 'all';
    if (isSpeaker) return;
    for (const at of order) await new Promise((done) => { idle(() => chart(at, 'stage', stage).then(done)); });
    document.body.dataset.drawn = 'all';
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

  const phases = (at = now.at) => Charts.phases(said(at));

  // ---- one slide: the finding above its chart or beside it, whichever gives the chart the larger type
  function frame(at, phase) {
    const words = said(at);
    const asking = phase === 'question';
    const more = words.specification.usermeta?.more;
    const hidden = (is) => (is ? { 'aria-hidden': 'true' } : {});
    return make('section', { class: `slide${asking ? ' asking' : ''}` },
      make('header', {}, make('p', { class: 'chapter' }, words.chapter),
        make('h1', {}, make('span', { class: 'title', ...hidden(asking) }, words.title), words.question ? make('span', { class: 'question', ...hidden(!asking) }, words.question) : null),
        make('p', { class: 'subtitle', ...hidden(asking) }, words.subtitle), more ? make('p', { class: 'subtitle more', ...hidden(asking) }, more) : null),
      make('div', { class: 'chart' }),
      make('footer', {}, make('p', {}, words.source), make('b', {}, `${at + 1} / ${total}`)));
  }
  const laid = new Map();
  function layOut(at, root) {
    const key = [slide(at).id, now.lang, root.clientWidth, root.clientHeight].join(' ');
    if (!laid.has(key)) laid.set(key, measured(at, root));
    return laid.get(key);
  }
  function measured(at, root) {
    const trial = frame(at, 'all');
    trial.classList.add('trial');
    root.append(trial);
    const [above, beside] = [false, true].map((is) => {
      trial.classList.toggle('beside', is);
      const { clientWidth: width, clientHeight: high } = trial.querySelector('.chart');
      return { beside: is, ...Charts.fit(said(at).specification, { width, height: Math.max(1, high) }, root.clientHeight) };
    });
    trial.remove();
    return beside.scale > above.scale * 1.05 ? beside : above;
  }
  const drawn = new Map(); // once for each window and width
  function chart(at, slot, root) {
    const { width } = layOut(at, root);
    const key = [slide(at).id, now.lang, slot, width].join(' ');
    if (!drawn.has(key)) drawn.set(key, Charts.draw(said(at), width));
    return drawn.get(key);
  }
  const before = new Map(); // the chart that a box shows, for maps to start from
  let turn = 0; // the latest drawing wins, whatever order they finish in
  async function put(root, at, phase, slot, mine = ++turn) {
    const from = Charts.view(before.get(slot));
    const made = await chart(at, slot, root);
    await Charts.show(made, phase);
    if (slot === 'stage' && mine !== turn) return;
    const section = frame(at, phase);
    section.classList.toggle('beside', layOut(at, root).beside);
    section.classList.toggle('blank', phase === 'question' && made.rows.length === 0);
    section.querySelector('.chart').replaceChildren(made.place);
    root.replaceChildren(section);
    if (before.get(slot) !== made) Charts.fly(made, from);
    before.set(slot, made);
    const ready = `${slide(at).id}.${phase}.${now.lang}`;
    const changed = root.dataset.ready !== ready;
    root.dataset.ready = ready;
    if (changed) root.dispatchEvent(new CustomEvent('ready'));
  }
  const line = make('div', { class: 'line', 'aria-hidden': 'true' });

  async function render() {
    document.documentElement.lang = now.lang === 'en' ? 'en' : 'zh-Hans-CN';
    document.title = `${now.at + 1} · ${said().title}`;
    line.style.setProperty('--done', (now.at + 1) / total);
    history.replaceState(null, '', `${location.pathname}${location.search}#${slide().id}.${now.phase}.${now.lang}`);
    overlay();
    windows?.redress();
    if (isSpeaker) await speaker();
    else {
      if (!line.isConnected) document.body.append(line);
      await put(stage, now.at, phases()[now.phase], 'stage');
    }
    ahead();
  }

  // What may come next is drawn while the speaker talks.
  function ahead() {
    idle(async () => {
      if (isSpeaker) return;
      for (const at of [now.at + 1, now.at + 2, now.at - 1]) if (at >= 0 && at < total) { await need(at); await chart(at, 'stage', stage); }
    });
  }

  // ---- moving
  async function go(to, phase = null, lang = now.lang) {
    const at = Math.min(total - 1, Math.max(0, to));
    if (!said(at).specification) await Promise.race([need(at), new Promise((done) => { setTimeout(done, 3000); })]);
    if (!said(at).specification) return; // not here yet, and no network to bring it
    now.lang = lang;
    now.at = at;
    now.phase = phase === null ? phases().length - 1 : Math.min(phases().length - 1, Math.max(0, phase));
    now.over = '';
    publish();
    render();
  }
  // One after the other, each from where the one before has led: hands are quicker than what is still being loaded.
  let doing = Promise.resolve();
  const act = (press) => { doing = doing.then(press).catch(() => {}); };
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
    element.append(...({ overview, help, proof, table, qr, end: qr, black: () => [] }[now.over])().filter(Boolean));
    document.body.append(element);
    (element.querySelector('[aria-current]') ?? element).focus();
  }
  const overview = () => [make('h2', {}, say('overview')), make('ol', {}, ...talk.slides.map((one, at) => make('li', {},
    make('button', { onclick: () => go(at, 0), 'aria-current': at === now.at ? 'true' : null }, make('span', {}, `${at + 1}`), one[now.lang].title))))];
  const help = () => [make('h2', {}, say('help')), make('dl', {}, ...talk.keys.flatMap(([keys, name]) => [make('dt', {}, ...keys.split(' ').flatMap((key) => [make('kbd', {}, key), ' '])), make('dd', {}, say(name))]))];
  const proof = () => [make('h2', {}, say('proof')), unproven(), make('table', {}, make('tbody', {}, ...said().proofs.map((card) => make('tr', {},
    make('td', {}, make('b', {}, card.number), make('br'), `${card.name} · ${card.place} · ${card.period}`),
    make('td', {}, `${card.title}`, make('br'), `${[card.issuer, card.date].join(' · ')}`),
    make('td', {}, card.paragraph, make('br'), make('mark', { lang: 'zh' }, card.printed))))))];
  const unproven = () => (said().unproven ? make('p', { class: 'quiet' }, said().unproven) : null);
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
    const proofs = make('ul', {}, ...said().proofs.slice(0, 8).map((card) => make('li', {}, make('b', {}, card.number), ` ${card.name} · ${card.title} ${card.paragraph} `, make('mark', { lang: 'zh' }, card.printed))));
    stage.replaceChildren(make('div', { class: 'speaker' }, nowBox,
      make('div', { class: 'notes', tabindex: '0', role: 'region', 'aria-label': say('notes') }, make('h2', {}, say('notes')), ...said().notes.split('\n').map((part) => make('p', {}, part)), make('h2', {}, say('proof')), proofs),
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
    if (opened) windows?.add(opened);
  }

  // ---- other windows of the same talk
  const place = () => ({ talk: 'place', id: slide().id, phase: now.phase, lang: now.lang, over: now.over === 'black' ? 'black' : '' });
  function take(word) {
    const at = talk.slides.findIndex((one) => one.id === word.id);
    if (at < 0 || !['zh', 'en'].includes(word.lang)) return;
    const black = word.over === 'black';
    const moved = at !== now.at || word.phase !== now.phase || word.lang !== now.lang;
    if (!moved && black === (now.over === 'black')) return;
    need(at).then(() => {
      Object.assign(now, { at, lang: word.lang, over: black ? 'black' : '' });
      now.phase = Math.min(phases().length - 1, Math.max(0, Number(word.phase) || 0));
      return render();
    });
  }
  let windows = null; // there once the talk stands where its address says
  const publish = () => windows?.publish();

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
    if (event.key === 'Enter' && typed) { const to = Number(typed); typed = ''; event.preventDefault(); if (to >= 1 && to <= total && !follows) act(() => go(to - 1, 0)); return; }
    typed = '';
    if (event.key === 'Enter' || ((event.key === ' ') && event.target.closest?.('button'))) return; // a chosen button is pressed
    const press = PRESSED[event.key] ?? PRESSED[event.key.toLowerCase()];
    if (!press) return;
    const moves = [next, previous].includes(press) || ['Home', 'End', 'l'].includes(event.key);
    event.preventDefault();
    if (follows && moves) return;
        act(() => (now.over && [next, previous].includes(press) ? over(now.over) : press())); // on from a detour is first back from it
  });
  let finger = null;
  addEventListener('touchstart', (event) => { finger = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
  addEventListener('touchend', (event) => {
    if (finger === null || follows || now.over) return;
    const far = event.changedTouches[0].clientX - finger;
    finger = null;
    if (Math.abs(far) > 60) act(far < 0 ? next : previous);
  }, { passive: true });
  stage.addEventListener('click', (event) => { if (!isSpeaker && !follows && !now.over && !event.target.closest('a, button')) act(event.clientX < innerWidth / 3 ? previous : next); });
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
  windows = Windows({ live, key: asked.get('pair') ?? '', follows, place, take, say });
})();
