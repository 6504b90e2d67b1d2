import { Parser, type Expression, type Pipeline, type Stage, type Statement } from './parse.ts';

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** Runs a cmdlet that is none of PowerShell's own. */
export type Cmdlet = (
  name: string,
  parameters: Readonly<Record<string, Value>>,
) => Promise<Value[]>;

/** What the script said, line by line; warnings begin with `WARNING: `. */
export interface Told {
  readonly lines: readonly string[];
}

/**
 * Runs the subset of PowerShell that our scripts are written in, as PowerShell would: what comes out of a pipeline is
 * nothing, one value or an array, comparisons do not care about case, and a name that was never set is null.
 */
export async function runPowerShell(script: string, cmdlet: Cmdlet): Promise<Told> {
  const lines: string[] = [];
  await new Session(cmdlet, lines).run(new Parser(script).script());
  return { lines };
}

class Session {
  readonly #cmdlet: Cmdlet;
  readonly #lines: string[];
  readonly #variables = new Map<string, Value>([
    ['true', true],
    ['false', false],
    ['null', null],
  ]);

  constructor(cmdlet: Cmdlet, lines: string[]) {
    this.#cmdlet = cmdlet;
    this.#lines = lines;
  }

  async run(statements: readonly Statement[]): Promise<Value[]> {
    const output: Value[] = [];
    for (const statement of statements) output.push(...(await this.#statement(statement)));
    return output;
  }

  async #statement(statement: Statement): Promise<Value[]> {
    switch (statement.kind) {
      case 'run':
        return this.#pipeline(statement.pipeline);
      case 'assign': {
        const name = statement.name.toLowerCase();
        const value = collapsed(await this.#pipeline(statement.value), statement.value);
        const before = this.#variables.get(name) ?? null;
        this.#variables.set(name, statement.adds ? [...listOf(before), ...listOf(value)] : value);
        return [];
      }
      case 'if': {
        for (const { when, body } of statement.branches) {
          if (when === null || isTrue(collapsed(await this.#pipeline(when), when))) {
            return this.run(body);
          }
        }
        return [];
      }
      case 'throw':
        throw new Error(textOf(await this.#value(statement.value)));
    }
  }

  async #pipeline(stages: Pipeline): Promise<Value[]> {
    let flow: Value[] = [];
    for (const [at, stage] of stages.entries()) {
      flow =
        stage.kind === 'expression'
          ? listOf(await this.#value(stage.expression))
          : await this.#command(stage, at === 0 ? null : flow);
    }
    return flow;
  }

  async #command(
    stage: Extract<Stage, { kind: 'command' }>,
    input: Value[] | null,
  ): Promise<Value[]> {
    const parameters: Record<string, Value> = {};
    for (const name of stage.splats) {
      const table = this.#variables.get(name.toLowerCase());
      if (!isTable(table)) throw new TypeError(`@${name} is no table.`);
      Object.assign(parameters, table);
    }
    for (const [name, value] of stage.parameters) {
      parameters[name] = value === null ? true : await this.#value(value);
    }
    switch (stage.name.toLowerCase()) {
      case 'connect-exchangeonline':
      case 'disconnect-exchangeonline':
        return [];
      case 'write-host':
      case 'write-warning': {
        const [said] = stage.arguments;
        const text = said === undefined ? '' : textOf(await this.#value(said));
        this.#lines.push(stage.name.toLowerCase() === 'write-host' ? text : `WARNING: ${text}`);
        return [];
      }
      case 'where-object':
        return this.#each(stage, input, (item, output) => (isTrue(collapse(output)) ? [item] : []));
      case 'foreach-object':
        return this.#each(stage, input, (_item, output) => output);
      case 'convertto-json':
        return [JSON.stringify(collapse(input ?? []))];
      default:
        return this.#cmdlet(stage.name, parameters);
    }
  }

  async #each(
    { script }: Extract<Stage, { kind: 'command' }>,
    input: Value[] | null,
    keep: (item: Value, output: Value[]) => Value[],
  ): Promise<Value[]> {
    const kept: Value[] = [];
    for (const item of input ?? []) {
      this.#variables.set('_', item);
      kept.push(...keep(item, await this.run(script ?? [])));
    }
    return kept;
  }

  async #value(expression: Expression): Promise<Value> {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'variable':
        return this.#variables.get(expression.name.toLowerCase()) ?? null;
      case 'member':
        return memberOf(await this.#value(expression.of), expression.name);
      case 'method': {
        if (expression.name.toLowerCase() !== 'trim') throw new SyntaxError(expression.name);
        return textOf(await this.#value(expression.of)).trim();
      }
      case 'index': {
        const at = await this.#value(expression.at);
        return listOf(await this.#value(expression.of))[Number(at)] ?? null;
      }
      case 'array':
        return expression.body === null ? [] : this.#pipeline(expression.body);
      case 'list': {
        const items: Value[] = [];
        for (const item of expression.items) items.push(await this.#value(item));
        return items;
      }
      case 'table': {
        const table: Record<string, Value> = {};
        for (const [name, value] of expression.entries) table[name] = await this.#value(value);
        return table;
      }
      case 'group':
        return collapsed(await this.#pipeline(expression.body), expression.body);
      case 'not':
        return !isTrue(await this.#value(expression.of));
      case 'binary':
        return binary(
          expression.operator,
          await this.#value(expression.left),
          await this.#value(expression.right),
        );
    }
  }
}

/** An expression alone keeps its array, as `$a = @()` does; what a pipeline put out is unrolled. */
function collapsed(output: Value[], pipeline: Pipeline): Value {
  const [only] = pipeline;
  const keeps =
    pipeline.length === 1 &&
    only?.kind === 'expression' &&
    ['array', 'list', 'variable'].includes(only.expression.kind);
  return keeps ? output : collapse(output);
}

function collapse(output: Value[]): Value {
  return output.length > 1 ? output : (output[0] ?? null);
}

function isTable(value: Value | undefined): value is { [name: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: Value): Value[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function memberOf(value: Value, name: string): Value {
  if (name.toLowerCase() === 'count') return listOf(value).length;
  if (!isTable(value)) return null;
  const key = Object.keys(value).find((own) => own.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : (value[key] ?? null);
}

function textOf(value: Value): string {
  if (value === null) return '';
  return isTable(value) ? 'System.Collections.Hashtable' : listOf(value).map(String).join(' ');
}

function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 1 || isTrue(value[0] ?? null);
  return isTable(value) || Boolean(value);
}

function isSame(a: Value, b: Value): boolean {
  return textOf(a).toLowerCase() === textOf(b).toLowerCase() && (a === null) === (b === null);
}

function isLike(text: Value, pattern: Value): boolean {
  const source = textOf(pattern).replace(
    /`(.)|([*?])|([.+^${}()|[\]\\/-])/gs,
    (_all, plain, wild, special) =>
      plain !== undefined
        ? `\\${plain}`
        : wild === undefined
          ? `\\${special}`
          : wild === '*'
            ? '.*'
            : '.',
  );
  return new RegExp(`^${source}$`, 'is').test(textOf(text));
}

function binary(operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '-eq':
      return isSame(left, right);
    case '-ne':
      return !isSame(left, right);
    case '-gt':
      return Number(left) > Number(right);
    case '-like':
      return isLike(left, right);
    case '-notlike':
      return !isLike(left, right);
    case '-contains':
      return listOf(left).some((item) => isSame(item, right));
    case '-notcontains':
      return !listOf(left).some((item) => isSame(item, right));
    case '-and':
      return isTrue(left) && isTrue(right);
    case '-or':
      return isTrue(left) || isTrue(right);
    case '-split':
      return listOf(left).flatMap((item) => textOf(item).split(textOf(right)));
    case '-join':
      return listOf(left).map(textOf).join(textOf(right));
    case '+':
      return typeof left === 'number' ? left + Number(right) : textOf(left) + textOf(right);
    default:
      throw new SyntaxError(operator);
  }
}
