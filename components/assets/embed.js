// An embedded Figure: puts the live chart in the place of its still picture, follows the reader's light or dark, and tells
// the page around it how high it is. Without this script the still picture stays.
'use strict';
(() => {
  const holder = document.getElementById('chart');
  const specifications = JSON.parse(document.getElementById('figure').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const asked = document.documentElement.dataset.look;
  let drawn = null;

  // The height as a message: {type: 'story-figure-height', address, height}; see docs/embedding.md for the page around it.
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (parent !== window) parent.postMessage({ type: 'story-figure-height', address: location.href, height }, '*');
  };

  async function draw() {
    const look = asked || (dark.matches ? 'dark' : 'light');
    const place = document.createElement('div');
    place.className = 'drawing';
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', holder.dataset.alt);
    holder.append(place);
    const next = await vegaEmbed(place, specifications[look], { actions: false, renderer: 'svg', mode: 'vega-lite', ast: true });
    for (const old of [...holder.children]) if (old !== place) old.remove();
    drawn?.finalize();
    drawn = next;
    tell();
  }

  new ResizeObserver(tell).observe(document.body);
  dark.addEventListener('change', () => { if (!asked) draw(); });
  addEventListener('load', tell);
  draw();
})();
