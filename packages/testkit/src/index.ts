/**
 * What tests are written with: builders that fill in everything a test does not care about, a clock that is turned by
 * hand, ids that can be foretold, a log that remembers. It must never be imported by anything but tests.
 */
export { createHandTurnedClock, TEST_EPOCH, type HandTurnedClock } from './hand-turned-clock.ts';
export { createSequentialIdentifiers, idOf } from './sequential-identifiers.ts';
export { createFakeLog, type FakeLog, type LogLine } from './fake-log.ts';
export { aConnection, aDomain, anAdministrator, anOrganisation } from './organisation-builders.ts';
export { aDirectoryRecord, aTenantObject } from './directory-builders.ts';
export { anIngestedMessage, aMessage, aSummary } from './mail-builders.ts';
export { anActiveEvent } from './event-builders.ts';
