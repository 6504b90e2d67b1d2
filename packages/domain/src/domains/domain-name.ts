/** Parameters of Bootstring for Punycode, RFC 3492 §5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
/** RFC 5890 §2.3.2.1. */
const ACE_PREFIX = 'xn--';
/** RFC 1035 §2.3.4. Unit: octets. */
const LONGEST_LABEL = 63;

const ASCII = /^\p{ASCII}*$/u;

/**
 * A domain as DNS and most mail carry it: lower case, other letters as `xn--…` (RFC 5891 §4.4). The same name written in
 * either form compares equal. A name that cannot be written so comes back in lower case.
 */
export function asciiDomain(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase();
  const labels = name
    .toLowerCase()
    .normalize('NFKC')
    .split(/[.\u3002]/u);
  const written = labels.map((label) => (ASCII.test(label) ? label : encodeLabel(label)));
  return written.every((label) => label.length <= LONGEST_LABEL)
    ? written.join('.')
    : name.toLowerCase();
}

/** The same as people write it: `xn--bcher-kva.example` → `bücher.example`. What is no valid label stays as it is. */
export function unicodeDomain(name: string): string {
  if (!name.includes(ACE_PREFIX)) return name;
  return name
    .split('.')
    .map((label) => {
      if (!label.startsWith(ACE_PREFIX)) return label;
      const decoded = decodeLabel(label);
      // Only what is written back to the same label: anything else could pass for a name that it is not.
      const valid = decoded !== null && !ASCII.test(decoded) && encodeLabel(decoded) === label;
      return valid ? decoded : label;
    })
    .join('.');
}

function encodeLabel(label: string): string {
  const points = Array.from(label, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < INITIAL_N);
  let output = String.fromCodePoint(...basic);
  let handled = basic.length;
  if (handled > 0) output += '-';
  let [n, delta, bias] = [INITIAL_N, 0, INITIAL_BIAS];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      output += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return `${ACE_PREFIX}${output}`;
}

function variableLength(delta: number, bias: number): string {
  let text = '';
  let rest = delta;
  for (let k = BASE; ; k += BASE) {
    const threshold = thresholdOf(k, bias);
    if (rest < threshold) return text + digit(rest);
    text += digit(threshold + ((rest - threshold) % (BASE - threshold)));
    rest = Math.floor((rest - threshold) / (BASE - threshold));
  }
}

/** Null when the label is no Punycode. */
function decodeLabel(label: string): string | null {
  const text = label.slice(ACE_PREFIX.length);
  const dash = text.lastIndexOf('-');
  const output = Array.from(text.slice(0, Math.max(dash, 0)), (letter) => letter.charCodeAt(0));
  let [n, i, bias] = [INITIAL_N, 0, INITIAL_BIAS];
  for (let at = dash + 1; at < text.length;) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const value = digitValue(text.charCodeAt(at));
      at += 1;
      if (value === null) return null;
      i += value * weight;
      const threshold = thresholdOf(k, bias);
      if (value < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    if (n > 0x10ffff) return null;
    i %= length;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

function thresholdOf(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, T_MIN), T_MAX);
}

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

/** 0–25 are letters, 26–35 digits. */
function digit(value: number): string {
  return String.fromCodePoint(value < 26 ? value + 0x61 : value - 26 + 0x30);
}

/** Null for what is no digit of Punycode, the end of the text included. */
function digitValue(code: number): number | null {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  return null;
}
