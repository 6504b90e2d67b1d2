import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

/** `docs/configuration.md`, generated: a test fails when the page and the settings differ. */
export function renderReferencePage(): string {
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable. An unknown or malformed one stops the start with a sentence that says',
    'which, why and what to write instead. Empty means the default.',
    '',
    'This page is generated from `apps/server/src/configuration/settings.ts`; a test fails when the two differ. To write',
    'it anew: `npm test -- apps/server/src/configuration -u`.',
    '',
    // A heading each rather than a table: they can be linked to, and the formatter leaves them alone.
    ...Object.values<Setting<unknown>>(SETTINGS).flatMap(renderSetting),
  ].join('\n');
}

function renderSetting(setting: Setting<unknown>): readonly string[] {
  return [
    `## ${setting.name}`,
    '',
    setting.summary,
    '',
    `- Default: ${setting.defaultWords}`,
    ...(setting.example === '…' ? [] : [`- Example: \`${setting.example}\``]),
    ...(setting.secret ? ['- Secret: never printed, and not in the file that commands read.'] : []),
    '',
  ];
}
