// Windows of one talk in step: on one machine by messages, across machines through the server. The talk itself does not
// need the connection; whoever else watches does, so its loss is shown quietly, and made good once it is back.
'use strict';
function Windows({ live, key, follows, place, take, say }) {
  const ASK = 4000; // ms from one question whether the server is there to the next
  const PATIENCE = 3000; // ms it may take to answer
  const SILENCE = 20000; // ms in which a follower hears a sign of life, or the line is dead
  const me = Math.random().toString(36).slice(2, 14).padEnd(8, '0'); // its own word comes back through the server and is no news

  // A follower never speaks; a leader in the same browser would hear it.
  const channel = !follows && 'BroadcastChannel' in window ? new BroadcastChannel(`talk ${location.pathname} ${key}`) : null;
  const peers = new Set(window.opener ? [window.opener] : []);
  channel?.addEventListener('message', ({ data }) => (data?.talk === 'hello' ? channel.postMessage(place()) : hear(data)));
  addEventListener('message', (event) => { if (peers.has(event.source)) hear(event.data); });
  const hear = (message) => { if (message?.talk === 'place') take(message); };

  const mark = document.createElement('p');
  mark.className = 'lost';
  mark.setAttribute('role', 'status');
  function lost() {
    mark.textContent = say('lost');
    if (!mark.isConnected) document.body.append(mark);
    document.body.dataset.connection = 'lost';
  }
  function found() {
    mark.remove();
    document.body.dataset.connection = 'there';
  }

  // One word after the other, so that they arrive in order; what the server has not heard is said once it is back.
  let unsaid = null;
  let saying = false;
  async function tell() {
    if (saying || !live.lead) return;
    saying = true;
    while (unsaid) {
      const word = unsaid;
      try {
        const answer = await fetch(live.lead, { method: 'POST', body: JSON.stringify({ ...word, by: me }), headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(PATIENCE) });
        if (answer.status >= 500) throw new Error(answer.statusText);
        if (unsaid === word) unsaid = null;
        found();
      } catch {
        lost();
        break;
      }
    }
    saying = false;
  }
  function publish() {
    if (follows) return;
    const word = place();
    channel?.postMessage(word);
    for (const peer of peers) if (!peer.closed) peer.postMessage(word, '*');
    if (live.lead) unsaid = word;
    tell();
  }

  let stream = null;
  let heard = Date.now();
  function listen() {
    stream?.close();
    stream = new EventSource(live.follow);
    const alive = () => { heard = Date.now(); found(); };
    stream.onopen = alive;
    stream.addEventListener('here', alive);
    stream.onmessage = (event) => {
      alive();
      const word = JSON.parse(event.data);
      if (unsaid) tell(); // what was done here while the line was dead is newer than what the server remembers
      else if (word.id && word.by !== me) take(word);
      else if (!word.id) publish(); // a server that was started anew knows nothing
    };
    stream.onerror = () => {
      lost();
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  }
  async function ask() {
    const before = document.body.dataset.connection;
    try {
      await fetch(live.alive, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      lost();
      return;
    }
    if (before === 'lost' && live.follow) listen();
    found();
    if (unsaid) tell();
  }
  if (live.follow) listen();
  if (live.alive && !follows) setInterval(ask, ASK);
  if (follows) setInterval(() => { if (Date.now() - heard > SILENCE) { lost(); heard = Date.now() - SILENCE + ASK; listen(); } }, ASK / 4);
  channel?.postMessage({ talk: 'hello' });
  return { publish, add: (peer) => peers.add(peer), redress: () => { if (mark.isConnected) mark.textContent = say('lost'); } };
}
