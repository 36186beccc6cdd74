import { defineMessages } from '#platform/html/messages.ts';

export const cardMessages = defineMessages({
  fr: {
    title: 'Demandes de connexion',
    lead: 'Un logiciel demande à vous connecter avec votre carte.',
    none: 'Aucune demande en attente',
    noneBody: 'Lancez la connexion dans votre logiciel, puis revenez ici.',
    refresh: 'Actualiser',
    number: 'Quel nombre affiche votre logiciel ?',
    choose: (number: string) => `C’est le ${number}`,
    refuse: 'Refuser cette demande',
    until: (time: string) => `Jusqu’à ${time}`,
    expires: 'À répondre',
    stale:
      'Cette demande est plus récente que la lecture de votre carte : lisez-la de nouveau pour répondre.',
    read: 'Lire ma carte',
    ended: {
      approved: {
        title: 'C’est fait',
        body: 'Retournez à votre logiciel : vous y êtes connecté dans un instant.',
      },
      refused: { title: 'Demande refusée', body: 'Votre logiciel en est averti. Personne n’est connecté.' },
      wrong_number: {
        title: 'Ce n’est pas ce nombre',
        body: 'Personne n’est connecté. Recommencez dans votre logiciel : il affiche un autre nombre.',
      },
      gone: {
        title: 'Cette demande n’attend plus',
        body: 'Son temps est passé, ou une autre l’a remplacée. Recommencez dans votre logiciel.',
      },
    },
    back: 'Voir les demandes',
    service: 'Logiciel',
  },
  en: {
    title: 'Sign-in requests',
    lead: 'A program asks to sign you in with your card.',
    none: 'No request is waiting',
    noneBody: 'Start the sign-in in your program, then come back here.',
    refresh: 'Look again',
    number: 'Which number does your program show?',
    choose: (number: string) => `It is ${number}`,
    refuse: 'Refuse this request',
    until: (time: string) => `Until ${time}`,
    expires: 'To be answered',
    stale: 'This request is newer than the reading of your card: read it again to answer.',
    read: 'Read my card',
    ended: {
      approved: { title: 'Done', body: 'Go back to your program: you are signed in there in a moment.' },
      refused: { title: 'Request refused', body: 'Your program is told. Nobody is signed in.' },
      wrong_number: {
        title: 'That is not the number',
        body: 'Nobody is signed in. Start again in your program: it shows another number.',
      },
      gone: {
        title: 'This request does not wait any more',
        body: 'Its time is over, or another one took its place. Start again in your program.',
      },
    },
    back: 'See the requests',
    service: 'Program',
  },
});
