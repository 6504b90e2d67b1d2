import {
  type Cmdlet,
  CmdletError,
  flag,
  invalid,
  multivalued,
  objectNotFound,
  type Parameters,
  requiredText,
  text,
} from './cmdlet.ts';
import type { TransportRule, TransportRules } from './transport-rules.ts';

const ALREADY_EXISTS = 'Microsoft.Exchange.Configuration.Tasks.ObjectAlreadyExistsException';
const MAX_NAME_LENGTH = 64;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** An empty text or null takes a condition or an action away. */
function optionalText(parameters: Parameters, name: string, current: string | null): string | null {
  return name in parameters ? text(parameters, name) || null : current;
}

function level(parameters: Parameters, current: number | null): number | null {
  if (!('SetSCL' in parameters)) return current;
  const given = parameters['SetSCL'];
  if (given === null) return null;
  const scl = Number(given);
  if (!Number.isInteger(scl) || scl < -1 || scl > 9) throw invalid('SetSCL takes -1 to 9.');
  return scl;
}

/** The rule after New- or Set-TransportRule: what is not named stays. */
function changed(current: TransportRule, parameters: Parameters): TransportRule {
  const next: TransportRule = {
    ...current,
    Mode: text(parameters, 'Mode') ?? current.Mode,
    Comments: optionalText(parameters, 'Comments', current.Comments),
    HeaderContainsMessageHeader: optionalText(
      parameters,
      'HeaderContainsMessageHeader',
      current.HeaderContainsMessageHeader,
    ),
    HeaderContainsWords: multivalued(
      parameters,
      'HeaderContainsWords',
      current.HeaderContainsWords,
    ),
    HeaderMatchesMessageHeader: optionalText(
      parameters,
      'HeaderMatchesMessageHeader',
      current.HeaderMatchesMessageHeader,
    ),
    HeaderMatchesPatterns: multivalued(
      parameters,
      'HeaderMatchesPatterns',
      current.HeaderMatchesPatterns,
    ),
    SenderIpRanges: multivalued(parameters, 'SenderIpRanges', current.SenderIpRanges),
    SetSCL: level(parameters, current.SetSCL),
    SetHeaderName: optionalText(parameters, 'SetHeaderName', current.SetHeaderName),
    SetHeaderValue: optionalText(parameters, 'SetHeaderValue', current.SetHeaderValue),
    StopRuleProcessing: flag(parameters, 'StopRuleProcessing', current.StopRuleProcessing),
  };
  const header = next.HeaderContainsMessageHeader !== null;
  if (header !== next.HeaderContainsWords.length > 0) {
    throw invalid('HeaderContainsMessageHeader and HeaderContainsWords need each other.');
  }
  return next;
}

const BLANK: TransportRule = {
  Name: '',
  Identity: '',
  State: 'Enabled',
  Mode: 'Enforce',
  Priority: 0,
  Comments: null,
  HeaderContainsMessageHeader: null,
  HeaderContainsWords: [],
  HeaderMatchesMessageHeader: null,
  HeaderMatchesPatterns: [],
  SenderIpRanges: [],
  SetSCL: null,
  SetHeaderName: null,
  SetHeaderValue: null,
  StopRuleProcessing: false,
};

function add({ rules }: TransportRules, parameters: Parameters): TransportRule[] {
  const name = requiredText(parameters, 'Name');
  if (name.length > MAX_NAME_LENGTH) throw invalid('Name takes up to 64 characters.');
  if (rules.some((rule) => same(rule.Name, name))) {
    throw new CmdletError(ALREADY_EXISTS, `The transport rule '${name}' already exists.`);
  }
  const place = Number(parameters['Priority'] ?? rules.length);
  if (!Number.isInteger(place) || place < 0 || place > rules.length) {
    throw invalid(`Priority takes 0 to ${rules.length}.`);
  }
  const made = changed(
    {
      ...BLANK,
      Name: name,
      Identity: name,
      State: flag(parameters, 'Enabled', true) ? 'Enabled' : 'Disabled',
    },
    parameters,
  );
  return rules.toSpliced(place, 0, made);
}

function found({ rules }: TransportRules, parameters: Parameters): TransportRule {
  const identity = requiredText(parameters, 'Identity');
  const rule = rules.find((known) => same(known.Identity, identity));
  if (rule === undefined) throw objectNotFound(identity);
  return rule;
}

/** A cmdlet that changes one rule, or takes it away. */
const onOne = (
  change: (rule: TransportRule, parameters: Parameters) => TransportRule | null,
): Cmdlet => ({
  writes: true,
  policy: true,
  run: ({ exchange: { transportRules } }, parameters) => {
    const rule = found(transportRules, parameters);
    const next = change(rule, parameters);
    transportRules.replace(
      transportRules.rules.flatMap((known) => (known === rule ? (next ?? []) : known)),
    );
    return [];
  },
});

export const TRANSPORT_RULE_CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Get-TransportRule': {
    writes: false,
    run: ({ exchange: { transportRules } }, parameters) =>
      text(parameters, 'Identity') === undefined
        ? transportRules.rules.map((rule) => ({ ...rule }))
        : [{ ...found(transportRules, parameters) }],
  },
  'New-TransportRule': {
    writes: true,
    policy: true,
    run: ({ exchange: { transportRules } }, parameters) => {
      transportRules.replace(add(transportRules, parameters));
      const name = requiredText(parameters, 'Name');
      return transportRules.rules
        .filter((rule) => same(rule.Name, name))
        .map((rule) => ({ ...rule }));
    },
  },
  'Set-TransportRule': onOne((rule, parameters) => {
    // Switching on and off are cmdlets of their own.
    if ('Enabled' in parameters) {
      throw new CmdletError(
        'System.Management.Automation.ParameterBindingException',
        "A parameter cannot be found that matches parameter name 'Enabled'.",
      );
    }
    return changed(rule, parameters);
  }),
  'Enable-TransportRule': onOne((rule) => ({ ...rule, State: 'Enabled' })),
  'Disable-TransportRule': onOne((rule) => ({ ...rule, State: 'Disabled' })),
  'Remove-TransportRule': onOne(() => null),
};
