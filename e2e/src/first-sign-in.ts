import type { OutsideWorld } from './outside-world.ts';
import { waitFor } from './wait-for.ts';
import { WebClient } from './web-client.ts';

/** Chosen at the first sign-in, for everybody who signs in by these means. */
export const OWN_PASSWORD = 'quite a long e2e passphrase 7';

/** The emergency mailbox of a user whom the notice of an event has reached by SMS. */
export async function signInFirst(
  portalUrl: string,
  world: OutsideWorld,
  login: string,
): Promise<WebClient> {
  const password = await waitFor(`the SMS with the password of ${login}`, async () => {
    const texts = (await world.sms()).map(({ text }) => text);
    // Each is told in their own language.
    const own = texts.findLast(
      (text) => /^(?:Login|Anmeldename): (\S+)$/m.exec(text)?.[1] === login,
    );
    return /^(?:Password|Passwort): (\S+)$/m.exec(own ?? '')?.[1];
  });
  const portal = new WebClient(portalUrl);
  const state = await portal.mutate<{ readonly mustChoosePassword: boolean }>('session.signIn', {
    login,
    password,
  });
  if (state.mustChoosePassword) {
    await portal.mutate('session.choosePassword', { password: OWN_PASSWORD });
  }
  return portal;
}

/** Somebody who signs in by the code of a text message, as one does while there is no event. */
export async function signInByCode(
  portalUrl: string,
  world: OutsideWorld,
  login: string,
): Promise<WebClient> {
  const portal = new WebClient(portalUrl);
  const { ticket } = await portal.mutate<{ readonly ticket: string }>('session.requestWayIn', {
    login,
  });
  const code = await waitFor(`the text message with a code for ${login}`, async () => {
    const texts = (await world.sms()).map(({ text }) => text);
    return /^\d{8}/.exec(texts.findLast((text) => text.includes('sign-in code')) ?? '')?.[0];
  });
  await portal.mutate('session.useWayIn', { login, way: { kind: 'code', code, ticket } });
  return portal;
}
