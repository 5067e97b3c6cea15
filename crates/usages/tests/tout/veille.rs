//! La veille : étant donné ce qui est consigné, quand les jours passent, alors les vues suivent.

use std::sync::Arc;
use std::task::Poll;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stockage::dossier::VueDossier;
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Statut};
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::{echeances_au, tout};
use usages::echec::Echec;
use usages::entretien::reconstruire::reconstruire;
use usages::formes::Tri;
use usages::veille::{Veillee, veiller};

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant};
use crate::notices::{assignation, beaucoup, cdp};

/// Consigne dans ce dossier un acte, date comprise.
async fn consigne(a: &Appareil, dossier: &str, acte: Value) {
    let Value::Object(mut objet) = acte else { panic!("un acte est un objet") };
    objet.insert("dossier".to_owned(), json!(dossier));
    let demande = Demande::de_objet(objet).unwrap();
    let reponse =
        consigner(&a.maison, &central(), &demande, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
}

async fn veille(a: &Appareil, jour: Date) -> Veillee {
    let veillee = veiller(&a.maison, "62", jour).await.unwrap();
    a.est_ce_que_dit_son_journal().await;
    veillee
}

async fn vue(a: &Appareil, dossier: &str) -> VueDossier {
    ouvrir(&a.maison, &central(), dossier, AUJOURD_HUI, maintenant()).await.unwrap().vue
}

async fn stade(a: &Appareil, dossier: &str) -> String {
    vue(a, dossier).await.stade
}

async fn le_delai_du_commandement_finit_tout_seul(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    assert_eq!(stade(&a, &dossier).await, "cdp_signifie");
    let change_le = vue(&a, &dossier).await.change_le.unwrap();
    veille(&a, date(2026, 12, 5)).await;
    assert_eq!(stade(&a, &dossier).await, "cdp_signifie", "le 5 décembre est le dernier jour");
    assert!(change_le <= date(2026, 12, 8));
    let veillee = veille(&a, date(2026, 12, 8)).await;
    assert_eq!(stade(&a, &dossier).await, "clause_acquise");
    assert_eq!((veillee.relus, veillee.stades), (1, 1));
}

async fn un_service_qui_ne_repond_pas_entre_dans_la_liste(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let liste = "non_pris_en_charge".to_owned();
    assert!(!vue(&a, &dossier).await.listes.contains(&liste));
    let jour = AUJOURD_HUI.saturating_add(3.months());
    veille(&a, jour).await;
    assert!(vue(&a, &dossier).await.listes.contains(&liste));
    let nombres = a.maison.stockage.compteurs(&central().perimetre(), jour, jour).await.unwrap();
    assert_eq!(nombres.listes.get(&liste), Some(&1));
    let filtre = stockage::liste::Filtre { liste: Some(liste.clone()), ..tout(Tri::Echeance) };
    let page = lister(&a.maison, &central(), &filtre, jour).await.unwrap().page;
    assert_eq!(page.lignes.len(), 1);
    // Le service accepte : la liste le rend aussitôt, sans attendre la veille suivante.
    let service = vue(&a, &dossier).await.service;
    let accepte = json!({
        "acte": "prise_en_charge", "date": "2026-11-20", "service": service, "issue": "acceptee",
    });
    consigne(&a, &dossier, accepte).await;
    assert!(!vue(&a, &dossier).await.listes.contains(&liste));
}

async fn le_silence_du_prefet_vaut_refus(a: Arc<Appareil>) {
    let dossier = expulsion_ordonnee(&a).await;
    consigne(&a, &dossier, json!({ "acte": "cql", "date": "2026-05-04" })).await;
    consigne(&a, &dossier, json!({ "acte": "requisition_cfp", "date": "2026-10-12" })).await;
    assert_eq!(stade(&a, &dossier).await, "cfp_demande");
    veille(&a, date(2026, 12, 12)).await;
    assert_eq!(stade(&a, &dossier).await, "cfp_demande", "le dernier jour n'est pas fini");
    veille(&a, date(2026, 12, 16)).await;
    assert_eq!(stade(&a, &dossier).await, "cfp_refuse");
}

async fn le_delai_pour_quitter_les_lieux_finit_tout_seul(a: Arc<Appareil>) {
    let dossier = expulsion_ordonnee(&a).await;
    let cql =
        json!({ "acte": "cql", "date": "2026-10-26", "date_notification_prefet": "2026-10-27" });
    consigne(&a, &dossier, cql).await;
    assert_eq!(stade(&a, &dossier).await, "cql_signifie");
    veille(&a, date(2027, 1, 15)).await;
    assert_eq!(stade(&a, &dossier).await, "delai_cql_expire");
    assert!(vue(&a, &dossier).await.etats.contains(&"treve_active".to_owned()));
    veille(&a, date(2027, 4, 1)).await;
    assert!(!vue(&a, &dossier).await.etats.contains(&"treve_active".to_owned()));
}

async fn les_delais_du_juge_de_l_execution_finissent_tout_seuls(a: Arc<Appareil>) {
    let dossier = expulsion_ordonnee(&a).await;
    consigne(&a, &dossier, json!({ "acte": "cql", "date": "2026-05-04" })).await;
    let jex = json!({ "acte": "decision_jex", "date": "2026-09-14", "jusqu_au": "2026-12-31" });
    consigne(&a, &dossier, jex).await;
    let delai = "delai_jex".to_owned();
    veille(&a, date(2026, 12, 31)).await;
    assert!(vue(&a, &dossier).await.etats.contains(&delai));
    veille(&a, date(2027, 1, 1)).await;
    assert!(!vue(&a, &dossier).await.etats.contains(&delai));
}

/// Un ménage dont le juge a ordonné l'expulsion au printemps.
async fn expulsion_ordonnee(a: &Appareil) -> String {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let actes = [
        json!({ "acte": "assignation", "date": "2026-01-12", "date_audience": "2026-03-10" }),
        json!({ "acte": "decision", "date": "2026-03-24", "issue": "expulsion" }),
        json!({ "acte": "signification_jugement", "date": "2026-04-07" }),
    ];
    for acte in actes {
        consigne(a, &dossier, acte).await;
    }
    dossier
}

async fn un_jour_deja_veille_ne_se_refait_pas(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(30)).await;
    let jour = date(2026, 12, 15);
    let premiere = veille(&a, jour).await;
    assert!(premiere.relus >= 20, "{premiere:?}");
    let vues = a.maison.stockage.empreinte_des_vues().await.unwrap();
    for encore in [jour, date(2026, 12, 1)] {
        let deja = veille(&a, encore).await;
        let attendue = Veillee { deja_faite: true, jusqu_au: Some(jour), ..Veillee::default() };
        assert_eq!(deja, attendue);
    }
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), vues);
    assert_eq!(a.maison.stockage.veille("62").await.unwrap(), Some(jour));
}

/// Écrire, veiller, écrire encore : à chaque pas, refaire les vues n'y change rien.
async fn une_annee_de_veilles_donne_ce_que_le_journal_donne(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(12)).await;
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let mut jour = AUJOURD_HUI;
    for pas in 0..14 {
        veille(&a, jour).await;
        if pas == 2 {
            a.recoit_une(assignation("A-1")).await;
            a.est_ce_que_dit_son_journal().await;
        }
        if pas == 5 {
            consigne(&a, &dossier, json!({ "acte": "audience", "date": "2026-11-18" })).await;
            a.est_ce_que_dit_son_journal().await;
        }
        jour = jour.saturating_add(29.days());
    }
    let restent = a.maison.stockage.veille("62").await.unwrap();
    assert_eq!(restent, Some(jour.saturating_sub(29.days())));
}

async fn deux_programmes_qui_veillent_ensemble_se_partagent_le_travail(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(60)).await;
    let jour = date(2026, 12, 15);
    let (une, autre) = tokio::join!(veiller(&a.maison, "62", jour), veiller(&a.maison, "62", jour));
    let relus = une.unwrap().relus + autre.unwrap().relus;
    assert_eq!(relus, 60);
}

/// Une panne à chaque point d'attente : rien n'est à moitié écrit, et la veille d'après finit le travail.
async fn une_veille_coupee_n_importe_ou_se_finit_ensuite(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(25)).await;
    let jour = date(2026, 12, 15);
    let mut coupures = 0;
    let avant_la_veille = a.maison.stockage.empreinte_des_vues().await.unwrap();
    let mut vues = Vec::new();
    loop {
        let avant = a.maison.stockage.veille("62").await.unwrap();
        let Some(faite) = couper(veiller(&a.maison, "62", jour), coupures + 1).await else {
            coupures += 1;
            assert_eq!(avant, None);
            vues.push(a.maison.stockage.empreinte_des_vues().await.unwrap());
            continue;
        };
        // Une transaction de PostgreSQL s'ouvre en une fois : lire, écrire et valider restent à couper.
        assert!(coupures > 2, "{coupures} coupures seulement");
        assert_eq!(faite.unwrap().jusqu_au, Some(jour));
        break;
    }
    a.est_ce_que_dit_son_journal().await;
    // Coupée, elle avait tout rangé ou rien : le jour ne se marque qu'ensuite.
    let apres = a.maison.stockage.empreinte_des_vues().await.unwrap();
    assert!(vues.iter().all(|vue| *vue == avant_la_veille || *vue == apres));
    assert_eq!(a.maison.stockage.veille("62").await.unwrap(), Some(jour));
    let reste = a.maison.stockage.relecture().await.unwrap();
    assert!({ reste }.a_veiller("62", jour, None, 1).await.unwrap().is_empty());
}

/// Laisse avancer un travail tant de fois, puis l'abandonne où il en est.
async fn couper<T>(travail: impl Future<Output = T>, fois: usize) -> Option<T> {
    let mut travail = std::pin::pin!(travail);
    let mut reste = fois;
    std::future::poll_fn(|contexte| {
        if reste == 0 {
            return Poll::Ready(None);
        }
        reste -= 1;
        travail.as_mut().poll(contexte).map(Some)
    })
    .await
}

async fn reconstruire_ramene_une_base_veillee_trop_loin(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(20)).await;
    let jour = date(2026, 12, 15);
    veille(&a, jour).await;
    let vues = a.maison.stockage.empreinte_des_vues().await.unwrap();
    veille(&a, date(2062, 12, 15)).await;
    assert_ne!(a.maison.stockage.empreinte_des_vues().await.unwrap(), vues);
    reconstruire(&a.maison, Some(jour)).await.unwrap();
    assert_eq!(a.maison.stockage.veille("62").await.unwrap(), Some(jour));
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), vues);
    reconstruire(&a.maison, Some(date(2027, 1, 1))).await.unwrap();
    assert_eq!(a.maison.stockage.veille("62").await.unwrap(), Some(jour), "jamais en avant");
}

async fn regarder_un_jour_a_venir_dit_ce_que_la_veille_ecrira(a: Arc<Appareil>) {
    a.recoit("notices.csv", &beaucoup(25)).await;
    a.recoit_une(assignation("A-1")).await;
    let vues = a.maison.stockage.empreinte_des_vues().await.unwrap();
    let jours = [AUJOURD_HUI, date(2026, 12, 15), date(2027, 3, 1)];
    let mut prevues = Vec::new();
    for jour in jours {
        prevues.push(dues(&a, jour).await);
    }
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), vues, "rien n'est écrit");
    assert_ne!(prevues[0], prevues[2], "le temps change ce qui est dû");
    for (jour, prevue) in jours.into_iter().zip(prevues) {
        veille(&a, jour).await;
        assert_eq!(dues(&a, jour).await, prevue, "au {jour}");
    }
}

async fn dues(a: &Appareil, jour: Date) -> Vec<(Option<Date>, String, String, String)> {
    let mut dues = Vec::new();
    let fin = jour.saturating_add(1.year());
    echeances_au(&a.maison, "62", jour, fin, None, |vue| {
        let qui = vue.etape_qui.clone();
        dues.push((vue.etape_avant_le, vue.reference.clone(), vue.etape_regle.clone(), qui));
        Ok::<(), Echec>(())
    })
    .await
    .unwrap();
    assert!(dues.is_sorted_by_key(|(le, reference, ..)| (*le, reference.clone())), "{dues:?}");
    assert!(!dues.is_empty());
    dues
}

sur_les_deux_moteurs!(
    le_delai_du_commandement_finit_tout_seul,
    un_service_qui_ne_repond_pas_entre_dans_la_liste,
    le_silence_du_prefet_vaut_refus,
    le_delai_pour_quitter_les_lieux_finit_tout_seul,
    les_delais_du_juge_de_l_execution_finissent_tout_seuls,
    un_jour_deja_veille_ne_se_refait_pas,
    une_annee_de_veilles_donne_ce_que_le_journal_donne,
    deux_programmes_qui_veillent_ensemble_se_partagent_le_travail,
    une_veille_coupee_n_importe_ou_se_finit_ensuite,
    reconstruire_ramene_une_base_veillee_trop_loin,
    regarder_un_jour_a_venir_dit_ce_que_la_veille_ecrira,
);
