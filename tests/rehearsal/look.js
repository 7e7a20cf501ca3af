// What is on the stage now: every text that can be seen with its box, size and colours, and what sticks out of its place.
() => {
  const stage = document.querySelector('#stage');
  const slide = stage.querySelector('.slide');
  const texts = new Map();
  const paper = getComputedStyle(document.body).backgroundColor;
  const seen = (element) => {
    for (let at = element; at && at !== stage; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === 'hidden' || style.display === 'none' || Number(style.opacity) < 0.05) return false;
    }
    return true;
  };
  const add = (text, box, px, bold, colour, ground, where) => {
    const words = text.trim();
    if (!words || box.width < 1) return;
    const middle = [box.left, box.top, box.right, box.bottom].map((edge) => Math.round(edge * 2) / 2);
    const key = `${words} ${middle.map(Math.round)}`;
    const known = texts.get(key); // a halo is the same text once more, in the colour of the paper
    if (known) known.ground = paper;
    texts.set(key, { text: words, box: middle, px, bold, colour: known && colour === paper ? known.colour : colour, ground: known ? paper : ground, where });
  };
  const below = (x, y, text) => {
    for (const element of document.elementsFromPoint(x, y)) {
      if (element === text || element.contains(text) || element.closest('text')) continue;
      const style = getComputedStyle(element);
      const fill = element.ownerSVGElement ? style.fill : style.backgroundColor;
      if (fill && fill !== 'none' && !/, 0\)$/.test(fill) && Number(style.opacity) > 0.9 && Number(style.fillOpacity) > 0.9) return fill;
    }
    return paper;
  };
  for (const element of slide.querySelectorAll('header p, header span, footer p, footer b')) {
    if (!seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const style = getComputedStyle(element);
    const px = parseFloat(style.fontSize);
    for (const line of range.getClientRects()) add(element.textContent, line, px, Number(style.fontWeight) >= 600, style.color, paper, element.closest('header') ? 'header' : 'footer');
  }
  for (const element of slide.querySelectorAll('.chart svg text')) {
    if (!seen(element)) continue;
    const style = getComputedStyle(element);
    const px = parseFloat(style.fontSize) * element.getScreenCTM().a;
    for (const part of element.querySelector('tspan') ? element.querySelectorAll('tspan') : [element]) {
      const box = part.getBoundingClientRect();
      add(part.textContent, box, px, Number(style.fontWeight) >= 600, style.fill, below(box.left + box.width / 2, box.top + box.height / 2, element), 'chart');
    }
  }
  const room = (element) => { const box = element.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; };
  const rooms = { header: room(slide), footer: room(slide), chart: room(slide.querySelector('.chart')) };
  const header = slide.querySelector('header');
  return { texts: [...texts.values()], rooms, screen: [innerWidth, innerHeight], overfull: header.scrollHeight > header.clientHeight + 2, picture: slide.className + slide.innerText + (slide.classList.contains('blank') ? '' : slide.querySelector('.chart').innerHTML) };
}
