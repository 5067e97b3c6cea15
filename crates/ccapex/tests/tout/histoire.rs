//! Une histoire, un acte par ligne : « cdp 2026-01-15 date_bail=2024-05-01 ».

use ccapex::acte::Consigne;
use ccapex::acte::lire::lire;
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait, NoticeRecue};
use ccapex::identifiants::{AgentId, NoticeId};
use ccapex::notice::{Contenu, Nature};
use ccapex::profil::Profil;
use ccapex::signalement::statut::Statut;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// Les champs d'une notice qui ont leur place ; les autres sont propres à sa nature.
const CONNUS: [&str; 8] = [
    "bailleur_type",
    "commune",
    "date_bail",
    "bail_reconduit_le",
    "motif",
    "regime",
    "date_notification_prefet",
    "date_audience",
];

/// Le dossier que racontent ces lignes ; le fait de la ligne n s'appelle « n ».
pub(crate) fn histoire(lignes: &str) -> Dossier {
    let faits: Vec<Fait> = (1..)
        .zip(lignes.lines().map(str::trim).filter(|ligne| !ligne.is_empty()))
        .map(|(rang, ligne)| Fait {
            id: rang.to_string(),
            rang,
            agent: AgentId(0),
            pour: None,
            ecrit_le: Timestamp::new(1_800_000_000 + rang, 0).expect("un instant"),
            acte: acte(rang, ligne),
        })
        .collect();
    Dossier::relire(&faits)
}

/// Le dernier fait de l'histoire.
pub(crate) fn dernier(lignes: &str) -> String {
    lignes.lines().filter(|ligne| !ligne.trim().is_empty()).count().to_string()
}

/// Le cours d'un dossier du Pas-de-Calais.
pub(crate) fn cours<'a>(dossier: &'a Dossier, horloge: &Horloge) -> Cours<'a> {
    cours_de(dossier, &pas_de_calais(), horloge)
}

pub(crate) fn cours_de<'a>(dossier: &'a Dossier, profil: &Profil, horloge: &Horloge) -> Cours<'a> {
    Cours::de(dossier, profil.tentatives_avant_sans_nouvelles(), horloge)
}

pub(crate) fn pas_de_calais() -> Profil {
    Profil::integre("62").expect("le 62")
}

fn acte(rang: i64, ligne: &str) -> Acte {
    let mut mots = ligne.split_whitespace();
    let nom = mots.next().expect("un acte");
    let date: Date = mots.next().expect("une date").parse().expect("une date ISO");
    let champs: Map<String, Value> = mots
        .map(|mot| {
            let (champ, valeur) = mot.split_once('=').expect("champ=valeur");
            let valeur = match (valeur, valeur.parse::<u32>()) {
                ("oui", _) => Value::Bool(true),
                ("non", _) => Value::Bool(false),
                (_, Ok(nombre)) if champ != "commune" => Value::from(nombre),
                _ => Value::from(valeur),
            };
            (champ.to_owned(), valeur)
        })
        .collect();
    if nom == "rectification" {
        let ecrit = json!({"annule": champs["annule"], "le": date, "motif": "erreur de saisie"});
        return Acte::lire(nom, &ecrit.to_string()).expect("une rectification");
    }
    // L'alerte de la charte a un code ; sans code, c'est la notice d'un partenaire.
    let de_la_charte = nom == "alerte" && champs.contains_key("code");
    if let Some(nature) = Nature::de_code(nom).filter(|_| !de_la_charte) {
        return notice(rang, nature, date, champs);
    }
    let lu = lire(nom, &champs).unwrap_or_else(|refus| panic!("{ligne} : {refus:?}"));
    Acte::Consigne(Box::new(Consigne { date, consigne_le: date, coffre: None, quoi: lu.quoi }))
}

fn notice(rang: i64, nature: Nature, date: Date, champs: Map<String, Value>) -> Acte {
    let (connus, autres): (Map<_, _>, Map<_, _>) =
        champs.into_iter().partition(|(champ, _)| CONNUS.contains(&champ.as_str()));
    let lu: Contenu = serde_json::from_value(Value::Object(connus)).expect("un contenu");
    Acte::NoticeRecue(Box::new(NoticeRecue {
        notice: NoticeId(rang),
        coffre: None,
        nature: Some(nature),
        ouvre: None,
        recue_le: date,
        emetteur: "selarl lecocq".to_owned(),
        reference: None,
        statut: Statut::Recu,
        motif: None,
        corrige: None,
        courriers: vec![],
        jointe_car: vec![],
        contenu: Contenu { date: Some(date), autres: autres.into_iter().collect(), ..lu },
    }))
}
