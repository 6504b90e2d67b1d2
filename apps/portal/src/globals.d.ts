/** The version in package.json, put in by Vite. */
declare const __CLIENT_VERSION__: string;
