import { counted } from '../../format/counts.ts';

/** What is said of the Office 365 side: connector, lists and mail flow rule. */
export const exchange = {
  title: 'Office 365 side',
  text: 'What Office 365 has to know of Holdfast, so that mail that comes through us is taken and filtered rightly.',
  state: {
    yes: 'As it should be',
    no: 'Something is left to do',
    attested: 'Confirmed by an administrator',
    unknown: 'Not known',
  },
  stateText: {
    yes: 'Nothing is left to change.',
    no: 'What is left, and what stands in the way, is listed below.',
    attested:
      'The script was run. Exchange cannot be read with the permissions given, so this rests on that word and on a test session.',
    unknown:
      'Exchange cannot be read with the permissions given. Run the script and confirm it, or give the permission.',
  },
  lockedDown: 'Lock-down is on: mail that does not come through us is refused.',
  checked: (when: string) => `Looked at ${when}`,
  never: 'Not looked at yet',
  check: 'Check again',
  saidBy: (who: string) => `Confirmed by ${who}`,
  choose: 'Who filters',
  enhanced: 'Microsoft and Holdfast both filter (recommended)',
  enhancedText:
    'The connector uses Enhanced Filtering: Microsoft looks past us at where mail really comes from, and its own spam filter stays on.',
  ours: 'Holdfast alone decides what is spam',
  oursText:
    'Our addresses go on the tenant’s IP allow list. That switches Microsoft’s own spam filter off for all mail that comes through us; malware and high-confidence phishing are still caught.',
  junkRule: 'What we mark as junk goes to Junk Email',
  junkRuleText: 'A mail flow rule reads our mark. Without it such mail arrives in the inbox.',
  difference: 'What would be changed',
  nothingToChange: 'Nothing would be changed.',
  nothingReadable: 'What would be changed is not known until Exchange can be read.',
  differenceText:
    'Entries and objects of others are never touched. What we make carries our mark, and uninstalling takes away only that.',
  cmdlets: (count: number) => `Show ${count === 1 ? 'the cmdlet' : `${count} cmdlets`}`,
  blocks: 'In the way',
  warns: 'Good to know',
  apply: 'Apply…',
  applyTitle: (count: number) => `Make ${counted(count, 'change', 'changes')} in Office 365?`,
  applyText:
    'These take effect within minutes and concern all mail that comes through us. Mail that goes to Office 365 directly is not affected.',
  applyNow: 'Make the changes',
  applied: 'Office 365 was changed',
  byHand: 'Do it by script…',
  scriptTitle: 'Run this in PowerShell',
  scriptText:
    'For an Exchange administrator. It looks before it changes, may run any number of times, and says what it did.',
  copyScript: 'Copy the script',
  download: 'Download',
  fileName: 'holdfast-office365.ps1',
  resultTitle: 'When it has run',
  result: 'The last line that it printed',
  resultHint:
    'Begins with HOLDFAST-RESULT. It says what was added, so that uninstalling takes away only that.',
  note: 'Note',
  noteHint: 'Who ran it, or where. It is kept in the audit log.',
  confirm: 'Confirm and check',
  confirmed: 'Confirmed',
  changes: 'Changed for you',
  uncertain: 'may not have been made',
  wayByHand: 'by script',
  reviewTitle: 'The Office 365 side is set up',
  reviewText:
    'Installing makes these changes. Without the permission nothing happens there, and you get the script to run instead.',
};
