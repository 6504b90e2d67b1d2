import { z } from 'zod';

/** What is read of mail and calendar; lenient, as everywhere (graph-schemas.ts). */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
/** Microsoft's own example of a delta has `"isRead": "true"`. */
const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || value === 'true');
const instant = z
  .string()
  .transform((value) => Date.parse(value))
  .refine((at) => !Number.isNaN(at), 'no time');

export const collection = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': text,
  '@odata.deltaLink': text,
});

export const folder = z.object({
  id: z.string().min(1),
  displayName: text,
  parentFolderId: text,
  childFolderCount: z.number().nullish(),
  isHidden: flag,
});

/** Entries of a delta: what left the folder has an id and a reason, and nothing else. */
export const change = z.object({
  id: z.string().min(1),
  '@removed': z.unknown().optional(),
  internetMessageId: text,
  receivedDateTime: text,
  isRead: flag,
  isDraft: flag,
  flag: z.object({ flagStatus: text }).nullish(),
});

export const received = z.object({
  id: z.string().min(1),
  isRead: flag,
  isDraft: flag,
  parentFolderId: text,
  createdDateTime: instant,
  lastModifiedDateTime: instant,
  flag: z.object({ flagStatus: text }).nullish(),
});

const dateTime = z.object({ dateTime: z.string(), timeZone: text });

export const event = z.object({
  id: z.string().min(1),
  subject: text,
  bodyPreview: text,
  start: dateTime,
  end: dateTime,
  isAllDay: flag,
  isCancelled: flag,
  location: z.object({ displayName: text }).nullish(),
  onlineMeeting: z.object({ joinUrl: text }).nullish(),
  onlineMeetingUrl: text,
  organizer: z
    .object({ emailAddress: z.object({ name: text, address: text }).nullish() })
    .nullish(),
  sensitivity: text,
});

export const contact = z.object({
  id: z.string().min(1),
  displayName: text,
  emailAddresses: z
    .array(z.object({ address: text }))
    .nullish()
    .transform((value) => value ?? []),
});

export function isFlagged(
  status: { readonly flagStatus: string | null } | null | undefined,
): boolean {
  return status?.flagStatus?.toLowerCase() === 'flagged';
}
