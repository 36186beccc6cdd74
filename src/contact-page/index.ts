// Owns the page where a health professional keeps their contact details ("Coordonnées de correspondance"), on the
// directory's site: the three ways in, the forms, the way back to a repair or to the app. It signs people in through
// #relying-party like any client; the details themselves, their rules and messages are the directory's, behind a port.
export { contactPageUrl, createContactPage, notMeUrl } from './contact-page.ts';
export { contactPath } from './paths.ts';
export type { ContactDesk } from './ports.ts';
export type { ContactPageDependencies } from './visit.ts';
export { parseVisitor } from './visitor.ts';
