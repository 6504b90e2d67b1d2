/** From package.json, put in at build time. The server answers `client.outdated` to what it no longer supports. */
declare const __CLIENT_VERSION__: string;
