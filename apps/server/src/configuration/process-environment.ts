/** What this process was started with. Nothing else looks at `process.env`, so that every setting goes through a reader. */
export const processEnvironment: Readonly<Record<string, string | undefined>> = process.env;
