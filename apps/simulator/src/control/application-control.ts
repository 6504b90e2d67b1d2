import type { Router } from 'express';
import { z } from 'zod';
import type { Application } from '../login/applications.ts';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';

const registration = z.object({ certificate: z.string().min(1) });
/** `null`: the administrator has taken the application out of the tenant. */
const grant = z.object({
  granted: z.object({ graph: z.array(z.string()), exchange: z.array(z.string()) }).nullable(),
});

/** What an administrator of the tenant does on Entra's pages: certificates, grants, and taking them back. */
export function applicationControl(router: Router, world: World): void {
  const find = (clientId: string): Application => {
    const application = world.applications.find(clientId);
    if (application === undefined)
      throw new ControlError(404, `Entra ID knows no application ${clientId}.`);
    return application;
  };
  router.get('/applications', (_request, response) => {
    response.json(world.applications.all().map(present));
  });
  router.post('/applications/:clientId/certificates', (request, response) => {
    const application = find(request.params.clientId);
    const { certificate } = registration.parse(request.body);
    world.applications.registerCertificate(application, certificate);
    response.json(present(application));
  });
  router.post('/applications/:clientId/grant', (request, response) => {
    const application = find(request.params.clientId);
    application.granted = grant.parse(request.body).granted ?? undefined;
    response.json(present(application));
  });
}

function present(application: Application) {
  const { clientId, name, requested, granted, certificates } = application;
  return {
    clientId,
    name,
    requested,
    granted: granted ?? null,
    certificates: [...certificates.keys()],
  };
}
