import type { Simulator } from './simulator.ts';
import { runPowerShell, type Value } from './powershell/run.ts';

/** An administrator of the simulated tenant at a PowerShell prompt: cmdlets go to Exchange as its module sends them. */
export async function runByHand(simulator: Simulator, script: string): Promise<readonly string[]> {
  const { lines } = await runPowerShell(script, (name, parameters) =>
    simulator.cmdlet(name, wire(parameters)),
  );
  return lines;
}

/** `@{ Add = …; Remove = … }` is a change of a list; the module sends it as Exchange's own hash table. */
function wire(parameters: Readonly<Record<string, Value>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? {
            '@odata.type': '#Exchange.GenericHashTable',
            ...Object.fromEntries(
              Object.entries(value).map(([key, items]) => [key.toLowerCase(), [items].flat()]),
            ),
          }
        : value,
    ]),
  );
}
