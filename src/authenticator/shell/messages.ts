import { defineMessages } from '#platform/html/messages.ts';

export const shellMessages = defineMessages({
  fr: {
    description: 'Votre carte de professionnel de santé, sur votre téléphone.',
    needsScript: 'L’application e-CPS a besoin de JavaScript',
    needsScriptHelp:
      'Vos clés sont faites et gardées sur ce téléphone, par des scripts que le navigateur bloque ici. Autorisez-les pour cette adresse, ou ouvrez-la dans un autre navigateur.',
    notBuilt: 'L’application n’est pas encore prête',
    notBuiltHelp: 'Elle est assemblée au démarrage : lancez le service par « npm start ».',
  },
  en: {
    description: 'Your health professional card, on your phone.',
    needsScript: 'The e-CPS app needs JavaScript',
    needsScriptHelp:
      'Your keys are made and kept on this phone, by scripts that the browser blocks here. Allow them for this address, or open it in another browser.',
    notBuilt: 'The app is not ready yet',
    notBuiltHelp: 'It is put together at the start: run the service with “npm start”.',
  },
});
