//! Les comptes à revoir : chaque raison à son jour, et ce qu'une revue fait taire.

use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use stockage::cle_api::{CleApi, PorteeDeCle};
use stockage::compte::Compte;
use stockage::geste::Geste;
use stockage::suppleance::{MotifDeSuppleance, Suppleance};
use usages::compte::regles::{Regles, SecondFacteur};
use usages::compte::revue::{Raison, Regard, a_revoir, confirmer, mettre_fin};

use crate::appareil::{AUJOURD_HUI, Appareil, administrateur, caf, central, maintenant};

fn il_y_a(jours: i64) -> Timestamp {
    maintenant() - SignedDuration::from_hours(24 * jours)
}

/// Un compte ouvert il y a tant de jours, où l'on est entré il y a tant de jours, qui finit ce jour-là.
async fn compte(
    a: &Appareil,
    identifiant: &str,
    agent: Agent,
    ouvert: i64,
    entre: Option<i64>,
    fin: Option<Date>,
) -> AgentId {
    let compte = Compte {
        agent,
        identifiant: identifiant.to_owned(),
        secret: "$argon2id$…".to_owned(),
        actif: true,
        cree_le: il_y_a(ouvert),
        echecs: 0,
        dernier_echec: None,
        fin,
    };
    let id = a.maison.stockage.creer_compte(&compte).await.unwrap();
    if let Some(jours) = entre {
        let entree = a.maison.stockage.noter_geste(id, Geste::Connexion, id, "", il_y_a(jours));
        entree.await.unwrap();
    }
    id
}

async fn raisons(a: &Appareil, qui: &Agent, jour: Date) -> Vec<(String, Vec<Raison>)> {
    let regles = Regles {
        second_facteur: SecondFacteur::Exige,
        ..Regles::au_choix(SignedDuration::from_mins(30))
    };
    let regard = Regard { jour, instant: maintenant(), fuseau: &TimeZone::UTC };
    let lus = a_revoir(&a.maison, &regles, qui, regard).await.unwrap();
    let mut lus: Vec<_> = lus.into_iter().map(|c| (c.compte.identifiant, c.raisons)).collect();
    lus.sort();
    lus
}

async fn un_compte_se_revoit_a_son_jour_et_pour_une_raison_dite(a: Arc<Appareil>) {
    let s = &a.maison.stockage;
    compte(&a, "a-recent", caf(), 14, None, None).await;
    compte(&a, "b-jamais", caf(), 15, None, None).await;
    compte(&a, "c-entre", caf(), 100, Some(89), None).await;
    compte(&a, "d-inactif", caf(), 100, Some(90), None).await;
    compte(&a, "e-loin", caf(), 1, None, Some(date(2026, 12, 22))).await;
    compte(&a, "f-proche", caf(), 1, None, Some(date(2026, 12, 21))).await;
    compte(&a, "g-fini", caf(), 1, None, Some(date(2026, 11, 20))).await;
    compte(&a, "h-faible", central(), 1, Some(0), None).await;
    let perdu = Agent { service: Some("disparu".to_owned()), ..caf() };
    compte(&a, "i-perdu", perdu, 1, Some(0), None).await;
    let logiciel = compte(&a, "j-cle", caf(), 120, Some(0), None).await;
    let cle = CleApi {
        id: 0,
        compte: logiciel,
        nom: "Logiciel".to_owned(),
        empreinte: "e".to_owned(),
        indice: "abcd".to_owned(),
        portee: PorteeDeCle::Lecture,
        cree_le: il_y_a(95),
        cree_par: AgentId(0),
        expire_le: il_y_a(-100),
        vue_le: None,
        revoquee_le: None,
    };
    s.creer_cle_api(&administrateur().peut_administrer().unwrap(), &cle).await.unwrap();
    let absente = compte(&a, "k-absente", caf(), 100, Some(20), None).await;
    let au = AUJOURD_HUI.saturating_sub(3.days());
    let suppleance = Suppleance {
        id: 0,
        absent: absente,
        suppleant: logiciel,
        du: AUJOURD_HUI.saturating_sub(15.days()),
        au,
        motif: MotifDeSuppleance::Conges,
        par: absente,
        cree_le: il_y_a(16),
        finie_le: None,
        finie_par: None,
    };
    let soi = Agent { id: absente, ..caf() };
    s.inscrire_suppleance(&soi.designe_pour(&soi).unwrap(), &suppleance).await.unwrap();
    compte(&a, "l-ancien", caf(), 200, Some(0), None).await;
    let attendues = [
        ("b-jamais", Raison::JamaisVenu(date(2026, 11, 6))),
        ("d-inactif", Raison::Inactif(date(2026, 8, 23))),
        ("f-proche", Raison::FinProche(date(2026, 12, 21))),
        ("g-fini", Raison::Fini(date(2026, 11, 20))),
        ("h-faible", Raison::SansSecondFacteur),
        ("i-perdu", Raison::SansOrganisme),
        ("j-cle", Raison::CleInutile("Logiciel".to_owned(), date(2026, 8, 18))),
        ("k-absente", Raison::SuppleanceFinie(au)),
        ("l-ancien", Raison::RevueAttendue(date(2026, 11, 5))),
    ];
    let attendues: Vec<(String, Vec<Raison>)> =
        attendues.into_iter().map(|(qui, r)| (qui.to_owned(), vec![r])).collect();
    assert_eq!(raisons(&a, &administrateur(), AUJOURD_HUI).await, attendues);

    // La personne responsable de la Caf voit ceux de la Caf, et eux seuls.
    let chef = Agent { id: AgentId(99), responsable: true, ..caf() };
    let siens = raisons(&a, &chef, AUJOURD_HUI).await;
    assert_eq!(siens.len(), attendues.len() - 1);
    assert!(siens.iter().all(|(qui, _)| qui != "h-faible"));
}

async fn une_revue_fait_taire_les_raisons_d_avant_et_aucune_de_celles_d_apres(a: Arc<Appareil>) {
    let (admin, jour) = (administrateur(), AUJOURD_HUI);
    let oublie = compte(&a, "oublie", caf(), 40, None, None).await;
    let stagiaire = compte(&a, "stagiaire", caf(), 1, Some(0), Some(date(2027, 1, 10))).await;
    for id in [oublie, stagiaire] {
        let revoir = confirmer(&a.maison, &admin, id, jour, maintenant()).await.unwrap();
        assert_eq!(revoir, date(2027, 5, 21));
    }
    assert!(raisons(&a, &admin, jour).await.is_empty());
    let ensuite = raisons(&a, &admin, date(2026, 12, 11)).await;
    assert_eq!(ensuite, [("stagiaire".to_owned(), vec![Raison::FinProche(date(2027, 1, 10))])]);
    let revenu = raisons(&a, &admin, date(2027, 5, 21)).await;
    assert_eq!(
        revenu[0],
        (
            "oublie".to_owned(),
            vec![Raison::JamaisVenu(date(2026, 10, 12)), Raison::RevueAttendue(date(2027, 5, 21))]
        )
    );
    mettre_fin(&a.maison, &admin, oublie, jour, maintenant()).await.unwrap();
    assert!(!a.maison.stockage.compte(oublie).await.unwrap().actif);
    let chef = Agent { id: AgentId(99), responsable: true, organisme: "MSA".to_owned(), ..caf() };
    assert!(mettre_fin(&a.maison, &chef, stagiaire, jour, maintenant()).await.is_err());
    assert!(confirmer(&a.maison, &caf(), stagiaire, jour, maintenant()).await.is_err());
    assert!(a.maison.stockage.compte(stagiaire).await.unwrap().actif);
}

sur_les_deux_moteurs!(
    un_compte_se_revoit_a_son_jour_et_pour_une_raison_dite,
    une_revue_fait_taire_les_raisons_d_avant_et_aucune_de_celles_d_apres,
);
