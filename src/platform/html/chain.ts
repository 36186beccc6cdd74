import { type Html, html } from './html.ts';
import { type IconName, icon } from './icons.ts';
import { keepTogether } from './keep-together.ts';
import { layoutMessages } from './layout-messages.ts';
import type { Locale } from './messages.ts';

export interface ChainNode {
  icon: IconName;
  title: string;
  detail: string | Html;
  state: 'sound' | 'broken' | 'neutral';
}
export type ChainLink = 'sound' | 'cut';

/** What one signed in with, what the directory knows, one's authenticator: always in this order. */
export interface Chain {
  nodes: readonly [ChainNode, ChainNode, ChainNode];
  links: readonly [ChainLink, ChainLink];
}

/** The figure of a diagnosis: a sound link is a full line, a cut one dashed. Runs downwards on a phone. */
export function renderChain(chain: Chain, locale: Locale = 'fr'): Html {
  const [first, second, third] = chain.nodes;
  const [before, after] = chain.links;
  return html`<ol class="chain">${renderNode(first)}${renderNode(second, before, locale)}${renderNode(third, after, locale)}</ol>`;
}

function renderNode(node: ChainNode, link?: ChainLink, locale: Locale = 'fr'): Html {
  const said = link && html`<span class="visually-hidden">(${layoutMessages(locale).chain[link]}) </span>`;
  const detail = typeof node.detail === 'string' ? keepTogether(node.detail) : node.detail;
  return html`<li class="chain-${node.state}${link ? ` link-${link}` : ''}"><span class="chain-dot">${icon(node.icon)}</span><span class="chain-text">${said}<strong class="chain-title">${keepTogether(node.title)}</strong> <span class="chain-detail">${detail}</span></span></li>`;
}
