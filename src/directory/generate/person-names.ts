import type { Random } from './random.ts';

const familyNames =
  `MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY ROUX DAVID
BERTRAND MOREL FOURNIER GIRARD BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER LEFEVRE FAURE ANDRE MERCIER BLANC GUERIN
BOYER GARNIER CHEVALIER FRANCOIS LEGRAND GAUTHIER GARCIA PERRIN ROBIN CLEMENT MORIN NICOLAS HENRY ROUSSEL MATHIEU GAUTIER
MASSON MARCHAND DUVAL DENIS DUMONT MARIE LEMAIRE NOEL MEYER DUFOUR MEUNIER BRUN BLANCHARD GIRAUD JOLY RIVIERE LUCAS BRUNET
GAILLARD BARBIER ARNAUD MARTINEZ GERARD ROCHE RENARD SCHMITT ROY LEROUX COLIN VIDAL CARON PICARD ROGER FABRE AUBERT LEMOINE
RENAUD DUMAS LACROIX OLIVIER PHILIPPE BOURGEOIS PIERRE BENOIT REY LECLERC PAYET ROLLAND LECLERCQ GUILLAUME LECOMTE LOPEZ
JEAN DUPUY GUILLOT HUBERT BERGER CARPENTIER SANCHEZ DUPUIS MOULIN LOUIS DESCHAMPS HUET VASSEUR PEREZ BOUCHER FLEURY ROYER
KLEIN JACQUET ADAM PARIS POIRIER MARTY AUBRY GUYOT CARRE CHARLES RENAULT CHARPENTIER MENARD MAILLARD BARON BERTIN BAILLY
HERVE SCHNEIDER FERNANDEZ LE-GALL COLLET LEGER BOUVIER JULIEN PREVOST MILLET PERROT DANIEL LE-ROUX COUSIN GERMAIN BRETON
BESSON LANGLOIS REMY LE-GOFF PELLETIER LEVEQUE PERRIER LEBLANC BARRE LEBRUN MARCHAL WEBER MALLET HAMON BOULANGER JACOB
MONNIER MICHAUD RODRIGUEZ GUICHARD GILLET ETIENNE GRONDIN POULAIN TESSIER CHEVALLIER COLLIN CHAUVIN DA-SILVA BOUCHET GAY
LEMAITRE BENARD MARECHAL HUMBERT REYNAUD ANTOINE HOARAU PERRET BARTHELEMY CORDIER PICHON LEJEUNE GILBERT LAMY DELAUNAY
PASQUIER CARLIER LAPORTE D'ALMEIDA N'DIAYE BEN-AMAR DIALLO TRAORE NGUYEN TRAN DE-LA-TOUR DE-OLIVEIRA`
    .split(/\s+/)
    .map((name) => name.replaceAll('-', ' '));

const givenNames = {
  F: `Marie Nathalie Isabelle Sylvie Catherine Valérie Christine Sandrine Stéphanie Sophie Céline Aurélie Julie Émilie
Camille Laura Léa Manon Chloé Sarah Pauline Mathilde Anaïs Lucie Marion Charlotte Élodie Audrey Mélanie Laetitia Virginie
Caroline Delphine Karine Véronique Corinne Hélène Claire Anne Agnès Florence Patricia Laurence Cécile Aline Amandine Jennifer
Jessica Fanny Justine Clara Inès Jade Emma Louise Alice Juliette Margaux Élise Noémie Gaëlle Maëlle Solène Françoise Brigitte
Martine Michèle Jacqueline Anne-Marie Marie-Claude Marie-Hélène Anne-Sophie Marie-Laure Fatima Aïcha Khadija Mariam Aminata
Thi-Mai`.split(/\s+/),
  M: `Jean Pierre Michel Philippe Alain Patrick Nicolas Christophe Laurent Stéphane Frédéric Sébastien Julien Thomas Alexandre
David Olivier Éric Thierry Pascal Bruno François Benoît Jérôme Guillaume Mathieu Vincent Antoine Maxime Romain Kévin Anthony
Florian Quentin Lucas Hugo Théo Clément Adrien Arnaud Fabien Ludovic Yann Loïc Gaël Rémi Cédric Emmanuel Xavier Denis Gilles
Jean-Pierre Jean-Marc Jean-François Jean-Luc Mohamed Karim Mehdi Samir Ibrahim Moussa Minh`.split(/\s+/),
};

export type Gender = keyof typeof givenNames;

/** Family names are in capitals, as the extract has them; some are double. */
export function pickFamilyName(random: Random): string {
  const name = random.pick(familyNames);
  return random.chance(0.06) ? `${name}-${random.pick(familyNames)}` : name;
}

export function pickGivenName(random: Random, gender: Gender): string {
  return random.pick(givenNames[gender]);
}
