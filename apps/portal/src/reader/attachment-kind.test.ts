import { expect, test } from 'vitest';
import { listedParts, previewKind } from './attachment-kind.ts';

test('pictures, PDF and text can be looked at; what may run is downloaded', () => {
  const kindOf = (contentType: string) => previewKind({ contentType });
  expect(kindOf('image/png')).toBe('picture');
  expect(kindOf('application/pdf')).toBe('pdf');
  expect(kindOf('text/csv')).toBe('text');
  expect(kindOf('message/delivery-status')).toBe('text');
  for (const other of [
    'image/svg+xml',
    'text/html',
    'text/xml',
    'text/javascript',
    'application/zip',
  ])
    expect(kindOf(other)).toBeNull();
});

test('pictures that the message shows itself are not listed, all others are', () => {
  const part = (index: number, contentId: string | null) => ({
    index,
    contentId,
    fileName: 'x',
    contentType: 'image/png',
    size: 1,
    inline: true,
    href: '',
  });
  const parts = [part(0, 'logo@x'), part(1, 'never@shown'), part(2, null)];
  expect(listedParts({ parts, html: '<img data-cid="logo@x">' }).map(({ index }) => index)).toEqual(
    [1, 2],
  );
  expect(listedParts({ parts, html: null })).toHaveLength(3);
});
