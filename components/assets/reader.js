// What a reader's hands do in the story beyond Streamlit's own buttons and keys: swipe, follow a link of the list
// without loading the page anew, page on where a page ends. After a step it shows the step's top and says its title.
// It knows the page by our own keys and classes; where there is no story, it does nothing.
'use strict';

// What is loaded later must not push away what a reader was just led to: for a while it is shown again after every change,
// until the reader moves.
const holdInView = (() => {
  const SETTLING = 800; // ms
  let until = 0;
  let show = () => {};
  for (const own of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    document.addEventListener(own, () => { until = 0; }, { capture: true, passive: true });
  }
  new MutationObserver(() => { if (performance.now() < until) show(); })
    .observe(document.documentElement, { childList: true, subtree: true });
  return (how) => {
    show = how;
    until = performance.now() + SETTLING;
    show();
  };
})();

(() => {
  const FAR = 60; // px a finger must travel
  const LONG = 800; // ms a swipe may take
  const END = 4; // px from its end at which a page counts as read
  let shown = null; // the step on screen
  let finger = null; // where and when a finger came down

  const button = (name) => document.querySelector(`.st-key-step-${name} button`);
  const press = (name) => {
    const found = button(name);
    if (found && !found.disabled) found.click();
  };

  const said = document.createElement('p');
  said.className = 'step-said';
  said.setAttribute('role', 'status');
  said.setAttribute('aria-live', 'polite');

  function toTop() {
    const start = !new URLSearchParams(location.search).has('step');
    if (start) document.querySelector('.stMain')?.scrollTo({ top: 0, behavior: 'instant' });
    else document.querySelector('.st-key-step')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
  // A step comes in pieces, its progress last: once that is the new step's, so is the title.
  let unsaid = false;
  function announce() {
    const progress = document.querySelector('.progress');
    if (progress?.dataset.step !== shown) return;
    unsaid = false;
    const title = document.querySelector('.st-key-step .fig-head h2');
    if (!said.isConnected) document.body.append(said);
    said.textContent = [progress.getAttribute('aria-label'), title?.textContent].filter(Boolean).join(' · ');
  }

  // A button that can go no further would lose the focus to the page's beginning: its neighbour takes it.
  let held = null; // the button that has, or had, the focus
  document.addEventListener('focusin', (event) => {
    const of = event.target.closest?.('.st-key-step-next, .st-key-step-previous');
    held = of ? (of.matches('.st-key-step-next') ? 'next' : 'previous') : null;
  });
  function keepFocus() {
    if (held && button(held)?.disabled) button(held === 'next' ? 'previous' : 'next')?.focus({ preventScroll: true });
  }

  // A link of the list changes the address as the back button does, and Streamlit runs the page for it.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('.step-list a, .story-name a');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, '', link.href);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  });

  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (at.matches('input, textarea, select, canvas, [contenteditable]')) return true;
      const style = getComputedStyle(at);
      if (at.scrollWidth > at.clientWidth + 1 && /auto|scroll/.test(style.overflowX)) return true;
    }
    return false;
  };
  document.addEventListener('touchstart', (event) => {
    const touch = event.touches[0];
    finger = event.touches.length === 1 && button('next') && !scrolls(event.target)
      ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });
  document.addEventListener('touchend', (event) => {
    if (!finger || event.touches.length) return;
    const touch = event.changedTouches[0];
    const [x, y] = [touch.clientX - finger.x, touch.clientY - finger.y];
    const swiped = Math.abs(x) >= FAR && Math.abs(x) > 2 * Math.abs(y) && event.timeStamp - finger.at <= LONG;
    finger = null;
    if (swiped && getSelection()?.isCollapsed !== false) press(x < 0 ? 'next' : 'previous');
  }, { passive: true });
  document.addEventListener('touchcancel', () => { finger = null; }, { passive: true });

  // Page down scrolls; at the end of the step it goes on, as a clicker in a talk asks for. Streamlit scrolls a part of
  // the page, which a browser's own page down does not find before it was clicked.
  document.addEventListener('keydown', (event) => {
    const down = event.key === 'PageDown';
    if (!(down || event.key === 'PageUp') || event.ctrlKey || event.altKey || event.metaKey || !button('next')) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const main = document.querySelector('.stMain');
    const left = down ? main.scrollHeight - main.clientHeight - main.scrollTop : main.scrollTop;
    event.preventDefault();
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    if (left <= END) press(down ? 'next' : 'previous');
    else main.scrollBy({ top: (down ? 0.85 : -0.85) * main.clientHeight, behavior });
  });

  new MutationObserver(() => {
    const where = document.querySelector('.step-where');
    const now = where?.dataset.step ?? null;
    const moved = now && shown && now !== shown;
    if (now !== shown) shown = now;
    if (moved) {
      holdInView(toTop);
      unsaid = true;
    }
    if (unsaid) announce();
    keepFocus();
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ['disabled'] });
})();

// Ways between places: a link changes the address as the back button does, and Streamlit runs the page for it. The place
// come to is shown from its top, and its name takes the focus, so that it is said and the keyboard goes on from there.
(() => {
  let shown = null; // the place on screen
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('.ways a');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, '', link.href);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  });
  new MutationObserver(() => {
    const head = document.querySelector('.lead[data-at]');
    const now = head?.dataset.at ?? null;
    if (now && shown && now !== shown) {
      const name = head.querySelector('h1');
      name.tabIndex = -1;
      name.focus({ preventScroll: true });
      document.querySelector('.stMain').scrollTo({ top: 0, behavior: 'instant' });
    }
    shown = now;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

// A paragraph of a document that the address asks for stands below the documents: it is led to, and its name takes the focus.
(() => {
  let shown = null; // the paragraph on screen
  new MutationObserver(() => {
    const section = document.querySelector('#paragraph[data-at]');
    const now = section?.dataset.at ?? null;
    if (now && now !== shown && location.hash === '#paragraph') {
      const name = section.querySelector('h2');
      name.tabIndex = -1;
      name.focus({ preventScroll: true });
      holdInView(() => document.querySelector('#paragraph')?.scrollIntoView({ block: 'start', behavior: 'instant' }));
    }
    shown = now;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

// Streamlit scrolls a part of the page, which a browser does not find again on the way back: it is kept for this tab, and
// shown once the page is as long as it was.
(() => {
  const key = () => `left ${location.href}`;
  const main = () => document.querySelector('.stMain');
  addEventListener('pagehide', () => {
    sessionStorage.setItem(key(), main()?.scrollTop ?? 0);
  });
  const left = Number(sessionStorage.getItem(key()));
  const back = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
  if (!back || !left) return;
  const watch = new MutationObserver(() => {
    if (!main() || main().scrollHeight - main().clientHeight < left) return;
    watch.disconnect();
    holdInView(() => main().scrollTo({ top: left, behavior: 'instant' }));
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });
})();

// The desk: a button copies the text it names, says so, and lets go; a picture says how large it is, or why there is none.
(() => {
  const SHOWN = 2000; // ms a button shows that it has copied
  const said = document.createElement('p');
  said.className = 'step-said';
  said.setAttribute('role', 'status');

  async function copied(element) {
    const text = element.textContent;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { // no permission, or an address without encryption: what is selected can still be copied
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return document.execCommand('copy');
    }
  }
  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('button.copy');
    const element = button && document.getElementById(button.dataset.copies);
    if (!element) return;
    const done = await copied(element);
    if (!said.isConnected) document.body.append(said);
    said.textContent = '';
    requestAnimationFrame(() => { said.textContent = done ? button.dataset.done : button.dataset.failed; });
    button.classList.toggle('done', done);
    setTimeout(() => button.classList.remove('done'), SHOWN);
  });

  const picture = (event) => event.target.matches?.('.desk-picture img') && event.target.closest('.desk-picture');
  document.addEventListener('load', (event) => {
    const figure = picture(event);
    const measured = figure && figure.querySelector('.desk-measured');
    if (!measured) return;
    const { naturalWidth: w, naturalHeight: h } = event.target;
    measured.textContent = measured.dataset.words.replace('{w}', w).replace('{h}', h);
  }, true);
  document.addEventListener('error', async (event) => {
    const figure = picture(event);
    if (!figure) return;
    figure.classList.add('refused');
    const answer = await fetch(event.target.src);
    const problem = answer.headers.get('content-type')?.includes('problem+json') ? await answer.json() : null;
    if (problem) figure.querySelector('.desk-refused').textContent = problem.detail;
  }, true);
})();
