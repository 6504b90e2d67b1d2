import { describe, expect, it } from 'vitest';
import { contractFaults, missingDescriptions, type GraphCall } from './graph-contract.ts';

const base = { query: new URLSearchParams(), headers: {}, body: null };
const call = (method: string, path: string, more: Partial<GraphCall> = {}): GraphCall => ({
  ...base,
  method,
  path,
  ...more,
});
const query = (text: string) => ({ query: new URLSearchParams(text) });
const MESSAGES = '/users/u/mailFolders/inbox/messages';

const missing = missingDescriptions();

describe('the contract with Graph', () => {
  it('has Microsoft’s description at hand: without it no request is checked', () => {
    if (process.env['CI'] === undefined && missing.length > 0)
      process.stderr.write(`No Graph request is checked: ${missing.join(' and ')} is missing.\n`);
    expect(process.env['CI'] === undefined ? [] : missing).toEqual([]);
  });
});

// Without the description there is nothing to try; the test before says so, and fails in CI.
describe.runIf(missing.length === 0)('the contract with Graph, read from the description,', () => {
  it.each([
    ['a listing', call('GET', '/users', query('$select=id&$top=999'))],
    ['a delta query', call('GET', '/users/delta', query('$select=id'))],
    [
      'a count',
      call('GET', '/users', { ...query('$count=true'), headers: { consistencylevel: 'x' } }),
    ],
    ['a message', call('POST', MESSAGES, { body: { subject: 'Hello', isRead: true } })],
    [
      'a batch',
      call('POST', '/$batch', {
        body: { requests: [{ id: '1', method: 'GET', url: '/users/u' }] },
      }),
    ],
    [
      'an answer with more than the description knows, and words in PascalCase',
      call('GET', '/users/u/mailboxSettings', {
        answer: { status: 200, body: { userPurpose: 'Shared', newThing: 1 } },
      }),
    ],
  ])('lets %s pass', (_name, one) => {
    expect(contractFaults(one)).toEqual([]);
  });

  it.each([
    ['a path', call('GET', '/nowhere')],
    ['a method', call('DELETE', '/users/u')],
    ['a query parameter', call('GET', '/users', query('$skip=1'))],
    ['a query parameter of another operation', call('GET', '/users/delta', query('$top=1'))],
    ['a value', call('GET', '/users', query('$top=all'))],
    ['a parameter that is there twice', call('GET', '/users', query('$top=1&$top=2'))],
    ['a header', call('GET', '/domains', { headers: { prefer: 'x' } })],
    ['a body', call('GET', '/users', { body: {} })],
    [
      'a body of another type',
      call('PATCH', '/users/u/messages/m', {
        body: 'x',
        headers: { 'content-type': 'text/plain' },
      }),
    ],
    ['a property', call('POST', MESSAGES, { body: { sentOn: 'x' } })],
    ['the type of a property', call('POST', MESSAGES, { body: { isRead: 'yes' } })],
    [
      'a request inside a batch',
      call('POST', '/$batch', {
        body: { requests: [{ id: '1', method: 'GET', url: '/users?$skip=1' }] },
      }),
    ],
    [
      'the type of something in an answer',
      call('GET', '/users/u', { answer: { status: 200, body: { id: 7 } } }),
    ],
  ])('names %s that is not Graph’s', (_name, one) => {
    expect(contractFaults(one)).not.toEqual([]);
  });
});
