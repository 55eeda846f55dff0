import type { Role } from '../api/types';

/** What a role may see and do in the console. The server decides; this only hides what the server would refuse. */
export type Right =
  | 'see-numbers' | 'edit-numbers' | 'own-numbers' | 'see-analytics' | 'see-trunks' | 'see-rules' | 'explain'
  | 'act-on-calls' | 'write-notes' | 'see-organisations' | 'erase-callers' | 'make-keys' | 'take-calls' | 'supervise' | 'apply-files';

const RIGHTS: Record<Role, ReadonlySet<Right>> = {
  admin: new Set<Right>([
    'see-numbers', 'edit-numbers', 'own-numbers', 'see-analytics', 'see-trunks', 'see-rules', 'explain', 'act-on-calls', 'write-notes',
    'see-organisations', 'erase-callers', 'make-keys', 'take-calls', 'supervise', 'apply-files',
  ]),
  tenant: new Set<Right>(['see-numbers', 'edit-numbers', 'see-analytics', 'see-rules', 'explain', 'act-on-calls', 'write-notes', 'make-keys', 'erase-callers', 'take-calls', 'supervise']),
  desk: new Set<Right>(['act-on-calls', 'write-notes', 'take-calls']),
  support: new Set<Right>(['see-numbers', 'see-analytics', 'see-trunks', 'see-rules', 'explain', 'see-organisations']),
};

export function may(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}
