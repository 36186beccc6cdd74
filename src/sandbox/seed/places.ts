/** A place of practice as the seed's extracts describe it. Invented; the communes and their codes are real. */
export interface PlaceRecord {
  /** "Identifiant technique de la structure": `R…` for an RPPS practice, `F` + FINESS, `C` + SIRET. */
  technicalId: string;
  /** idNat_Struct: type digit + identifier. */
  formerId: string;
  name: string;
  tradeName?: string;
  siret?: string;
  finess?: string;
  /** TRE_R02 */
  sector: { code: string; label: string };
  street: { number: string; typeCode: string; type: string; name: string };
  postalCode: string;
  /** INSEE code and name (TRE_R13). */
  commune: { code: string; name: string };
  phone: string;
}

const single = { code: 'SA07', label: 'Cabinet individuel' };
const group = { code: 'SA08', label: 'Cabinet de groupe' };
const healthCentre = { code: 'SA52', label: 'Maison/Pôle de santé' };
const pharmacy = { code: 'SA33', label: "Pharmacie d'officine" };

const road = (number: string, name: string) => ({ number, typeCode: 'R', type: 'RUE', name });
const square = (number: string, name: string) => ({ number, typeCode: 'PL', type: 'PLACE', name });
const avenue = (number: string, name: string) => ({ number, typeCode: 'AV', type: 'AVENUE', name });

/** Telephones are of the range that ARCEP keeps for fiction (02 61 91). */
export const places = {
  halles: {
    technicalId: 'R10000000990011',
    formerId: '499700012042001',
    name: 'Cabinet infirmier des Halles',
    siret: '99000101800011',
    sector: group,
    street: square('3', 'DES HALLES DE MERVILLE'),
    postalCode: '56100',
    commune: { code: '56121', name: 'Lorient' },
    phone: '0261910012',
  },
  ploemeur: {
    technicalId: 'F569900012',
    formerId: '1569900012',
    name: 'Maison de santé de Ploemeur',
    siret: '99000112500014',
    finess: '569900012',
    sector: healthCentre,
    street: road('14', 'DE KERVAM'),
    postalCode: '56270',
    commune: { code: '56162', name: 'Ploemeur' },
    phone: '0261910025',
  },
  quimperle: {
    technicalId: 'R10000000990029',
    formerId: '499700013123001',
    name: 'Cabinet infirmier de la Laïta',
    sector: single,
    street: road('8', 'BREMOND D ARS'),
    postalCode: '29300',
    commune: { code: '29233', name: 'Quimperlé' },
    phone: '0261910038',
  },
  vannes: {
    technicalId: 'R10000000990037',
    formerId: '499700014253001',
    name: 'Cabinet infirmier du Port',
    siret: '99000123200018',
    sector: group,
    street: road('21', 'DU PORT'),
    postalCode: '56000',
    commune: { code: '56260', name: 'Vannes' },
    phone: '0261910041',
  },
  auray: {
    technicalId: 'F569900129',
    formerId: '1569900129',
    name: 'Maison de santé de Saint-Goustan',
    finess: '569900129',
    sector: healthCentre,
    street: avenue('5', 'DU GENERAL DE GAULLE'),
    postalCode: '56400',
    commune: { code: '56007', name: 'Auray' },
    phone: '0261910054',
  },
  hennebont: {
    technicalId: 'R10000000990045',
    formerId: '499700015383001',
    name: 'Cabinet infirmier du Blavet',
    sector: single,
    street: road('2', 'TROTTIER'),
    postalCode: '56700',
    commune: { code: '56083', name: 'Hennebont' },
    phone: '0261910067',
  },
  guidel: {
    technicalId: 'R10000000990052',
    formerId: '499700016415001',
    name: 'Cabinet infirmier des Dunes',
    sector: group,
    street: road('17', 'DE KERPRAT'),
    postalCode: '56520',
    commune: { code: '56078', name: 'Guidel' },
    phone: '0261910070',
  },
  pontivy: {
    technicalId: 'R10000000990060',
    formerId: '499700018734001',
    name: 'Cabinet infirmier de la Plaine',
    sector: single,
    street: road('31', 'NATIONALE'),
    postalCode: '56300',
    commune: { code: '56178', name: 'Pontivy' },
    phone: '0261910083',
  },
  concarneau: {
    technicalId: 'R10000000990078',
    formerId: '499700019849001',
    name: 'Cabinet infirmier du Passage',
    sector: single,
    street: square('1', 'JEAN JAURES'),
    postalCode: '29900',
    commune: { code: '29039', name: 'Concarneau' },
    phone: '0261910096',
  },
  lanester: {
    technicalId: 'R10000000990086',
    formerId: '499700020953001',
    name: 'Cabinet infirmier du Scorff',
    sector: group,
    street: avenue('44', 'FRANCOIS BILLOUX'),
    postalCode: '56600',
    commune: { code: '56098', name: 'Lanester' },
    phone: '0261910109',
  },
  brest: {
    technicalId: 'R10000000990094',
    formerId: '499700021076001',
    name: 'Cabinet infirmier de Recouvrance',
    sector: group,
    street: road('12', 'DE LA PORTE'),
    postalCode: '29200',
    commune: { code: '29019', name: 'Brest' },
    phone: '0261910112',
  },
  larmor: {
    technicalId: 'R10000000990102',
    formerId: '499700023296001',
    name: 'Cabinet médical de Larmor-Plage',
    siret: '99000145500015',
    sector: single,
    street: road('9', 'DES QUATRE FRERES LE ROY'),
    postalCode: '56260',
    commune: { code: '56107', name: 'Larmor-Plage' },
    phone: '0261910125',
  },
  pharmacy: {
    technicalId: 'F299900233',
    formerId: '1299900233',
    name: 'SELARL Pharmacie Tanguy',
    tradeName: 'Pharmacie de Cornouaille',
    siret: '99000156200018',
    finess: '299900233',
    sector: pharmacy,
    street: road('6', 'KEREON'),
    postalCode: '29000',
    commune: { code: '29232', name: 'Quimper' },
    phone: '0261910138',
  },
  midwives: {
    technicalId: 'R10000000990110',
    formerId: '499700025424001',
    name: 'Cabinet de sages-femmes de la Rade',
    sector: group,
    street: road('27', 'DE SIAM'),
    postalCode: '29200',
    commune: { code: '29019', name: 'Brest' },
    phone: '0261910141',
  },
} as const satisfies Record<string, PlaceRecord>;

export type PlaceKey = keyof typeof places;
