/** Folded; eight characters or more: the head of every published list, and its French relatives. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password! passw0rd p@ssw0rd p@ssword 123456789 1234567890 12345678910
  0123456789 987654321 9876543210 123123123 11223344 1122334455 112233445566 12341234 123412341234 123454321 12344321
  00000000 11111111 88888888 147258369 159753456 789456123 741852963 963852741 1234qwer 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
  1qazxsw2 qwertyui qwertyuiop qwerty123 qwerty1234 qwerty12345 azertyui azertyuiop azerty123 azerty1234 azerty12345
  a1z2e3r4 a1z2e3r4t5 aqwzsxedc qsdfghjk qsdfghjklm wxcvbn123 asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 abcd1234
  abc12345 abc123456 abcdefgh abcdefg1 a1b2c3d4 aa123456 a12345678 a123456789 iloveyou iloveyou1 jetaime1 jetaime123
  jtm12345 letmein1 letmein123 welcome1 welcome123 bienvenue bienvenue1 bonjour1 bonjour123 bonsoir1 sunshine
  sunshine1 princess princess1 princesse princesse1 football football1 footballe baseball superman superman1 batman123
  starwars pokemon1 pokemon123 dragon123 monkey123 shadow123 master123 michelle jennifer jessica1 charlie1 michael1
  trustno1 whatever computer internet internet1 samsung1 samsung123 google123 facebook facebook1 liverpool liverpool1
  chocolat chocolat1 chocolate chocolate1 doudou123 loulou123 marseille marseille1 marseille13 olympique parissg1
  parispsg1 psg12345 caramel1 nounours nounours1 tigrou123 coucou123 soleil123 toulouse toulouse1 bretagne bretagne1
  camille1 nicolas1 nicolas123 julien123 thomas123 maxime123 alexandre alexandre1 sebastien stephane stephanie
  caroline christophe christine catherine elisabeth isabelle valerie1 veronique frederic jerome123 vincent1 vincent123
  guillaume mathilde charlotte charlotte1 juliette papillon papillon1 portugal portugal1 espagne1 algerie1 algerie213
  maroc212 tunisie1 france98 france2018 allezlesbleus changeme changeme1 changeme123 admin123 admin1234 administrateur
  administrator secret123 test1234 test12345 testtest test123456 azertyazerty motdepasse motdepasse1 motdepasse123
  mdp12345 loveyou1 lovelove blink182 babygirl babygirl1 butterfly butterfly1 jordan23 hello123 hello1234 killer123
  qazwsxedc asdasdasd qweqweqwe zaqwsxcde zaq12wsx qweasdzxc 1password pass1234 pass12345 passpass access14 mustang1
  corvette mercedes mercedes1 ferrari1 yamaha123 kawasaki hannah123 december november septembre octobre1 novembre
  decembre janvier1 printemps vacances vacances1 medecine medecine1 infirmiere1 infirmier1 pharmacie pharmacie1
  hopital1 hopital123 sante123 docteur1`.split(/\s+/),
);
