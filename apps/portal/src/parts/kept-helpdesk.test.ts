import type { PortalState } from '@holdfast/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepHelpdesk, keptHelpdesk } from './kept-helpdesk.ts';

const contact = {
  name: 'IT helpdesk',
  phone: { shown: '+49 30 5550 100', e164: '+49305550100' },
  email: null,
  url: null,
  hours: null,
};
const user = { name: 'Megan', address: 'megan@contoso.example', otherAddresses: [] };
const state = { user, helpdeskContact: contact } as unknown as PortalState;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('whom to ask is known without a connection, once somebody was signed in', () => {
  keepHelpdesk({ ...state, user: null });
  expect(keptHelpdesk()).toBeNull();
  keepHelpdesk(state);
  expect(keptHelpdesk()).toEqual(contact);
});

test('an organisation that names nobody any more is not called', () => {
  keepHelpdesk(state);
  keepHelpdesk({ ...state, helpdeskContact: null });
  expect(keptHelpdesk()).toBeNull();
});

test('a browser that keeps nothing still shows the page', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('blocked');
    },
    setItem: () => {
      throw new Error('blocked');
    },
  });
  keepHelpdesk(state);
  expect(keptHelpdesk()).toBeNull();
});
