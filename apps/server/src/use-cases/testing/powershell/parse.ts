/** As much of PowerShell as our scripts use, as a tree. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'method'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly kind: 'array'; readonly body: Pipeline | null }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'table'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'group'; readonly body: Pipeline }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

export type Stage =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly parameters: readonly (readonly [string, Expression | null])[];
      readonly arguments: readonly Expression[];
      readonly splats: readonly string[];
      readonly script: readonly Statement[] | null;
    };

export type Pipeline = readonly Stage[];

export type Statement =
  | { readonly kind: 'run'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'assign';
      readonly name: string;
      readonly adds: boolean;
      readonly value: Pipeline;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly {
        readonly when: Pipeline | null;
        readonly body: readonly Statement[];
      }[];
    }
  | { readonly kind: 'throw'; readonly value: Expression };

interface Token {
  readonly kind: 'newline' | 'string' | 'number' | 'variable' | 'splat' | 'dash' | 'word' | 'mark';
  readonly text: string;
  /** White space stands before it. */
  readonly spaced: boolean;
}

const QUOTE = "['\u2018\u2019\u201a\u201b]";
const TOKENS: readonly (readonly [Token['kind'] | 'skip', RegExp])[] = [
  ['skip', /[ \t]+|#[^\n]*/y],
  ['newline', /\r?\n|;/y],
  ['string', new RegExp(`${QUOTE}(?:[^'\u2018\u2019\u201a\u201b]|${QUOTE}{2})*${QUOTE}`, 'y')],
  ['number', /\d+/y],
  ['variable', /\$(?:[A-Za-z]\w*|_)/y],
  ['splat', /@[A-Za-z]\w*/y],
  ['dash', /-[A-Za-z]+/y],
  ['word', /[A-Za-z]\w*(?:-[A-Za-z]\w*)*/y],
  ['mark', /@\(|@\{|\+=|[(){}[\].,|=+:]/y],
];

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  while (at < source.length) {
    const found = TOKENS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      return { kind, text: pattern.exec(source)?.[0] };
    }).find(({ text }) => text !== undefined);
    if (found?.text === undefined) {
      throw new SyntaxError(`Nothing begins with: ${source.slice(at, at + 40)}`);
    }
    at += found.text.length;
    if (found.kind !== 'skip') tokens.push({ kind: found.kind, text: found.text, spaced });
    spaced = found.kind === 'skip';
  }
  return tokens;
}

const COMPARISONS = [
  '-eq',
  '-ne',
  '-gt',
  '-like',
  '-notlike',
  '-contains',
  '-notcontains',
  '-split',
  '-join',
];

/** Recursive descent; the operators bind as in PowerShell's own grammar: logical, comparison, additive. */
export class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  script(): readonly Statement[] {
    const statements = this.#statements();
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return statements;
  }

  #statements(): readonly Statement[] {
    const found: Statement[] = [];
    for (;;) {
      while (this.#peek()?.kind === 'newline') this.#at += 1;
      if (this.#peek() === undefined || this.#isMark('}')) return found;
      found.push(this.#statement());
    }
  }

  #statement(): Statement {
    const first = this.#peek();
    const second = this.#tokens[this.#at + 1];
    if (first?.kind === 'variable' && (second?.text === '=' || second?.text === '+=')) {
      this.#at += 2;
      const adds = second.text === '+=';
      return { kind: 'assign', name: first.text.slice(1), adds, value: this.#pipeline() };
    }
    if (this.#takeWord('if')) return this.#if();
    if (this.#takeWord('throw')) return { kind: 'throw', value: this.#expression() };
    return { kind: 'run', pipeline: this.#pipeline() };
  }

  #if(): Statement {
    const branches: { when: Pipeline | null; body: readonly Statement[] }[] = [];
    branches.push({ when: this.#parenthesised(), body: this.#block() });
    for (;;) {
      if (this.#takeWord('elseif')) {
        branches.push({ when: this.#parenthesised(), body: this.#block() });
      } else if (this.#takeWord('else')) {
        branches.push({ when: null, body: this.#block() });
        return { kind: 'if', branches };
      } else return { kind: 'if', branches };
    }
  }

  #parenthesised(): Pipeline {
    this.#expect('(');
    const pipeline = this.#pipeline();
    this.#expect(')');
    return pipeline;
  }

  #block(): readonly Statement[] {
    this.#expect('{');
    const body = this.#statements();
    this.#expect('}');
    return body;
  }

  #pipeline(): Pipeline {
    const stages = [this.#stage()];
    while (this.#takeMark('|')) stages.push(this.#stage());
    return stages;
  }

  #stage(): Stage {
    const token = this.#peek();
    if (token?.kind !== 'word') return { kind: 'expression', expression: this.#expression() };
    this.#at += 1;
    const parameters: (readonly [string, Expression | null])[] = [];
    const given: Expression[] = [];
    const splats: string[] = [];
    let script: readonly Statement[] | null = null;
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next.kind === 'newline') break;
      if (next.kind === 'mark' && ['|', ')', '}'].includes(next.text)) break;
      if (next.kind === 'dash') {
        this.#at += 1;
        parameters.push([next.text.slice(1), this.#argument()]);
      } else if (next.kind === 'splat') {
        this.#at += 1;
        splats.push(next.text.slice(1));
      } else if (this.#isMark('{')) script = this.#block();
      else given.push(this.#postfix());
    }
    return { kind: 'command', name: token.text, parameters, arguments: given, splats, script };
  }

  /** `-Name value`, `-Name:value`, or a switch without a value. */
  #argument(): Expression | null {
    if (this.#takeMark(':')) return this.#postfix();
    const next = this.#peek();
    const isNone =
      next === undefined ||
      ['newline', 'dash', 'splat'].includes(next.kind) ||
      (next.kind === 'mark' && ['|', ')', '}', '{'].includes(next.text));
    return isNone ? null : this.#postfix();
  }

  #expression(): Expression {
    let left = this.#comparison();
    for (;;) {
      const operator = this.#takeDash(['-and', '-or']);
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.#comparison() };
    }
  }

  #comparison(): Expression {
    let left = this.#additive();
    for (;;) {
      const operator = this.#takeDash(COMPARISONS);
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: this.#additive() };
    }
  }

  #additive(): Expression {
    let left = this.#unary();
    while (this.#takeMark('+')) {
      left = { kind: 'binary', operator: '+', left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expression {
    return this.#takeDash(['-not']) === null ? this.#postfix() : { kind: 'not', of: this.#unary() };
  }

  #postfix(): Expression {
    let value = this.#primary();
    for (;;) {
      const next = this.#peek();
      if (next?.kind !== 'mark' || next.spaced) return value;
      if (next.text === '.') {
        this.#at += 1;
        const name = this.#next('word').text;
        if (this.#takeMark('(')) {
          this.#expect(')');
          value = { kind: 'method', of: value, name };
        } else value = { kind: 'member', of: value, name };
      } else if (next.text === '[') {
        this.#at += 1;
        const at = this.#expression();
        this.#expect(']');
        value = { kind: 'index', of: value, at };
      } else return value;
    }
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token === undefined) throw new SyntaxError('The script ends within an expression.');
    this.#at += 1;
    switch (token.kind) {
      case 'string':
        return { kind: 'literal', value: unquoted(token.text) };
      case 'number':
        return { kind: 'literal', value: Number(token.text) };
      case 'variable':
        return { kind: 'variable', name: token.text.slice(1) };
      case 'mark':
        return this.#marked(token);
      case 'newline':
      case 'splat':
      case 'dash':
      case 'word':
        throw this.#unexpected();
    }
  }

  #marked(token: Token): Expression {
    if (token.text === '(') {
      const body = this.#pipeline();
      this.#expect(')');
      return { kind: 'group', body };
    }
    if (token.text === '@(') return this.#array();
    if (token.text === '@{') return this.#table();
    throw this.#unexpected();
  }

  #array(): Expression {
    if (this.#takeMark(')')) return { kind: 'array', body: null };
    const body = this.#pipeline();
    const [only] = body;
    if (body.length === 1 && only?.kind === 'expression' && this.#isMark(',')) {
      const items = [only.expression];
      while (this.#takeMark(',')) items.push(this.#expression());
      this.#expect(')');
      return { kind: 'list', items };
    }
    this.#expect(')');
    return { kind: 'array', body };
  }

  #table(): Expression {
    const entries: (readonly [string, Expression])[] = [];
    for (;;) {
      while (this.#peek()?.kind === 'newline') this.#at += 1;
      if (this.#takeMark('}')) return { kind: 'table', entries };
      const name = this.#next('word').text;
      this.#expect('=');
      entries.push([name, this.#expression()]);
    }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(kind: Token['kind']): Token {
    const token = this.#peek();
    if (token?.kind !== kind) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  #isMark(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'mark' && token.text === text;
  }

  #takeMark(text: string): boolean {
    if (!this.#isMark(text)) return false;
    this.#at += 1;
    return true;
  }

  #takeWord(text: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #takeDash(operators: readonly string[]): string | null {
    const token = this.#peek();
    const operator = token?.text.toLowerCase() ?? '';
    if (token?.kind !== 'dash' || !operators.includes(operator)) return null;
    this.#at += 1;
    return operator;
  }

  #expect(text: string): void {
    if (!this.#takeMark(text)) throw this.#unexpected(text);
  }

  #unexpected(wanted = ''): SyntaxError {
    const context = this.#tokens.slice(Math.max(0, this.#at - 6), this.#at + 3);
    const near = context.map(({ text }) => text).join(' ');
    return new SyntaxError(`Unexpected near “${near}”${wanted === '' ? '' : `, not ${wanted}`}`);
  }
}

function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/(['\u2018\u2019\u201a\u201b])(?:['\u2018\u2019\u201a\u201b])/g, '$1');
}
