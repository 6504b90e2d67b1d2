import lighthouse, { type Flags } from 'lighthouse';

/** A stream of events keeps the network busy for ever: the page is judged as it stands then. Milliseconds. */
const LOADED_BY = 3_000;
const TRIES = 3;

export interface Accessibility {
  /** 0 to 100. */
  readonly score: number;
  /** What is wrong, in Lighthouse's words. */
  readonly findings: readonly string[];
}

/** What Lighthouse says of a page on a phone, in the browser that is steered at `debuggingPort`. */
export async function judgeAccessibility(
  url: string,
  debuggingPort: number,
  cookie: { readonly name: string; readonly value: string } | null,
): Promise<Accessibility> {
  const settings: Flags = {
    port: debuggingPort,
    onlyCategories: ['accessibility'],
    output: 'json',
    logLevel: 'error',
    throttlingMethod: 'provided',
    maxWaitForLoad: LOADED_BY,
    disableFullPageScreenshot: true,
    ...(cookie !== null && { extraHeaders: { Cookie: `${cookie.name}=${cookie.value}` } }),
  };
  let result = await lighthouse(url, settings);
  // It asks the page for a sign of life within a second, which a busy machine may not give.
  for (let again = 1; result?.lhr.runtimeError?.code === 'PAGE_HUNG' && again < TRIES; again += 1)
    result = await lighthouse(url, settings);
  if (result === undefined) throw new Error(`Lighthouse says nothing of ${url}.`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`${url}: ${runtimeError.message}`);
  const findings = Object.values(audits)
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0)
    .map(({ title }) => title);
  return { score: Math.round((categories['accessibility']?.score ?? 0) * 100), findings };
}
