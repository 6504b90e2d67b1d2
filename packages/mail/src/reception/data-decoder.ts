const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
const CRLF = Buffer.from('\r\n');

/** A run of at least so many bytes is passed on as it lies in the chunk; shorter ones are copied together. Unit: bytes. */
const PASS_ON = 1024;
/** Shorter runs are copied byte by byte: a call out of JavaScript costs more. Unit: bytes. */
const COPY_BY_HAND = 48;
/** Unit: bytes. */
const SCRATCH = 16 * 1024;

export interface DataLimits {
  /** Bytes of the decoded message. */
  readonly maxBytes: number;
  /** Bytes of one line, without its end. */
  readonly maxLineBytes: number;
}

/** Why a message is refused once its end was seen, the gravest first. */
export type DataProblem = 'nul' | 'bare-cr' | 'line-too-long' | 'too-big';

/** Where the next byte stands. After a bare LF it stands in `text`: only CRLF begins a line of the protocol. */
type Place = 'line-start' | 'text' | 'cr' | 'dot' | 'dot-cr';

/**
 * Takes the dots off and makes every bare LF a CRLF, once, before anything else sees the bytes. Only CRLF.CRLF ends the
 * data. A dot is taken off only behind a CRLF (RFC 5321 §4.5.2): what a sender took for the middle of a line was not
 * stuffed, and stays as it is. Bare CR and NUL are refused, since what a receiver makes of them differs, and that is how
 * SMTP smuggling works (CVE-2023-51764 and following). What leaves here has CRLF line ends only, so a relay that stuffs
 * dots behind each of them cannot be made to end a message early.
 */
export class DataDecoder {
  /** Bytes decoded so far, refused ones too. */
  length = 0;
  /** The end of data was seen. */
  ended = false;
  #place: Place = 'line-start';
  #lineBytes = 0;
  #found = new Set<DataProblem>();
  #pieces: Buffer[] = [];
  #scratch: Buffer | null = null;
  /** In the scratch buffer: up to where it was passed on, and up to where it is filled. */
  #passed = 0;
  #filled = 0;
  readonly #limits: DataLimits;

  constructor(limits: DataLimits) {
    this.#limits = limits;
  }

  get problem(): DataProblem | null {
    if (this.#found.size === 0) return null;
    const order: readonly DataProblem[] = ['nul', 'bare-cr', 'line-too-long', 'too-big'];
    return order.find((problem) => this.#found.has(problem)) ?? null;
  }

  /** What was decoded since the last call. Empty once there is a problem. */
  pieces(): Buffer[] {
    this.#closeScratch();
    const pieces = this.#pieces;
    this.#pieces = [];
    return this.#found.size === 0 ? pieces : [];
  }

  /** Reads on from `start`. Returns the offset behind the last byte taken: the chunk's length, unless the data ended. */
  take(chunk: Buffer, start: number): number {
    const behind = this.#resume(chunk, start);
    if (this.ended || behind === chunk.length) return behind;
    return this.#scan(chunk, behind);
  }

  /** Between two chunks a CR or a dot may be undecided. */
  #resume(chunk: Buffer, start: number): number {
    let at = start;
    while (at < chunk.length) {
      const byte = chunk[at];
      switch (this.#place) {
        case 'line-start':
        case 'text':
          return at;
        case 'cr':
          if (byte === LF) {
            this.#emit(CRLF, 0, 2);
            this.#endLine(0);
            this.#place = 'line-start';
            return at + 1;
          }
          this.#found.add('bare-cr');
          this.#place = 'text';
          return at;
        case 'dot':
          if (byte !== CR) {
            this.#place = 'text';
            return at;
          }
          this.#place = 'dot-cr';
          at += 1;
          break;
        case 'dot-cr':
          if (byte === LF) {
            this.#end();
            return at + 1;
          }
          this.#found.add('bare-cr');
          this.#place = 'text';
          return at;
      }
    }
    return at;
  }

  #scan(chunk: Buffer, start: number): number {
    const { length } = chunk;
    let at = start;
    /** Start of the run that is not emitted yet. */
    let from = start;
    /** Where the line began, or would have begun had it all been in this chunk. */
    let lineFrom = start - this.#lineBytes;
    let atLineStart = this.#place === 'line-start';
    for (;;) {
      if (atLineStart && chunk[at] === DOT) {
        this.#emit(chunk, from, at);
        from = at + 1;
        lineFrom = from;
        if (at + 1 === length) return this.#pause('dot', 0, length);
        if (chunk[at + 1] === CR) {
          if (at + 2 === length) return this.#pause('dot-cr', 0, length);
          if (chunk[at + 2] === LF) {
            this.#end();
            return at + 3;
          }
        }
        at = from;
        atLineStart = false;
      }
      // All bytes that matter are below 14.
      while (at < length && (chunk[at] as number) > CR) at += 1;
      if (at === length) {
        this.#emit(chunk, from, at);
        const nothingYet = atLineStart && at === lineFrom;
        return this.#pause(nothingYet ? 'line-start' : 'text', at - lineFrom, length);
      }
      atLineStart = false;
      const byte = chunk[at];
      if (byte === CR) {
        if (at + 1 === length) {
          this.#emit(chunk, from, at);
          return this.#pause('cr', at - lineFrom, length);
        }
        if (chunk[at + 1] === LF) {
          this.#endLine(at - lineFrom);
          at += 2;
          lineFrom = at;
          atLineStart = true;
          continue;
        }
        this.#found.add('bare-cr');
      } else if (byte === LF) {
        this.#emit(chunk, from, at);
        this.#emit(CRLF, 0, 2);
        this.#endLine(at - lineFrom);
        from = at + 1;
        lineFrom = from;
      } else if (byte === NUL) {
        this.#found.add('nul');
      }
      at += 1;
    }
  }

  #pause(place: Place, lineBytes: number, length: number): number {
    this.#place = place;
    this.#lineBytes = lineBytes;
    if (lineBytes > this.#limits.maxLineBytes) this.#found.add('line-too-long');
    return length;
  }

  #end(): void {
    this.ended = true;
    // A message without a single byte leaves as an empty line: what follows relies on a last CRLF.
    if (this.length === 0) this.#emit(CRLF, 0, 2);
  }

  #endLine(lineBytes: number): void {
    if (Math.max(lineBytes, this.#lineBytes) > this.#limits.maxLineBytes) {
      this.#found.add('line-too-long');
    }
    this.#lineBytes = 0;
  }

  #emit(source: Buffer, from: number, to: number): void {
    const length = to - from;
    if (length === 0) return;
    this.length += length;
    if (this.length > this.#limits.maxBytes) this.#found.add('too-big');
    if (this.#found.size > 0) return;
    if (length >= PASS_ON) {
      this.#closeScratch();
      this.#pieces.push(source.subarray(from, to));
      return;
    }
    if (this.#scratch === null || this.#scratch.length - this.#filled < length) {
      this.#closeScratch();
      this.#scratch = Buffer.allocUnsafeSlow(SCRATCH);
      this.#passed = 0;
      this.#filled = 0;
    }
    const scratch = this.#scratch;
    let filled = this.#filled;
    if (length < COPY_BY_HAND) {
      for (let at = from; at < to; at += 1, filled += 1) scratch[filled] = source[at] ?? 0;
    } else {
      filled += source.copy(scratch, filled, from, to);
    }
    this.#filled = filled;
  }

  #closeScratch(): void {
    if (this.#scratch === null || this.#filled === this.#passed) return;
    this.#pieces.push(this.#scratch.subarray(this.#passed, this.#filled));
    this.#passed = this.#filled;
  }
}
