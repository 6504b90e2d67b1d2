import { TenantError } from '@holdfast/application';
import { afterEach, describe, expect, it } from 'vitest';
import {
  credentials,
  startMicrosoft,
  type Answer,
  type ScriptedMicrosoft,
} from '../../test/scripted-microsoft.ts';
import { createTenantHealth } from './tenant-health.ts';

const open: ScriptedMicrosoft[] = [];
afterEach(async () => {
  for (const started of open.splice(0)) await started[Symbol.asyncDispose]();
});

async function microsoft(answer: Answer): Promise<ScriptedMicrosoft> {
  const started = await startMicrosoft(({ path }) =>
    path === '/admin/serviceAnnouncement/healthOverviews' ? answer : undefined,
  );
  open.push(started);
  return started;
}

describe('service health', () => {
  it('is read with its incidents, whatever case and type the values come in', async () => {
    const { options } = await microsoft({
      json: {
        value: [
          {
            id: 'Exchange',
            service: 'Exchange Online',
            status: 'ServiceDegradation',
            issues: [
              {
                id: 'EX1',
                title: 'Mail is late',
                status: 'ServiceDegradation',
                isResolved: 'False',
                startDateTime: '2026-11-25T09:00:00Z',
              },
              { id: 'EX0', isResolved: true, startDateTime: null },
            ],
          },
          { service: 'Microsoft Teams', status: 'serviceOperational' },
        ],
      },
    });
    expect(await createTenantHealth(options).services(credentials)).toEqual([
      {
        service: 'Exchange Online',
        status: 'ServiceDegradation',
        incidents: [
          {
            id: 'EX1',
            title: 'Mail is late',
            status: 'ServiceDegradation',
            isResolved: false,
            startedAt: Date.UTC(2026, 10, 25, 9),
          },
          { id: 'EX0', title: '', status: '', isResolved: true, startedAt: null },
        ],
      },
      { service: 'Microsoft Teams', status: 'serviceOperational', incidents: [] },
    ]);
  });

  it('that Microsoft does not give is a failure at once: nothing is tried again', async () => {
    const started = await microsoft({ status: 503, json: { error: { code: 'UnknownError' } } });
    const reading = createTenantHealth(started.options).services(credentials);
    await expect(reading).rejects.toBeInstanceOf(TenantError);
    expect(started.asked.filter(({ service }) => service === 'graph')).toHaveLength(1);
  });
});
