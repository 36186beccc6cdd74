import type { Random } from './random.ts';

/**
 * The largest communes of every département and overseas collectivity: INSEE code, postal code, name, thousands of
 * inhabitants. Source: Code officiel géographique (Insee) and Base officielle des codes postaux (La Poste), by way of
 * @etalab/decoupage-administratif; Licence Ouverte 2.0.
 */
const table = `
01053|01000|Bourg-en-Bresse|42;01283|01100|Oyonnax|22;01033|01200|Valserhône|17;01004|01500|Ambérieu-en-Bugey|16;01354|01630|Saint-Genis-Pouilly|14
02691|02100|Saint-Quentin|53;02722|02200|Soissons|28;02408|02000|Laon|24;02168|02400|Château-Thierry|15;02738|02700|Tergnier|13
03185|03100|Montluçon|33;03310|03200|Vichy|25;03190|03000|Moulins|19;03095|03300|Cusset|13;03321|03400|Yzeure|13
04112|04100|Manosque|23;04070|04000|Digne-les-Bains|18;04209|04200|Sisteron|8;04143|04700|Oraison|6;04088|04300|Forcalquier|5
05061|05000|Gap|41;05023|05100|Briançon|11;05046|05200|Embrun|6;05070|05300|Laragne-Montéglin|4;05179|05400|Veynes|3
06088|06000|Nice|358;06004|06160|Antibes|78;06029|06150|Cannes|74;06027|06800|Cagnes-sur-Mer|53;06069|06130|Grasse|51
07010|07100|Annonay|17;07019|07200|Aubenas|12;07324|07300|Tournon-sur-Rhône|11;07102|07500|Guilherand-Granges|11;07319|07400|Le Teil|9
08105|08000|Charleville-Mézières|46;08409|08200|Sedan|17;08362|08300|Rethel|7;08190|08600|Givet|6;08363|08500|Revin|6
09225|09100|Pamiers|16;09122|09000|Foix|10;09261|09200|Saint-Girons|6;09160|09300|Lavelanet|6;09282|09700|Saverdun|5
10387|10000|Troyes|62;10323|10100|Romilly-sur-Seine|15;10333|10120|Saint-André-les-Vergers|13;10081|10600|La Chapelle-Saint-Luc|13;10362|10300|Sainte-Savine|10
11262|11100|Narbonne|58;11069|11000|Carcassonne|46;11076|11400|Castelnaudary|12;11206|11300|Limoux|11;11203|11200|Lézignan-Corbières|10
12202|12000|Rodez|24;12145|12100|Millau|22;12176|12000|Onet-le-Château|12;12300|12200|Villefranche-de-Rouergue|11;12208|12400|Saint-Affrique|8
13001|13080|Aix-en-Provence|150;13213|13013|Marseille 13e Arrondissement|95;13208|13008|Marseille 8e Arrondissement|85;13215|13015|Marseille 15e Arrondissement|79;13209|13009|Marseille 9e Arrondissement|77;13212|13012|Marseille 12e Arrondissement|64;13214|13014|Marseille 14e Arrondissement|61;13210|13010|Marseille 10e Arrondissement|60;13211|13011|Marseille 11e Arrondissement|60
14118|14000|Caen|109;14327|14200|Hérouville-Saint-Clair|23;14366|14100|Lisieux|20;14762|14500|Vire Normandie|17;14047|14400|Bayeux|13
15014|15000|Aurillac|26;15187|15100|Saint-Flour|6;15012|15130|Arpajon-sur-Cère|6;15267|15000|Ytrac|4;15120|15200|Mauriac|3
16015|16000|Angoulême|42;16102|16100|Cognac|19;16374|16800|Soyaux|10;16113|16400|La Couronne|8;16358|16710|Saint-Yrieix-sur-Charente|8
17300|17000|La Rochelle|80;17415|17100|Saintes|25;17299|17300|Rochefort|23;17306|17200|Royan|19;17028|17440|Aytré|10
18033|18000|Bourges|64;18279|18100|Vierzon|25;18197|18200|Saint-Amand-Montrond|10;18205|18230|Saint-Doulchard|10;18207|18400|Saint-Florent-sur-Cher|6
19031|19100|Brive-la-Gaillarde|47;19272|19000|Tulle|13;19275|19200|Ussel|9;19123|19360|Malemort|8;19229|19600|Saint-Pantaléon-de-Larche|5
21231|21000|Dijon|162;21054|21200|Beaune|20;21166|21300|Chenôve|14;21617|21240|Talant|12;21171|21800|Chevigny-Saint-Sauveur|11
22278|22000|Saint-Brieuc|44;22113|22300|Lannion|20;22093|22400|Lamballe-Armor|17;22050|22100|Dinan|15;22187|22190|Plérin|14
23096|23000|Guéret|13;23176|23300|La Souterraine|5;23008|23200|Aubusson|3;23193|23000|Sainte-Feyre|3;23030|23400|Bourganeuf|2
24322|24000|Périgueux|29;24037|24100|Bergerac|27;24053|24330|Boulazac Isle Manoire|11;24520|24200|Sarlat-la-Canéda|9;24138|24660|Coulounieix-Chamiers|8
25056|25000|Besançon|118;25388|25200|Montbéliard|25;25462|25300|Pontarlier|18;25031|25400|Audincourt|14;25580|25700|Valentigney|11
26362|26000|Valence|64;26198|26200|Montélimar|41;26281|26100|Romans-sur-Isère|33;26058|26500|Bourg-lès-Valence|20;26235|26700|Pierrelatte|14
27229|27000|Évreux|49;27681|27200|Vernon|25;27375|27400|Louviers|19;27701|27100|Val-de-Reuil|13;27284|27140|Gisors|12
28085|28000|Chartres|38;28134|28100|Dreux|32;28218|28110|Lucé|16;28088|28200|Châteaudun|13;28404|28500|Vernouillet|12
29019|29200|Brest|142;29232|29000|Quimper|64;29039|29900|Concarneau|21;29103|29800|Landerneau|16;29075|29490|Guipavas|16
2A004|20000|Ajaccio|76;2A247|20137|Porto-Vecchio|11;2A032|20129|Bastelicaccia|4;2A249|20110|Propriano|4;2A130|20128|Grosseto-Prugna|4
2B033|20200|Bastia|47;2B042|20290|Borgo|10;2B096|20250|Corte|8;2B037|20620|Biguglia|8;2B148|20290|Lucciana|7
30189|30000|Nîmes|152;30007|30100|Alès|46;30028|30200|Bagnols-sur-Cèze|18;30032|30300|Beaucaire|16;30258|30800|Saint-Gilles|15
31555|31000|Toulouse|515;31149|31770|Colomiers|41;31557|31170|Tournefeuille|30;31069|31700|Blagnac|28;31395|31600|Muret|26
32013|32000|Auch|22;32160|32600|L'Isle-Jourdain|10;32107|32100|Condom|6;32132|32500|Fleurance|6;32119|32800|Eauze|4
33063|33000|Bordeaux|268;33281|33700|Mérignac|78;33318|33600|Pessac|67;33522|33400|Talence|46;33550|33140|Villenave-d'Ornon|43
34172|34000|Montpellier|310;34032|34500|Béziers|82;34301|34200|Sète|45;34003|34300|Agde|30;34145|34400|Lunel|27
35238|35000|Rennes|231;35288|35400|Saint-Malo|47;35115|35300|Fougères|20;35047|35170|Bruz|20;35360|35500|Vitré|19
36044|36000|Châteauroux|43;36088|36100|Issoudun|11;36063|36130|Déols|8;36018|36300|Le Blanc|6;36159|36330|Le Poinçonnet|6
37261|37000|Tours|139;37122|37300|Joué-lès-Tours|38;37214|37540|Saint-Cyr-sur-Loire|17;37233|37700|Saint-Pierre-des-Corps|16;37208|37550|Saint-Avertin|15
38185|38000|Grenoble|156;38421|38400|Saint-Martin-d'Hères|38;38151|38130|Échirolles|37;38544|38200|Vienne|32;38053|38300|Bourgoin-Jallieu|30
39198|39100|Dole|24;39300|39000|Lons-le-Saunier|17;39478|39200|Saint-Claude|8;39097|39300|Champagnole|8;39368|39400|Hauts de Bienne|5
40192|40000|Mont-de-Marsan|32;40088|40100|Dax|22;40046|40600|Biscarrosse|16;40279|40990|Saint-Paul-lès-Dax|14;40312|40220|Tarnos|13
41018|41000|Blois|47;41194|41200|Romorantin-Lanthenay|18;41269|41100|Vendôme|16;41295|41350|Vineuil|8;41059|41120|Le Controis-en-Sologne|7
42218|42000|Saint-Étienne|173;42207|42400|Saint-Chamond|36;42187|42300|Roanne|35;42095|42700|Firminy|17;42147|42600|Montbrison|16
43157|43000|Le Puy-en-Velay|19;43137|43120|Monistrol-sur-Loire|9;43268|43200|Yssingeaux|7;43040|43100|Brioude|7;43012|43110|Aurec-sur-Loire|6
44109|44000|Nantes|328;44184|44600|Saint-Nazaire|75;44162|44800|Saint-Herblain|51;44143|44400|Rezé|44;44190|44230|Saint-Sébastien-sur-Loire|29
45234|45000|Orléans|116;45232|45160|Olivet|24;45284|45800|Saint-Jean-de-Braye|23;45147|45400|Fleury-les-Aubrais|22;45302|45770|Saran|17
46042|46000|Cahors|20;46102|46100|Figeac|10;46127|46300|Gourdon|4;46224|46090|Pradines|4;46128|46500|Gramat|4
47001|47000|Agen|33;47323|47300|Villeneuve-sur-Lot|22;47157|47200|Marmande|17;47310|47400|Tonneins|9;47201|47520|Le Passage|9
48095|48000|Mende|12;48092|48100|Marvejols|5;48140|48200|Saint-Chély-d'Apcher|4;48080|48300|Langogne|3;48009|48130|Peyre en Aubrac|2
49007|49000|Angers|159;49099|49300|Cholet|54;49328|49400|Saumur|26;49301|49230|Sèvremoine|26;49023|49110|Beaupréau-en-Mauges|24
50129|50100|Cherbourg-en-Cotentin|78;50502|50000|Saint-Lô|19;50218|50400|Granville|13;50041|50440|La Hague|11;50099|50480|Carentan-les-Marais|10
51454|51100|Reims|178;51108|51000|Châlons-en-Champagne|43;51230|51200|Épernay|22;51649|51300|Vitry-le-François|11;51573|51430|Tinqueux|11
52448|52100|Saint-Dizier|23;52121|52000|Chaumont|21;52269|52200|Langres|7;52353|52800|Nogent|4;52250|52300|Joinville|3
53130|53000|Laval|49;53062|53200|Château-Gontier-sur-Mayenne|17;53147|53100|Mayenne|13;53097|53150|Évron|8;53201|53940|Saint-Berthevin|7
54395|54000|Nancy|104;54547|54500|Vandœuvre-lès-Nancy|30;54329|54300|Lunéville|18;54528|54200|Toul|16;54323|54400|Longwy|16
55545|55100|Verdun|17;55029|55000|Bar-le-Duc|15;55122|55200|Commercy|5;55463|55300|Saint-Mihiel|4;55291|55500|Ligny-en-Barrois|4
56121|56100|Lorient|58;56260|56000|Vannes|56;56098|56600|Lanester|23;56162|56270|Ploemeur|19;56083|56700|Hennebont|16
57463|57000|Metz|123;57672|57100|Thionville|43;57480|57950|Montigny-lès-Metz|22;57227|57600|Forbach|20;57631|57200|Sarreguemines|20
58194|58000|Nevers|33;58086|58200|Cosne-Cours-sur-Loire|10;58303|58640|Varennes-Vauzelles|9;58095|58300|Decize|5;58059|58400|La Charité-sur-Loire|5
59350|59000|Lille|238;59599|59200|Tourcoing|99;59512|59100|Roubaix|98;59183|59140|Dunkerque|86;59009|59491|Villeneuve-d'Ascq|63
60057|60000|Beauvais|56;60159|60200|Compiègne|41;60175|60100|Creil|36;60463|60180|Nogent-sur-Oise|22;60612|60300|Senlis|15
61001|61000|Alençon|25;61169|61100|Flers|14;61006|61200|Argentan|14;61214|61300|L'Aigle|8;61168|61410|La Ferté Macé|5
62193|62100|Calais|68;62041|62000|Arras|43;62160|62200|Boulogne-sur-Mer|41;62498|62300|Lens|33;62510|62800|Liévin|30
63113|63000|Clermont-Ferrand|146;63124|63800|Cournon-d'Auvergne|20;63300|63200|Riom|19;63075|63400|Chamalières|18;63178|63500|Issoire|15
64445|64000|Pau|80;64102|64100|Bayonne|54;64024|64600|Anglet|43;64122|64200|Biarritz|26;64260|64700|Hendaye|18
65440|65000|Tarbes|44;65286|65100|Lourdes|13;65047|65800|Aureilhan|8;65059|65200|Bagnères-de-Bigorre|7;65258|65300|Lannemezan|6
66136|66000|Perpignan|122;66037|66140|Canet-en-Roussillon|13;66171|66750|Saint-Cyprien|12;66172|66240|Saint-Estève|12;66141|66380|Pia|12
67482|67000|Strasbourg|294;67180|67500|Haguenau|36;67447|67300|Schiltigheim|35;67218|67400|Illkirch-Graffenstaden|28;67267|67380|Lingolsheim|21
68224|68100|Mulhouse|105;68066|68000|Colmar|67;68297|68300|Saint-Louis|23;68376|68270|Wittenheim|16;68154|68110|Illzach|15
69266|69100|Villeurbanne|164;69383|69003|Lyon 3e Arrondissement|101;69387|69007|Lyon 7e Arrondissement|88;69388|69008|Lyon 8e Arrondissement|86;69259|69200|Vénissieux|66;69389|69009|Lyon 9e Arrondissement|54;69256|69120|Vaulx-en-Velin|53;69386|69006|Lyon 6e Arrondissement|49;69290|69800|Saint-Priest|49
70550|70000|Vesoul|15;70285|70400|Héricourt|11;70310|70200|Lure|8;70311|70300|Luxeuil-les-Bains|7;70279|70100|Gray|5
71076|71100|Chalon-sur-Saône|45;71270|71000|Mâcon|35;71153|71200|Le Creusot|21;71306|71300|Montceau-les-Mines|17;71014|71400|Autun|13
72181|72000|Le Mans|146;72154|72200|La Flèche|15;72264|72300|Sablé-sur-Sarthe|12;72003|72700|Allonnes|11;72132|72400|La Ferté-Bernard|9
73065|73000|Chambéry|60;73008|73100|Aix-les-Bains|32;73011|73200|Albertville|20;73179|73290|La Motte-Servolex|12;73213|73490|La Ravoire|9
74010|74000|Annecy|132;74281|74200|Thonon-les-Bains|38;74012|74100|Annemasse|38;74081|74300|Cluses|18;74256|74700|Sallanches|17
75115|75015|Paris 15e Arrondissement|230;75120|75020|Paris 20e Arrondissement|185;75118|75018|Paris 18e Arrondissement|183;75113|75013|Paris 13e Arrondissement|181;75119|75019|Paris 19e Arrondissement|179;75116|75016|Paris 16e Arrondissement|159;75117|75017|Paris 17e Arrondissement|159;75111|75011|Paris 11e Arrondissement|138;75112|75012|Paris 12e Arrondissement|138;75114|75014|Paris 14e Arrondissement|136;75110|75010|Paris 10e Arrondissement|84;75109|75009|Paris 9e Arrondissement|57;75105|75005|Paris 5e Arrondissement|55;75107|75007|Paris 7e Arrondissement|48;75106|75006|Paris 6e Arrondissement|40;75108|75008|Paris 8e Arrondissement|35;75103|75003|Paris 3e Arrondissement|32;75104|75004|Paris 4e Arrondissement|27;75102|75002|Paris 2e Arrondissement|20;75101|75001|Paris 1er Arrondissement|15
76351|76600|Le Havre|167;76540|76000|Rouen|118;76575|76800|Saint-Étienne-du-Rouvray|30;76681|76300|Sotteville-lès-Rouen|29;76217|76200|Dieppe|28
77284|77100|Meaux|57;77108|77500|Chelles|55;77288|77000|Melun|46;77373|77340|Pontault-Combault|39;77445|77176|Savigny-le-Temple|31
78646|78000|Versailles|84;78586|78500|Sartrouville|53;78551|78100|Saint-Germain-en-Laye|46;78361|78200|Mantes-la-Jolie|44;78498|78300|Poissy|41
79191|79000|Niort|60;79049|79300|Bressuire|20;79329|79100|Thouars|14;79202|79200|Parthenay|10;79079|79700|Mauléon|9
80021|80000|Amiens|136;80001|80100|Abbeville|22;80016|80300|Albert|10;80620|80200|Péronne|7;80212|80800|Corbie|6
81004|81000|Albi|51;81065|81100|Castres|43;81099|81600|Gaillac|16;81105|81300|Graulhet|13;81140|81500|Lavaur|11
82121|82000|Montauban|63;82033|82100|Castelsarrasin|14;82112|82200|Moissac|13;82037|82300|Caussade|7;82125|82700|Montech|7
83137|83000|Toulon|179;83126|83500|La Seyne-sur-Mer|64;83061|83370|Fréjus|60;83069|83400|Hyères|56;83050|83300|Draguignan|41
84007|84000|Avignon|92;84031|84200|Carpentras|32;84087|84100|Orange|30;84035|84300|Cavaillon|26;84054|84800|L'Isle-sur-la-Sorgue|20
85191|85000|La Roche-sur-Yon|55;85194|85100|Les Sables-d'Olonne|50;85047|85300|Challans|23;85146|85600|Montaigu-Vendée|21;85109|85500|Les Herbiers|17
86194|86000|Poitiers|90;86066|86100|Châtellerault|31;86041|86180|Buxerolles|10;86115|86130|Jaunay-Marigny|8;86214|86280|Saint-Benoît|7
87085|87000|Limoges|130;87154|87200|Saint-Junien|11;87114|87350|Panazol|11;87050|87270|Couzeix|10;87075|87170|Isle|8
88160|88000|Épinal|32;88413|88100|Saint-Dié-des-Vosges|19;88209|88190|Golbey|9;88465|88150|Thaon-les-Vosges|9;88196|88400|Gérardmer|8
89024|89000|Auxerre|35;89387|89100|Sens|27;89206|89300|Joigny|9;89257|89400|Migennes|7;89025|89200|Avallon|6
90010|90000|Belfort|46;90033|90100|Delle|6;90099|90300|Valdoie|5;90009|90500|Beaucourt|5;90008|90800|Bavilliers|5
91228|91000|Évry-Courcouronnes|67;91174|91100|Corbeil-Essonnes|54;91377|91300|Massy|52;91589|91600|Savigny-sur-Orge|38;91477|91120|Palaiseau|37
92012|92100|Boulogne-Billancourt|119;92050|92000|Nanterre|98;92004|92600|Asnières-sur-Seine|94;92025|92700|Colombes|91;92026|92400|Courbevoie|83
93066|93200|Saint-Denis|149;93048|93100|Montreuil|112;93001|93300|Aubervilliers|88;93005|93600|Aulnay-sous-Bois|88;93051|93160|Noisy-le-Grand|73
94081|94400|Vitry-sur-Seine|94;94028|94000|Créteil|93;94017|94500|Champigny-sur-Marne|78;94068|94100|Saint-Maur-des-Fossés|77;94041|94200|Ivry-sur-Seine|65
95018|95100|Argenteuil|106;95127|95000|Cergy|71;95585|95200|Sarcelles|59;95268|95140|Garges-lès-Gonesse|42;95252|95130|Franconville|38
97101|97139|Les Abymes|51;97103|97122|Baie-Mahault|31;97113|97190|Le Gosier|28;97118|97170|Petit-Bourg|25;97128|97180|Sainte-Anne|24
97209|97200|Fort-de-France|76;97213|97232|Le Lamentin|39;97222|97231|Le Robert|22;97229|97233|Schœlcher|19;97207|97224|Ducos|18
97302|97300|Cayenne|63;97311|97320|Saint-Laurent-du-Maroni|54;97307|97351|Matoury|37;97309|97354|Remire-Montjoly|28;97304|97310|Kourou|25
97411|97400|Saint-Denis|156;97415|97411|Saint-Paul|108;97416|97410|Saint-Pierre|85;97422|97418|Le Tampon|83;97409|97440|Saint-André|59
97611|97600|Mamoudzou|71;97610|97600|Koungou|32;97608|97615|Dzaoudzi|18;97607|97660|Dembeni|16;97602|97650|Bandraboua|14
97502|97500|Saint-Pierre|5;97501|97500|Miquelon-Langlade|1
97701|97133|Saint-Barthélemy|11
97801|97150|Saint-Martin|31
98613|98600|Uvea|8;98611|98610|Alo|2;98612|98620|Sigave|1
98715|98704|Faaa|30;98738|98703|Punaauia|29;98735|98714|Papeete|27;98729|98728|Moorea-Maiao|18;98725|98709|Mahina|15
98818|98800|Nouméa|86;98805|98835|Dumbéa|35;98821|98889|Païta|28;98817|98809|Le Mont-Dore|25;98814|98820|Lifou|9
`;

export interface Commune {
  /** INSEE code. */
  code: string;
  postalCode: string;
  name: string;
}

interface Counted extends Commune {
  /** Thousands of inhabitants of this commune and of those before it in the table. */
  upTo: number;
}

const communes = parseTable();

function parseTable(): Counted[] {
  let upTo = 0;
  return table
    .trim()
    .split(/[\n;]/)
    .map((entry) => {
      const [code = '', postalCode = '', name = '', thousands] = entry.split('|');
      upTo += Number(thousands);
      return { code, postalCode, name, upTo };
    });
}

/** A commune, large ones more often. */
export function pickCommune(random: Random): Commune {
  const at = random.below(communes.at(-1)?.upTo ?? 1);
  let [low, high] = [0, communes.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((communes[middle]?.upTo ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return communes[low] as Commune;
}
