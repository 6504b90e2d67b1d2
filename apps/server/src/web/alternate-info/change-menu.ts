import type { ChannelKind } from '@holdfast/domain';
import { html, type Html } from './html.ts';
import { renderPage, whoHelps, type PageOwner } from './page.ts';
import { WORDS, type InfoWords } from './words.ts';

interface MenuChannel {
  readonly kind: ChannelKind;
  /** Null: there is none yet. */
  readonly masked: string | null;
  readonly changeHref: string;
  /** Null: nothing to remove. */
  readonly removeHref: string | null;
}

export interface ChangeMenuModel extends PageOwner {
  readonly channels: readonly MenuChannel[];
  /** Null with a single channel: there is no order then. */
  readonly preferHref: string | null;
  readonly doneHref: string;
}

/** What can be changed once something is proven. Links only: each leads to a form that asks for a code first. */
export function renderChangeMenu(model: ChangeMenuModel): string {
  const said = WORDS[model.language];
  const words = said.menu;
  return renderPage(
    words.title,
    model,
    html`<h1>${words.heading}</h1>
      <p class="lead">${words.lead}</p>
      <ul class="channels">
        ${model.channels.map((channel) => renderChannel(said, channel))}
      </ul>
      ${
        model.preferHref !== null &&
        html`<p><a class="btn wide" href="${model.preferHref}">${words.prefer}</a></p>`
      }
      <h2>${words.lost}</h2>
      <p class="hint">${words.lostText(whoHelps(model))}</p>
      <p class="after"><a href="${model.doneHref}">${words.back}</a></p>`,
  );
}

function renderChannel(said: InfoWords, channel: MenuChannel): Html {
  const words = said.menu;
  if (channel.masked === null)
    return html`<li>
      <div>
        <p class="value">${said.form[channel.kind === 'sms' ? 'phone' : 'email']}</p>
        <p class="hint">${words.none}</p>
      </div>
      <p class="actions"><a href="${channel.changeHref}">${words.add[channel.kind]}</a></p>
    </li>`;
  return html`<li>
    <div>
      <p class="value"><bdi>${channel.masked}</bdi></p>
      <p class="hint">${said.channel[channel.kind]}</p>
    </div>
    <p class="actions">
      <a href="${channel.changeHref}">${words.change[channel.kind]}</a>
      ${
        channel.removeHref !== null &&
        html`<a href="${channel.removeHref}">${words.remove[channel.kind]}</a>`
      }
    </p>
  </li>`;
}
