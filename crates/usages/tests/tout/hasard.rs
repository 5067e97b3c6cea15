//! Des histoires au hasard, consignées pour de bon : ce que dit le journal est ce que disent les tables.

use std::sync::Arc;

use ccapex::acte::gabarit::{GABARITS, Genre};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Map, Value, json};
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Statut};
use usages::dossiers::ouvrir::ouvrir;
use usages::veille::veiller;

use crate::appareil::{Appareil, central, maintenant};

const SERVICES: [&str; 3] = ["caf", "departement", "fsl"];

/// Un hasard qui donne la même suite à chaque passage (SplitMix64).
struct Hasard(u64);

impl Hasard {
    fn tire(&mut self, parmi: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % parmi as u64).unwrap()
    }

    fn jour(&mut self, apres: Date) -> String {
        let ecart = i64::try_from(self.tire(120)).unwrap() - 20;
        apres.saturating_add(ecart.days()).to_string()
    }

    fn valeur(&mut self, genre: Genre, apres: Date) -> Value {
        match genre {
            Genre::Jour => json!(self.jour(apres)),
            Genre::Montant => json!(self.tire(300_000)),
            Genre::Nombre { min, max } => {
                json!(usize::from(min) + self.tire(usize::from(max.min(36))))
            }
            Genre::OuiNon => json!(self.tire(2) == 0),
            Genre::Choix(choix) => json!(choix[self.tire(choix.len())].0),
            Genre::Code => Value::from(SERVICES[self.tire(3)]),
            Genre::Codes => Value::from(vec![SERVICES[self.tire(3)]]),
            Genre::Texte => json!("une phrase"),
        }
    }

    /// Un acte du catalogue, ou une notice, du dossier.
    fn acte(&mut self, apres: Date) -> Map<String, Value> {
        const NOTICES: [(&str, &str); 7] = [
            ("cdp", "{\"date_bail\": \"2022-03-01\", \"montant_dette\": 150000}"),
            ("assignation", "{\"date_audience\": \"2027-01-12\"}"),
            ("decision", "{\"issue\": \"resiliation\", \"par_defaut\": true}"),
            ("decision", "{\"issue\": \"delais\", \"delais_mois\": 24}"),
            ("cql", "{\"date_notification_prefet\": \"2026-05-04\"}"),
            ("requisition_cfp", "{\"canal\": \"exploc\"}"),
            ("signalement_impaye", "{\"origine\": \"caf\", \"dette\": 90000}"),
        ];
        let mut acte;
        if self.tire(4) == 0 {
            let (nom, champs) = NOTICES[self.tire(NOTICES.len())];
            acte = serde_json::from_str::<Map<String, Value>>(champs).unwrap();
            acte.insert("acte".to_owned(), json!(nom));
        } else {
            let gabarit = &GABARITS[self.tire(GABARITS.len())];
            acte = Map::from_iter([("acte".to_owned(), json!(gabarit.nom))]);
            for champ in gabarit.champs {
                if champ.obligatoire || self.tire(2) == 0 {
                    acte.insert(champ.nom.to_owned(), self.valeur(champ.genre, apres));
                }
            }
        }
        acte.insert("date".to_owned(), json!(self.jour(apres)));
        acte
    }
}

/// Un ménage par histoire ; les noms et les rues se ressemblent assez pour qu'une question se pose parfois.
fn menage(rang: usize) -> Value {
    let naissance = date(1940, 1, 1).saturating_add((400 * i64::try_from(rang).unwrap()).days());
    let nom = ["Delattre", "Ouzoun", "Bizet"][rang % 3];
    let lettre = char::from(b'a' + u8::try_from(rang / 3).unwrap());
    let commune = ["Lens", "Calais", "Arras", "Béthune"][rang % 4];
    let bailleur = ["personne_physique", "bailleur_social"][rang % 2];
    json!({
        "locataire_nom": format!("{nom}{lettre}"),
        "locataire_prenom": "Maud",
        "locataire_date_naissance": naissance.to_string(),
        "logement_adresse": format!("{}, rue Basse", 3 * rang + 1),
        "commune": commune,
        "bailleur_type": bailleur,
        "date_bail": "2021-05-01"
    })
}

const HISTOIRES: usize = 40;

async fn des_histoires_au_hasard_se_relisent_comme_elles_se_listent(a: Arc<Appareil>) {
    let agent = central();
    let mut hasard = Hasard(2026);
    let (mut ecrits, mut refuses) = (0_usize, 0_usize);
    let mut references: Vec<String> = Vec::new();
    let mut faits: Vec<(String, String)> = Vec::new();
    let ecrire = async |mut acte: Map<String, Value>, jour: Date| {
        acte.retain(|_, valeur| !valeur.is_null());
        let demande = Demande::de_objet(acte).unwrap();
        consigner(&a.maison, &agent, &demande, jour, maintenant()).await.unwrap()
    };
    for rang in 0..HISTOIRES {
        let mut jour = date(2026, 1, 5).saturating_add(i64::try_from(rang).unwrap().days());
        let mut ouverture = hasard.acte(jour);
        ouverture.insert("menage".to_owned(), menage(rang));
        let reponse = ecrire(ouverture, jour).await;
        let Some(reference) = reponse.dossier else { continue };
        references.push(reference.clone());
        for _ in 0..hasard.tire(12) {
            jour = jour.saturating_add(i64::try_from(hasard.tire(45)).unwrap().days());
            let mut acte = match hasard.tire(12) {
                0 if !faits.is_empty() => {
                    let (_, fait) = &faits[hasard.tire(faits.len())];
                    Map::from_iter([
                        ("acte".to_owned(), json!("rectification")),
                        ("annule".to_owned(), json!(fait)),
                        ("motif".to_owned(), json!("saisi deux fois")),
                    ])
                }
                1 => Map::from_iter([
                    ("acte".to_owned(), json!("rapprochement")),
                    ("geste".to_owned(), Value::from(["joint", "separe"][hasard.tire(2)])),
                    ("autre".to_owned(), json!(&references[hasard.tire(references.len())])),
                ]),
                _ => hasard.acte(jour),
            };
            let annule = acte.get("annule").and_then(Value::as_str).map(str::to_owned);
            let le_sien =
                |fait: &str| faits.iter().find(|(_, f)| f == fait).map(|(d, _)| d.clone());
            let dossier = annule.as_deref().and_then(le_sien).unwrap_or_else(|| reference.clone());
            acte.insert("dossier".to_owned(), json!(dossier));
            let reponse = ecrire(acte, jour).await;
            match reponse.statut {
                Statut::Consigne => ecrits += 1,
                Statut::Doublon => {}
                Statut::Refuse => refuses += 1,
            }
            faits.extend(reponse.dossier.zip(reponse.id));
        }
        // Le temps passe aussi entre deux écritures.
        if rang % 10 == 9 {
            veiller(&a.maison, "62", jour).await.unwrap();
            a.est_ce_que_dit_son_journal().await;
        }
    }
    assert!(
        references.len() > HISTOIRES / 2 && ecrits > 100,
        "{} dossiers, {ecrits} actes, {refuses} refus",
        references.len()
    );
    for reference in references.iter().step_by(5) {
        let ouvert =
            ouvrir(&a.maison, &agent, reference, date(2027, 6, 1), maintenant()).await.unwrap();
        let suivi = !ouvert.situation.service.is_empty() && !ouvert.situation.etapes.is_empty();
        assert!(
            ouvert.situation.clos.is_some() || ouvert.joint_a.is_some() || suivi,
            "{reference}"
        );
    }
}

sur_les_deux_moteurs!(des_histoires_au_hasard_se_relisent_comme_elles_se_listent);
