import { RoleRefusedError } from './start-refusals.ts';
import { createServer } from 'node:http';
import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Log } from '@holdfast/application';

/** A registry as it travels between processes. */
export type MetricsJson = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;
/** Null: the child did not answer in time. */
export type MetricsOf = () => Promise<MetricsJson | null>;

const LOOPBACK = '127.0.0.1';

/** `/metrics` for Prometheus, loopback only: every child's registry, told apart by the label `role`. */
export function serveMetrics(
  port: number,
  children: () => ReadonlyMap<string, MetricsOf>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    collect(children())
      .then((text) =>
        response
          .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
          .end(text),
      )
      .catch((error: unknown) => {
        log.error('metrics not collected', { error: String(error) });
        response.writeHead(500).end();
      });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new RoleRefusedError(
              `Port ${port} is in use by another program. Stop it, or set HOLDFAST_METRICS_PORT to another port (0 switches metrics off).`,
            )
          : error,
      );
    });
    server.listen(port, LOOPBACK, () =>
      resolve({
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

async function collect(children: ReadonlyMap<string, MetricsOf>): Promise<string> {
  const answers = await Promise.all(
    [...children].map(
      async ([role, ask]) => (await ask())?.map((metric) => withRole(metric, role)) ?? [],
    ),
  );
  return AggregatorRegistry.aggregate(answers.filter((metrics) => metrics.length > 0)).metrics();
}

function withRole(metric: MetricsJson[number], role: string): MetricsJson[number] {
  return {
    ...metric,
    values: metric.values.map((value) => ({ ...value, labels: { ...value.labels, role } })),
  };
}
