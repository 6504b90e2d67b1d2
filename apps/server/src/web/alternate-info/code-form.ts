import type { ChannelKind } from '@holdfast/domain';
import { html, type Html } from './html.ts';
import { renderNotice, renderPage, renderProblem, type PageOwner } from './page.ts';
import { WORDS } from './words-en.ts';

export interface CodeChannel {
  readonly kind: ChannelKind;
  /** `+49 ••• ••89` or `m••••@posteo.example`. */
  readonly masked: string;
  readonly status: 'waiting' | 'verified';
  /** Why the last code was refused and what to do; null when none was. */
  readonly error: string | null;
  readonly note: 'none' | 'weak' | 'landline' | 'shared';
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

/** One input per channel that still waits. Text messages are short: the code autofills from the keyboard on a phone. */
export function renderCodeForm(model: CodeFormModel): string {
  const words = WORDS.code;
  const waiting = model.channels.filter((channel) => channel.status === 'waiting');
  const hasErrors = model.problem !== null || waiting.some((channel) => channel.error !== null);
  return renderPage(
    hasErrors ? `${WORDS.pleaseCheck}: ${words.title}` : words.title,
    model,
    html`<h1>${words.heading(waiting.length)}</h1>
      <p class="lead">${words.lead}</p>
      ${renderNotice(model.notice)}
      ${renderProblem(model.problem ?? (hasErrors ? words.problems : null))}
      <form method="post" action="${model.action}" novalidate>
        ${model.channels.map(renderChannel)}
        ${waiting.length > 1 && html`<p class="hint">${words.oneIsEnough}</p>`}
        <button class="btn primary" type="submit">${words.submit}</button>
      </form>
      <form id="resend" method="post" action="${model.resendAction}"></form>
      <p class="after"><a href="${model.changeHref}">${words.change}</a></p>`,
  );
}

function renderChannel(channel: CodeChannel): Html {
  const id = `code-${channel.kind}`;
  const label =
    channel.kind === 'sms' ? WORDS.code.sms(channel.masked) : WORDS.code.email(channel.masked);
  if (channel.status === 'verified')
    return html`<div class="field verified">
      <p class="label">${WORDS.channel[channel.kind]} · <bdi>${channel.masked}</bdi></p>
      <p class="good"><i class="dot good"></i>${WORDS.code.verified}</p>
    </div>`;
  // The resend buttons belong to another form: Enter in a code must confirm, and a form's first submit button is what Enter presses.
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      class="code"
      type="text"
      autocomplete="one-time-code"
      inputmode="numeric"
      pattern="[0-9 ]*"
      maxlength="12"
      spellcheck="false"
      aria-describedby="${id}-state"
      ${channel.error !== null && html`aria-invalid="true"`}
    />
    <div class="under">
      <span id="${id}-state">${channelState(channel)}</span>
      <button class="link" type="submit" form="resend" name="channel" value="${channel.kind}">
        ${WORDS.code.resend[channel.kind]}
      </button>
    </div>
    ${
      channel.note !== 'none' &&
      html`<p class="warn"><i class="dot attention"></i>${WORDS.notes[channel.note]}</p>`
    }
  </div>`;
}

function channelState(channel: CodeChannel): Html {
  return channel.error === null
    ? html`<span class="hint"><i class="dot hollow"></i>${WORDS.code.waiting}</span>`
    : html`<span class="error"><i class="dot problem"></i>${channel.error}</span>`;
}
