//! Un dossier restreint : absent, et non interdit, pour qui n'est pas nommé ; levé, il revient à chacun.

use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::{Value, json};
use stockage::liste::ordre::Tri;
use stockage::liste::{Compte, Etendue};
use tableur::ecriture::Format;
use usages::accueil::accueil;
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::coordination::alertes::pour_moi;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::echec::Nature;
use usages::formes::Filtre;
use usages::rapprochements::decider::joindre;

use crate::appareil::{AUJOURD_HUI, Appareil, caf, central, exporte, maintenant};
use crate::notices::cdp;

/// Des personnes : le programme, qui a le numéro 0, lit tout.
pub(crate) fn lens() -> Agent {
    Agent {
        id: AgentId(31),
        role: Role::SecretariatSousCommission,
        sous_commission: Some("lens".to_owned()),
        ..central()
    }
}

pub(crate) fn centrale() -> Agent {
    Agent { id: AgentId(32), ..central() }
}

pub(crate) fn service() -> Agent {
    Agent { id: AgentId(33), ..caf() }
}

fn ccas() -> Agent {
    Agent {
        id: AgentId(34),
        role: Role::Ccas,
        organisme: "CCAS de Lens".to_owned(),
        communes: vec!["62498".to_owned()],
        ..central()
    }
}

pub(crate) async fn consigne(a: &Appareil, qui: &Agent, objet: Value) -> Reponse {
    let Value::Object(objet) = objet else { panic!("un objet") };
    let demande = Demande::de_objet(objet).unwrap();
    consigner(&a.maison, qui, &demande, AUJOURD_HUI, maintenant()).await.unwrap()
}

/// Ce qu'une personne sait du dossier : elle l'ouvre, le liste, le compte, l'exporte, en est alertée.
pub(crate) async fn sait(a: &Appareil, qui: &Agent, dossier: &str) -> [bool; 5] {
    let ouvert = ouvrir(&a.maison, qui, dossier, AUJOURD_HUI, maintenant()).await;
    if let Err(refus) = &ouvert {
        assert_eq!(refus.nature(), Nature::Introuvable, "absent, et non interdit");
    }
    let tous = Filtre { etendue: Etendue::Tous, ..tout(Tri::MiseAJour) };
    let liste = lister(&a.maison, qui, &tous, AUJOURD_HUI).await.unwrap();
    let compte = liste.compte != Compte::Exact(0);
    assert_eq!(accueil(&a.maison, qui, AUJOURD_HUI).await.unwrap().ouverts > 0, compte);
    let export = exporte(a, qui, &tous, Format::Csv).await;
    [
        ouvert.is_ok(),
        liste.page.lignes.iter().any(|d| d.reference == dossier),
        compte,
        String::from_utf8_lossy(&export).contains(dossier),
        pour_moi(&a.maison, qui).await.unwrap() != Compte::Exact(0),
    ]
}

pub(crate) const TOUT: [bool; 5] = [true; 5];
pub(crate) const RIEN: [bool; 5] = [false; 5];

async fn un_dossier_restreint_n_existe_que_pour_ceux_qu_il_nomme(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    for objet in [
        json!({"dossier": dossier, "acte": "prise_en_charge", "date": "2026-11-10",
            "service": "caf", "issue": "acceptee"}),
        json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-18", "code": "porte_close",
            "destinataires": ["ccas", "caf"], "contenu": "Trois visites sans réponse."}),
    ] {
        let reponse = consigne(&a, &central(), objet).await;
        assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    }
    assert_eq!(sait(&a, &lens(), &dossier).await, TOUT);
    assert_eq!(sait(&a, &service(), &dossier).await, TOUT);
    assert_eq!(sait(&a, &ccas(), &dossier).await, TOUT);

    let restreint = json!({"dossier": dossier, "acte": "acces_restreint", "date": "2026-11-19",
        "motif": "violences", "nommes": ["secretariat", "caf"], "note": "L'adresse est à taire."});
    let reponse = consigne(&a, &service(), restreint.clone()).await;
    assert!(reponse.en_mots().contains("Demandez à une personne du secrétariat"));
    let reponse = consigne(&a, &lens(), restreint.clone()).await;
    assert!(reponse.en_mots().contains("Vous ne vous nommez pas"), "{}", reponse.en_mots());
    let mut inconnu = restreint.clone();
    inconnu["nommes"] = json!(["secretariat", "personne.connue"]);
    let reponse = consigne(&a, &centrale(), inconnu).await;
    assert!(reponse.en_mots().contains("« personne.connue » n'est ni"), "{}", reponse.en_mots());
    let reponse = consigne(&a, &centrale(), restreint).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());

    assert_eq!(sait(&a, &lens(), &dossier).await, RIEN);
    assert_eq!(sait(&a, &ccas(), &dossier).await, RIEN);
    assert_eq!(sait(&a, &centrale(), &dossier).await, TOUT);
    assert_eq!(sait(&a, &service(), &dossier).await, TOUT);
    a.est_ce_que_dit_son_journal().await;

    let retabli = json!({"dossier": dossier, "acte": "acces_retabli", "date": "2026-11-20"});
    let reponse = consigne(&a, &centrale(), retabli).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    assert_eq!(sait(&a, &lens(), &dossier).await, TOUT);
    assert_eq!(sait(&a, &ccas(), &dossier).await, TOUT);
    a.est_ce_que_dit_son_journal().await;
}

async fn un_menage_suivi_dans_deux_dossiers_est_restreint_des_deux_cotes(a: Arc<Appareil>) {
    let un = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let autre = a.recoit_une(cdp("R-2").du_menage(1)).await.dossier.unwrap();
    let restreindre = async |dossier: &str| {
        let acte = json!({"dossier": dossier, "acte": "acces_restreint", "date": "2026-11-19",
            "motif": "connu_d_un_agent", "nommes": ["secretariat"]});
        consigne(&a, &centrale(), acte).await
    };
    assert_eq!(restreindre(&un).await.statut, Statut::Consigne);
    let joint = joindre(&a.maison, &centrale(), &un, &autre, AUJOURD_HUI, maintenant()).await;
    assert!(joint.unwrap_err().to_string().contains("l'un par l'autre"));
    assert_eq!(
        consigne(
            &a,
            &centrale(),
            json!({"dossier": un, "acte": "acces_retabli", "date": "2026-11-19"})
        )
        .await
        .statut,
        Statut::Consigne
    );
    joindre(&a.maison, &centrale(), &un, &autre, AUJOURD_HUI, maintenant()).await.unwrap();
    let reponse = restreindre(&un).await;
    assert!(reponse.en_mots().contains("l'accès de l'un est celui de l'autre"));
    let reponse = restreindre(&autre).await;
    assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    for dossier in [&un, &autre] {
        assert_eq!(sait(&a, &lens(), dossier).await, RIEN, "{dossier}");
        let lu = ouvrir(&a.maison, &centrale(), dossier, AUJOURD_HUI, maintenant()).await;
        assert!(lu.is_ok(), "{dossier}");
    }
    a.est_ce_que_dit_son_journal().await;
}

sur_les_deux_moteurs!(
    un_dossier_restreint_n_existe_que_pour_ceux_qu_il_nomme,
    un_menage_suivi_dans_deux_dossiers_est_restreint_des_deux_cotes,
);
