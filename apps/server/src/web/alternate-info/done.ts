import type { ChannelKind } from '@holdfast/domain';
import { html, type Html } from './html.ts';
import { renderNotice, renderPage, type PageOwner } from './page.ts';
import { WORDS } from './words-en.ts';

interface DoneChannel {
  readonly kind: ChannelKind;
  readonly masked: string;
  readonly status: 'waiting' | 'verified';
  readonly preferred: boolean;
  readonly note: 'none' | 'weak' | 'landline' | 'shared';
}

export interface DoneModel extends PageOwner {
  /** Empty when everything was removed. */
  readonly channels: readonly DoneChannel[];
  /** Host name of the portal as it will be in the message, e.g. `mail.contoso-emergency.example`. */
  readonly portalHost: string;
  readonly helpdesk: string | null;
  /** Link to the form. */
  readonly changeHref: string;
  /** Link to the code page; shown while a channel waits. */
  readonly codeHref: string;
  /** Path that removes one channel: field `channel` is `sms` or `email`. */
  readonly removeAction: string;
  readonly notice: string | null;
}

/** What is stored (masked), what happens on the day, and how to change or remove it. */
export function renderDone(model: DoneModel): string {
  const words = WORDS.done;
  return renderPage(
    words.title,
    model,
    html`${renderNotice(model.notice)} ${renderHead(model)}
      ${
        model.channels.length > 0 &&
        html`<h2>${words.stored}</h2>
          <ul class="channels">
            ${model.channels.map(renderChannel)}
          </ul>
          <form id="remove" method="post" action="${model.removeAction}"></form>
          ${
            model.channels.some((channel) => channel.status === 'waiting') &&
            html`<p><a class="btn wide" href="${model.codeHref}">${words.enterCode}</a></p>`
          }
          <h2>${words.day}</h2>
          <ol class="steps">
            ${words.steps(model.organisation, model.portalHost).map((step) => html`<li>${step}</li>`)}
          </ol>
          <p class="hint">${words.never}</p>`
      }
      <h2>${words.change}</h2>
      <p class="hint">
        ${model.helpdesk === null ? words.changeText : words.changeHelpdesk(model.helpdesk)}
      </p>
      <p>
        <a class="btn wide" href="${model.changeHref}"
          >${model.channels.length === 0 ? words.add : words.changeButton}</a
        >
      </p>`,
  );
}

function renderHead(model: DoneModel): Html {
  const words = WORDS.done;
  if (model.channels.length === 0)
    return html`<h1>${words.headingNothing}</h1>
      <p class="lead">${words.leadNothing(model.organisation)}</p>`;
  if (model.channels.some((channel) => channel.status === 'verified'))
    return html`<h1>${words.heading}</h1>`;
  return html`<h1>${words.headingWaiting}</h1>
    <p class="lead">${words.leadWaiting}</p>`;
}

function renderChannel(channel: DoneChannel): Html {
  const state =
    channel.status === 'verified'
      ? html`<i class="dot good"></i>${WORDS.code.verified}`
      : html`<i class="dot hollow"></i>${WORDS.code.waiting}`;
  return html`<li>
    <div>
      <p class="value"><bdi>${channel.masked}</bdi></p>
      <p class="hint">
        ${state} · ${WORDS.channel[channel.kind]}${channel.preferred && `, ${WORDS.done.first}`}
      </p>
      ${
        channel.note !== 'none' &&
        html`<p class="warn"><i class="dot attention"></i>${WORDS.notes[channel.note]}</p>`
      }
    </div>
    <button class="link" type="submit" form="remove" name="channel" value="${channel.kind}">
      ${WORDS.done.remove[channel.kind]}
    </button>
  </li>`;
}
