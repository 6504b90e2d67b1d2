/** Whom users ask when they cannot get in, as their organisation has said. */
export interface HelpdeskView {
  readonly name: string;
  readonly phone: { readonly shown: string; readonly e164: string } | null;
  readonly email: string | null;
  readonly url: string | null;
  readonly hours: string | null;
}
