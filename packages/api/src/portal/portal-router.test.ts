import { Refusal, type Ports } from '@holdfast/application';
import { TRPCError } from '@trpc/server';
import { describe, expect, test } from 'vitest';
import type { PortalContext } from '../context.ts';
import { createPortalRouter } from './router.ts';

const router = createPortalRouter();

/** No test here may reach a port: what is refused must be refused before. */
const ports = {
  settings: { demo: true },
  passkeys: { possible: true },
  database: {
    withinOrganisation: () => Promise.reject(new Error('reached the database')),
    acrossOrganisations: () => Promise.reject(new Error('reached the database')),
  },
  identifiers: { uuid: () => 'error-id' },
  log: { error: () => undefined, warn: () => undefined },
} as unknown as Ports;

const ACTOR = {
  kind: 'user',
  organisationId: '0199b2a0-0000-7000-8000-00000000000a',
  userId: '0199b2a0-0000-7000-8000-00000000000b',
  sessionId: '0199b2a0-0000-7000-8000-00000000000c',
  ip: '192.0.2.1',
} as const;

type AnyCaller = Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;

function caller(change: Partial<PortalContext>): AnyCaller {
  return router.createCaller({
    ports,
    actor: null,
    mustChoosePassword: false,
    ip: '192.0.2.1',
    userAgent: null,
    language: 'en',
    setLanguage: () => undefined,
    startSession: () => undefined,
    endSession: () => undefined,
    sessionToken: null,
    ...change,
  }) as unknown as AnyCaller;
}

async function codeOf(call: Promise<unknown> | undefined): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof Refusal) return error.cause.code;
    throw error;
  }
  return 'answered';
}

async function codesOf(change: Partial<PortalContext>): Promise<Record<string, string>> {
  const codes: Record<string, string> = {};
  const calls = caller(change);
  for (const path of Object.keys(router._def.procedures)) {
    const [area = '', name = ''] = path.split('.');
    codes[path] = await codeOf(calls[area]?.[name]?.({}));
  }
  return codes;
}

const isMail = ([path]: readonly [string, string]): boolean => !path.startsWith('session.');

describe('the portal router', () => {
  test('keeps the names that the portal calls', () => {
    expect(Object.keys(router._def.procedures).toSorted()).toEqual([
      'account.endDevices',
      'account.makeRecoveryCodes',
      'account.putBannerAway',
      'account.read',
      'account.removePasskey',
      'drafts.discard',
      'drafts.list',
      'drafts.read',
      'drafts.restore',
      'drafts.save',
      'mailbox.alwaysShowPictures',
      'mailbox.conversation',
      'mailbox.folders',
      'mailbox.list',
      'mailbox.move',
      'mailbox.ownFolders',
      'mailbox.read',
      'mailbox.readAll',
      'mailbox.search',
      'mailbox.send',
      'mailbox.setFlagged',
      'mailbox.setRead',
      'mailbox.undoSend',
      'meetings.list',
      'people.search',
      'push.key',
      'push.subscribe',
      'push.unsubscribe',
      'session.addPasskey',
      'session.chooseLanguage',
      'session.choosePassword',
      'session.offerPasskey',
      'session.requestPasskey',
      'session.requestWayIn',
      'session.signIn',
      'session.signOut',
      'session.state',
      'session.usePasskey',
      'session.useWayIn',
      'writing.saveSettings',
      'writing.settings',
    ]);
  });

  test('shows no mail to anyone who is not signed in', async () => {
    const mail = Object.entries(await codesOf({})).filter(isMail);
    expect(new Set(mail.map(([, code]) => code))).toEqual(new Set(['session.required']));
    expect(await codeOf(caller({})['session']?.['choosePassword']?.({}))).toBe('session.required');
  });

  test('shows no mail to anyone who still has the temporary password', async () => {
    const mail = Object.entries(await codesOf({ actor: ACTOR, mustChoosePassword: true }));
    expect(new Set(mail.filter(isMail).map(([, code]) => code))).toEqual(
      new Set(['session.must-choose-password']),
    );
  });

  test('says who nobody is even when the database does not answer', async () => {
    expect(await caller({})['session']?.['state']?.()).toEqual({
      user: null,
      language: null,
      organisation: null,
      copy: 'none',
      helpdesk: null,
      helpdeskContact: null,
      passkeys: true,
      leftSent: 0,
      mustChoosePassword: false,
      access: 'closed',
      event: null,
      drill: null,
      demo: true,
    });
  });

  test('refuses a cursor that it did not make', async () => {
    const list = caller({ actor: ACTOR })['mailbox']?.['list'];
    expect(await codeOf(list?.({ folder: 'inbox', cursor: 'made up' }))).toBe('input.invalid');
  });

  test('ends the session in the browser even when there is none here', async () => {
    let ended = false;
    const endSession = (): void => {
      ended = true;
    };
    await caller({ endSession })['session']?.['signOut']?.();
    expect(ended).toBe(true);
  });
});
