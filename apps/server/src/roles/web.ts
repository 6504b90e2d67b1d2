import type { Log } from '@holdfast/application';
import { composePorts } from '../composition/compose-ports.ts';
import type { Configuration } from '../configuration/read-configuration.ts';
import { createAdminSite } from '../web/admin-site.ts';
import { listenOn, type ListeningSite } from '../web/listening.ts';
import { createPortalSite } from '../web/portal-site.ts';
import type { RunningRole } from './role-process.ts';

/** The admin console and the user portal, on two ports. */
export async function startWeb(configuration: Configuration, log: Log): Promise<RunningRole> {
  const { adminPort, portalPort } = configuration;
  const host = configuration.webBind ?? '127.0.0.1';
  const { ports, close } = await composePorts(configuration, 'web', log);
  const sites: ListeningSite[] = [];
  const stopping = new AbortController();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(sites.map((site) => site.stop()));
    await close();
  };
  try {
    const adminSite = createAdminSite({ ports, configuration, log });
    const admin = await listenOn(adminSite, {
      host,
      port: adminPort,
      setting: 'HOLDFAST_ADMIN_PORT',
    });
    sites.push(admin);
    const portal = await listenOn(
      createPortalSite({ ports, configuration, log, stopping: stopping.signal }),
      {
        host,
        port: portalPort,
        setting: 'HOLDFAST_PORTAL_PORT',
      },
    );
    sites.push(portal);
    log.info('console and portal listen', { admin: admin.port, portal: portal.port });
    return { facts: { instance: ports.spool.instance, port: admin.port }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
