//! Des fichiers de notices engendrés : le même numéro de ligne donne toujours les mêmes octets.
//!
//! Ordre de lecture : `tirage`, `noms`, `communes`, `menage`, `graphie`, puis les lignes ici.

mod communes;
mod graphie;
mod menage;
pub(crate) mod noms;
pub(crate) mod tirage;

use std::fmt::Write as _;
use std::ops::Range;

use ccapex::notice::Nature;
use droit::calendrier::{Calendrier as _, Territoire};
use jiff::ToSpan as _;
use jiff::civil::Date;

use communes::Communes;
use menage::Menage;
use tirage::Tirage;

const ETUDES: [&str; 12] = [
    "SCP Bramelot Vaudier",
    "SELARL Opaline",
    "Me Clotilde Hauquin",
    "SCP Duvelant",
    "SELARL Marquenet",
    "SCP Trévart et Roulin",
    "Me Edgar Pelmart",
    "SELARL des Deux Caps",
    "SCP Camberlin",
    "Me Odile Fouquetier",
    "SELARL Ternoise Actes",
    "SCP Lamerin Séquin",
];

const COLONNES_CDP: &str = "reference_acte;etude;date_signification;bailleur_type;bailleur_nom;bailleur_adresse;locataire_nom;locataire_prenom;locataire_date_naissance;telephone;courriel;logement_adresse;code_postal;commune;date_bail;loyer_hors_charges;charges;montant_dette;impaye_depuis;aide_logement;nombre_adultes;nombre_enfants\n";
const COLONNES_ASSIGNATION: &str = "reference_acte;etude;date_assignation;date_notification_prefet;date_audience;tribunal;motif;bailleur_type;bailleur_nom;locataire_nom;locataire_prenom;locataire_date_naissance;logement_adresse;code_postal;commune;montant_dette\n";

const COLONNES_SUITE: &str = "reference_acte;etude;date;date_notification_prefet;issue;canal;bailleur_type;bailleur_nom;locataire_nom;locataire_prenom;locataire_date_naissance;logement_adresse;code_postal;commune;montant_dette\n";

/// Les numéros des ménages qu'aucun commandement n'a annoncés.
const INCONNUS: u64 = 1 << 40;

/// Un commandement, selon ce qu'on en savait déjà.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Genre {
    /// Un ménage de plus.
    Neuf,
    /// Un ménage d'une ligne plus haute : nouvel acte, autre graphie.
    Connu(u64),
    /// Une ligne plus haute, répétée telle quelle.
    Doublon(u64),
}

/// De quoi engendrer des notices, à un jour donné.
pub(crate) struct Notices {
    communes: Communes,
    aujourd_hui: Date,
}

impl Notices {
    pub(crate) fn au(aujourd_hui: Date) -> Self {
        Self { communes: Communes::du_pas_de_calais(), aujourd_hui }
    }

    /// Un fichier de commandements de payer : les lignes de ces numéros.
    pub(crate) fn commandements(&self, numeros: Range<u64>) -> Vec<u8> {
        let mut fichier = COLONNES_CDP.to_owned();
        for numero in numeros {
            self.commandement(&mut fichier, numero);
        }
        fichier.into_bytes()
    }

    /// Un fichier d'assignations, dont dix-neuf sur vingt visent un ménage des `connus` premiers commandements.
    pub(crate) fn assignations(&self, numeros: Range<u64>, connus: u64) -> Vec<u8> {
        let mut fichier = COLONNES_ASSIGNATION.to_owned();
        for numero in numeros {
            self.assignation(&mut fichier, numero, connus);
        }
        fichier.into_bytes()
    }

    /// Un fichier d'une étape d'après l'assignation. Le même numéro vise le même ménage d'un fichier à
    /// l'autre, et sa date y suit celle de l'étape d'avant.
    pub(crate) fn suite(&self, nature: Nature, numeros: Range<u64>, connus: u64) -> Vec<u8> {
        let mut fichier = COLONNES_SUITE.to_owned();
        for numero in numeros {
            self.etape(&mut fichier, nature, numero, connus);
        }
        fichier.into_bytes()
    }

    fn etape(&self, fichier: &mut String, nature: Nature, numero: u64, connus: u64) {
        let mut t = Tirage::de(4, numero);
        let m = Menage::de(menage_de(t.sous(connus)), &self.communes);
        let requisition = t.entre(1, 75);
        let quitter = requisition + t.entre(65, 160);
        let decision = quitter + t.entre(20, 90);
        let (jours, sigle, issue) = match nature {
            Nature::RequisitionCfp => (requisition, "CFP", ""),
            Nature::Cql => (quitter, "CQL", ""),
            Nature::Decision
            | Nature::Cdp
            | Nature::Assignation
            | Nature::SaisineBailleur
            | Nature::SignalementImpaye
            | Nature::Alerte => (decision, "DEC", "resiliation"),
        };
        let le = jour(self.ouvrable(-jours));
        let notifie = if nature == Nature::Cql { le.as_str() } else { "" };
        let canal = if nature == Nature::Decision { "" } else { "exploc" };
        let dette = m.loyer * t.entre(6, 20);
        let etude = t.souvent_parmi(&ETUDES);
        writeln!(
            fichier,
            "{sigle}-{numero:07};{etude};{le};{notifie};{issue};{canal};{};{};{};{};{};{}, {};{};{};{}",
            m.bailleur_type, m.bailleur_nom, m.nom, m.prenom, jour(m.naissance), m.numero, m.voie,
            m.code_postal, m.commune, euros(dette),
        )
        .ok();
    }

    fn commandement(&self, fichier: &mut String, numero: u64) {
        let (mut t, genre) = acte(numero);
        if let Genre::Doublon(plus_haut) = genre {
            return self.commandement(fichier, plus_haut);
        }
        let mut m = Menage::de(menage_de(numero), &self.communes);
        if matches!(genre, Genre::Connu(_)) {
            m = graphie::autrement(m, &mut t);
        }
        let signification = self.ouvrable(-t.entre(8, 320));
        let mois = if t.sur_mille(330) { t.entre(0, 1) } else { t.entre(2, 11) };
        let depuis = signification.saturating_sub((mois * 30 + t.entre(1, 20)).days());
        let dette = m.loyer * mois.max(1) * t.entre(70, 105) / 100 - t.entre(0, 15_000);
        let naissance = if t.sur_mille(120) { String::new() } else { jour(m.naissance) };
        let nom = if t.sur_mille(5) { "" } else { &m.nom };
        let (code_postal, commune) = self.commune(&m, &mut t);
        let bail = if t.sur_mille(100) { String::new() } else { jour(m.bail) };
        let loyer = if t.sur_mille(15) { String::new() } else { euros(m.loyer) };
        let dette = if t.sur_mille(20) { String::new() } else { euros(dette.max(5_000)) };
        let depuis = if t.sur_mille(60) { String::new() } else { jour(depuis) };
        let annee = signification.year();
        let etude = t.souvent_parmi(&ETUDES);
        // Écrire dans une chaîne ne peut pas échouer.
        writeln!(
            fichier,
            "{annee}-{numero:07};{etude};{};{};{};{};{nom};{};{naissance};{};{};{}, {};{code_postal};{commune};{bail};{loyer};{};{dette};{depuis};{};{};{}",
            jour(signification), m.bailleur_type, m.bailleur_nom, m.bailleur_adresse, m.prenom, m.telephone,
            m.courriel, m.numero, m.voie, euros(m.charges), m.aide, m.adultes, m.enfants,
        )
        .ok();
    }

    fn assignation(&self, fichier: &mut String, numero: u64, connus: u64) {
        let mut t = Tirage::de(3, numero);
        let menage = if t.sur_mille(50) { INCONNUS + numero } else { menage_de(t.sous(connus)) };
        let m = graphie::autrement(Menage::de(menage, &self.communes), &mut t);
        let assignation = self.ouvrable(-t.entre(1, 60));
        let audience = self.ouvrable(t.entre(20, 120));
        let naissance = if t.sur_mille(250) { String::new() } else { jour(m.naissance) };
        let (code_postal, commune) = self.commune(&m, &mut t);
        let dette = m.loyer * t.entre(3, 14);
        let etude = t.souvent_parmi(&ETUDES);
        writeln!(
            fichier,
            "AS-{numero:07};{etude};{};{};{};Tribunal judiciaire;impayé;{};{};{};{};{naissance};{}, {};{code_postal};{commune};{}",
            jour(assignation), jour(assignation), jour(audience), m.bailleur_type, m.bailleur_nom, m.nom, m.prenom,
            m.numero, m.voie, euros(dette),
        )
        .ok();
    }

    /// Le premier jour ouvrable à cette distance d'aujourd'hui.
    fn ouvrable(&self, jours: i64) -> Date {
        Territoire::Metropole.ouvrable_a_partir_de(self.aujourd_hui.saturating_add(jours.days()))
    }

    fn commune(&self, menage: &Menage, t: &mut Tirage) -> (&'static str, String) {
        match t.sous(1_000) {
            0..250 => (menage.code_postal, graphie::en_capitales(menage.commune, t)),
            250..260 => ("59000", "Lille".to_owned()),
            260..265 => ("", "Villeneuve".to_owned()),
            _ => (menage.code_postal, menage.commune.to_owned()),
        }
    }
}

/// Le genre de ce commandement, et la suite de ses tirages.
fn acte(numero: u64) -> (Tirage, Genre) {
    let mut t = Tirage::de(2, numero);
    let genre = match t.sous(1_000) {
        0..20 if numero > 0 => Genre::Doublon(t.sous(numero)),
        20..100 if numero > 0 => Genre::Connu(t.sous(numero)),
        _ => Genre::Neuf,
    };
    (t, genre)
}

/// Le ménage de ce commandement : celui de la ligne qu'il répète ou qu'il suit, ou le sien.
fn menage_de(numero: u64) -> u64 {
    let mut numero = numero;
    loop {
        match acte(numero).1 {
            Genre::Neuf => return numero,
            Genre::Connu(plus_haut) | Genre::Doublon(plus_haut) => numero = plus_haut,
        }
    }
}

fn jour(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

fn euros(centimes: i64) -> String {
    format!("{},{:02}", centimes / 100, centimes % 100)
}

#[cfg(test)]
mod tests {
    use super::{Genre, Notices, acte, menage_de};
    use jiff::civil::date;

    #[test]
    fn les_memes_numeros_donnent_les_memes_octets_en_une_ou_deux_fois() {
        let notices = Notices::au(date(2026, 11, 21));
        let entier = String::from_utf8(notices.commandements(0..400)).unwrap();
        let fin = String::from_utf8(notices.commandements(200..400)).unwrap();
        assert_eq!(entier.lines().count(), 401);
        assert_eq!(
            entier.lines().skip(201).collect::<Vec<_>>(),
            fin.lines().skip(1).collect::<Vec<_>>()
        );
    }

    #[test]
    fn un_doublon_repete_une_ligne_plus_haute_et_un_menage_connu_en_a_une() {
        let notices = Notices::au(date(2026, 11, 21));
        let texte = String::from_utf8(notices.commandements(0..2_000)).unwrap();
        let lignes: Vec<&str> = texte.lines().skip(1).collect();
        let (mut doublons, mut connus) = (0, 0);
        for numero in 0..2_000 {
            match acte(numero).1 {
                Genre::Doublon(plus_haut) => {
                    doublons += 1;
                    assert_eq!(lignes[numero as usize], lignes[plus_haut as usize]);
                }
                Genre::Connu(plus_haut) => {
                    connus += 1;
                    assert_eq!(menage_de(numero), menage_de(plus_haut));
                }
                Genre::Neuf => assert_eq!(menage_de(numero), numero),
            }
        }
        assert!(doublons > 20 && connus > 100, "{doublons} doublons, {connus} connus");
    }
}
