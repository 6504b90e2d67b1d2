import { SETTINGS, type Setting } from './settings.ts';

/** `docs/configuration.md`, generated: a test fails when the page and the settings differ. */
export function renderReferencePage(): string {
  const rows = Object.values<Setting<unknown>>(SETTINGS).map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.summary} | ${setting.defaultWords} | \`${setting.example}\` |`,
  );
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable. An unknown or malformed one stops the start with a sentence that says',
    'which, why and what to write instead. This page is generated from `apps/server/src/configuration/settings.ts`.',
    '',
    '| name | what it does | default | example |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
