import { counted } from '../../format/counts.ts';

/** What the page about the health of Office 365 says. */
export const health = {
  title: 'Health of Office 365',
  text: 'What was seen of it in the last 24 hours, by whom, and how fast it answered.',
  back: 'Overview',
  link: 'Who said what, over a day',
  incidents: 'Microsoft’s own reports',
  incidentsText:
    'They come late, often by half an hour. They make other signs surer and are never an alarm by themselves.',
  noIncidents: 'Microsoft reports no open incident.',
  neverAsked: 'Microsoft has not answered this question yet.',
  open: (id: string) => `Read ${id} in the Microsoft 365 admin centre`,
  openHint: 'needs a sign-in there',
  startedAt: (when: string) => `since ${when}`,
  sources: 'By source',
  latency: 'Answer time',
  latencyNow: (milliseconds: number) => `${Math.round(milliseconds)} ms`,
  slowest: (milliseconds: number) => `slowest ${Math.round(milliseconds)} ms`,
  trend: (source: string, lowest: number, highest: number) =>
    `${source}: answers took ${Math.round(lowest)} to ${Math.round(highest)} ms`,
  noLatency: 'not measured',
  history: 'Changes',
  historyText: 'Newest first. Observations that said the same are one line.',
  when: 'When',
  source: 'Source',
  said: 'What it said',
  times: (count: number) => counted(count, 'observation', 'observations'),
  nothing: 'Nothing was observed yet',
  nothingText:
    'Probes begin when Email Continuity is installed. No traffic is not the same as healthy.',
  onlyTrouble: 'Only what was not good',
  noTrouble: 'Everything that was seen was good.',
  more: (count: number) => `The newest ${count} are shown.`,
  verdicts: { good: 'Good', bad: 'Failing', ours: 'Our side' },
  weights: { none: '', low: 'weak sign', medium: 'sign', high: 'strong sign' },
};
