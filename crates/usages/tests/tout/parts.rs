//! La part d'un organisme : il voit ce qu'on lui envoie, y répond, et ne voit rien d'autre.

use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Portee;
use serde_json::{Value, json};
use stockage::liste::ordre::Tri;
use stockage::liste::{Compte, Etendue};
use tableur::ecriture::Format;
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::coordination::alertes::{Quelles, file, pour_moi};
use usages::dossiers::en_json::en_json;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::echec::Nature;
use usages::formes::Filtre;

use crate::appareil::{AUJOURD_HUI, Appareil, caf, central, exporte, maintenant};
use crate::notices::{assignation, cdp};

fn partenaire(id: i64, role: Role, organisme: &str, communes: &[&str]) -> Agent {
    Agent {
        id: AgentId(id),
        role,
        organisme: organisme.to_owned(),
        communes: communes.iter().map(|c| (*c).to_owned()).collect(),
        ..central()
    }
}

fn ccas(commune: &str) -> Agent {
    partenaire(20, Role::Ccas, "CCAS", &[commune])
}

fn fsl() -> Agent {
    partenaire(21, Role::Fsl, "FSL", &[])
}

fn habitat() -> Agent {
    partenaire(22, Role::BailleurSocial, "Pas-de-Calais habitat", &[])
}

async fn consigne(a: &Appareil, qui: &Agent, objet: Value) -> Reponse {
    let Value::Object(objet) = objet else { panic!("un objet") };
    let demande = Demande::de_objet(objet).unwrap();
    consigner(&a.maison, qui, &demande, AUJOURD_HUI, maintenant()).await.unwrap()
}

/// Un dossier de Lens, bailleur social, et une alerte adressée au CCAS, au FSL et au bailleur.
async fn alerte(a: &Appareil) -> String {
    let ligne = cdp("P-1")
        .avec("bailleur_type", "bailleur_social")
        .avec("bailleur_nom", "PAS DE CALAIS HABITAT");
    let dossier = a.recoit_une(ligne).await.dossier.unwrap();
    a.recoit_une(cdp("P-2").du_menage(1).a_arras()).await;
    for objet in [
        json!({"dossier": dossier, "acte": "dette", "date": "2026-11-10", "montant": 412_345}),
        json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-18", "code": "porte_close",
            "destinataires": ["ccas", "fsl", "bailleur"], "contenu": "Trois visites sans réponse."}),
        json!({"dossier": dossier, "acte": "parole_menage", "date": "2026-11-19",
            "parole": "Ne rien dire au bailleur."}),
    ] {
        let reponse = consigne(a, &central(), objet.clone()).await;
        assert_eq!(reponse.statut, Statut::Consigne, "{objet} : {}", reponse.en_mots());
    }
    dossier
}

async fn une_alerte_se_voit_et_se_repond_par_son_destinataire(a: Arc<Appareil>) {
    let dossier = alerte(&a).await;
    for (qui, nom) in [(ccas("62498"), "ccas"), (fsl(), "fsl"), (habitat(), "bailleur")] {
        assert_eq!(pour_moi(&a.maison, &qui).await.unwrap(), Compte::Exact(1), "{nom}");
        let attentes =
            file(&a.maison, &qui, Quelles::PourMoi, None, AUJOURD_HUI).await.unwrap().attentes;
        assert_eq!(attentes.len(), 1, "{nom}");
        assert!(attentes[0].pour_moi && attentes[0].attente.destinataire == nom, "{nom}");
        let reponse = consigne(
            &a,
            &qui,
            json!({"dossier": dossier, "acte": "alerte_reponse", "date": "2026-11-20",
                "code": "porte_close", "destinataires": [nom], "contenu": "Nous passons mardi."}),
        )
        .await;
        assert_eq!(reponse.statut, Statut::Consigne, "{nom} : {}", reponse.en_mots());
        assert_eq!(pour_moi(&a.maison, &qui).await.unwrap(), Compte::Exact(0), "{nom}");
        assert!(
            file(&a.maison, &qui, Quelles::PourMoi, None, AUJOURD_HUI)
                .await
                .unwrap()
                .attentes
                .is_empty()
        );
    }
    // Le CCAS d'une autre commune n'en sait rien.
    let ailleurs = ccas("62041");
    assert_eq!(pour_moi(&a.maison, &ailleurs).await.unwrap(), Compte::Exact(0));
    let refus =
        ouvrir(&a.maison, &ailleurs, &dossier, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::Introuvable);
    a.est_ce_que_dit_son_journal().await;
}

async fn une_part_ne_dit_ni_la_dette_ni_le_stade_ni_ce_que_dit_le_menage(a: Arc<Appareil>) {
    let dossier = alerte(&a).await;
    let tous = Filtre { etendue: Etendue::Tous, ..tout(Tri::MiseAJour) };
    for qui in [ccas("62498"), fsl(), habitat()] {
        let role = qui.role;
        let ouvert = ouvrir(&a.maison, &qui, &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
        assert_eq!(ouvert.portee, Portee::SaPart, "{role:?}");
        assert!(!ouvert.pourquoi.is_empty() && ouvert.attentes.len() == 1, "{role:?}");
        let debogue = format!("{ouvert:?}");
        for cache in ["412345", "Ne rien dire au bailleur", "Franck Wagner", "etape_qui: \"caf\""] {
            assert!(!debogue.contains(cache), "{role:?} lit « {cache} »");
        }
        let ecrit = en_json(&ouvert, AUJOURD_HUI).to_string();
        assert!(ecrit.contains("Trois visites sans réponse."), "{role:?} : {ecrit}");
        for cache in ["412345", "Ne rien dire", "stade", "dette"] {
            assert!(!ecrit.contains(cache), "{role:?} : « {cache} » dans {ecrit}");
        }
        let liste = lister(&a.maison, &qui, &tous, AUJOURD_HUI).await.unwrap().page.lignes;
        assert_eq!(liste.len(), 1, "{role:?}");
        let ligne = &liste[0];
        assert_eq!(
            (ligne.stade.as_str(), ligne.dette, ligne.etape_avant_le, ligne.statut.as_str()),
            ("", None, None, ""),
            "{role:?}"
        );
        // Un filtre sur ce qui est caché ne le fait pas deviner.
        for stade in ["cdp_signifie", "audience"] {
            let filtre = Filtre { stade: vec![stade.to_owned()], ..tous.clone() };
            let liste = lister(&a.maison, &qui, &filtre, AUJOURD_HUI).await.unwrap();
            assert_eq!(liste.page.lignes.len(), 1, "{role:?} {stade}");
        }
        let export = exporte(&a, &qui, &tous, Format::Csv).await;
        assert!(!String::from_utf8(export).unwrap().contains("4123"), "{role:?}");
        for acte in ["decision_cfp", "complement", "issue_menage"] {
            let objet = json!({"dossier": dossier, "acte": acte, "date": "2026-11-20",
                "issue": "accord", "date_bail": "2019-01-01"});
            assert_eq!(consigne(&a, &qui, objet).await.statut, Statut::Refuse, "{role:?} {acte}");
        }
    }
}

async fn la_mission_commence_avec_l_acte_qui_la_demande(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("M-1")).await.dossier.unwrap();
    let greffe = partenaire(30, Role::Greffe, "Greffe de Lens", &[]);
    let prefecture = partenaire(31, Role::ForcePublique, "Sous-préfecture", &[]);
    let mairie = partenaire(32, Role::Mairie, "Mairie", &["62498"]);
    let voit = async |qui: &Agent| {
        let ouvert = ouvrir(&a.maison, qui, &dossier, AUJOURD_HUI, maintenant()).await;
        ouvert.ok().map(|ouvert| ouvert.portee)
    };
    assert_eq!((voit(&greffe).await, voit(&prefecture).await), (None, None));
    assert_eq!(a.recoit_une(assignation("M-2")).await.dossier.as_deref(), Some(dossier.as_str()));
    assert_eq!((voit(&greffe).await, voit(&prefecture).await), (Some(Portee::SaPart), None));
    let audience = json!({"dossier": dossier, "acte": "audience", "date": "2026-11-20",
        "locataire_present": false});
    assert_eq!(consigne(&a, &greffe, audience).await.statut, Statut::Consigne);
    let demande = json!({"dossier": dossier, "acte": "requisition_cfp", "date": "2026-11-20"});
    let reponse = consigne(&a, &central(), demande).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    assert_eq!(voit(&prefecture).await, Some(Portee::Entier));
    assert_eq!(voit(&mairie).await, Some(Portee::SaPart));
    let decision = json!({"dossier": dossier, "acte": "decision_cfp", "date": "2026-11-20",
        "issue": "refus"});
    assert_eq!(consigne(&a, &mairie, decision.clone()).await.statut, Statut::Refuse);
    let reponse = consigne(&a, &prefecture, decision).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    a.est_ce_que_dit_son_journal().await;
}

async fn un_service_qui_n_a_pas_la_charge_voit_son_alerte_et_elle_seule(a: Arc<Appareil>) {
    let ligne = cdp("S-1").avec("aide_logement", "non");
    let reponse = a.recoit_une(ligne).await;
    assert_eq!(reponse.service.as_deref(), Some("departement"));
    let dossier = reponse.dossier.unwrap();
    assert!(ouvrir(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await.is_err());
    let alerte = json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-18",
        "code": "protocole_ou_bail", "destinataires": ["caf"], "contenu": "Protocole signé."});
    assert_eq!(consigne(&a, &central(), alerte).await.statut, Statut::Consigne);
    let ouvert = ouvrir(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(ouvert.portee, Portee::SaPart);
    let attentes =
        file(&a.maison, &caf(), Quelles::PourMoi, None, AUJOURD_HUI).await.unwrap().attentes;
    assert_eq!(attentes.iter().filter(|x| x.pour_moi).count(), 1);
    a.est_ce_que_dit_son_journal().await;
}

sur_les_deux_moteurs!(
    une_alerte_se_voit_et_se_repond_par_son_destinataire,
    une_part_ne_dit_ni_la_dette_ni_le_stade_ni_ce_que_dit_le_menage,
    la_mission_commence_avec_l_acte_qui_la_demande,
    un_service_qui_n_a_pas_la_charge_voit_son_alerte_et_elle_seule,
);
