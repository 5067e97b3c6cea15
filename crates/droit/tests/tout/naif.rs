//! Un second calcul, écrit autrement : ses propres jours, son propre calendrier, ses propres règles
//! en toutes lettres. Il n'emprunte à `droit` que les dates qu'il lui donne à comparer.

use droit::calendrier::{Calendrier, Territoire};
use droit::delai::{Delai, Rebours, Report};
use droit::regles::appel::dernier_jour_d_appel;
use droit::regles::assignation::dernier_jour_notification_prefet;
use droit::regles::commandement::{self, Bail, BailReconduit};
use droit::regles::distance::Residence;
use droit::regles::force_publique::refus_implicite;
use droit::regles::quitter_les_lieux::{self, NonNotifie};
use droit::regles::signification::jour_interdit;
use droit::regles::treve;
use droit::reponse::Reponse;
use jiff::civil::{Date, date};

/// Un jour : année, mois, quantième.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct J(i32, i32, i32);

fn bissextile(an: i32) -> bool {
    (an % 4 == 0 && an % 100 != 0) || an % 400 == 0
}

fn longueur(an: i32, mois: i32) -> i32 {
    match mois {
        2 if bissextile(an) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl J {
    fn suivant(self) -> Self {
        let Self(an, mois, jour) = self;
        if jour < longueur(an, mois) {
            Self(an, mois, jour + 1)
        } else if mois < 12 {
            Self(an, mois + 1, 1)
        } else {
            Self(an + 1, 1, 1)
        }
    }

    fn precedent(self) -> Self {
        let Self(an, mois, jour) = self;
        if jour > 1 {
            Self(an, mois, jour - 1)
        } else if mois > 1 {
            Self(an, mois - 1, longueur(an, mois - 1))
        } else {
            Self(an - 1, 12, 31)
        }
    }

    fn plus_jours(self, nombre: i32) -> Self {
        (0..nombre).fold(self, |jour, _| jour.suivant())
    }

    fn moins_jours(self, nombre: i32) -> Self {
        (0..nombre).fold(self, |jour, _| jour.precedent())
    }

    fn plus_mois(self, nombre: i32) -> Self {
        let rang = self.0 * 12 + self.1 - 1 + nombre;
        let (an, mois) = (rang.div_euclid(12), rang.rem_euclid(12) + 1);
        Self(an, mois, self.2.min(longueur(an, mois)))
    }

    /// 0 pour samedi, 1 pour dimanche, 2 pour lundi… (congruence de Zeller).
    fn semaine(self) -> i32 {
        let (an, mois) = if self.1 < 3 { (self.0 - 1, self.1 + 12) } else { (self.0, self.1) };
        (self.2 + 13 * (mois + 1) / 5 + an + an / 4 - an / 100 + an / 400).rem_euclid(7)
    }

    fn dimanche(self) -> bool {
        self.semaine() == 1
    }

    fn date(self) -> Date {
        date(self.0 as i16, self.1 as i8, self.2 as i8)
    }
}

/// Pâques par le nombre d'or et l'épacte (Clavius), non par l'algorithme du crate.
fn paques(an: i32) -> J {
    let or = an % 19 + 1;
    let siecle = an / 100 + 1;
    let bissextiles_omises = 3 * siecle / 4 - 12;
    let lune = (8 * siecle + 5) / 25 - 5;
    let dimanche = 5 * an / 4 - bissextiles_omises - 10;
    let mut epacte = (11 * or + 20 + lune - bissextiles_omises).rem_euclid(30);
    if epacte == 24 || (epacte == 25 && or > 11) {
        epacte += 1;
    }
    let mut n = 44 - epacte;
    if n < 21 {
        n += 30;
    }
    n += 7 - (dimanche + n) % 7;
    J(an, 3, 1).plus_jours(n - 1)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lieu {
    Metropole,
    AlsaceSansTemple,
    AlsaceAvecTemple,
    Martinique,
    Reunion,
    Mayotte,
    Guyane,
}

const LIEUX: [(Lieu, &str); 7] = [
    (Lieu::Metropole, "62041"),
    (Lieu::AlsaceSansTemple, "67482"),
    (Lieu::AlsaceAvecTemple, "68066"),
    (Lieu::Martinique, "97209"),
    (Lieu::Reunion, "97411"),
    (Lieu::Mayotte, "97608"),
    (Lieu::Guyane, "97302"),
];

fn territoire((lieu, commune): (Lieu, &str)) -> Territoire {
    Territoire::de_commune(commune).avec_temple((lieu == Lieu::AlsaceAvecTemple).into())
}

fn ferie(jour: J, lieu: Lieu) -> bool {
    let fixes = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    let local = match lieu {
        Lieu::Metropole => None,
        Lieu::AlsaceSansTemple | Lieu::AlsaceAvecTemple => Some((12, 26)),
        Lieu::Martinique => Some((5, 22)),
        Lieu::Reunion => Some((12, 20)),
        Lieu::Mayotte => Some((4, 27)),
        Lieu::Guyane => Some((6, 10)),
    };
    let quantieme = (jour.1, jour.2);
    if fixes.contains(&quantieme) || local == Some(quantieme) {
        return true;
    }
    if !(3..=6).contains(&jour.1) {
        return false;
    }
    let paques = paques(jour.0);
    jour == paques.plus_jours(1)
        || jour == paques.plus_jours(39)
        || jour == paques.plus_jours(50)
        || (lieu == Lieu::AlsaceAvecTemple && jour == paques.moins_jours(2))
}

fn chome(jour: J, lieu: Lieu) -> bool {
    jour.semaine() < 2 || ferie(jour, lieu)
}

fn reporte(jour: J, lieu: Lieu) -> J {
    if chome(jour, lieu) { reporte(jour.suivant(), lieu) } else { jour }
}

fn en_treve(jour: J) -> bool {
    let hiver = jour.1 >= 11 || jour.1 <= 3;
    match jour.0 {
        2020 if jour >= J(2020, 3, 27) && jour <= J(2020, 7, 10) => true,
        2021 if jour >= J(2021, 2, 12) && jour <= J(2021, 5, 31) => true,
        _ if jour < J(2014, 3, 27) && jour.1 == 3 => jour.2 <= 15,
        _ => hiver,
    }
}

fn expulsable(jour: J, lieu: Lieu) -> J {
    if en_treve(jour) || jour.dimanche() || ferie(jour, lieu) {
        expulsable(jour.suivant(), lieu)
    } else {
        jour
    }
}

/// Un tirage reproductible (congruence linéaire de Knuth).
struct Tirage(u64);

impl Tirage {
    fn parmi(&mut self, n: u64) -> i32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n) as i32
    }

    fn jour(&mut self, de: i32, ans: u64) -> J {
        let (an, mois) = (de + self.parmi(ans), 1 + self.parmi(12));
        // Les fins de mois comptent double : c'est là que les mois se trompent.
        let jour = if self.parmi(4) == 0 { 28 + self.parmi(4) } else { 1 + self.parmi(31) };
        J(an, mois, jour.min(longueur(an, mois)))
    }

    fn lieu(&mut self) -> (Lieu, &'static str) {
        LIEUX[self.parmi(LIEUX.len() as u64) as usize]
    }
}

const TIRAGES: usize = 30_000;

#[test]
fn le_calendrier_est_celui_du_second_calcul() {
    let mut jour = J(1990, 1, 1);
    while jour < J(2060, 1, 1) {
        for lieu in LIEUX {
            let territoire = territoire(lieu);
            assert_eq!(
                territoire.ferie(jour.date()).is_some(),
                ferie(jour, lieu.0),
                "{jour:?} {lieu:?}"
            );
            assert_eq!(
                territoire.non_ouvrable(jour.date()),
                chome(jour, lieu.0),
                "{jour:?} {lieu:?}"
            );
        }
        jour = jour.suivant();
    }
}

#[test]
fn les_delais_sont_ceux_du_second_calcul() {
    let mut tirage = Tirage(20_261_121);
    for _ in 0..TIRAGES {
        let (acte, lieu, n) = (tirage.jour(1990, 60), tirage.lieu(), 1 + tirage.parmi(90));
        let territoire = territoire(lieu);
        let (delai, terme) = match tirage.parmi(5) {
            0 => (Delai::Jours(n as u16), acte.plus_jours(n)),
            1 => (Delai::Semaines(n as u16), acte.plus_jours(7 * n)),
            2 => (Delai::Mois(n as u16), acte.plus_mois(n)),
            3 => (Delai::Annees(n as u16), acte.plus_mois(12 * n)),
            _ => (Delai::Mixte { mois: n as u16, jours: 15 }, acte.plus_mois(n).plus_jours(15)),
        };
        let fin = delai.echeance(acte.date(), Report::JourOuvrable, &territoire);
        let cas = format!("{delai} depuis {acte:?}, {lieu:?}");
        assert_eq!(fin.brute, terme.date(), "{cas}");
        assert_eq!(fin.prorogee, reporte(terme, lieu.0).date(), "{cas}");
        assert_eq!(fin.retenue, reporte(terme, lieu.0).date(), "{cas}");
        assert_eq!(fin.premier_jour_possible, reporte(terme, lieu.0).suivant().date(), "{cas}");
    }
}

#[test]
fn les_jours_ouvres_sont_ceux_du_second_calcul() {
    let mut tirage = Tirage(7);
    for _ in 0..TIRAGES {
        let (depart, lieu, n) = (tirage.jour(1990, 60), tirage.lieu(), 1 + tirage.parmi(20));
        let territoire = territoire(lieu);
        let avancer = |pas: fn(J) -> J, combien: i32| {
            let (mut jour, mut comptes) = (depart, 0);
            while comptes < combien {
                jour = pas(jour);
                comptes += i32::from(!chome(jour, lieu.0));
            }
            jour.date()
        };
        let delai = Delai::JoursOuvres(n as u16);
        let a_rebours = |lecture| delai.dernier_jour_utile(depart.date(), lecture, &territoire);
        assert_eq!(
            delai.terme(depart.date(), &territoire),
            avancer(J::suivant, n),
            "{depart:?} {n}"
        );
        assert_eq!(a_rebours(Rebours::Inclus), avancer(J::precedent, n), "{depart:?} {n}");
        assert_eq!(a_rebours(Rebours::Strict), avancer(J::precedent, n + 1), "{depart:?} {n}");
    }
}

#[test]
fn le_commandement_de_payer_est_celui_du_second_calcul() {
    let mut tirage = Tirage(1989);
    for _ in 0..TIRAGES {
        let (bail, acte, lieu) = (tirage.jour(1980, 46), tirage.jour(2015, 20), tirage.lieu());
        let reconduit = (tirage.parmi(2) == 0).then(|| tirage.jour(2015, 12));
        let nouvelle = tirage.parmi(2) == 0;
        let loi = J(2023, 7, 29);
        let six_semaines = bail >= loi || (nouvelle && reconduit.is_some_and(|le| le >= loi));
        let terme = if six_semaines { acte.plus_jours(42) } else { acte.plus_mois(2) };
        let fin = commandement::fin_du_delai(
            acte.date(),
            &Bail { conclu_le: bail.date(), reconduit_le: reconduit.map(J::date) },
            if nouvelle { BailReconduit::SixSemaines } else { BailReconduit::DeuxMois },
            Report::JourOuvrable,
            territoire(lieu),
        )
        .expect("version connue")
        .valeur;
        let cas = format!("bail {bail:?}, reconduit {reconduit:?}, acte {acte:?}, {lieu:?}");
        assert_eq!(
            (fin.brute, fin.retenue),
            (terme.date(), reporte(terme, lieu.0).date()),
            "{cas}"
        );
        assert_eq!(
            jour_interdit(acte.date(), territoire(lieu)).is_some(),
            acte.dimanche() || ferie(acte, lieu.0),
            "{cas}"
        );
    }
}

#[test]
fn le_commandement_de_quitter_les_lieux_et_la_treve_sont_ceux_du_second_calcul() {
    let mut tirage = Tirage(412);
    for _ in 0..TIRAGES {
        let (acte, lieu) = (tirage.jour(2013, 25), tirage.lieu());
        let retard = tirage.parmi(40);
        let suspend = tirage.parmi(2) == 0;
        let notifie = acte.plus_jours(retard);
        let terme =
            if suspend { acte.plus_mois(2).plus_jours(retard) } else { notifie.plus_mois(2) };
        let lecture = if suspend { NonNotifie::Suspend } else { NonNotifie::Recommence };
        let fin = quitter_les_lieux::fin_du_delai(
            acte.date(),
            Some(notifie.date()),
            lecture,
            Report::Aucun,
            territoire(lieu),
        )
        .expect("version connue")
        .valeur;
        let cas = format!("acte {acte:?}, notifié {notifie:?}, {lecture:?}, {lieu:?}");
        assert_eq!((fin.brute, fin.retenue), (terme.date(), terme.date()), "{cas}");
        assert_eq!(fin.premier_jour_possible, expulsable(terme.suivant(), lieu.0).date(), "{cas}");
        assert_eq!(treve::protege(acte.date()), Ok(en_treve(acte)), "{cas}");
    }
}

#[test]
fn l_assignation_l_appel_et_le_silence_sont_ceux_du_second_calcul() {
    let mut tirage = Tirage(2018);
    for _ in 0..TIRAGES {
        let (assignee, lieu) = (tirage.jour(2016, 20), tirage.lieu());
        let audience = assignee.plus_jours(tirage.parmi(200));
        let limite = if assignee >= J(2023, 7, 29) {
            audience.moins_jours(43)
        } else {
            audience.plus_mois(-2).precedent()
        };
        let obtenue = dernier_jour_notification_prefet(audience.date(), assignee.date());
        let cas = format!("assignée {assignee:?}, audience {audience:?}, {lieu:?}");
        assert_eq!(obtenue.expect("version connue").valeur, limite.date(), "{cas}");

        let tribunal = territoire(lieu);
        let (residence, mois) = match tirage.parmi(3) {
            0 => (Residence::Etranger, 3),
            1 => (Residence::France(tribunal), 1),
            _ => (Residence::France(Territoire::Guadeloupe), 2),
        };
        let appel =
            dernier_jour_d_appel(assignee.date(), tribunal, residence).expect("connu").valeur;
        let terme = assignee.plus_mois(mois);
        assert_eq!(
            (appel.brute, appel.retenue),
            (terme.date(), reporte(terme, lieu.0).date()),
            "{cas}"
        );

        let silence = refus_implicite(assignee.date()).expect("version connue").valeur;
        assert_eq!(silence.retenue, assignee.plus_mois(2).date(), "{cas}");
    }
}

#[test]
fn le_temple_inconnu_ne_compte_pas_le_vendredi_saint_et_pose_la_question() {
    let colmar = Territoire::de_commune("68066").avec_temple(Reponse::Inconnue);
    for an in 2015..2060 {
        let vendredi = paques(an).moins_jours(2);
        assert!(!colmar.non_ouvrable(vendredi.date()), "{an}");
        assert!(colmar.ferie_incertain(vendredi.date()).is_some(), "{an}");
    }
}
