import { expect, it } from 'vitest';
import { isStepDone, NO_CHOICES, toInstallation } from './wizard-steps.ts';

const facts = { connected: true, refreshed: true, installed: false };

it('installs nothing while an answer is missing', () => {
  expect(toInstallation(NO_CHOICES)).toBeNull();
  expect(toInstallation({ ...NO_CHOICES, protect: 'all' })).toBeNull();
  expect(toInstallation({ protect: 'some', userIds: [], protectNewUsers: true })).toBeNull();
});

it('has nothing ticked beforehand', () => {
  expect(isStepDone('choose', NO_CHOICES, facts)).toBe(false);
  expect(isStepDone('new-users', NO_CHOICES, facts)).toBe(false);
});

it('takes no for an answer about new users', () => {
  const choices = { protect: 'all', userIds: [], protectNewUsers: false } as const;
  expect(isStepDone('new-users', { ...choices, userIds: [] }, facts)).toBe(true);
  expect(toInstallation({ ...choices, userIds: [] })).toEqual({
    protect: { kind: 'all' },
    protectNewUsers: false,
  });
});

it('ignores people chosen before, once all are protected', () => {
  expect(
    toInstallation({ protect: 'all', userIds: ['a'], protectNewUsers: true })?.protect,
  ).toEqual({ kind: 'all' });
});
