const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
const MAX_CODE_POINT = 0x10ffff;

/** A domain's labels as they are meant to be read (RFC 3492); a label that cannot be decoded stays as it is. */
export function readableDomain(domain: string): string {
  return domain
    .split('.')
    .map((label) =>
      /^xn--/i.test(label) ? (decode(label.slice(4).toLowerCase()) ?? label) : label,
    )
    .join('.');
}

function decode(encoded: string): string | null {
  const end = encoded.lastIndexOf('-');
  const output = Array.from(end > 0 ? encoded.slice(0, end) : '', (c) => c.codePointAt(0) ?? 0);
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let i = 0;
  let at = end > 0 ? end + 1 : 0;
  while (at < encoded.length) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(encoded[at]);
      at += 1;
      if (digit === null) return null;
      i += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > MAX_CODE_POINT) return null;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

function digitOf(character: string | undefined): number | null {
  if (character === undefined) return null;
  const digit = Number.parseInt(character, BASE);
  if (Number.isNaN(digit)) return null;
  // Letters stand for 0 to 25 and digits for 26 to 35, the other way round than in radix 36.
  return digit < 10 ? digit + 26 : digit - 10;
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(isFirst ? delta / DAMP : delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
    rest = Math.floor(rest / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
