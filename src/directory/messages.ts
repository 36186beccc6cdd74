import { defineMessages } from '#platform/html/messages.ts';

export const directoryMessages = defineMessages({
  fr: {
    title: 'Annuaire de santé',
    lead: (date: string) =>
      `Les professionnels de santé et leurs lieux d’exercice, d’après l’extraction nationale du ${date}.`,
    empty: 'L’annuaire est vide : aucune extraction n’a encore été chargée.',
    emptyHelp: 'Il se remplit par la commande',
    practitioners: 'Professionnels',
    roles: 'Situations d’exercice',
    organizations: 'Structures',
    api: 'Lire l’annuaire par programme',
    apiLead: 'En FHIR R4, aux mêmes adresses et sous les mêmes formes que l’API Annuaire Santé.',
    base: 'Adresse de base :',
    metadata: 'Ce que l’API sait faire',
    nurses: 'Les infirmières et infirmiers',
    rolesWithPlaces: 'Les situations d’exercice avec leur structure',
    placesInDepartment: 'Les structures du Morbihan',
    professional: 'Vous êtes professionnel de santé',
    professionalLead: 'L’annuaire garde l’adresse e-mail et le mobile où vous recevez vos codes et vos avis.',
    contactDetails: 'Mes coordonnées de correspondance',
    operate: 'Exploitation de l’annuaire',
  },
  en: {
    title: 'Health directory',
    lead: (date: string) =>
      `Health professionals and where they practise, from the national extract of ${date}.`,
    empty: 'The directory is empty: no extract has been loaded yet.',
    emptyHelp: 'This command fills it',
    practitioners: 'Professionals',
    roles: 'Roles',
    organizations: 'Organisations',
    api: 'Read the directory from a program',
    apiLead: 'In FHIR R4, with the addresses and shapes of the national API Annuaire Santé.',
    base: 'Base address:',
    metadata: 'What the API can do',
    nurses: 'Nurses',
    rolesWithPlaces: 'Roles with their organisation',
    placesInDepartment: 'Organisations of the Morbihan',
    professional: 'You are a health professional',
    professionalLead:
      'The directory keeps the e-mail address and mobile where you receive codes and notices.',
    contactDetails: 'My contact details',
    operate: 'Running the directory',
  },
});
