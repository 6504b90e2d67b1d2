/** Properties whose values are words of an enumeration. */
const ENUMERATIONS = new Set([
  'attendeeType',
  'capabilityStatus',
  'classification',
  'contentType',
  'dayOfWeek',
  'flagStatus',
  'importance',
  'inferenceClassification',
  'origin',
  'postType',
  'provisioningStatus',
  'recordType',
  'response',
  'sensitivity',
  'showAs',
  'status',
  'supportedService',
  'userPurpose',
  'userType',
]);

/** Lists of Exchange that come as strings or as objects (reference 3.3). */
const SENDER_LISTS = new Set(['AllowedSenders', 'BlockedSenders']);
const DOMAIN_LISTS = new Set(['AllowedSenderDomains', 'BlockedSenderDomains']);
/** Lists that may come as one text with commas (reference 3.3, Get-ArcConfig). */
const JOINED_LISTS = new Set(['ArcTrustedSealers']);

/** The same value with every property changed, all the way down. */
function mapProperties(value: unknown, change: (name: string, value: unknown) => unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: unknown, name: string, inner: unknown) {
      // Entries of a list keep the name of their list out of it: their index is no property.
      return Array.isArray(this) ? inner : change(name, inner);
    }),
  );
}

export function inPascalCase(body: unknown): unknown {
  return mapProperties(body, (name, value) =>
    ENUMERATIONS.has(name) && typeof value === 'string' && /^[a-z]/.test(value)
      ? value.slice(0, 1).toUpperCase() + value.slice(1)
      : value,
  );
}

export function withWrongTypes(body: unknown): unknown {
  return mapProperties(body, (name, value) => {
    if (name === '@odata.type' && typeof value === 'string') return value.replace(/^#/, '');
    if (!Array.isArray(value)) return value;
    if (JOINED_LISTS.has(name)) return value.join(',');
    if (!SENDER_LISTS.has(name) && !DOMAIN_LISTS.has(name)) return value;
    const other = value.map((entry: unknown) => otherForm(name, entry));
    return other.length === 1 ? other[0] : other;
  });
}

function otherForm(list: string, entry: unknown): unknown {
  if (typeof entry === 'string') {
    return SENDER_LISTS.has(list) ? { Sender: { Address: entry } } : { Domain: entry };
  }
  return firstText(entry) ?? entry;
}

function firstText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.values(value)
    .map(firstText)
    .find((found) => found !== undefined);
}
