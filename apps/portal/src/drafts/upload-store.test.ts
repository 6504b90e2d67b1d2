import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newMessage } from '../outbox/outbox-entry.ts';
import { outboxStore } from '../outbox/outbox-store.ts';
import { openDatabase } from '../storage/open-database.ts';
import { newDraft } from './draft.ts';
import { onUploadEnd } from './upload-end.ts';
import { isUnderWay, lookAtFiles, resumeUploads, startUpload } from './upload-store.ts';

const USER = 'Megan@contoso.example';
const file = new File(['figures'], 'plan.pdf', { type: 'application/pdf' });
/** What becomes of a file on its way. */
let way: () => Promise<void>;
let stop = (): void => undefined;
vi.mock('./upload.ts', () => ({
  uploadFile: () => way(),
  cancelUpload: () => Promise.resolve(),
}));

beforeEach(async () => {
  // The page asks before it is left.
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  way = () => new Promise(() => undefined);
  const database = await openDatabase();
  await database?.clear('files');
  await database?.clear('outbox');
});
afterEach(() => {
  stop();
  stop = () => undefined;
  vi.unstubAllGlobals();
});

const stored = async (id: string) =>
  (await (await openDatabase())?.getKey('files', [USER.toLowerCase(), id])) !== undefined;
test('a file is under way until it is through, and its end is told', async () => {
  let arrive = (): void => undefined;
  way = () => new Promise((resolve) => (arrive = resolve));
  const uploaded = startUpload(USER, 'draft', file);
  expect(isUnderWay(uploaded.id)).toBe(true);
  expect(await lookAtFiles(USER, [uploaded])).toEqual({ uploads: [uploaded], failure: null });
  const told = vi.fn<(user: string) => void>();
  stop = onUploadEnd(told);
  arrive();
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(USER.toLowerCase()));
  expect(isUnderWay(uploaded.id)).toBe(false);
  expect(await lookAtFiles(USER, [uploaded])).toMatchObject({ uploads: [{ isHere: true }] });
});

test('a file that is refused is under way no more, and its reason is known', async () => {
  way = () => Promise.reject(new Error('No room for it.'));
  const uploaded = startUpload(USER, 'draft', file);
  await vi.waitFor(() => expect(isUnderWay(uploaded.id)).toBe(false));
  expect(await lookAtFiles(USER, [uploaded])).toEqual({
    uploads: [uploaded],
    failure: 'plan.pdf: No room for it.',
  });
});

test('after a reload the files of a message in the outbox go on, and those that nothing names are removed', async () => {
  const database = await openDatabase();
  const user = USER.toLowerCase();
  const content = { to: [], cc: [], bcc: [], subject: '', text: '', about: null, carried: [] };
  const uploads = [{ id: 'queued', fileName: 'plan.pdf', size: 7, isHere: false }];
  const draft = { ...newDraft(content), uploads };
  await outboxStore.add(USER, newMessage({ key: draft.key, to: [] }, draft, 'spare', 1));
  for (const key of ['queued', 'forgotten'])
    await database?.put('files', { user, key, draftKey: draft.key, fileName: 'plan.pdf', file });
  stop = resumeUploads(USER);
  await vi.waitFor(async () => expect(await stored('forgotten')).toBe(false));
  await vi.waitFor(() => expect(isUnderWay('queued')).toBe(true));
  expect(await stored('queued')).toBe(true);
});
