/** Why a request was not fulfilled (RFC 9457); status 0: nothing answered. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly faults: string[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }
}

type Query = Record<string, string | number | boolean | undefined>;
const BASE = '/api/v1';

/** `/path?query` of the console's API; what is empty is left out. */
export function address(path: string, query: Query = {}): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      written.set(name, String(value));
    }
  }
  const text = written.toString();
  return BASE + path + (text === '' ? '' : '?' + text);
}

/** Sends requests to the console's API, those that change something with the session's CSRF token. */
export class Api {
  private csrf = '';

  /** @param signedOut told when the server knows the session no more */
  constructor(
    private readonly signedOut: () => void,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  useToken(csrf: string): void {
    this.csrf = csrf;
  }

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.ask<T>('GET', address(path, query), undefined, signal);
  }

  /** A file as it stands. */
  async getFile(path: string, accept: string, signal?: AbortSignal): Promise<string> {
    return (await this.answer('GET', address(path), { Accept: accept }, undefined, signal)).text();
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.ask<T>('POST', address(path), body);
  }

  /** A file as somebody wrote it. */
  async postFile<T>(path: string, query: Query, file: string): Promise<T> {
    return read<T>(await this.answer('POST', address(path, query), { 'Content-Type': 'application/octet-stream' }, file));
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.ask<T>('PATCH', address(path), body);
  }

  delete<T>(path: string, body?: unknown): Promise<T> {
    return this.ask<T>('DELETE', address(path), body);
  }

  private async ask<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return read<T>(await (body === undefined
      ? this.answer(method, url, {}, undefined, signal)
      : this.answer(method, url, { 'Content-Type': 'application/json' }, JSON.stringify(body), signal)));
  }

  /** @throws Problem unless it is a good one */
  private async answer(
    method: string, url: string, said: Record<string, string>, body?: string, signal?: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...said };
    if (method !== 'GET') {
      headers['X-CSRF-Token'] = this.csrf;
    }
    let response: Response;
    try {
      response = await this.send(url, { method, headers, signal, credentials: 'same-origin', body });
    } catch (fault) {
      if (signal?.aborted) {
        throw fault;
      }
      throw new Problem(0, '', '');
    }
    if (!response.ok) {
      const problem = await problemOf(response);
      if (problem.status === 401 && !url.endsWith('/session')) {
        this.signedOut();
      }
      throw problem;
    }
    return response;
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After') ?? NaN);
  let body: { title?: string; detail?: string; faults?: unknown[] } = {};
  try {
    body = (await response.json()) as typeof body;
  } catch {
    // No problem+json: a proxy's page, or nothing. The status says what can be said.
  }
  return new Problem(
    response.status, body.title ?? response.statusText, body.detail ?? '', (body.faults ?? []).map(sentenceOf),
    Number.isFinite(retry) ? retry : undefined);
}

/** A fault of the router is its path and what to write. */
function sentenceOf(fault: unknown): string {
  if (typeof fault !== 'object' || fault === null) {
    return String(fault);
  }
  return Object.values(fault).filter((part) => typeof part === 'string' && part !== '').join(': ');
}

/** The items of an answer that is a list, or an object with the list in a field. */
export function itemsOf<T>(answer: unknown, field: string): T[] {
  if (Array.isArray(answer)) {
    return answer as T[];
  }
  const inside = (answer as Record<string, unknown> | undefined)?.[field];
  return Array.isArray(inside) ? (inside as T[]) : [];
}
