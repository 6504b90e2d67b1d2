import { describe, expect, it } from 'vitest';
import { exportHref, readUserSearch, toUsersInput } from './user-search.ts';

describe('the address of the users page', () => {
  it('is everybody when nothing stands in it', () => {
    expect(toUsersInput({})).toEqual({
      search: '',
      kinds: null,
      protected: null,
      alternateInfo: null,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 50,
    });
  });

  it('carries filters, order and page', () => {
    const input = toUsersInput({
      q: 'adele',
      info: 'missing,asked',
      kind: 'user',
      protected: 'yes',
      sort: '-lastAskedAt',
      page: '3',
    });
    expect(input).toMatchObject({
      search: 'adele',
      alternateInfo: ['missing', 'asked'],
      kinds: ['user'],
      protected: true,
      sort: 'lastAskedAt',
      descending: true,
      offset: 100,
    });
  });

  it('shows what can be understood of an address typed by hand', () => {
    const search = readUserSearch({
      info: 'missing,nonsense',
      protected: 'maybe',
      page: '-4',
      x: 1,
    });
    expect(search).toEqual({ info: 'missing,nonsense', page: '-4' });
    expect(toUsersInput(search)).toMatchObject({ alternateInfo: ['missing'], offset: 0 });
  });

  it('exports exactly what is shown', () => {
    expect(exportHref({ info: 'missing,asked', protected: 'yes', page: '2' })).toBe(
      '/export/users.csv?protected=true&alternateInfo=missing%2Casked&sort=name',
    );
  });
});
