import { channelName, renderNote, type ShownChannel } from './code-form.ts';
import { html, type Html } from './html.ts';
import { renderNotice, renderPage, whoHelps, type PageOwner } from './page.ts';
import { WORDS, type InfoWords } from './words.ts';

interface DoneChannel extends ShownChannel {
  readonly preferred: boolean;
}

export interface DoneModel extends PageOwner {
  /** Empty when everything was removed. */
  readonly channels: readonly DoneChannel[];
  /** Host name of the portal as it will be in the message, e.g. `mail.contoso-emergency.example`. */
  readonly portalHost: string;
  /** Link to the form, or to the choice of what to change. */
  readonly changeHref: string;
  /** Link to the code page; shown while a channel waits. */
  readonly codeHref: string;
  readonly notice: string | null;
}

/** What is stored (masked), what happens on the day, and how to change or remove it. */
export function renderDone(model: DoneModel): string {
  const said = WORDS[model.language];
  const words = said.done;
  const waits = model.channels.some(({ status }) => status === 'waiting' || status === 'ask');
  return renderPage(
    words.title,
    model,
    html`${renderNotice(model.notice)} ${renderHead(model)}
      ${
        model.channels.length > 0 &&
        html`<h2>${words.stored}</h2>
          <ul class="channels">
            ${model.channels.map((channel) => renderChannel(said, channel))}
          </ul>
          ${
            waits &&
            html`<p><a class="btn wide" href="${model.codeHref}">${words.enterCode}</a></p>`
          }
          ${renderDay(model)}`
      }
      ${
        model.channels.some((channel) => channel.status === 'verified') &&
        html`<h2>${words.ready}</h2>
          <p class="hint">${words.readyText}</p>
          <p><a class="btn wide" href="/ready">${words.readyButton}</a></p>`
      }
      <h2>${words.change}</h2>
      <p class="hint">${words.changeText(whoHelps(model))}</p>
      <p>
        <a class="btn wide" href="${model.changeHref}"
          >${model.channels.length === 0 ? words.add : words.changeButton}</a
        >
      </p>`,
  );
}

/** Only to whoever can be reached: to nobody else would it be true. */
function renderDay({ channels, language, organisation, portalHost }: DoneModel): Html | null {
  const words = WORDS[language].done;
  const verified = channels.filter(({ status }) => status === 'verified');
  if (verified.length === 0) return null;
  const steps = verified.every(({ spoken }) => spoken) ? words.stepsCalled : words.steps;
  return html`<h2>${words.day}</h2>
    <ol class="steps">
      ${steps(organisation, portalHost).map((step) => html`<li>${step}</li>`)}
    </ol>
    <p class="hint">${words.never}</p>`;
}

function renderHead(model: DoneModel): Html {
  const words = WORDS[model.language].done;
  const has = (status: ShownChannel['status']): boolean =>
    model.channels.some((channel) => channel.status === status);
  if (model.channels.length === 0)
    return html`<h1>${words.headingNothing}</h1>
      <p class="lead">${words.leadNothing(model.organisation)}</p>`;
  if (has('verified')) return html`<h1>${words.heading}</h1>`;
  if (!has('waiting') && !has('ask'))
    return html`<h1>${words.headingOptedOut}</h1>
      <p class="lead">${words.leadOptedOut}</p>`;
  return html`<h1>${words.headingWaiting}</h1>
    <p class="lead">${words.leadWaiting}</p>`;
}

function stateOf(
  { code, done }: InfoWords,
  status: ShownChannel['status'],
): readonly [tone: string, words: string] {
  switch (status) {
    case 'verified':
      return ['good', code.verified];
    case 'waiting':
      return ['hollow', code.waiting];
    case 'ask':
      return ['hollow', code.needed];
    case 'opted-out':
      return ['attention', done.optedOut];
  }
}

function renderChannel(said: InfoWords, channel: DoneChannel): Html {
  const [tone, words] = stateOf(said, channel.status);
  return html`<li>
    <div>
      <p class="value"><bdi>${channel.masked}</bdi></p>
      <p class="hint">
        <i class="dot ${tone}"></i>${channel.isNew && `${said.done.isNew} · `}${words} ·
        ${channelName(said, channel)}${channel.preferred && `, ${said.done.first}`}
      </p>
      ${renderNote(said, channel.note)}
    </div>
  </li>`;
}
