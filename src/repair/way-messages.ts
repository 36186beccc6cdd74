import { defineMessages } from '#platform/html/messages.ts';

/** The ways to an e-CPS under the RPPS number. */
export const wayMessages = defineMessages({
  fr: {
    signIn: 'Se connecter avec ma e-CPS',
    scan: 'Scanner avec mon téléphone',
    byMail: 'Par mail et SMS',
    byCard: 'Avec ma carte CPS',
    register: 'Enregistrer mes coordonnées',
    noContacts:
      'Indisponible : l’annuaire ne connaît pas votre adresse e-mail et votre mobile. Enregistrez-les d’abord ; vous reviendrez ici.',
    forgotten: 'Mot de passe oublié',
    openHere: 'Ouvrir sur ce téléphone',
    copy: 'Copier le lien',
    copied: 'Le lien est copié.',
    otherWay: 'Choisir une autre façon',
    waiting: 'Cette page continue d’elle-même dès que votre e-CPS est active.',
    leads: {
      active: 'Votre e-CPS est active et porte votre numéro RPPS. Entrez avec elle : vos lieux s’affichent.',
      removed:
        'Vos lieux d’exercice existent. Ils sont rangés sous votre numéro RPPS : il reste à activer une e-CPS à ce numéro.',
    },
    steps: {
      useIt: 'Entrez avec votre e-CPS : elle porte votre numéro RPPS.',
      deactivate:
        'Désactivez l’e-CPS qui porte votre numéro ADELI : sur le téléphone, « Paramètres », puis « Désactiver ma e-CPS ».',
      withoutPassword: 'Téléphone perdu, ou application effacée :',
      activate: {
        card: 'Activez une e-CPS avec votre numéro RPPS : scannez un code avec votre téléphone. Votre carte prouve déjà qui vous êtes, il n’y a rien à recopier.',
        ecps: 'Activez une e-CPS avec votre numéro RPPS, sur votre téléphone : par mail et SMS, ou avec votre carte CPS.',
      },
      enter: 'Entrez avec elle : la page vous ramène à votre service.',
      register: 'Pour la voie par mail et SMS, enregistrez d’abord vos coordonnées.',
    },
    code: {
      title: 'Scannez ce code',
      lead: 'Avec l’appareil photo de votre téléphone, ou dans l’application e-CPS par « Scanner un QR code ».',
      picture: 'QR code qui active votre e-CPS',
      again: 'Nouveau QR code',
      install: (app: string) =>
        `L’application n’est pas encore installée ? Installez-la depuis ${app}, puis « Coller le lien » ou scannez.`,
      careful: 'Ce code vaut votre carte : ne le montrez à personne.',
    },
    redeemed: {
      title: 'Continuez sur votre téléphone',
      lead: 'Le code est scanné. Choisissez votre mot de passe sur le téléphone.',
      restart: 'Recommencer avec un autre code',
      restartHelp:
        'Rien ne s’affiche sur le téléphone ? Votre carte sera relue, et un autre code s’affichera ici.',
    },
    mail: {
      title: 'Par mail et SMS',
      lead: 'Tout se passe sur votre téléphone, dans l’application e-CPS.',
      steps: {
        open: 'Ouvrez l’application : scannez ce code, ou suivez le lien.',
        request: 'Demandez l’activation : votre numéro RPPS est déjà écrit.',
        confirm: (email: string, phone: string) =>
          `Ouvrez le mail envoyé à ${email}, puis tapez le code envoyé au ${phone}.`,
        choose: 'Choisissez votre mot de passe.',
      },
      picture: 'QR code de l’application e-CPS, avec votre numéro RPPS',
    },
    done: {
      title: 'Votre e-CPS est active',
      lead: (service: string | undefined) =>
        service === undefined
          ? 'Vous pouvez fermer cette page. Retournez au service d’où vous venez, et entrez avec votre e-CPS.'
          : `Vous pouvez fermer cette page. Retournez à ${service}, et entrez avec votre e-CPS.`,
      identifier: 'Identifiant e-CPS',
    },
    closing: {
      title: 'Vous pouvez fermer cette page',
      lead: (service: string | undefined) =>
        `${service ?? 'Le service d’où vous venez'} n’a pas d’adresse de retour : reprenez l’onglet où il est ouvert.`,
    },
  },
  en: {
    signIn: 'Sign in with my e-CPS',
    scan: 'Scan with my phone',
    byMail: 'By mail and SMS',
    byCard: 'With my CPS card',
    register: 'Register my contact details',
    noContacts:
      'Not available: the directory does not know your e-mail address and mobile number. Register them first; you will come back here.',
    forgotten: 'Forgotten password',
    openHere: 'Open on this phone',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    otherWay: 'Choose another way',
    waiting: 'This page goes on by itself as soon as your e-CPS is active.',
    leads: {
      active: 'Your e-CPS is active and carries your RPPS number. Sign in with it: your places are shown.',
      removed:
        'Your places of practice exist. They are kept under your RPPS number: what remains is to activate an e-CPS under it.',
    },
    steps: {
      useIt: 'Sign in with your e-CPS: it carries your RPPS number.',
      deactivate:
        'Deactivate the e-CPS that carries your ADELI number: on the phone, “Settings”, then “Deactivate my e-CPS”.',
      withoutPassword: 'Phone lost, or app erased:',
      activate: {
        card: 'Activate an e-CPS with your RPPS number: scan a code with your phone. Your card proves who you are already, there is nothing to copy.',
        ecps: 'Activate an e-CPS with your RPPS number, on your phone: by mail and SMS, or with your CPS card.',
      },
      enter: 'Sign in with it: the page takes you back to your service.',
      register: 'For the way by mail and SMS, register your contact details first.',
    },
    code: {
      title: 'Scan this code',
      lead: 'With the camera of your phone, or in the e-CPS app by “Scan a QR code”.',
      picture: 'QR code that activates your e-CPS',
      again: 'New QR code',
      install: (app: string) =>
        `Is the app not installed yet? Install it from ${app}, then “Paste the link” or scan.`,
      careful: 'This code is as good as your card: show it to nobody.',
    },
    redeemed: {
      title: 'Continue on your phone',
      lead: 'The code was scanned. Choose your password on the phone.',
      restart: 'Start again with another code',
      restartHelp: 'Nothing on the phone? Your card will be read again, and another code will be shown here.',
    },
    mail: {
      title: 'By mail and SMS',
      lead: 'All of it happens on your phone, in the e-CPS app.',
      steps: {
        open: 'Open the app: scan this code, or follow the link.',
        request: 'Request the activation: your RPPS number is filled in.',
        confirm: (email: string, phone: string) =>
          `Open the mail sent to ${email}, then type the code sent to ${phone}.`,
        choose: 'Choose your password.',
      },
      picture: 'QR code of the e-CPS app, with your RPPS number',
    },
    done: {
      title: 'Your e-CPS is active',
      lead: (service: string | undefined) =>
        service === undefined
          ? 'You can close this page. Go back to the service you came from, and sign in with your e-CPS.'
          : `You can close this page. Go back to ${service}, and sign in with your e-CPS.`,
      identifier: 'e-CPS identifier',
    },
    closing: {
      title: 'You can close this page',
      lead: (service: string | undefined) =>
        `${service ?? 'The service you came from'} has no return address: go back to the tab where it is open.`,
    },
  },
});

export type WayTexts = ReturnType<typeof wayMessages>;
