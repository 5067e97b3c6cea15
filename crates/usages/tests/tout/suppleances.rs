//! Suppléer une personne absente : ce qui n'était qu'à elle, du premier au dernier jour, et rien de plus.

use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stockage::compte::Compte;
use stockage::liste::Etendue;
use stockage::liste::ordre::Tri;
use stockage::suppleance::MotifDeSuppleance;
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::compte::suppleances::{
    NouvelleSuppleance, avec_ceux_qu_elle_supplee, decider, finir, lire,
};
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::dossiers::qui_voit::qui_voit;
use usages::echeances::tout;
use usages::echec::Nature;
use usages::formes::Filtre;
use usages::notifications::lire::{Moment, notifications};
use usages::notifications::reglage::regler;
use usages::notifications::resume::preparer_les_resumes;

use crate::appareil::{AUJOURD_HUI, Appareil, administrateur, caf, central, maintenant};
use crate::notices::cdp;

const DERNIER: Date = date(2026, 11, 24);

async fn compte(a: &Appareil, identifiant: &str, agent: Agent) -> Agent {
    let compte = Compte {
        agent: Agent { nom: identifiant.to_owned(), ..agent },
        identifiant: identifiant.to_owned(),
        secret: "$argon2id$…".to_owned(),
        actif: true,
        cree_le: maintenant(),
        echecs: 0,
        dernier_echec: None,
        fin: None,
    };
    let id = a.maison.stockage.creer_compte(&compte).await.unwrap();
    Agent { id, ..compte.agent }
}

async fn consigne(a: &Appareil, qui: &Agent, objet: Value) -> Reponse {
    let Value::Object(objet) = objet else { panic!("un objet") };
    let demande = Demande::de_objet(objet).unwrap();
    consigner(&a.maison, qui, &demande, AUJOURD_HUI, maintenant()).await.unwrap()
}

fn de_ces_jours(suppleant: &Agent, du: Date, au: Date) -> NouvelleSuppleance {
    NouvelleSuppleance { suppleant: suppleant.id, du, au, motif: MotifDeSuppleance::Conges }
}

async fn ce_jour(a: &Appareil, qui: &Agent, jour: Date) -> Agent {
    avec_ceux_qu_elle_supplee(&a.maison.stockage, qui.clone(), jour).await.unwrap()
}

/// Cette personne ouvre le dossier et l'a dans ses listes : les deux, ou ni l'un ni l'autre.
async fn voit(a: &Appareil, qui: &Agent, dossier: &str) -> bool {
    let ouvre = ouvrir(&a.maison, qui, dossier, AUJOURD_HUI, maintenant()).await.is_ok();
    let tous = Filtre { etendue: Etendue::Tous, ..tout(Tri::MiseAJour) };
    let liste = lister(&a.maison, qui, &tous, AUJOURD_HUI).await.unwrap();
    assert_eq!(liste.page.lignes.iter().any(|d| d.reference == dossier), ouvre);
    ouvre
}

/// Un dossier que seule l'absente peut ouvrir, et trois collègues.
struct Bureau {
    dossier: String,
    absente: Agent,
    suppleante: Agent,
    tierce: Agent,
}

async fn bureau(a: &Appareil) -> Bureau {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let absente = compte(a, "absente", central()).await;
    let suppleante = compte(a, "suppleante", central()).await;
    let tierce = compte(a, "tierce", central()).await;
    let restreint = json!({"dossier": dossier, "acte": "acces_restreint", "date": "2026-11-19",
        "motif": "violences", "nommes": ["absente"]});
    let reponse = consigne(a, &absente, restreint).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    Bureau { dossier, absente, suppleante, tierce }
}

async fn une_suppleance_ouvre_ce_qui_n_etait_qu_a_l_absent_du_premier_au_dernier_jour(
    a: Arc<Appareil>,
) {
    let Bureau { dossier, absente, suppleante, tierce } = bureau(&a).await;
    let s = &a.maison.stockage;
    let demain = AUJOURD_HUI.saturating_add(1.day());
    let nouvelle = de_ces_jours(&suppleante, demain, DERNIER);
    decider(s, &absente, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    for (jour, ouvre) in [
        (AUJOURD_HUI, false),
        (demain, true),
        (DERNIER, true),
        (DERNIER.saturating_add(1.day()), false),
    ] {
        assert_eq!(
            voit(&a, &ce_jour(&a, &suppleante, jour).await, &dossier).await,
            ouvre,
            "{jour}"
        );
        assert!(!voit(&a, &ce_jour(&a, &tierce, jour).await, &dossier).await);
        let acces = qui_voit(&a.maison, &absente, &dossier, jour, maintenant()).await.unwrap();
        let dite = acces.voient.iter().any(|v| v.agent.id == suppleante.id);
        assert_eq!(dite, ouvre, "« qui voit ce dossier », le {jour}");
    }

    // Elle ne se chaîne pas : suppléer la suppléante ne donne rien de l'absente.
    let nouvelle = de_ces_jours(&tierce, demain, DERNIER);
    decider(s, &suppleante, suppleante.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    let chainee = ce_jour(&a, &tierce, demain).await;
    assert_eq!(chainee.suppleances.len(), 1);
    assert!(!voit(&a, &chainee, &dossier).await);

    // Le compte de l'absente se ferme : plus personne ne la supplée.
    let preuve = administrateur().tient_le_compte(&absente).unwrap();
    s.fermer_compte(&preuve).await.unwrap();
    assert!(!voit(&a, &ce_jour(&a, &suppleante, demain).await, &dossier).await);
}

async fn ce_qu_une_suppleante_ecrit_est_a_son_nom_pour_l_absente(a: Arc<Appareil>) {
    let Bureau { dossier, absente, suppleante, .. } = bureau(&a).await;
    let s = &a.maison.stockage;
    let ordinaire = a.recoit_une(cdp("R-2").du_menage(2)).await.dossier.unwrap();
    let nouvelle = de_ces_jours(&suppleante, AUJOURD_HUI, DERNIER);
    let id = decider(s, &absente, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    let qui = ce_jour(&a, &suppleante, AUJOURD_HUI).await;
    for (ou, pour) in [(&dossier, Some(absente.id)), (&ordinaire, None)] {
        let contact = json!({"dossier": ou, "acte": "contact", "date": "2026-11-20",
            "mode": "visite", "issue": "joint"});
        assert_eq!(consigne(&a, &qui, contact).await.statut, Statut::Consigne);
        let lu = ouvrir(&a.maison, &qui, ou, AUJOURD_HUI, maintenant()).await.unwrap();
        let dernier = lu.journal.last().unwrap();
        assert_eq!((dernier.agent, dernier.pour), (suppleante.id, pour), "{ou}");
    }

    let Err(etrangere) = finir(s, &caf(), id, AUJOURD_HUI, maintenant()).await else {
        panic!("une autre personne n'y met pas fin")
    };
    assert_eq!(etrangere.nature(), Nature::Introuvable);
    finir(s, &suppleante, id, AUJOURD_HUI, maintenant()).await.unwrap();
    assert!(!voit(&a, &ce_jour(&a, &suppleante, AUJOURD_HUI).await, &dossier).await);
    let encore = finir(s, &absente, id, AUJOURD_HUI, maintenant()).await;
    assert!(encore.unwrap_err().to_string().contains("déjà finie"));
    let toutes = s.suppleances_du_compte(absente.id).await.unwrap();
    assert_eq!(toutes.len(), 1, "une suppléance finie reste écrite");
    assert_eq!(toutes[0].finie_par, Some(suppleante.id));
}

async fn une_suppleante_corrige_ce_que_l_absente_a_ecrit_et_rien_d_autre(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let confie = json!({"dossier": dossier, "acte": "prise_en_charge", "date": "2026-11-10",
        "service": "caf", "issue": "acceptee"});
    assert_eq!(consigne(&a, &central(), confie).await.statut, Statut::Consigne);
    // Le numéro 1 est celui qui a écrit ce qui précède.
    compte(&a, "premier", central()).await;
    let absente = compte(&a, "absente", caf()).await;
    let suppleante = compte(&a, "suppleante", caf()).await;
    let contact = json!({"dossier": dossier, "acte": "contact", "date": "2026-11-12",
        "mode": "visite", "issue": "joint"});
    let ecrit = consigne(&a, &absente, contact).await;
    assert_eq!(ecrit.statut, Statut::Consigne, "{}", ecrit.en_mots());
    let corriger = json!({"dossier": dossier, "acte": "rectification", "date": "2026-11-21",
        "annule": ecrit.id, "motif": "Saisi dans le mauvais dossier."});
    let refus = consigne(&a, &suppleante, corriger.clone()).await;
    assert!(refus.en_mots().contains("écrit par quelqu'un d'autre"), "{}", refus.en_mots());
    let s = &a.maison.stockage;
    let nouvelle = de_ces_jours(&suppleante, AUJOURD_HUI, DERNIER);
    decider(s, &absente, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    let qui = ce_jour(&a, &suppleante, AUJOURD_HUI).await;
    let corrige = consigne(&a, &qui, corriger).await;
    assert_eq!(corrige.statut, Statut::Consigne, "{}", corrige.en_mots());
    let lu = ouvrir(&a.maison, &qui, &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    let dernier = lu.journal.last().unwrap();
    assert_eq!((dernier.agent, dernier.pour), (suppleante.id, Some(absente.id)));
    let premier = &lu.journal[0].id;
    let d_autrui = json!({"dossier": dossier, "acte": "rectification", "date": "2026-11-21",
        "annule": premier, "motif": "Par erreur."});
    let refus = consigne(&a, &qui, d_autrui).await;
    assert!(refus.en_mots().contains("écrit par quelqu'un d'autre"), "{}", refus.en_mots());
}

async fn on_ne_supplee_que_dans_son_organisme_sa_mission_et_son_territoire(a: Arc<Appareil>) {
    let absente = compte(&a, "absente", caf()).await;
    let collegue = compte(&a, "collegue", caf()).await;
    let msa = Agent { service: Some("msa".to_owned()), ..caf() };
    let ailleurs = compte(&a, "ailleurs", msa).await;
    let autre = Agent { organisme: "MSA".to_owned(), ..caf() };
    let autre = compte(&a, "autre", autre).await;
    let mission = Agent { role: Role::ServiceSocial, ..caf() };
    let mission = compte(&a, "mission", mission).await;
    let s = &a.maison.stockage;
    let essai = async |qui: &Agent, suppleant: &Agent, du: Date, au: Date| {
        let nouvelle = de_ces_jours(suppleant, du, au);
        decider(s, qui, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await
    };
    for (suppleant, dit) in [
        (&absente, "ne se supplée pas elle-même"),
        (&ailleurs, "le même territoire"),
        (&autre, "n'est pas de votre organisme"),
        (&mission, "la même mission"),
    ] {
        let refus = essai(&absente, suppleant, AUJOURD_HUI, DERNIER).await.unwrap_err();
        assert!(refus.to_string().contains(dit), "{dit} : {refus}");
    }
    let hier = AUJOURD_HUI.saturating_sub(1.day());
    for (du, au, dit) in [
        (DERNIER, AUJOURD_HUI, "avant le premier"),
        (hier, DERNIER, "ne vaut pas en arrière"),
        (AUJOURD_HUI, AUJOURD_HUI.saturating_add(7.months()), "6 mois au plus"),
    ] {
        let refus = essai(&absente, &collegue, du, au).await.unwrap_err();
        assert!(refus.to_string().contains(dit), "{dit} : {refus}");
    }
    // Un collègue ne décide pas pour un autre ; la personne responsable et l'administration, si.
    for qui in [&collegue, &autre] {
        let refus = essai(qui, &collegue, AUJOURD_HUI, DERNIER).await.unwrap_err();
        assert_eq!(refus.nature(), Nature::Introuvable);
        assert!(lire(s, qui, absente.id, AUJOURD_HUI).await.is_err());
    }
    let responsable = compte(&a, "chef", Agent { responsable: true, ..caf() }).await;
    essai(&responsable, &collegue, AUJOURD_HUI, DERNIER).await.unwrap();
    let deux_fois = essai(&administrateur(), &collegue, DERNIER, DERNIER).await.unwrap_err();
    assert!(deux_fois.to_string().contains("supplée déjà"), "{deux_fois}");
    let lues = lire(s, &administrateur(), absente.id, AUJOURD_HUI).await.unwrap();
    let noms: Vec<&str> = lues.candidats.iter().map(|c| c.nom.as_str()).collect();
    assert_eq!(noms, ["chef", "collegue"]);
    assert_eq!(lues.suppleances[0].suppleant, "collegue");
}

async fn le_resume_et_les_notifications_de_l_absente_vont_aussi_a_qui_la_supplee(a: Arc<Appareil>) {
    let Bureau { dossier, absente, suppleante, tierce } = bureau(&a).await;
    let s = &a.maison.stockage;
    regler(&a.maison, &absente, "absente@exemple.fr", true).await.unwrap();
    s.garder_courriel(suppleante.id, "suppleante@exemple.fr").await.unwrap();
    let moment =
        Moment { jour: AUJOURD_HUI, instant: maintenant(), fuseau: jiff::tz::TimeZone::UTC };
    let nouvelle = de_ces_jours(&suppleante, AUJOURD_HUI, DERNIER);
    decider(s, &absente, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    let alerte = json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-18",
        "code": "porte_close", "destinataires": ["secretariat"], "contenu": "Trois visites."});
    let reponse = consigne(&a, &absente, alerte).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    let a_lire = async |qui: &Agent| {
        let qui = ce_jour(&a, qui, AUJOURD_HUI).await;
        let groupes = notifications(&a.maison, &qui, &moment).await.unwrap();
        groupes.iter().any(|groupe| groupe.dossier.reference == dossier)
    };
    assert!(a_lire(&suppleante).await);
    assert!(!a_lire(&tierce).await);
    preparer_les_resumes(&a.maison, "62", &moment, "https://seuil.exemple").await.unwrap();
    let departs = s.departs(stockage::depart::EtatDeDepart::EnAttente, 50).await.unwrap();
    let sien = departs.iter().find(|d| d.a == "suppleante@exemple.fr").unwrap();
    assert!(
        sien.corps.contains("Vous suppléez absente jusqu'au 24 novembre 2026"),
        "{}",
        sien.corps
    );
}

async fn le_registre_dit_au_nom_de_qui_une_suppleante_a_lu(a: Arc<Appareil>) {
    let Bureau { absente, suppleante, .. } = bureau(&a).await;
    let s = &a.maison.stockage;
    let nouvelle = de_ces_jours(&suppleante, AUJOURD_HUI, DERNIER);
    decider(s, &absente, absente.id, nouvelle, AUJOURD_HUI, maintenant()).await.unwrap();
    let qui = ce_jour(&a, &suppleante, AUJOURD_HUI).await;
    let auteur = stockage::acces::Auteur::de(&qui);
    assert_eq!(auteur.agent, suppleante.id);
    assert_eq!(auteur.motif, format!("supplée le compte n° {}", absente.id));
    assert_eq!(stockage::acces::Auteur::de(&absente).motif, "");
    assert_ne!(absente.id, AgentId(0));
}

sur_les_deux_moteurs!(
    une_suppleance_ouvre_ce_qui_n_etait_qu_a_l_absent_du_premier_au_dernier_jour,
    ce_qu_une_suppleante_ecrit_est_a_son_nom_pour_l_absente,
    une_suppleante_corrige_ce_que_l_absente_a_ecrit_et_rien_d_autre,
    on_ne_supplee_que_dans_son_organisme_sa_mission_et_son_territoire,
    le_resume_et_les_notifications_de_l_absente_vont_aussi_a_qui_la_supplee,
    le_registre_dit_au_nom_de_qui_une_suppleante_a_lu,
);
