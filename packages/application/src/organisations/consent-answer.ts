import { Refusal } from '../refusal.ts';

/** What Entra ID sends the browser back with. Everything in it can be forged. */
export interface ConsentAnswer {
  readonly state: string;
  readonly tenant: string | null;
  readonly adminConsent: boolean;
  readonly error: string | null;
  readonly errorDescription: string | null;
}

/** Words for the codes that end a consent; the rest is shown as Microsoft says it. */
const WORDS: Readonly<Record<string, string>> = {
  AADSTS65004:
    'The consent was declined in Entra ID. Nothing has changed. Start again when it may be given.',
  AADSTS90094:
    'Only an administrator of the tenant can give this consent. Ask a Global Administrator or a Privileged Role Administrator to sign in on Microsoft’s page.',
  AADSTS90093:
    'The account that signed in may not give this consent. Ask a Global Administrator or a Privileged Role Administrator to sign in on Microsoft’s page.',
  AADSTS650056:
    'The application of this installation is not registered properly: it asks for no permissions. Tell the operator.',
  AADSTS650051:
    'Entra ID was still busy with an earlier consent for this application. Wait a minute and start again.',
  AADSTS700016: 'Entra ID does not know the application of this installation. Tell the operator.',
  AADSTS50105:
    'Your tenant lets only assigned people use applications, and the account that signed in is not assigned.',
};

/** Longest text of Microsoft's that is shown. Unit: characters. */
const LONGEST_DETAIL = 300;

/** Null when the consent was given; what became of it otherwise: `consent.declined` or `consent.failed`. */
export function refusalOfAnswer(answer: ConsentAnswer): Refusal | null {
  const { error, errorDescription, adminConsent } = answer;
  if (error === null && adminConsent) return null;
  const said =
    (errorDescription ?? '').split(/\r?\n| Trace ID:/)[0]?.slice(0, LONGEST_DETAIL) ?? '';
  const code = /AADSTS\d+/.exec(said)?.[0] ?? '';
  const declined = code === 'AADSTS65004' || (code === '' && error === 'access_denied');
  const words = WORDS[code] ?? (declined ? WORDS['AADSTS65004'] : undefined);
  return new Refusal(
    declined ? 'consent.declined' : 'consent.failed',
    words ?? `Entra ID did not give the consent. Microsoft said: ${said || (error ?? 'nothing')}`,
  );
}
