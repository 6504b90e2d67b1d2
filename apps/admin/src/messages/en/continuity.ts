/** What the Email Continuity page says before and after installation. */
export const continuity = {
  title: 'Email Continuity',
  notInPlan: 'Email Continuity is not in your plan',
  notInPlanText: (plan: string) =>
    `Your plan, ${plan}, filters and relays mail. It does not include emergency mailboxes. Mail is not affected.`,
  notInPlanNext:
    'To add it, ask whoever runs this Holdfast server to include Email Continuity in the organisation’s plan.',
  notInstalled: 'Email Continuity is not installed yet',
  does: [
    'When Office 365 is down, protected users read and answer mail in an emergency mailbox on their phone, and everything is put back afterwards.',
    'For that, the MX records of your domains will point at Holdfast, which accepts every message, keeps a 30-day copy and relays it to Office 365.',
    'Filtering moves here as well: your allow and block lists are copied once, and Office 365 is told by a connector that mail through Holdfast is yours.',
  ] as readonly string[],
  nothingChanges:
    'Nothing changes until you install at the end of the next steps. MX stays with you.',
  protectNow: 'Protect users now',
  installedAt: (at: string) => `Installed ${at}.`,
};
