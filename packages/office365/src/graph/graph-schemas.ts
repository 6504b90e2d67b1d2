import { z } from 'zod';

/**
 * What we read of Graph's answers. Lenient: unknown properties are dropped, absent ones are null, and words of an enum
 * are compared without case, since the documentation's own samples disagree with the schema (reference 4.1).
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const word = z
  .string()
  .nullish()
  .transform((value) => value?.toLowerCase() ?? null);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const organisation = z.object({
  id: z.string(),
  displayName: text,
  verifiedDomains: z
    .array(z.object({ name: z.string(), isInitial: flag }))
    .nullish()
    .transform((value) => value ?? []),
});

export const domain = z.object({
  id: z.string().min(1),
  isInitial: flag,
  isVerified: flag,
  supportedServices: texts,
});

/** The documentation's sample writes `@odata.type` without `#`; both, and none, are fine since we read `recordType`. */
export const serviceRecord = z.object({
  '@odata.type': text,
  recordType: word,
  supportedService: word,
  mailExchange: text,
  preference: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
});

export const user = z.object({
  id: z.string().min(1),
  userPrincipalName: text,
  mail: text,
  proxyAddresses: texts,
  displayName: text,
  // Absent means enabled: a missing property must not look like a switched-off account.
  accountEnabled: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  userType: word,
  assignedPlans: z
    .array(z.object({ servicePlanId: word, capabilityStatus: word }))
    .nullish()
    .transform((value) => value ?? []),
  mobilePhone: text,
  preferredLanguage: text,
});

/** A group; a contact has the same shape. */
export const group = z.object({
  id: z.string().min(1),
  displayName: text,
  mail: text,
  proxyAddresses: texts,
});

export const mailboxSettings = z.object({ userPurpose: word });
export const inboxCount = z.object({ id: z.string(), totalItemCount: z.number().nullish() });
export const serviceHealth = z.object({ id: z.string() });
export const foundMessage = z.object({ id: z.string().min(1), isDraft: flag });
const time = z.string().transform((value, context) => {
  const at = Date.parse(value);
  if (!Number.isNaN(at)) return at;
  context.addIssue('is no time');
  return z.NEVER;
});
export const placedMessage = z.object({
  id: z.string().min(1),
  isDraft: flag,
  isRead: flag,
  parentFolderId: text,
  receivedDateTime: time,
});
export const folderName = z.object({ displayName: text });
export const tracedMessage = z.object({
  senderAddress: text,
  recipientAddress: text,
  receivedDateTime: time,
  fromIP: text,
});
export const createdMessage = z.object({ id: z.string().min(1) });
export const attachmentName = z.object({ id: z.string(), name: text });
export const uploadSession = z.object({ uploadUrl: z.string() });

export type GraphUser = z.infer<typeof user>;
export type GraphGroup = z.infer<typeof group>;

export const USER_FIELDS =
  'id,userPrincipalName,mail,proxyAddresses,displayName,accountEnabled,userType,assignedPlans,mobilePhone,preferredLanguage';
export const GROUP_FIELDS = 'id,displayName,mail,proxyAddresses,groupTypes,mailEnabled';
export const CONTACT_FIELDS = 'id,displayName,mail,proxyAddresses';
export const DOMAIN_FIELDS = 'id,isInitial,isVerified,supportedServices';
