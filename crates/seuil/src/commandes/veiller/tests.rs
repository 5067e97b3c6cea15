use std::sync::{Arc, Mutex};
use std::time::Duration;

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use stockage::base::Stockage;
use stockage::dossier::VueDossier;
use usages::actes::fichier::Suite;
use usages::dossiers::ouvrir::ouvrir;
use usages::maison::Maison;
use usages::veille::Veillee;

use super::{en_mots, tour};
use crate::horloge::Horloge;

const COMMANDEMENT: &str = r#"{"menage": {"locataire_nom": "Daras", "locataire_prenom": "Léon", "locataire_date_naissance": "1968-03-30", "logement_adresse": "7, rue du Port", "code_postal": "62100", "commune": "Calais", "bailleur_type": "personne_physique", "date_bail": "2019-02-01", "loyer_hors_charges": 50000}, "acte": "cdp", "date": "2026-10-05", "montant_dette": 150000, "impaye_depuis": "2026-05-05"}"#;

/// Une maison, un dossier, et une horloge qu'on avance à la main.
struct Nuit {
    maison: Maison,
    reference: String,
    instant: Arc<Mutex<Timestamp>>,
    horloge: Horloge,
}

impl Nuit {
    async fn un_commandement_recu_le_6_octobre() -> Self {
        let maison = Maison::new(Stockage::ephemere().await.unwrap()).unwrap();
        let recu = a_paris(date(2026, 10, 6), 9, 0);
        let consigne = Suite::default()
            .consigner(&maison, &Agent::programme("62"), 1, COMMANDEMENT, date(2026, 10, 6), recu)
            .await
            .unwrap()
            .unwrap();
        let instant = Arc::new(Mutex::new(recu));
        let lue = Arc::clone(&instant);
        let horloge = Horloge::d_essai(move || *lue.lock().unwrap())
            .du_territoire(&maison.profil("62").unwrap());
        Self { maison, reference: consigne.reponse.dossier.unwrap(), instant, horloge }
    }

    fn il_est(&self, instant: Timestamp) {
        *self.instant.lock().unwrap() = instant;
    }

    fn passent(&self, attente: Duration) {
        let mut instant = self.instant.lock().unwrap();
        *instant += attente;
    }

    async fn tour(&self) -> Duration {
        tour(&self.maison, "62", &self.horloge).await
    }

    async fn vue(&self) -> VueDossier {
        let (jour, instant) = (self.horloge.aujourd_hui(), self.horloge.maintenant());
        let agent = Agent::programme("62");
        ouvrir(&self.maison, &agent, &self.reference, jour, instant).await.unwrap().vue
    }

    async fn veille(&self) -> Option<Date> {
        self.maison.stockage.veille("62").await.unwrap()
    }
}

fn a_paris(jour: Date, heure: i8, minute: i8) -> Timestamp {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    jour.at(heure, minute, 0, 0).to_zoned(paris).unwrap().timestamp()
}

#[tokio::test]
async fn le_dossier_change_au_premier_tour_d_apres_minuit_et_pas_avant() {
    let nuit = Nuit::un_commandement_recu_le_6_octobre().await;
    let avant = nuit.vue().await;
    let change_le = avant.change_le.unwrap();
    let hier = change_le.yesterday().unwrap();
    nuit.il_est(a_paris(hier, 23, 59));
    let attente = nuit.tour().await;
    assert_eq!(attente, Duration::from_mins(1), "jusqu'à minuit, pas au-delà");
    assert_eq!(nuit.veille().await, Some(hier));
    assert_eq!(nuit.vue().await, avant, "le jour n'est pas fini");
    nuit.passent(attente);
    let attente = nuit.tour().await;
    assert_eq!(attente, Duration::from_hours(1));
    assert_eq!(nuit.veille().await, Some(change_le));
    assert!(nuit.vue().await.change_le.is_none_or(|le| le > change_le), "{:?}", nuit.vue().await);
}

#[tokio::test]
async fn le_service_qui_tourne_veille_chaque_jour_une_fois() {
    let nuit = Nuit::un_commandement_recu_le_6_octobre().await;
    let mut jour = date(2026, 10, 23);
    nuit.il_est(a_paris(jour, 18, 20));
    let mut tours = 0;
    // De l'heure d'été à celle d'hiver, le 25 octobre à 3 heures : une nuit de vingt-cinq heures.
    while nuit.veille().await != Some(date(2026, 10, 27)) {
        nuit.passent(nuit.tour().await);
        tours += 1;
        let veille = nuit.veille().await.unwrap();
        assert!(veille == jour || veille == jour.tomorrow().unwrap(), "{jour} puis {veille}");
        jour = veille;
    }
    // Un tour par heure entamée, et un à chaque minuit.
    assert_eq!(tours, 6 + 24 + 25 + 24 + 1);
}

#[tokio::test]
async fn une_machine_qui_a_dormi_rattrape_d_un_coup_les_jours_manques() {
    let nuit = Nuit::un_commandement_recu_le_6_octobre().await;
    nuit.il_est(a_paris(date(2026, 10, 7), 12, 0));
    nuit.tour().await;
    let stade = nuit.vue().await.stade;
    nuit.il_est(a_paris(date(2027, 2, 3), 7, 30));
    nuit.tour().await;
    assert_eq!(nuit.veille().await, Some(date(2027, 2, 3)));
    assert_ne!(nuit.vue().await.stade, stade, "le délai du commandement a fini entre-temps");
}

#[tokio::test]
async fn une_veille_manquee_se_retente_cinq_minutes_plus_tard() {
    let nuit = Nuit::un_commandement_recu_le_6_octobre().await;
    nuit.il_est(a_paris(date(2026, 11, 21), 12, 0));
    nuit.maison.stockage.fermer().await;
    assert_eq!(nuit.tour().await, Duration::from_mins(5));
    nuit.il_est(a_paris(date(2026, 11, 21), 23, 59));
    assert_eq!(nuit.tour().await, Duration::from_mins(1), "le lendemain n'attend pas");
}

#[test]
fn la_veille_se_dit_en_mots_accordes() {
    let jour = date(2026, 11, 21);
    let dit = |veillee| en_mots(jour, &veillee);
    let veillee = Veillee { jusqu_au: Some(jour), ..Veillee::default() };
    let aucun = dit(veillee);
    assert!(aucun.starts_with("Veille du 21 novembre 2026 : aucun dossier à relire"), "{aucun}");
    let un = dit(Veillee { relus: 1, stades: 1, changes: 1, ..veillee });
    assert!(un.contains("1 dossier relu : 1 a changé de stade, aucun n'est clos"), "{un}");
    let mille = dit(Veillee { relus: 1_000, stades: 2, clos: 3, changes: 900, ..veillee });
    assert!(
        mille.contains("1\u{202f}000 dossiers relus : 2 ont changé de stade, 3 sont clos"),
        "{mille}"
    );
    let deja = dit(Veillee { deja_faite: true, ..veillee });
    assert!(deja.contains("était déjà veillé"), "{deja}");
    let apres =
        Veillee { deja_faite: true, jusqu_au: Some(jour.saturating_add(30.days())), ..veillee };
    let apres = dit(apres);
    assert!(apres.contains("déjà veillée jusqu'au 21 décembre 2026"), "{apres}");
    assert!(apres.contains("seuil reconstruire --a-la-date 2026-11-21"), "{apres}");
}
