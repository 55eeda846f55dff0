// A small console server with invented data, for development of the pages and for the screenshots. Needs only Node.js, no dependencies.
//   node dev/server.mjs [PORT] [DIRECTORY OF BUILT PAGES]
// Users are admin, demo, desk and support; the password is the user's name. POST /dev/mode {"mode": "empty" | "failing" | "slow" | "provider" | "plain"}
// makes every later answer empty, 503, late, or normal.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import * as data from './data.mjs';
import * as directory from './directory.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** Headers that the real console sends with each page, so that a page that needs more permissions fails here too. */
const SECURITY = {
  'Content-Security-Policy': "default-src 'self'; connect-src 'self' ws://127.0.0.1:9; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export function start({ port = 4173, pages, now = () => Date.now() } = {}) {
  const sessions = new Map();
  const streams = new Set();
  const state = {
    mode: 'plain', demo: true, numbers: data.numbers(), calls: data.pastCalls(now()), live: data.liveCalls(now()), notes: new Map(), tries: new Map(), keys: data.keys(now()),
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((fault) => {
      console.error(fault);
      problem(response, 500, 'The fixture server failed: look at its output.');
    });
  });

  async function answer(request, response) {
    const url = new URL(request.url, 'http://fixture');
    if (url.pathname === '/dev/mode') {
      state.mode = (await body(request)).mode;
      return json(response, 200, { mode: state.mode });
    }
    if (url.pathname.startsWith('/api/v1/')) {
      return api(request, response, url.pathname.slice('/api/v1'.length), url.searchParams);
    }
    return page(response, url.pathname);
  }

  async function page(response, path) {
    if (pages === undefined) {
      return problem(response, 404, 'This fixture server has no pages: open the address that vite tells.');
    }
    const file = normalize(path).replace(/^(\.\.[/\\])+/, '');
    const [content, type] = await readFile(join(pages, file)).then(
      (found) => [found, TYPES[extname(file)]], async () => [await readFile(join(pages, 'index.html')), TYPES['.html']]);
    response.writeHead(200, { 'Content-Type': type ?? 'application/octet-stream', ...SECURITY }).end(content);
  }

  async function api(request, response, path, query) {
    const sent = request.method === 'GET' ? {} : await body(request);
    if (path === '/session/oidc') {
      return json(response, 200, { accounts: true, provider: state.mode === 'provider' });
    }
    if (path === '/session' && request.method === 'POST') {
      return signIn(response, sent);
    }
    const cookie = /trunkline_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    const session = sessions.get(cookie);
    if (session === undefined) {
      return problem(response, 401, 'Sign in first.');
    }
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf) {
      return problem(response, 403, 'The request has no token of this session: load the page again.');
    }
    if (path === '/session') {
      if (request.method === 'DELETE') {
        sessions.delete(cookie);
        return json(response, 200, {});
      }
      return json(response, 200, session);
    }
    if (state.mode === 'failing') {
      return problem(response, 503, 'The database of the console is away since 09:15: calls go on; try again in a minute.');
    }
    if (state.mode === 'slow') {
      await new Promise((done) => setTimeout(done, 30_000));
    }
    return asked(request, response, { path, query, sent, session, empty: state.mode === 'empty' });
  }

  function signIn(response, { user, password }) {
    const wrong = state.tries.get(user) ?? 0;
    if (wrong >= 5) {
      return problem(response, 429, 'Too many wrong tries: wait a minute.', { 'Retry-After': '60' });
    }
    if (!Object.hasOwn(data.USERS, user ?? '') || password !== user) {
      state.tries.set(user, wrong + 1);
      return problem(response, 401, 'User or password is wrong.');
    }
    state.tries.delete(user);
    const cookie = randomUUID();
    const session = { user, ...data.USERS[user], csrf: randomUUID(), expiresAt: new Date(now() + 8 * 3_600_000).toISOString() };
    sessions.set(cookie, session);
    return json(response, 200, session, { 'Set-Cookie': `trunkline_session=${cookie}; HttpOnly; SameSite=Strict; Path=/` });
  }

  async function asked(request, response, { path, query, sent, session, empty }) {
    const own = session.organisation?.name;
    const seen = (call) => own === undefined || call.organisation?.name === own;
    const [, kind, key, act] = path.replace('/desk/calls/', '/desk/').split('/').map(decodeURIComponent);
    const route = `${request.method} /${kind}${key === undefined ? '' : '/*'}${act === undefined ? '' : '/' + act}`;
    const number = state.numbers.find((one) => one.phone_number === key && (own === undefined || one.organisation === own));
    const call = [...state.live, ...state.calls].find((one) => one.callId === key && seen(one));
    const live = empty ? [] : state.live.filter(seen);
    const changed = () => json(response, 200, number);

    switch (route) {
      case 'GET /organisations': return json(response, 200, data.ORGANISATIONS.filter((one) => own === undefined || one.name === own));
      case 'GET /numbers': return json(response, 200, { numbers: empty ? [] : chosen(state.numbers, query, own, live) });
      case 'POST /numbers': {
        const added = (sent.numbers ?? [sent]).map((one) => ({ label: '', active: true, config_override: {}, max_concurrent_calls: 1, ...one }));
        const known = added.find((one) => state.numbers.some((other) => other.phone_number === one.phone_number));
        if (known !== undefined) {
          return problem(response, 409, `${known.phone_number} is there already: leave it out.`);
        }
        state.numbers.push(...added);
        return json(response, 201, { numbers: added, warnings: [] });
      }
      case 'GET /numbers/*': return number === undefined ? unknown(response) : json(response, 200, { ...number, calls: live.filter((one) => one.number === key).length, configuration: data.configuration(number) });
      case 'PATCH /numbers/*':
        if (session.role === 'support') {
          return problem(response, 403, 'Support reads, and changes nothing.');
        }
        Object.assign(number, sent);
        Object.keys(number).forEach((field) => number[field] === null && delete number[field]);
        return changed();
      case 'GET /numbers/*/history': return json(response, 200, data.numberHistory(now()));
      case 'POST /numbers/*/assign': Object.assign(number, { organisation: sent.organisation }, sent.label ? { label: sent.label } : {}); return changed();
      case 'POST /numbers/*/release': delete number.organisation; return changed();
      case 'DELETE /numbers/*': state.numbers = state.numbers.filter((one) => one !== number); return response.writeHead(204).end();
      case 'GET /trunks': return json(response, 200, { trunks: empty ? [] : data.TRUNKS });
      case 'GET /outbound-trunks': return json(response, 200, { outbound_trunks: empty ? [] : data.OUTBOUND });
      case 'GET /gateways': return json(response, 200, { gateways: empty ? [] : data.gateways(now()) });
      case 'GET /rules': return json(response, 200, { rules: empty ? [] : data.RULES.filter((one) => own === undefined || one.organisation === own) });
      case 'GET /directory/*':
        return response.writeHead(200, { 'Content-Type': 'application/yaml', 'Content-Disposition': 'attachment; filename=directory.yaml' }).end(directory.DIRECTORY);
      case 'POST /directory/*':
        return sent.includes('nowhere')
          ? problem(response, 400, 'Nothing was applied.', {}, [{ path: 'rules[0].trunks[0]', problem: 'there is no trunk nowhere: write the name of one, or add it to the file' }])
          : json(response, 200, directory.difference(sent === directory.DIRECTORY, query.get('dry_run') === 'true', query.get('whole') === 'true'));
      case 'POST /routing/*': return json(response, 200, data.explanation(sent));
      case 'GET /live': return json(response, 200, { calls: live, counts: data.counts(live, own) });
      case 'GET /live/*': return stream(request, response, seen, own);
      case 'GET /desk': return json(response, 200, {
        on: state.mode !== 'provider',
        calls: live.filter((one) => one.desk).map((one) => ({ ...one, organisation: one.organisation.name, rule: one.rule.name, mine: one.takenBy === session.user })),
      });
      case 'POST /desk/*/take':
        // There is no LiveKit here: a user who takes a call sees that it cannot be reached.
        return call.takenBy === undefined
          ? json(response, 200, { callId: call.callId, url: 'ws://127.0.0.1:9', token: 'none' }) : problem(response, 409, `${call.takenBy} has this call.`);
      case 'DELETE /desk/*/take': return response.writeHead(204).end();
      case 'POST /calls/*/end':
        state.live = state.live.filter((one) => one.callId !== key);
        streams.forEach((one) => one.gone(call));
        return json(response, 202, {});
      case 'POST /calls/*/transfer': return json(response, 202, {});
      case 'GET /history': return json(response, 200, pageOf(empty ? [] : past(query, seen), query));
      case 'GET /history/*':
        return response.writeHead(200, { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename=calls.csv' })
          .end('callId,receivedAt\n' + past(query, seen).map((one) => `${one.callId},${one.receivedAt}\n`).join(''));
      case 'GET /calls/*': return call === undefined ? unknown(response) : json(response, 200, detail(call));
      case 'POST /calls/*/notes': {
        const note = { at: new Date(now()).toISOString(), by: session.user, text: sent.text };
        state.notes.set(key, [...(state.notes.get(key) ?? []), note]);
        return json(response, 201, note);
      }
      case 'GET /calls/*/messages': return call === undefined ? unknown(response) : json(response, 200, { messages: data.messages(call) });
      case 'GET /calls/*/trace': return call === undefined ? unknown(response) : json(response, 200, data.trace(call, now()));
      case 'GET /demo': return json(response, 200, { calls: state.demo && !empty ? state.calls.filter((one) => one.kind === 'demo' && seen(one)).length : 0 });
      case 'DELETE /demo':
        state.demo = false;
        state.calls = state.calls.filter((one) => one.kind !== 'demo');
        return json(response, 200, { calls: 1 });
      case 'GET /analytics': return json(response, 200, data.analytics(empty ? [] : past(query, seen), query.get('zone') ?? 'UTC'));
      case 'GET /keys': return json(response, 200, { keys: empty ? [] : state.keys });
      case 'POST /keys': {
        const shown = { id: randomUUID(), beginning: 'tlk_Zq83xW', madeAt: new Date(now()).toISOString(), madeBy: session.user, name: sent.name, role: sent.role };
        state.keys.unshift(shown);
        return json(response, 201, { key: 'tlk_Zq83xWmJv0c1pYt6uR4sEo2hBnA9kLdFgTiQyXzV5wM', shown });
      }
      case 'DELETE /keys/*':
        Object.assign(state.keys.find((one) => one.id === key), { revokedAt: new Date(now()).toISOString(), revokedBy: session.user });
        return response.writeHead(204).end();
      case 'GET /retention': return json(response, 200, { usualDays: 400, organisations: empty ? [] : data.retentions(now()) });
      case 'PATCH /retention': return json(response, 200, { usualDays: 400, organisations: data.retentions(now()) });
      case 'GET /callers/*': return json(response, 200, empty ? [] : data.receipts(now()));
      case 'DELETE /callers': return json(response, 200, data.receipts(now())[0]);
      case 'GET /alarms': return json(response, 200, empty ? [] : data.alarms(now()));
      default: return unknown(response);
    }
  }

  function past(query, seen) {
    const is = (name, value) => !query.get(name) || query.get(name) === value;
    return state.calls.filter(seen).filter((call) =>
      (!query.get('from') || call.receivedAt >= query.get('from')) && (!query.get('to') || call.receivedAt < query.get('to'))
      && is('organisation', call.organisation?.name) && is('number', call.number) && is('agent', call.agent) && is('outcome', call.outcome)
      && (query.get('trial') !== 'no' || call.kind !== 'trial') && (query.get('trial') !== 'only' || call.kind === 'trial')
      && is('reason', call.reason) && is('direction', call.direction) && is('trunk', call.trunk.name)
      && (!query.get('search') || JSON.stringify(call).includes(query.get('search'))));
  }

  function detail(call) {
    const written = call.notes > 0 ? [{ at: call.endedAt, by: call.agent ?? 'desk', text: 'Wants two rye breads for Saturday, will be collected at ten.' }] : [];
    return {
      ...call, notes: [...written, ...(state.notes.get(call.callId) ?? [])], legs: [],
      ...(call.mos === undefined ? {} : { quality: { packets: Math.round((call.talkMillis ?? 60_000) / 20), lost: call.lost ?? 3, jitterMillis: call.jitterMillis ?? 2.1, mos: call.mos } }),
    };
  }

  /** Pushes events like the server: the quality of a call changes every two seconds, and the counts with it. */
  function stream(request, response, seen, own) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const say = (name, what) => response.write(`event: ${name}\ndata: ${JSON.stringify(what)}\n\n`);
    response.write(':\n\n');
    let turn = 0;
    const timer = setInterval(() => {
      const live = state.mode === 'empty' ? [] : state.live.filter(seen);
      const call = live[turn++ % Math.max(1, live.length)];
      if (call?.mos !== undefined) {
        say('call', { ...call, mos: Math.round((call.mos + (turn % 3) * 0.01) * 100) / 100 });
      }
      say('counts', data.counts(live, own));
    }, 2000);
    const one = { gone: (call) => { if (seen(call)) { say('gone', { callId: call.callId }); } } };
    streams.add(one);
    request.on('close', () => {
      clearInterval(timer);
      streams.delete(one);
    });
  }

  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => { server.closeAllConnections(); server.close(); },
  })));
}

function chosen(numbers, query, own, live) {
  const is = (name, value) => !query.get(name) || query.get(name) === String(value);
  return numbers
    .filter((one) => own === undefined || one.organisation === own)
    .filter((one) => is('organisation', one.organisation) && is('active', one.active) && is('idle', one.organisation === undefined))
    .filter((one) => !query.get('search') || (one.phone_number + one.label).toLowerCase().includes(query.get('search').toLowerCase()))
    .map((one) => ({ ...one, calls: live.filter((call) => call.number === one.phone_number).length }));
}

function pageOf(calls, query) {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('after') ?? 0);
  return { calls: calls.slice(from, from + limit), ...(calls.length > from + limit ? { next: String(from + limit) } : {}) };
}

async function body(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return request.headers['content-type'] === 'application/octet-stream' ? text : text === '' ? {} : JSON.parse(text);
}

function json(response, status, what, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers }).end(JSON.stringify(what));
}

function unknown(response) {
  problem(response, 404, 'There is no such thing here, or it is somebody else’s.');
}

function problem(response, status, detail, headers = {}, faults = []) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json', ...headers }).end(JSON.stringify({ title: 'Problem', status, detail, faults }));
}

if (process.argv[1]?.endsWith('server.mjs')) {
  const { address } = await start({ port: Number(process.argv[2] ?? 4173), pages: process.argv[3] });
  console.log(`${address}  users: admin, demo, desk, support; the password is the user's name`);
}
