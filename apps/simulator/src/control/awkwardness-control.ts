import type { Router } from 'express';
import { awkwardnessSettings } from '../awkwardness/awkwardness.ts';
import type { World } from '../world.ts';

/**
 * Rules and chaos for the calls to Microsoft's services, as in
 * `{"rules":[{"path":"/users","calls":[2],"fault":{"kind":"busy"}}]}` or `{"chaos":{"probability":0.2}}`. A POST replaces
 * everything; `{}` is good weather. Beside them, what in the calls so far did not fit Microsoft's description.
 */
export function awkwardnessControl(router: Router, world: World): void {
  const { awkwardness } = world;
  const present = () => ({
    ...awkwardness.settings,
    calls: awkwardness.calls,
    given: awkwardness.given,
  });
  router.get('/awkwardness', (_request, response) => {
    response.json(present());
  });
  router.post('/awkwardness', (request, response) => {
    awkwardness.set(awkwardnessSettings.parse(request.body ?? {}));
    response.json(present());
  });
  router.get('/contract', (_request, response) => {
    const { calls, faults } = world.contract;
    response.json({ calls, faults });
  });
}
