// Owns the sandbox's certificate authority: root, authorities for servers and persons, the certificate of the card
// listener, test cards and revocation lists, in one directory. It verifies nothing: that is `#smart-card`.
export type { Card, CardRequest, CardUsage } from './card.ts';
export { type CardAuthority, openCardAuthority } from './card-authority.ts';
export { saveCard } from './card-files.ts';
