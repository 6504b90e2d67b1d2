import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const BUILT = join(import.meta.dirname, '../../apps/portal/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
};
/** Hashed names, as the build makes them. */
const HASH = /-[\w-]{8}(?=\.(?:js|css)$)/;

type Version = 'older' | 'newer';

/**
 * A portal that is brought up to date while people have it open: in front of the product, with the pages and files of one
 * version or the other, and never both, as after an update. The newer is the same build with other hashes in all names.
 */
export class TwoVersions implements AsyncDisposable {
  readonly url: string;
  readonly #front: { serves: Version };
  readonly #stop: () => Promise<void>;

  private constructor(url: string, front: { serves: Version }, stop: () => Promise<void>) {
    this.url = url;
    this.#front = front;
    this.#stop = stop;
  }

  /** From now on the older version's files are on the server no more. */
  update(): void {
    this.#front.serves = 'newer';
  }

  static async inFrontOf(portalUrl: string): Promise<TwoVersions> {
    const versions = { older: await readBuild(), newer: newerOf(await readBuild()) };
    const front: { serves: Version } = { serves: 'older' };
    const server = createServer((incoming, response) => {
      const files = versions[front.serves];
      const { pathname } = new URL(incoming.url ?? '/', portalUrl);
      const isPage = incoming.headers.accept?.includes('text/html') === true;
      const found = files.get(isPage ? '/index.html' : pathname);
      if (found !== undefined) answer(response, isPage ? '/index.html' : pathname, found);
      else if (pathname.startsWith('/assets/')) response.writeHead(404).end();
      else pass(portalUrl, incoming, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new TwoVersions(`http://localhost:${port}`, front, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** Which version a file of that name is of. */
  static versionOf(path: string): Version {
    return path.includes('-newer') ? 'newer' : 'older';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}

type Files = ReadonlyMap<string, string>;

async function readBuild(): Promise<Files> {
  const names = (await readdir(BUILT, { recursive: true })).filter(
    (name) => extname(name) in TYPES,
  );
  const files = await Promise.all(
    names.map(async (name) => [`/${name}`, await readFile(join(BUILT, name), 'utf8')] as const),
  );
  return new Map(files);
}

function newerOf(files: Files): Files {
  const renamed = [...files.keys()]
    .filter((name) => HASH.test(name))
    .map((name) => name.slice('/assets/'.length))
    .map((name) => [name, name.replace(HASH, '$&-newer')] as const);
  const rename = (text: string): string =>
    renamed.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  return new Map(
    [...files].map(([name, text]) => [rename(name), ofAnotherBuild(name, rename(text))]),
  );
}

/** The name that a build gives itself in its service worker. */
function ofAnotherBuild(name: string, text: string): string {
  if (!name.startsWith('/service-worker')) return text;
  const other = text.replace(/"[0-9a-f]{12}"/, '"0123456789ab"');
  if (other === text) throw new Error(`${name} names no build`);
  return other;
}

function answer(response: ServerResponse, name: string, text: string): void {
  const cache = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const type = `${TYPES[extname(name)] ?? 'text/plain'}; charset=utf-8`;
  response.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(text);
}

/** To the product, as if it came to its own address. */
function pass(portalUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { origin } = new URL(portalUrl);
  const headers = { ...incoming.headers, ...(incoming.headers.origin && { origin }) };
  const url = new URL(incoming.url ?? '/', portalUrl);
  const onward = request(url, { method: incoming.method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
