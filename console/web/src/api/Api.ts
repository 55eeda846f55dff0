/** The reason why a request failed (RFC 9457); status 0 means that there was no answer. */
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

/** Returns `/path?query` of the console's API, without empty values. */
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

/** Sends requests to the console's API. Requests that change something carry the session's CSRF token. */
export class Api {
  private csrf = '';

  /** @param signedOut called when the server no longer knows the session */
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

  /** Returns a file unchanged. */
  async getFile(path: string, accept: string, signal?: AbortSignal): Promise<string> {
    return (await this.answer('GET', address(path), { Accept: accept }, undefined, signal)).text();
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.ask<T>('POST', address(path), body);
  }

  /** Sends a file unchanged. */
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

  /** @throws Problem unless the answer is successful */
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
    // Not problem+json: a proxy's page, or no body. Only the status is known.
  }
  return new Problem(
    response.status, body.title ?? response.statusText, body.detail ?? '', (body.faults ?? []).map(sentenceOf),
    Number.isFinite(retry) ? retry : undefined);
}

/** Formats a fault from the router as its path and what to write there. */
function sentenceOf(fault: unknown): string {
  if (typeof fault !== 'object' || fault === null) {
    return String(fault);
  }
  return Object.values(fault).filter((part) => typeof part === 'string' && part !== '').join(': ');
}

/** Returns the items of an answer that is a list, or an object with the list in one of its fields. */
export function itemsOf<T>(answer: unknown, field: string): T[] {
  if (Array.isArray(answer)) {
    return answer as T[];
  }
  const inside = (answer as Record<string, unknown> | undefined)?.[field];
  return Array.isArray(inside) ? (inside as T[]) : [];
}
