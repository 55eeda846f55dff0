import type { ApiKey } from '../../api/types';

/** Returns whether a key is valid now, and if not, why. */
export function stateOf(key: ApiKey, now: Date): 'works' | 'revoked' | 'ended' {
  if (key.revokedAt !== undefined) {
    return 'revoked';
  }
  return key.endsAt !== undefined && new Date(key.endsAt) <= now ? 'ended' : 'works';
}
