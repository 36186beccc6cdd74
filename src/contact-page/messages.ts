import { defineMessages } from '#platform/html/messages.ts';

/** Names of controls and headings are the contract's, to the character. */
export const messages = defineMessages({
  fr: {
    title: 'Coordonnées de correspondance',
    signIn: {
      lead: 'L’adresse e-mail et le mobile où vous recevez vos codes et vos avis. Personne d’autre ne les voit.',
      card: 'Carte CPS',
      cardLine: 'Votre changement compte aussitôt.',
      withoutCard: "Je n'ai pas ma carte",
      ecps: 'Me connecter avec mon e-CPS',
      reasons: {
        adeli_ecps: {
          title: 'Votre e-CPS porte votre numéro ADELI.',
          body: 'Elle ne suffit pas pour changer des coordonnées : utilisez votre carte, ou faites une demande à l’Ordre.',
        },
        no_link: {
          title: 'Le numéro ADELI de votre carte ne mène à aucune fiche sûre.',
          body: 'Par prudence, rien n’est changé avec elle. Avec votre numéro RPPS, faites une demande à l’Ordre.',
        },
        other: {
          title: 'Votre carte ne mène à aucune fiche de l’annuaire.',
          body: 'Si vous avez un numéro RPPS, utilisez la carte qui le porte, ou faites une demande à l’Ordre.',
        },
        no_record: {
          title: 'L’annuaire n’a pas de fiche active à votre numéro.',
          body: 'Demandez à votre Ordre ce qui a été enregistré : les coordonnées suivent la fiche.',
        },
      },
    },
    form: {
      leads: {
        card: 'Ce que vous enregistrez compte aussitôt. L’ancienne adresse et la nouvelle en sont averties.',
        ecps: 'Un code part à l’adresse, un autre au mobile : le changement compte quand vous les avez recopiés.',
        request:
          'L’Ordre vérifie que c’est bien vous, puis enregistre vos coordonnées. L’ancienne adresse et la nouvelle en sont averties.',
      },
      linked:
        'Votre carte porte votre numéro ADELI : vous changez les coordonnées de la fiche RPPS qui lui est reliée.',
      linkedRpps: 'Numéro RPPS de la fiche',
      email: 'Adresse e-mail',
      emailHint: 'Celle que vous lisez souvent ; pas une messagerie sécurisée MSSanté.',
      emailKept: (masked: string) => `Actuelle : ${masked}. Laissez vide pour la garder.`,
      phone: 'Téléphone mobile',
      phoneHint: 'En 06 ou 07, ou un mobile d’outre-mer. Il reçoit les codes par SMS.',
      phoneKept: (masked: string) => `Actuel : ${masked}. Laissez vide pour le garder.`,
      rpps: 'Numéro RPPS',
      rppsHint: '11 chiffres, avec ou sans le 8 devant.',
      submit: 'Enregistrer',
    },
    faults: {
      summary: (count: number) => `${count === 2 ? 'Deux' : 'Trois'} réponses sont à revoir`,
      email: {
        missing: 'Indiquez votre adresse e-mail.',
        bad_email: 'Cette adresse n’est pas complète : un nom, @, puis un domaine, comme claire@exemple.fr.',
        secure_mailbox:
          'Une messagerie sécurisée MSSanté ne reçoit pas nos messages : indiquez une adresse e-mail ordinaire.',
      },
      phone: {
        missing: 'Indiquez votre téléphone mobile.',
        bad_phone: 'Ce numéro n’est pas celui d’un mobile français : 10 chiffres, en 06 ou 07. Comptez-les.',
        not_mobile:
          'Ce numéro est celui d’une ligne fixe, qui ne reçoit pas de SMS. Indiquez un mobile, en 06 ou 07.',
      },
      rpps: {
        bad_rpps:
          'Ce n’est pas un numéro RPPS. Relisez ses 11 chiffres sur votre carte ou votre attestation.',
      },
      tooMany: (left: string) => `Trop d’envois en peu de temps. Rien n’est changé ; réessayez dans ${left}.`,
    },
    codes: {
      title: 'Recopiez les deux codes',
      lead: (duration: string) => `Deux codes différents viennent de partir. Ils servent encore ${duration}.`,
      email: 'Code reçu par mail',
      emailHint: (masked: string) => `Envoyé à ${masked} ; regardez aussi dans le courrier indésirable.`,
      phone: 'Code reçu par SMS',
      phoneHint: (masked: string) => `Envoyé au ${masked}.`,
      submit: 'Valider',
      wrong: (tries: number) =>
        `Ce code n’est pas le bon. ${tries > 1 ? `Il reste ${tries} essais.` : 'Il reste un essai.'}`,
      missing: 'Recopiez ce code.',
      about: (label: string, wrong: string) => `${label} : ${wrong}`,
      sendAgain: 'Renvoyer les codes',
      tooSoon: 'Les derniers codes sont en route : attendez une minute avant d’en demander d’autres.',
      sent: 'De nouveaux codes sont partis ; les précédents ne servent plus.',
      dead: 'Ces codes ne servent plus : ils ont expiré, ou ils ont été essayés trop souvent.',
      again: 'Corriger mes coordonnées',
    },
    saved: {
      title: 'Vos coordonnées sont enregistrées',
      verified: 'Elles sont vérifiées. L’ancienne adresse et la nouvelle ont reçu un avis.',
      unverified:
        'Elles servent dès maintenant. L’ancienne adresse et la nouvelle reçoivent un avis ; la prochaine activation d’une e-CPS les vérifie.',
    },
    transmitted: {
      title: 'Votre demande est transmise',
      lead: 'L’Ordre vérifie que c’est bien vous. Il vous demandera cette référence : notez-la.',
      reference: 'Référence',
      next: 'Un message part à l’adresse que vous avez donnée dès que l’Ordre a répondu.',
    },
    notMe: {
      title: 'Vous n’avez pas changé ces coordonnées ?',
      lead: 'Bloquez-les : aucune e-CPS ne pourra être activée par elles. Vous en enregistrez d’autres avec votre carte.',
      changed: 'Changées le',
      block: 'Bloquer',
      done: {
        title: 'Ces coordonnées sont retirées',
        body: 'Elles ne servent plus à rien. Enregistrez les vôtres avec votre carte CPS, et prévenez votre Ordre.',
        again: 'Enregistrer mes coordonnées',
      },
      dead: {
        title: 'Ce lien ne sert plus',
        body: 'Les coordonnées ont changé depuis, ont déjà été retirées, ou le lien est trop ancien. Regardez ce que l’annuaire connaît aujourd’hui.',
        again: 'Voir mes coordonnées',
      },
    },
    history: {
      title: 'Ce qui a changé',
      lead: 'Vos coordonnées depuis un an, masquées. Une ligne ne vient pas de vous ? Prévenez votre Ordre.',
      grounds: {
        card: 'Enregistrées avec votre carte CPS',
        ecps: 'Enregistrées avec votre e-CPS et les deux codes',
        order: 'Enregistrées par l’Ordre, à la demande qui lui a été transmise',
        file: 'Enregistrées d’après un fichier de l’Ordre',
        activation: 'Vérifiées par l’activation d’une e-CPS',
        dispute: 'Retirées par « Ce n’est pas moi »',
      },
    },
    goOn: { wallet: 'Continuer', app: "Revenir à l'application" },
    goBack: 'Revenir sans rien changer',
    otherWay: 'Choisir un autre moyen',
  },
  en: {
    title: 'Contact details',
    signIn: {
      lead: 'The e-mail address and mobile where you receive your codes and notices. Nobody else sees them.',
      card: 'CPS card',
      cardLine: 'Your change counts at once.',
      withoutCard: 'I do not have my card',
      ecps: 'Sign in with my e-CPS',
      reasons: {
        adeli_ecps: {
          title: 'Your e-CPS carries your ADELI number.',
          body: 'It is not enough to change contact details: use your card, or send a request to the Order.',
        },
        no_link: {
          title: 'The ADELI number of your card leads to no record that is safe.',
          body: 'To be careful, nothing is changed with it. With your RPPS number, send a request to the Order.',
        },
        other: {
          title: 'Your card leads to no record of the directory.',
          body: 'If you have an RPPS number, use the card that carries it, or send a request to the Order.',
        },
        no_record: {
          title: 'The directory has no active record under your number.',
          body: 'Ask your Order what was registered: contact details go with the record.',
        },
      },
    },
    form: {
      leads: {
        card: 'What you save counts at once. The old address and the new one are told.',
        ecps: 'One code goes to the address, another to the mobile: the change counts once you have copied both.',
        request:
          'The Order makes sure that it is you, then saves your contact details. The old address and the new one are told.',
      },
      linked:
        'Your card carries your ADELI number: you are changing the details of the RPPS record linked to it.',
      linkedRpps: 'RPPS number of the record',
      email: 'E-mail address',
      emailHint: 'The one that you read often; not a secure MSSanté mailbox.',
      emailKept: (masked) => `Now: ${masked}. Leave empty to keep it.`,
      phone: 'Mobile phone',
      phoneHint: 'Beginning with 06 or 07, or an overseas mobile. It receives codes by SMS.',
      phoneKept: (masked) => `Now: ${masked}. Leave empty to keep it.`,
      rpps: 'RPPS number',
      rppsHint: '11 digits, with or without the 8 in front.',
      submit: 'Save',
    },
    faults: {
      summary: (count) => `${count === 2 ? 'Two' : 'Three'} answers need another look`,
      email: {
        missing: 'Give your e-mail address.',
        bad_email: 'This address is not complete: a name, @, then a domain, such as claire@example.com.',
        secure_mailbox:
          'A secure MSSanté mailbox does not receive our messages: give an ordinary e-mail address.',
      },
      phone: {
        missing: 'Give your mobile phone.',
        bad_phone:
          'This is not the number of a French mobile: 10 digits, beginning with 06 or 07. Count them.',
        not_mobile:
          'This is the number of a fixed line, which receives no SMS. Give a mobile, beginning with 06 or 07.',
      },
      rpps: {
        bad_rpps: 'This is not an RPPS number. Read its 11 digits again on your card or your certificate.',
      },
      tooMany: (left) => `Too many messages in a short time. Nothing has changed; try again in ${left}.`,
    },
    codes: {
      title: 'Copy the two codes',
      lead: (duration) => `Two different codes have just been sent. They work for another ${duration}.`,
      email: 'Code received by e-mail',
      emailHint: (masked) => `Sent to ${masked}; look among junk mail too.`,
      phone: 'Code received by SMS',
      phoneHint: (masked) => `Sent to ${masked}.`,
      submit: 'Confirm',
      wrong: (tries) =>
        `This code is not the right one. ${tries > 1 ? `${tries} tries are left.` : 'One try is left.'}`,
      missing: 'Copy this code.',
      about: (label, wrong) => `${label}: ${wrong}`,
      sendAgain: 'Send the codes again',
      tooSoon: 'The last codes are on their way: wait a minute before you ask for others.',
      sent: 'New codes have been sent; the former ones no longer work.',
      dead: 'These codes no longer work: they have expired, or they were tried too often.',
      again: 'Correct my contact details',
    },
    saved: {
      title: 'Your contact details are saved',
      verified: 'They are verified. The old address and the new one have received a notice.',
      unverified:
        'They are used from now on. The old address and the new one receive a notice; the next activation of an e-CPS verifies them.',
    },
    transmitted: {
      title: 'Your request has been passed on',
      lead: 'The Order makes sure that it is you. It will ask you for this reference: write it down.',
      reference: 'Reference',
      next: 'A message goes to the address that you gave as soon as the Order has answered.',
    },
    notMe: {
      title: 'You did not change these contact details?',
      lead: 'Block them: no e-CPS can be activated through them. You save others with your card.',
      changed: 'Changed on',
      block: 'Block',
      done: {
        title: 'These contact details are withdrawn',
        body: 'They are no longer used for anything. Save yours with your CPS card, and tell your Order.',
        again: 'Save my contact details',
      },
      dead: {
        title: 'This link no longer works',
        body: 'The details have changed since, were withdrawn already, or the link is too old. Look at what the directory knows today.',
        again: 'See my contact details',
      },
    },
    history: {
      title: 'What has changed',
      lead: 'Your details over the last year, masked. A line is not yours? Tell your Order.',
      grounds: {
        card: 'Saved with your CPS card',
        ecps: 'Saved with your e-CPS and both codes',
        order: 'Saved by the Order, by the request passed on to it',
        file: 'Saved from a file of the Order',
        activation: 'Verified by the activation of an e-CPS',
        dispute: 'Withdrawn by “This was not me”',
      },
    },
    goOn: { wallet: 'Continue', app: 'Back to the app' },
    goBack: 'Go back without changing anything',
    otherWay: 'Choose another way',
  },
});

export type ContactPageMessages = ReturnType<typeof messages>;
