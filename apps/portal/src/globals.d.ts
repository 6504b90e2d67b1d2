/** The version in package.json, put in by Vite. */
declare const __CLIENT_VERSION__: string;
/** Where the service worker of this page's language lies, put in by Vite. */
declare const __SERVICE_WORKER__: string;
