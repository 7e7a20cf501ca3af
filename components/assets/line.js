// The line to the server. When it is lost, what is on the screen stays, a quiet line in the page's language says so, and
// Streamlit comes back by itself. Here that is told instead of in a window over the page, and a line that is dead although
// nobody hung up (a network that went silent, a browser that slept) is noticed: the server is asked for a sign of life.
'use strict';
(() => {
  const SOON = 500; // ms after which a lost line is told: many are back by then
  const FIRST = 8000; // ms that the first connection may take
  const EVERY = 20000; // ms between two signs of life, while somebody looks
  const ANSWER = 5000; // ms in which one comes
  const AGAIN = 60000; // ms between two attempts to load the page anew
  const SIGN = new Uint8Array([0x88, 0x01, 0x01]); // Streamlit's message app_heartbeat, which its server answers
  const { lost: words } = document.currentScript.dataset;
  const root = document.documentElement;
  let line = null; // the session's connection
  let heard = 0; // when something came
  let telling = setTimeout(tell, FIRST);

  const style = document.createElement('style');
  style.textContent = '.line-lost .stDialog { display: none !important; }'
    + '.line-mark { position: fixed; z-index: 1000050; top: .6rem; left: 50%; transform: translateX(-50%); margin: 0;'
    + ' padding: .45rem .9rem; max-width: 92vw; box-sizing: border-box; width: max-content; border-radius: 4px;'
    + ' font: 500 .9rem/1.5 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Source Sans", sans-serif; pointer-events: none; background: #1d2733; color: #fbfaf7; }'
    + '@media (prefers-color-scheme: dark) { .line-mark { background: #edf0f2; color: #14191f; } }'
    + '@media print { .line-mark { display: none; } }';
  document.head.append(style);
  const mark = document.createElement('p');
  mark.className = 'line-mark';
  mark.setAttribute('role', 'status');

  function tell() {
    root.classList.add('line-lost');
    if (!mark.isConnected) document.body.append(mark);
    mark.textContent = words;
    close();
  }
  function lose() {
    root.classList.add('line-lost');
    clearTimeout(telling);
    telling = setTimeout(tell, SOON);
  }
  function find() {
    clearTimeout(telling);
    root.classList.remove('line-lost');
    mark.remove();
  }
  // Streamlit's own window about the connection: once closed it stays away until the connection is back.
  function close() {
    document.querySelector('.line-lost .stDialog button[aria-label="Close"]')?.click();
  }
  new MutationObserver(() => { if (root.classList.contains('line-lost')) close(); }).observe(root, { childList: true, subtree: true });

  window.WebSocket = class extends window.WebSocket {
    constructor(...about) {
      super(...about);
      line = this;
      this.addEventListener('open', () => { heard = performance.now(); find(); });
      this.addEventListener('message', () => { heard = performance.now(); });
      for (const end of ['close', 'error']) this.addEventListener(end, () => { if (line === this) { line = null; lose(); } });
    }
  };

  // Ask for a sign of life; where none comes, hang up as the network should have done.
  function ask() {
    const asked = line;
    if (!asked || asked.readyState !== WebSocket.OPEN || document.hidden) return;
    const before = performance.now();
    asked.send(SIGN);
    setTimeout(() => {
      if (line !== asked || heard >= before || document.hidden) return;
      asked.dispatchEvent(new CloseEvent('close', { code: 1006 }));
    }, ANSWER);
  }
  setInterval(() => {
    ask();
    // What Streamlit gave up, loading the page brings back: the address holds the view.
    const gone = document.querySelector('.stApp[data-test-connection-state="DISCONNECTED_FOREVER"]');
    if (!gone || !navigator.onLine || Date.now() - Number(sessionStorage.getItem('line-loaded')) < AGAIN) return;
    sessionStorage.setItem('line-loaded', Date.now());
    location.reload();
  }, EVERY);
  addEventListener('offline', tell);
  addEventListener('online', () => { if (line?.readyState === WebSocket.OPEN) find(); ask(); });
  document.addEventListener('visibilitychange', ask);
  document.addEventListener('resume', ask);
})();
