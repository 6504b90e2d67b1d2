import { readFileSync } from 'node:fs';

/**
 * The calendar view is not in the subset of Microsoft's description; this one is written after the documentation of
 * `user: list calendarView` and of the resource type `event`.
 */
const DOCUMENT = JSON.parse(
  readFileSync(new URL('../../schema/calendar-view.openapi.json', import.meta.url), 'utf8'),
) as {
  readonly components: {
    readonly schemas: {
      readonly event: { readonly properties: Readonly<Record<string, unknown>> };
    };
  };
};

/** Names of the properties that an event has. */
export function eventFields(): ReadonlySet<string> {
  return new Set(Object.keys(DOCUMENT.components.schemas.event.properties));
}
