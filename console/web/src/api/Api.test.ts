import { describe, expect, it } from 'vitest';
import { Api, Problem, address, itemsOf } from './Api';

interface Sent {
  url: string;
  init: RequestInit;
}

function answering(response: () => Response) {
  const sent: Sent[] = [];
  let signedOut = 0;
  const api = new Api(() => signedOut++, async (url, init) => {
    sent.push({ url: String(url), init: init ?? {} });
    return response();
  });
  return { api, sent, signedOut: () => signedOut };
}

describe('a request', () => {
  it('leaves out what is empty, and escapes the rest', () => {
    expect(address('/numbers', { search: 'a b&c', idle: undefined, label: '', active: false }))
      .toBe('/api/v1/numbers?search=a+b%26c&active=false');
  });

  it('carries the token where it changes something, and only there', async () => {
    const { api, sent } = answering(() => new Response('{}'));
    api.useToken('secret');
    await api.get('/numbers');
    await api.patch('/numbers/1', { label: 'x' });
    expect(sent[0]?.init.headers).not.toHaveProperty('X-CSRF-Token');
    expect(sent[1]?.init.headers).toHaveProperty('X-CSRF-Token', 'secret');
  });

  it('carries a file as it was written, and gives one as it stands', async () => {
    const { api, sent } = answering(() => new Response('rules: []'));
    expect(await api.getFile('/directory/file', 'application/yaml')).toBe('rules: []');
    expect(sent[0]?.init.headers).toHaveProperty('Accept', 'application/yaml');
    api.useToken('secret');
    await api.postFile('/directory/apply', { dry_run: true, whole: undefined }, 'rules: []').catch(() => {});
    expect(sent[1]).toMatchObject({ url: '/api/v1/directory/apply?dry_run=true', init: { body: 'rules: []', headers: { 'X-CSRF-Token': 'secret' } } });
  });

  it('answers nothing where the server says nothing', async () => {
    const { api } = answering(() => new Response(null, { status: 204 }));
    expect(await api.delete('/session')).toBeUndefined();
  });
});

describe('a refusal', () => {
  const refused = (status: number, body: string, headers: Record<string, string> = {}) =>
    answering(() => new Response(body, { status, headers }));

  async function problemOf(asked: Promise<unknown>): Promise<Problem> {
    const fault = await asked.then(() => undefined, (thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(Problem);
    return fault as Problem;
  }

  it('tells the detail and each fault', async () => {
    const { api } = refused(400, '{"title":"Bad Request","detail":"Mend these.","faults":[{"path":"label","message":"too long"}]}');
    const problem = await problemOf(api.patch('/numbers/1', {}));
    expect(problem.detail).toBe('Mend these.');
    expect(problem.faults).toEqual(['label: too long']);
  });

  it('is a problem too where it is no JSON', async () => {
    const problem = await problemOf(refused(502, '<html>').api.get('/numbers'));
    expect(problem.status).toBe(502);
  });

  it('says when to try again', async () => {
    const problem = await problemOf(refused(429, '{}', { 'Retry-After': '30' }).api.post('/session', {}));
    expect(problem.retryAfterSeconds).toBe(30);
  });

  it('of a session that is over is told, but not while somebody signs in', async () => {
    const over = refused(401, '{}');
    await problemOf(over.api.get('/numbers'));
    expect(over.signedOut()).toBe(1);
    await problemOf(over.api.post('/session', {}));
    expect(over.signedOut()).toBe(1);
  });

  it('of a server that does not answer has the status 0', async () => {
    const api = new Api(() => {}, () => Promise.reject(new TypeError('away')));
    expect((await problemOf(api.get('/numbers'))).status).toBe(0);
  });
});

describe('a list', () => {
  it('is found bare or in its field', () => {
    expect(itemsOf([1], 'rules')).toEqual([1]);
    expect(itemsOf({ rules: [1] }, 'rules')).toEqual([1]);
    expect(itemsOf({}, 'rules')).toEqual([]);
    expect(itemsOf(undefined, 'rules')).toEqual([]);
  });
});
