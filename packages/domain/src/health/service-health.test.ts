import { describe, expect, it } from 'vitest';
import {
  classifyServiceHealth,
  isDownish,
  openIncidents,
  type ServiceStatus,
} from './service-health.ts';

const incident = {
  id: 'EX680695',
  title: 'Inbound mail is delayed',
  status: 'ServiceDegradation',
  isResolved: false,
  startedAt: 0,
};
const exchange = (status: string, change: Partial<ServiceStatus> = {}): ServiceStatus => ({
  service: 'Exchange Online',
  status,
  incidents: [],
  ...change,
});

describe('service health', () => {
  it.each([
    ['ServiceInterruption', true],
    ['serviceDegradation', true],
    ['extendedRecovery', true],
    ['RESTORINGSERVICE', true],
    ['investigating', true],
    ['serviceOperational', false],
    ['ServiceOperational', false],
    ['verifyingService', false],
    ['serviceRestored', false],
    ['postIncidentReviewPublished', false],
    ['falsePositive', false],
    ['investigationSuspended', false],
    ['somethingNew', false],
  ])('%s: down-ish %s, in whatever case', (status, downish) => {
    expect(isDownish(status)).toBe(downish);
  });

  it('of Exchange and of signing in counts, of Teams does not', () => {
    const teams = exchange('ServiceInterruption', { service: 'Microsoft Teams' });
    expect(classifyServiceHealth([teams], 9).verdict).toBe('good');
    const entra = exchange('ServiceInterruption', { service: 'Microsoft Entra' });
    expect(classifyServiceHealth([entra], 9)).toMatchObject({
      verdict: 'bad',
      weight: 'medium',
      latency: 9,
    });
  });

  it('names the incident, and forgets the resolved', () => {
    const open = exchange('ServiceDegradation', { incidents: [incident] });
    expect(classifyServiceHealth([open], 9).cause).toContain('EX680695: Inbound mail is delayed');
    expect(openIncidents([open])).toEqual([incident]);
    const over = { ...incident, isResolved: true, status: 'serviceRestored' };
    expect(openIncidents([exchange('serviceOperational', { incidents: [over] })])).toEqual([]);
  });
});
