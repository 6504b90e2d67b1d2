import type { InfoWorld } from './info-world.ts';

export const PHONE = '+4915123456789';
export const OTHER_PHONE = '+4915123456700';
export const EMAIL = 'ada@posteo.example';

/** The form as Ada fills it in with a number. */
export const MOBILE = {
  email: '',
  phone: '0151 23456789',
  country: 'DE',
  preferred: 'sms',
  language: 'en',
} as const;

/** Ada gives her number by the link and enters its code. */
export async function verifyPhone(info: InfoWorld): Promise<void> {
  await info.site.post(info.link, MOBILE);
  await info.site.post(`${info.link}/codes`, { 'code-sms': await info.codeTo(PHONE) });
  await info.settle();
}

/** Ada's number and address, both confirmed. */
export async function verifyBoth(info: InfoWorld): Promise<void> {
  await info.site.post(info.link, { ...MOBILE, email: EMAIL });
  await info.site.post(`${info.link}/codes`, {
    'code-sms': await info.codeTo(PHONE),
    'code-email': await info.codeTo(EMAIL),
  });
  await info.settle();
}

/** `sms verified +49…`, `email given …`: what is stored of Ada, with what shall take its place. */
export async function storedOf(info: InfoWorld): Promise<readonly string[]> {
  const channels = await info.ports.database.withinOrganisation(info.contoso.id, (r) =>
    r.channels.ofUser(info.adaId),
  );
  return channels.map(({ channel, kind }) => {
    if (channel.state === 'removed') return `${kind} removed`;
    const next = 'next' in channel ? channel.next : null;
    return `${kind} ${channel.state} ${channel.value}${next ? ` → ${next.value}` : ''}`;
  });
}

export function expectRedirect(response: Response, path: string): void {
  const went = `${response.status < 304 ? 'to' : response.status} ${response.headers.get('location')}`;
  if (went !== `to ${path}`) throw new Error(`Expected a way to ${path}, got ${went}`);
}
