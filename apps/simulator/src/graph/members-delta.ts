import type { Directory } from '../tenant/directory.ts';
import type { DirectoryGroup, Recipient } from '../tenant/recipient.ts';
import { type GraphObject, selection, type Selection } from './select.ts';

/** Graph gives the members of a large group in pieces, each with the group around it. */
const MEMBERS_PER_PIECE = 500;

/** What `$select` of a delta query asks for: the members of groups only when they are named, or nothing is. */
export function deltaSelection(
  type: string,
  select: unknown,
): { readonly object: Selection; readonly members: boolean } {
  if (type !== 'group' || typeof select !== 'string')
    return { object: selection(type, select), members: type === 'group' };
  const names = select.split(',').map((name) => name.trim());
  const own = names.filter((name) => name !== 'members');
  return {
    object: selection(type, own.length === 0 ? 'id' : own.join(',')),
    members: own.length < names.length,
  };
}

/** A group with its members, or with those who came and went since a version, in pieces. */
export function withMembers(
  directory: Directory,
  group: DirectoryGroup,
  shown: GraphObject,
  since: number | null,
): readonly GraphObject[] {
  const changes = since === null ? undefined : directory.memberChanges(group.id, since);
  const members =
    changes === undefined
      ? group.members
          .map((address) => directory.resolve(address))
          .filter((member) => member !== undefined)
          .map((member) => reference(member, false))
      : changes.map(({ member, removed }) => reference(member, removed));
  const inEntra = members.filter((member) => member !== null);
  if (inEntra.length === 0) return [shown];
  const pieces: GraphObject[] = [];
  for (let at = 0; at < inEntra.length; at += MEMBERS_PER_PIECE) {
    pieces.push({ ...shown, 'members@delta': inEntra.slice(at, at + MEMBERS_PER_PIECE) });
  }
  return pieces;
}

/** Null for what Entra ID does not know: public folders and dynamic groups. */
function reference(member: Recipient, removed: boolean): GraphObject | null {
  const types = { user: 'user', group: 'group', contact: 'orgContact', publicFolder: null };
  const type = types[member.type];
  if (type === null || (member.type === 'group' && member.kind === 'dynamic')) return null;
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id: member.id,
    ...(removed && { '@removed': { reason: 'deleted' } }),
  };
}
