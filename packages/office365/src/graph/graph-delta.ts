import type {
  DirectoryFact,
  DirectoryRound,
  GraphCollection,
  RoundReceiver,
  TenantCredentials,
} from '@holdfast/application';
import { z } from 'zod';
import { failureOf, isPermissionFailure, parseJson, type ApiAnswer } from '../http/failure.ts';
import type { GraphClient } from './graph-client.ts';
import * as graphSchema from './graph-schemas.ts';
import { isBelow } from '../http/http-exchange.ts';
import type { TenantAdapterSettings } from '../http/options.ts';
import { groupToObject, userToObject } from '../directory/tenant-objects.ts';

/** A round may begin anew so often: more means that Microsoft cannot hold a mark for as long as the round takes. */
const RESTARTS = 2;

/** `members` comes as `members@delta`: all of them at first, then who came and who went. */
const SELECT: Readonly<Record<GraphCollection, string>> = {
  users: graphSchema.USER_FIELDS,
  groups: `${graphSchema.GROUP_FIELDS},members`,
  contacts: graphSchema.CONTACT_FIELDS,
};

const page = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().nullish(),
  '@odata.deltaLink': z.string().nullish(),
});

const identified = z.object({ id: z.string().min(1), '@removed': z.unknown().optional() });
const memberChanges = z.array(identified);

type Entry = z.infer<typeof page>['value'][number];

/**
 * One round of a collection (delta query): everything, or what changed since a mark. Pages may be empty, repeat objects
 * and tell removals of what was never there (reference 2.2); the receiver lets the last word count. Null without the
 * permission.
 */
export async function readRound(
  graph: GraphClient,
  settings: TenantAdapterSettings,
  credentials: TenantCredentials,
  asked: { readonly collection: GraphCollection; readonly from: string | null },
  receiver: RoundReceiver,
): Promise<DirectoryRound | null> {
  const { collection } = asked;
  const whole = graph.urlOf(`/${collection}/delta`, { $select: SELECT[collection] });
  const follow = (url: string): Promise<DirectoryRound | 'gone'> =>
    followRound(graph, settings, credentials, { collection, url }, receiver);
  // A mark of another address of Microsoft's, or of a stand-in: nothing to be asked there.
  const mark = asked.from !== null && isBelow(settings.graphBase, asked.from) ? asked.from : null;
  try {
    let full = mark === null;
    let url = mark ?? whole;
    for (let restarts = 0; restarts <= RESTARTS; restarts += 1) {
      const ended = await follow(url);
      if (ended !== 'gone') return { ...ended, full };
      await receiver.restart();
      full = true;
      // Never the place that comes along with 410: whether it keeps the selection is not documented, and without it a
      // disabled account reads like an enabled one.
      url = whole;
    }
  } catch (error) {
    if (isPermissionFailure(error) && error.failure.code === 'forbidden') return null;
    throw error;
  }
  throw failureOf('unexpected', `/${collection}/delta begins anew again and again.`);
}

async function followRound(
  graph: GraphClient,
  settings: TenantAdapterSettings,
  credentials: TenantCredentials,
  round: { readonly collection: GraphCollection; readonly url: string },
  receiver: RoundReceiver,
): Promise<DirectoryRound | 'gone'> {
  const { collection } = round;
  const path = `/${collection}/delta`;
  const seen = new Set<string>();
  for (let url = round.url; ;) {
    if (seen.has(url) || seen.size >= settings.limits.pages)
      throw failureOf('unexpected', `The pages of ${path} do not end.`);
    seen.add(url);
    const answer: ApiAnswer = await graph.page(credentials, url);
    if (answer.status === 410) return 'gone';
    const body = page.safeParse(parseJson(answer.text));
    if (!body.success) throw failureOf('unexpected', `${path}: the answer is unreadable.`);
    await receiver.page(body.data.value.flatMap((entry) => factsOf(collection, entry)));
    const next = body.data['@odata.nextLink'] || null;
    const deltaLink = body.data['@odata.deltaLink'] || null;
    const link = next ?? deltaLink;
    // Without an end the list is not whole: taking it for whole would remove everybody who is missing.
    if (link === null) throw failureOf('unexpected', `${path} ends without a mark.`);
    if (!isBelow(settings.graphBase, link))
      throw failureOf('unexpected', `${path} points to another host for its next page.`);
    if (next === null) return { deltaLink: link, full: false };
    url = next;
  }
}

function factsOf(collection: GraphCollection, entry: Entry): readonly DirectoryFact[] {
  const { id, '@removed': removed } = read(identified, entry, collection);
  if (removed !== undefined && removed !== null) return [{ fact: 'gone', externalId: id }];
  const members = membersOf(collection, id, entry);
  // A large group comes in parts, of which all but one bring members only.
  const saysMore = Object.keys(entry).some((key) => key !== 'id' && !key.includes('@'));
  return saysMore ? [{ fact: 'object', object: objectOf(collection, entry) }, ...members] : members;
}

function objectOf(collection: GraphCollection, entry: Entry) {
  switch (collection) {
    case 'users':
      return userToObject(read(graphSchema.user, entry, collection));
    case 'groups':
      return groupToObject(read(graphSchema.group, entry, collection), 'group');
    case 'contacts':
      return groupToObject(read(graphSchema.group, entry, collection), 'contact');
  }
}

function membersOf(
  collection: GraphCollection,
  groupId: string,
  entry: Entry,
): readonly DirectoryFact[] {
  const changes = entry['members@delta'];
  if (changes === undefined || changes === null) return [];
  return read(memberChanges, changes, collection).map(({ id, '@removed': removed }) => ({
    fact:
      removed === undefined || removed === null ? ('member' as const) : ('member-gone' as const),
    groupId,
    memberId: id,
  }));
}

/** One unreadable entry fails the round: leaving it out would look like a removal. */
function read<T>(schema: z.ZodType<T>, value: unknown, collection: GraphCollection): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw failureOf('unexpected', `/${collection}/delta: ${where} ${issue?.message ?? 'unreadable'}`);
}
