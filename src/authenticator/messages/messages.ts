import { defineMessages } from '#platform/html/messages.ts';

/** Names of links are the contract's, to the character. */
export const messages = defineMessages({
  fr: {
    sender: 'e-CPS',
    greeting: (name: string) => `Bonjour ${name},`,
    instant: (date: string, time: string) => `${date} à ${time} (heure de Paris)`,
    footer:
      'Message automatique de l’e-CPS. Personne ne vous demandera jamais votre mot de passe, ni un code reçu.',
    labels: {
      rpps: 'Numéro RPPS',
      adeli: 'Numéro ADELI',
      device: 'Téléphone',
      browser: 'Navigateur',
      place: 'Près de',
      at: 'Le',
      code: 'Code',
    },
    start: "Démarrer l'activation",
    notMe: "Ce n'est pas moi",
    request: "Demander l'activation de la e-CPS",
    openApp: 'Ouvrir l’application',
    activation: {
      subject: 'Activez votre e-CPS',
      lead: 'Une e-CPS a été demandée à votre numéro. Si c’est vous, continuez sur le téléphone qui a fait la demande.',
      qr: 'Vous lisez ce message sur un autre écran ? Scannez ce code avec l’application e-CPS.',
      copy: 'L’application ne s’ouvre pas ? Copiez l’adresse, puis choisissez « Coller le lien » dans l’application.',
      validity: (until: string) => `Ce lien sert une fois, jusqu’au ${until}.`,
      alarm: 'Vous n’avez rien demandé ? Ne démarrez rien, et bloquez cette demande.',
    },
    code: (code: string, minutes: number) =>
      `${code} est le code d’activation de votre e-CPS, valable ${minutes} minutes. Ne le donnez à personne.`,
    removal: {
      subject: 'Votre code pour supprimer votre e-CPS',
      lead: 'La suppression de votre e-CPS a été demandée par « Mot de passe oublié ». Recopiez ce code, et celui du SMS, sur la page où vous l’avez demandée.',
      validity: (minutes: number) => `Ce code sert une fois, pendant ${minutes} minutes.`,
      alarm:
        'Vous n’avez rien demandé ? Ne donnez ce code à personne : sans lui et celui du SMS, rien n’est supprimé.',
      sms: (code: string, minutes: number) =>
        `${code} est le code pour supprimer votre e-CPS, valable ${minutes} minutes. Ne le donnez à personne.`,
    },
    notices: {
      activated: {
        subject: 'Votre e-CPS est activée',
        body: 'Vous pouvez vous connecter avec le téléphone ci-dessous et votre mot de passe.',
        alarm: 'Vous n’avez pas activé d’e-CPS ? Bloquez-la : elle ne permettra plus de se connecter.',
        sms: (device: string) => `Votre e-CPS est activée (${device}).`,
      },
      consent_asked: {
        subject: 'Un autre téléphone demande votre e-CPS',
        body: 'Ouvrez l’application sur votre téléphone habituel pour accepter ou refuser. Sans votre accord ou votre carte CPS, rien ne s’active.',
        alarm: 'Ce n’est pas votre téléphone ? Bloquez cette demande.',
        sms: (device: string) =>
          `Un autre téléphone (${device}) demande votre e-CPS. Ouvrez l’application pour accepter ou refuser.`,
      },
      password_changed: {
        subject: 'Le mot de passe de votre e-CPS a changé',
        body: 'Connectez-vous désormais avec le nouveau mot de passe.',
        alarm: 'Vous ne l’avez pas changé ? Bloquez votre e-CPS : elle ne permettra plus de se connecter.',
        sms: (device: string) => `Le mot de passe de votre e-CPS a changé (${device}).`,
      },
      deactivated: {
        subject: 'Votre e-CPS est désactivée',
        body: 'Le téléphone ci-dessous ne permet plus de se connecter. Vous pouvez activer une nouvelle e-CPS quand vous le voulez.',
        alarm: 'Vous ne l’avez pas désactivée ? Dites-le-nous.',
        sms: (device: string) => `Votre e-CPS est désactivée (${device}).`,
      },
      removed: {
        subject: 'Mot de passe oublié : votre e-CPS est supprimée',
        body: 'Elle a été supprimée par « Mot de passe oublié », avec vos deux codes ou votre carte CPS. Le téléphone ci-dessous ne permet plus de se connecter. Vous pouvez activer une nouvelle e-CPS quand vous le voulez.',
        alarm: 'Vous ne l’avez pas supprimée ? Dites-le-nous.',
        sms: (device: string) =>
          `Votre e-CPS (${device}) a été supprimée par « Mot de passe oublié ». Vous pouvez en activer une nouvelle.`,
      },
      destroyed: {
        subject: 'Votre e-CPS a été supprimée',
        body: 'Trop de mots de passe faux ont été saisis sur le téléphone ci-dessous : pour vous protéger, votre e-CPS n’existe plus. Vous pouvez en activer une nouvelle.',
        alarm: 'Ce n’était pas vous ? Quelqu’un a eu votre téléphone en main : dites-le-nous.',
        sms: (device: string) =>
          `Trop de mots de passe faux (${device}) : votre e-CPS a été supprimée. Vous pouvez en activer une nouvelle.`,
      },
      frozen: {
        subject: 'Votre e-CPS est bloquée',
        body: 'Nous avons reçu « Ce n’est pas moi » : votre e-CPS ne permet plus de se connecter. Votre carte CPS la débloque, une nouvelle activation la remplace.',
        alarm: 'Vous n’y êtes pour rien ? Dites-le-nous.',
        sms: (device: string) =>
          `Votre e-CPS (${device}) est bloquée. Votre carte CPS la débloque, une nouvelle activation la remplace.`,
      },
      replaced: {
        subject: 'Votre e-CPS ADELI est remplacée',
        body: 'L’e-CPS activée sous votre numéro RPPS prend sa place. Vous n’avez rien à faire.',
        alarm: 'Vous n’avez pas activé de nouvelle e-CPS ? Bloquez-la.',
        sms: (device: string) =>
          `Votre e-CPS ADELI (${device}) est remplacée par celle de votre numéro RPPS.`,
      },
    },
    smsAlarm: 'Ce n’est pas vous ?',
  },
  en: {
    sender: 'e-CPS',
    greeting: (name) => `Hello ${name},`,
    instant: (date, time) => `${date} at ${time} (Paris time)`,
    footer: 'Automatic message of the e-CPS. Nobody will ever ask you for your password, nor for a code.',
    labels: {
      rpps: 'RPPS number',
      adeli: 'ADELI number',
      device: 'Phone',
      browser: 'Browser',
      place: 'Near',
      at: 'On',
      code: 'Code',
    },
    start: 'Start the activation',
    notMe: 'This was not me',
    request: 'Request the activation of the e-CPS',
    openApp: 'Open the app',
    activation: {
      subject: 'Activate your e-CPS',
      lead: 'An e-CPS was requested for your number. If this was you, go on with the phone that made the request.',
      qr: 'Are you reading this on another screen? Scan this code with the e-CPS app.',
      copy: 'Does the app not open? Copy the address, then choose “Paste the link” in the app.',
      validity: (until) => `This link works once, until ${until}.`,
      alarm: 'You requested nothing? Start nothing, and block this request.',
    },
    code: (code, minutes) =>
      `${code} is the activation code of your e-CPS, valid for ${minutes} minutes. Give it to nobody.`,
    removal: {
      subject: 'Your code to delete your e-CPS',
      lead: 'The deletion of your e-CPS was requested by “Forgotten password”. Copy this code, and the one of the SMS, to the page where you requested it.',
      validity: (minutes) => `This code works once, for ${minutes} minutes.`,
      alarm:
        'You requested nothing? Give this code to nobody: without it and the one of the SMS nothing is deleted.',
      sms: (code, minutes) =>
        `${code} is the code to delete your e-CPS, valid for ${minutes} minutes. Give it to nobody.`,
    },
    notices: {
      activated: {
        subject: 'Your e-CPS is active',
        body: 'You can sign in with the phone below and your password.',
        alarm: 'You did not activate an e-CPS? Block it: it will not sign in any more.',
        sms: (device) => `Your e-CPS is active (${device}).`,
      },
      consent_asked: {
        subject: 'Another phone asks for your e-CPS',
        body: 'Open the app on your usual phone to accept or refuse. Without your consent or your CPS card nothing is activated.',
        alarm: 'This is not your phone? Block this request.',
        sms: (device) => `Another phone (${device}) asks for your e-CPS. Open the app to accept or refuse.`,
      },
      password_changed: {
        subject: 'The password of your e-CPS has changed',
        body: 'Sign in with the new password from now on.',
        alarm: 'You did not change it? Block your e-CPS: it will not sign in any more.',
        sms: (device) => `The password of your e-CPS has changed (${device}).`,
      },
      deactivated: {
        subject: 'Your e-CPS is deactivated',
        body: 'The phone below does not sign in any more. You can activate a new e-CPS whenever you like.',
        alarm: 'You did not deactivate it? Tell us.',
        sms: (device) => `Your e-CPS is deactivated (${device}).`,
      },
      removed: {
        subject: 'Forgotten password: your e-CPS is deleted',
        body: 'It was deleted by “Forgotten password”, with your two codes or your CPS card. The phone below does not sign in any more. You can activate a new e-CPS whenever you like.',
        alarm: 'You did not delete it? Tell us.',
        sms: (device) =>
          `Your e-CPS (${device}) was deleted by “Forgotten password”. You can activate a new one.`,
      },
      destroyed: {
        subject: 'Your e-CPS was deleted',
        body: 'Too many wrong passwords were typed on the phone below: to protect you, your e-CPS does not exist any more. You can activate a new one.',
        alarm: 'This was not you? Somebody had your phone in hand: tell us.',
        sms: (device) =>
          `Too many wrong passwords (${device}): your e-CPS was deleted. You can activate a new one.`,
      },
      frozen: {
        subject: 'Your e-CPS is blocked',
        body: 'We received “This was not me”: your e-CPS does not sign in any more. Your CPS card unblocks it, a new activation replaces it.',
        alarm: 'You had nothing to do with it? Tell us.',
        sms: (device) =>
          `Your e-CPS (${device}) is blocked. Your CPS card unblocks it, a new activation replaces it.`,
      },
      replaced: {
        subject: 'Your ADELI e-CPS is replaced',
        body: 'The e-CPS activated under your RPPS number takes its place. There is nothing to do.',
        alarm: 'You did not activate a new e-CPS? Block it.',
        sms: (device) => `Your ADELI e-CPS (${device}) is replaced by the one of your RPPS number.`,
      },
    },
    smsAlarm: 'This was not you?',
  },
});

export type MessageTexts = ReturnType<typeof messages>;
