import {
  startMicrosoft,
  type Answer,
  type Asked,
  type ScriptedMicrosoft,
} from './scripted-microsoft.ts';

/** A cmdlet as it was asked for. */
export interface CmdletCall {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export function cmdletOf(asked: Asked): CmdletCall {
  const { CmdletInput: input } = asked.body as {
    CmdletInput: { CmdletName: string; Parameters: Record<string, unknown> };
  };
  return { name: input.CmdletName, parameters: input.Parameters };
}

/** Exchange answering per cmdlet; Graph knows the initial domain. */
export async function startExchange(
  answer: (call: CmdletCall) => Answer | undefined,
): Promise<ScriptedMicrosoft> {
  return startMicrosoft((asked) => {
    if (asked.path === '/domains')
      return { json: { value: [{ id: 'contoso.onmicrosoft.com', isInitial: true }] } };
    return asked.service === 'exchange' ? answer(cmdletOf(asked)) : undefined;
  });
}
