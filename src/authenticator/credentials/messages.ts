import { defineMessages } from '#platform/html/messages.ts';

export const notMeMessages = defineMessages({
  fr: {
    title: 'Ce n’est pas vous ?',
    enrolment: (device: string, date: string) =>
      `Le ${date}, une e-CPS a été demandée à votre numéro depuis ce téléphone : ${device}.`,
    credential: (device: string, date: string) =>
      `Le ${date}, une e-CPS a été activée à votre numéro sur ce téléphone : ${device}.`,
    enrolmentHelp: 'Si vous n’avez rien demandé, bloquez cette demande : elle s’arrête aussitôt.',
    credentialHelp:
      'Si ce n’est pas vous, bloquez cette e-CPS : plus personne ne se connecte avec elle. Vous pourrez en activer une autre, ou vous connecter avec votre carte CPS.',
    block: 'Bloquer',
    blocked: 'C’est bloqué',
    enrolmentBlocked:
      'Cette demande d’activation est arrêtée. Rien n’a été activé. Vous n’avez rien d’autre à faire.',
    credentialBlocked:
      'Cette e-CPS est bloquée et les connexions qu’elle a ouvertes sont fermées. Activez-en une nouvelle depuis votre téléphone, ou connectez-vous avec votre carte CPS.',
    over: 'Ce lien ne sert plus',
    overHelp: 'Il a déjà servi, ou ce qu’il arrêtait est déjà terminé. Il n’y a rien à bloquer.',
  },
  en: {
    title: 'Is this not you?',
    enrolment: (device: string, date: string) =>
      `On ${date}, an e-CPS was requested under your number from this phone: ${device}.`,
    credential: (device: string, date: string) =>
      `On ${date}, an e-CPS was activated under your number on this phone: ${device}.`,
    enrolmentHelp: 'If you asked for nothing, block this request: it ends at once.',
    credentialHelp:
      'If this is not you, block this e-CPS: nobody signs in with it any more. You can activate another one, or sign in with your CPS card.',
    block: 'Block',
    blocked: 'It is blocked',
    enrolmentBlocked:
      'This activation request has ended. Nothing was activated. You have nothing else to do.',
    credentialBlocked:
      'This e-CPS is blocked, and the sessions that it opened have ended. Activate a new one from your phone, or sign in with your CPS card.',
    over: 'This link is no longer of use',
    overHelp: 'It was used already, or what it stopped is over. There is nothing to block.',
  },
});
