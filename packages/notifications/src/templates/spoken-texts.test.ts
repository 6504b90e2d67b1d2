import { describe, expect, it } from 'vitest';
import { spokenTexts } from './spoken-texts.ts';

const facts = { organisation: 'Contoso', portalUrl: 'https://mail-help.example', codeValidFor: 15 };

describe('a call', () => {
  it('says the code digit by digit, twice, in the language of whom it is for', () => {
    expect(spokenTexts('en')({ kind: 'verification-code', code: '102345' }, facts)).toBe(
      'Hello. This is the emergency mail service of Contoso. Your code to confirm this number is: one, zero, two, three, four, five. Once more: one, zero, two, three, four, five. It is valid for 15 minutes. Tell it to nobody. If you did not ask for it, ignore this call. Goodbye.',
    );
    const german = spokenTexts('de')({ kind: 'way-in', code: '10000002' }, facts);
    expect(german.match(/eins, null, null, null, null, null, null, zwei/g)).toHaveLength(2);
  });

  it('about an event says where to sign in, and no code or password', () => {
    const text = spokenTexts('en')({ kind: 'event-started' }, facts);
    expect(text).toContain('mail-help dot example');
    expect(text).not.toMatch(/password|code is/);
  });

  it('takes a name for a name: no markup that a gateway would obey', () => {
    const organisation = '<audio src="https://x.example/a.mp3"/> & Sons'.padEnd(400, '!');
    const text = spokenTexts('en')({ kind: 'event-ended' }, { ...facts, organisation });
    expect(text).not.toMatch(/[<>&"]/);
    expect(text.length).toBeLessThan(250);
  });
});
