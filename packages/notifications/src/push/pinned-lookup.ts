import { isIP, type LookupFunction } from 'node:net';

/**
 * The look-up of a connection that must go to addresses that were judged beforehand: a name that is asked a second time
 * may stand for another address by then (DNS rebinding).
 */
export function pinnedLookup(addresses: readonly [string, ...string[]]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  const [first] = addresses;
  return (_host, options, done) => {
    if (options.all === true) done(null, known);
    else done(null, first, isIP(first));
  };
}
