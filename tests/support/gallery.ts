import { renderChain } from '#platform/html/chain.ts';
import {
  button,
  choiceCard,
  emptyState,
  errorSummary,
  facts,
  field,
  initialsOf,
  keepTogether,
  linkRow,
  notice,
  numberText,
  pickList,
  placeCard,
  serviceHeader,
  statusTag,
  steps,
  waitingState,
} from '#platform/html/components.ts';
import { type Html, html } from '#platform/html/html.ts';
import type { Page } from '#platform/html/page.ts';

const signedIn = {
  nationalId: { kind: 'adeli', value: '991234568' },
  name: 'Claire Fontaine',
  signOutAction: '/deconnexion',
};
const employee = {
  ...signedIn,
  nationalId: { kind: 'siretEmployee', value: '26560035400014/AB12' },
  idNatPs: '526560035400014/AB12',
};
const service = serviceHeader({
  lead: 'Vous allez vous connecter à',
  name: 'Mes lieux d’exercice',
  host: 'localhost:4000',
});

function page(title: string, body: Html, rest: Partial<Page> = {}): Page {
  return { title, body: html`<h1>${keepTogether(title)}</h1>${body}`, ...rest };
}

/** One page of every kind, made of the components alone. */
export const gallery: Record<string, Page> = {
  choice: page(
    'Comment voulez-vous vous connecter ?',
    html`<p class="lead">Choisissez ce que vous avez sous la main.</p><form method="post" class="choices">${choiceCard({ id: 'card', icon: 'id-card', label: 'Carte CPS', line: 'Votre carte, un lecteur et son code à 4 chiffres.', name: 'means', value: 'card', preferred: true })}${choiceCard({ id: 'other', icon: 'smartphone', label: 'Autre moyen', href: '/autre' })}</form>${linkRow([{ href: '/retour', label: 'Revenir au service' }])}`,
  ),
  cardFailed: page(
    'Votre carte n’a pas été reconnue',
    html`${notice({ kind: 'attention', title: 'Votre carte est expirée.', body: 'Demandez-en une autre : elle arrive par courrier.', role: 'alert' })}<form method="post" class="actions">${button({ label: 'Réessayer', icon: 'refresh-cw' })}${button({ label: 'Revenir au service', kind: 'quiet' })}</form><p class="reference">Référence 7K2-41F</p>${service}`,
  ),
  noPlace: page(
    'Aucun lieu d’exercice',
    html`<p class="lead">Vos lieux existent.</p>${renderChain({
      nodes: [
        {
          icon: 'id-card',
          title: 'Vous êtes entrée avec',
          detail: 'le numéro ADELI de votre carte',
          state: 'broken',
        },
        {
          icon: 'book-search',
          title: 'L’annuaire vous connaît sous',
          detail: html`RPPS ${numberText('rpps', '99700000013')}`,
          state: 'sound',
        },
        { icon: 'smartphone', title: 'Votre e-CPS', detail: 'pas encore activée', state: 'neutral' },
      ],
      links: ['cut', 'sound'],
    })}<h2>Ce qu’il faut faire</h2><div class="actions">${button({ label: 'Réparer ma connexion', icon: 'wrench', href: '/reparation' })}</div>`,
    { signedIn, width: 'wide' },
  ),
  places: page(
    'Mes lieux d’exercice',
    html`<p class="lead">Un lieu.</p><div class="places">${placeCard({ id: 'lieu-1', name: 'Maison de santé pluriprofessionnelle de Ploemeur', address: '4 place de la Mairie, 56270 Ploemeur', tag: statusTag('ok', 'Publié'), facts: [{ label: 'Téléphone', value: numberText('phone', '0297000012') }], actions: button({ label: 'Voir', kind: 'secondary', href: '/lieu' }) })}</div>`,
    { signedIn, width: 'wide' },
  ),
  explained: page('Rien à réparer', emptyState({ icon: 'info', body: 'Vous exercez en remplacement.' }), {
    signedIn: employee,
  }),
  waiting: page(
    'Nous attendons votre carte',
    waitingState({
      icon: 'clock',
      body: 'Insérez-la dans le lecteur.',
      left: 'encore 1 min 52',
      action: button({ label: 'Renoncer', kind: 'danger' }),
    }),
  ),
  form: page(
    'Vos coordonnées',
    html`${errorSummary('Deux réponses sont à revoir', [
      { field: 'mail', message: 'Adresse e-mail incomplète' },
      { field: 'code', message: 'Code faux' },
    ])}<form method="post">${field({ name: 'mail', label: 'Adresse e-mail', hint: 'Celle que vous lisez chaque jour.', error: 'Il manque la fin, après @.', type: 'email', autocomplete: 'email' })}${field({ name: 'code', label: 'Code porteur', error: 'Ce code n’est pas le bon.', figures: true, inputMode: 'numeric' })}${button({ label: 'Enregistrer' })}</form>`,
    { status: 422 },
  ),
  explanation: page(
    'Réparer ma connexion',
    html`${steps(['Demandez votre numéro RPPS.', 'Activez une e-CPS.'])}<h2>Qui contacter</h2>${facts([{ label: 'Organisme', value: 'Ordre des infirmiers' }])}${notice({ kind: 'ok', body: 'Enregistré.' })}${notice({ kind: 'danger', body: 'Refusé.' })}${notice({ kind: 'info', body: 'Terminé.' })}<pre class="letter">Bonjour,</pre>`,
    { signedIn },
  ),
  home: page(
    'Bac à sable',
    html`<div class="home"><section class="home-persons"><h2>Qui êtes-vous ?</h2><form method="post">${pickList(
      {
        label: 'Personnes',
        name: 'persona',
        entries: [
          {
            id: 'a',
            value: 'a',
            label: 'Claire Fontaine',
            line: 'Infirmière. Carte ADELI, deux lieux sous RPPS : le cas du guide',
            initials: initialsOf('Claire', 'Fontaine'),
            chosen: true,
          },
          { id: 'b', value: 'b', label: 'Marc Riou', initials: 'MR' },
        ],
      },
    )}</form></section><section class="home-events"><h2>Ce qui se passe</h2><div class="card"><ol class="events"><li><time>14:29</time> <strong>carte</strong> : chaîne valide</li></ol></div></section></div>`,
    { width: 'full', stylesheet: 'sandbox.css', script: 'live.js' },
  ),
};
