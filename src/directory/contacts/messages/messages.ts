import { defineMessages } from '#platform/html/messages.ts';

export const contactMessages = defineMessages({
  fr: {
    sender: 'Annuaire de santé',
    footer: 'Message automatique de l’annuaire de santé. Personne ne vous demandera jamais un code reçu.',
    greeting: (name: string) => (name ? `Bonjour ${name},` : 'Bonjour,'),
    instant: (date: string, time: string) => `${date} à ${time} (heure de Paris)`,
    labels: {
      rpps: 'Numéro RPPS',
      email: 'Adresse e-mail',
      phone: 'Téléphone mobile',
      at: 'Le',
      code: 'Code',
      reference: 'Référence',
    },
    page: 'Ouvrir la page de mes coordonnées',
    notMe: "Ce n'est pas moi",
    code: {
      subject: 'Votre code pour l’annuaire de santé',
      lead: 'Vous changez vos coordonnées de correspondance. Recopiez ce code sur la page où vous les avez saisies.',
      validity: (minutes: number) => `Ce code sert une fois, pendant ${minutes} minutes.`,
      ignore: 'Vous ne changez rien ? Laissez ce message : sans ce code, rien n’est enregistré.',
      sms: (code: string, minutes: number) =>
        `${code} est le code qui confirme votre mobile à l’annuaire de santé, valable ${minutes} minutes. Ne le donnez à personne.`,
    },
    notice: {
      subject: 'Vos coordonnées de correspondance ont changé',
      grounds: {
        card: 'Elles ont été enregistrées avec votre carte CPS.',
        adeli: (number: string) =>
          `Elles ont été enregistrées avec la carte CPS qui porte votre numéro ADELI ${number}, relié à votre numéro RPPS.`,
        ecps: 'Elles ont été enregistrées avec votre e-CPS, et confirmées par les codes reçus.',
        order: 'L’Ordre a accepté la demande qui lui a été transmise.',
        file: 'Votre Ordre nous les a transmises, dans un fichier.',
      },
      former: 'L’annuaire de santé n’écrira plus ici.',
      alarm: 'Vous n’avez rien changé ? Bloquez ces coordonnées : aucune e-CPS ne s’activera par elles.',
      sms: {
        card: 'avec votre carte CPS',
        adeli: 'avec votre carte CPS au numéro ADELI',
        ecps: 'avec votre e-CPS',
        order: 'à la demande transmise à l’Ordre',
        file: 'd’après un fichier de votre Ordre',
      },
      smsText: (how: string) => `Vos coordonnées à l’annuaire de santé ont changé, ${how}.`,
      smsAlarm: 'Ce n’est pas vous ?',
    },
    withdrawn: {
      subject: 'Vos coordonnées de correspondance sont retirées',
      body: 'Nous avons reçu « Ce n’est pas moi » pour leur dernier changement : elles ne servent plus à rien.',
      next: 'Enregistrez-en d’autres avec votre carte CPS, ou faites une demande à votre Ordre. Si ce n’était pas vous, prévenez-le.',
      sms: 'Vos coordonnées à l’annuaire de santé sont retirées, après « Ce n’est pas moi ». Enregistrez-en d’autres avec votre carte CPS.',
    },
    refused: {
      subject: 'Votre demande n’a pas été acceptée',
      body: 'L’Ordre n’a pas accepté la demande de changement de coordonnées ci-dessous. Rien n’a changé.',
      reasons: {
        not_verified: 'Il n’a pas pu vérifier qu’elle vient de la personne concernée.',
        wrong_details: 'L’adresse ou le mobile indiqué ne convient pas.',
      },
      next: 'Adressez-vous à votre Ordre avec cette référence, ou enregistrez vos coordonnées avec votre carte CPS.',
    },
  },
  en: {
    sender: 'Health directory',
    footer:
      'Automatic message of the health directory. Nobody will ever ask you for a code that you received.',
    greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
    instant: (date, time) => `${date} at ${time} (Paris time)`,
    labels: {
      rpps: 'RPPS number',
      email: 'E-mail address',
      phone: 'Mobile phone',
      at: 'On',
      code: 'Code',
      reference: 'Reference',
    },
    page: 'Open the page of my contact details',
    notMe: 'This was not me',
    code: {
      subject: 'Your code for the health directory',
      lead: 'You are changing your contact details. Copy this code to the page where you typed them.',
      validity: (minutes) => `This code works once, for ${minutes} minutes.`,
      ignore: 'You are changing nothing? Leave this message: without this code nothing is saved.',
      sms: (code, minutes) =>
        `${code} is the code that confirms your mobile to the health directory, valid for ${minutes} minutes. Give it to nobody.`,
    },
    notice: {
      subject: 'Your contact details have changed',
      grounds: {
        card: 'They were saved with your CPS card.',
        adeli: (number) =>
          `They were saved with the CPS card that carries your ADELI number ${number}, linked to your RPPS number.`,
        ecps: 'They were saved with your e-CPS, and confirmed by the codes that were sent.',
        order: 'The Order accepted the request that was passed on to it.',
        file: 'Your Order passed them on to us, in a file.',
      },
      former: 'The health directory will not write here any more.',
      alarm: 'You changed nothing? Block these details: no e-CPS will be activated through them.',
      sms: {
        card: 'with your CPS card',
        adeli: 'with your CPS card under the ADELI number',
        ecps: 'with your e-CPS',
        order: 'by the request passed on to the Order',
        file: 'from a file of your Order',
      },
      smsText: (how) => `Your contact details in the health directory have changed, ${how}.`,
      smsAlarm: 'This was not you?',
    },
    withdrawn: {
      subject: 'Your contact details are withdrawn',
      body: 'We received “This was not me” for their last change: they are no longer used for anything.',
      next: 'Save others with your CPS card, or send a request to your Order. If this was not you, tell it.',
      sms: 'Your contact details in the health directory are withdrawn, after “This was not me”. Save others with your CPS card.',
    },
    refused: {
      subject: 'Your request was not accepted',
      body: 'The Order did not accept the change of contact details below. Nothing has changed.',
      reasons: {
        not_verified: 'It could not verify that the request comes from the person concerned.',
        wrong_details: 'The address or mobile that was given will not do.',
      },
      next: 'Ask your Order with this reference, or save your contact details with your CPS card.',
    },
  },
});

export type ContactTexts = ReturnType<typeof contactMessages>;
