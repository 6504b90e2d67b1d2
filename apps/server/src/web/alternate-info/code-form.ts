import type { ChannelKind } from '@holdfast/domain';
import { codeField, trapField } from './fields.ts';
import { html, type Html } from './html.ts';
import { renderNotice, renderPage, renderProblem, type PageOwner } from './page.ts';
import { WORDS, type InfoWords } from './words.ts';

/** One value, as the pages show it. `ask`: no code is on its way, and one is needed. */
export interface ShownChannel {
  readonly kind: ChannelKind;
  /** A number that is called: it takes no text messages. */
  readonly spoken: boolean;
  /** `••89` or `m••••@posteo.example`. */
  readonly masked: string;
  readonly status: 'waiting' | 'ask' | 'verified' | 'opted-out';
  /** It shall take the place of the proven one. */
  readonly isNew: boolean;
  readonly note: 'none' | 'weak' | 'shared' | 'independent';
}

export interface CodeChannel extends ShownChannel {
  /** Why the last code was refused and what to do; null when none was. */
  readonly error: string | null;
  /** Page that takes a waiting value back; null where nothing waits. */
  readonly removeHref: string | null;
  /** A call is offered in place of a text message. */
  readonly mayCall: boolean;
}

export interface CodeFormModel extends PageOwner {
  /** Path that the codes are posted to, as fields `code-sms` and `code-email`; an empty one is not entered yet. */
  readonly action: string;
  /** Path that asks for another code: field `channel` is `sms` or `email`. */
  readonly resendAction: string;
  /** Link back to the form. */
  readonly changeHref: string;
  readonly channels: readonly CodeChannel[];
  /** What has just happened, e.g. that another code is on its way. */
  readonly notice: string | null;
  /** What is wrong with the whole; errors of one channel stand with it. */
  readonly problem: string | null;
}

/** One input per channel that still waits. */
export function renderCodeForm(model: CodeFormModel): string {
  const said = WORDS[model.language];
  const words = said.code;
  const waiting = model.channels.filter(({ status }) => status === 'waiting');
  const asking = model.channels.filter(({ status }) => status === 'ask');
  const hasErrors = model.problem !== null || model.channels.some(({ error }) => error !== null);
  const heading = waiting.length === 0 ? words.headingAsk : words.heading(waiting.length);
  return renderPage(
    hasErrors ? `${said.pleaseCheck}: ${words.title}` : words.title,
    model,
    html`<h1>${heading}</h1>
      <p class="lead">${waiting.length === 0 ? words.leadAsk : words.lead}</p>
      ${renderNotice(model.notice)}
      ${renderProblem(model.problem ?? (hasErrors ? words.problems : null))}
      <form method="post" action="${model.action}" novalidate>
        ${model.channels.filter(({ status }) => status !== 'ask').map((channel) => renderChannel(said, channel))}
        ${trapField(said)} ${waiting.length > 1 && html`<p class="hint">${words.oneIsEnough}</p>`}
        ${waiting.length > 0 && html`<button class="btn primary" type="submit">${words.submit}</button>`}
      </form>
      <form id="resend" method="post" action="${model.resendAction}">
        ${asking.map((channel) => renderAsking(said, channel))}
      </form>
      <p class="after"><a href="${model.changeHref}">${words.change}</a></p>`,
  );
}

function renderAsking(said: InfoWords, channel: CodeChannel): Html {
  return html`<div class="field">
    <p class="label">${channelName(said, channel)} · <bdi>${channel.masked}</bdi></p>
    ${channel.error !== null && html`<p class="error"><i class="dot problem"></i>${channel.error}</p>`}
    <button class="btn wide" type="submit" name="channel" value="${channel.kind}">
      ${channel.spoken ? said.code.askCall : said.code.ask[channel.kind]}
    </button>
  </div>`;
}

function renderChannel(said: InfoWords, channel: CodeChannel): Html | null {
  const words = said.code;
  if (channel.status === 'opted-out') return null;
  if (channel.status === 'verified')
    return html`<div class="field verified">
      <p class="label">${channelName(said, channel)} · <bdi>${channel.masked}</bdi></p>
      <p class="good"><i class="dot good"></i>${words.verified}</p>
    </div>`;
  const id = `code-${channel.kind}`;
  // The resend buttons belong to another form: Enter in a code must confirm, and a form's first submit button is what Enter presses.
  return html`<div class="field">
    ${codeField({
      name: id,
      label: channel.spoken ? words.call(channel.masked) : words[channel.kind](channel.masked),
      invalid: channel.error !== null,
      describedBy: `${id}-state`,
    })}
    <div class="under">
      <span id="${id}-state">${channelState(said, channel)}</span>
      <button class="link" type="submit" form="resend" name="channel" value="${channel.kind}">
        ${channel.spoken ? words.callAgain : words.resend[channel.kind]}
      </button>
      ${
        channel.mayCall &&
        html`<button class="link" type="submit" form="resend" name="channel" value="voice">
          ${words.callInstead}
        </button>`
      }
    </div>
    ${renderNote(said, channel.note)}
    ${
      channel.removeHref !== null &&
      html`<p class="hint">
        <a href="${channel.removeHref}">${said.menu.remove[channel.kind]}</a>
      </p>`
    }
  </div>`;
}

/** How a message gets there, in a word. */
export function channelName(
  said: InfoWords,
  { kind, spoken }: Pick<ShownChannel, 'kind' | 'spoken'>,
): string {
  return spoken ? said.call : said.channel[kind];
}

export function renderNote(said: InfoWords, note: ShownChannel['note']): Html | null {
  switch (note) {
    case 'none':
      return null;
    case 'independent':
      return html`<p class="good"><i class="dot good"></i>${said.notes.independent}</p>`;
    case 'weak':
    case 'shared':
      return html`<p class="warn"><i class="dot attention"></i>${said.notes[note]}</p>`;
  }
}

function channelState(said: InfoWords, channel: CodeChannel): Html {
  return channel.error === null
    ? html`<span class="hint"><i class="dot hollow"></i>${said.code.waiting}</span>`
    : html`<span class="error"><i class="dot problem"></i>${channel.error}</span>`;
}
