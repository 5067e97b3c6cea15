//! Une suppléance ne montre que ce que l'une ou l'autre des deux personnes verrait, seule.

use std::collections::BTreeSet;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::{Agent, Role, Supplee};
use ccapex::partenaires::habilitation::Situation;
use ccapex::partenaires::partie::{Parties, Pourquoi};
use jiff::civil::date;
use proptest::prelude::*;

use crate::droits::table::agent;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5_000) })]

    #[test]
    fn une_suppleance_ne_montre_que_ce_que_l_une_ou_l_autre_verrait(
        role in prop::sample::select(Role::TOUS.to_vec()),
        sous_commission in prop::sample::select(vec!["lens", "arras"]),
        service in prop::sample::select(vec!["caf", "departement"]),
        partie in prop::sample::select(vec!["emetteur:organisme exemple", "fsl", "ccas:62498", "greffe", "personne"]),
        nommes in prop::option::of(prop::collection::btree_set(
            prop::sample::select(vec!["compte:7", "compte:8", "compte:9", "secretariat", "caf"]),
            1..4,
        )),
    ) {
        let suppleante = agent(role);
        let absente = Agent { id: AgentId(8), ..agent(role) };
        let parties: Parties = [(partie.to_owned(), BTreeSet::from([Pourquoi::Alerte]))].into();
        let nommes: Option<BTreeSet<String>> =
            nommes.map(|n| n.into_iter().map(str::to_owned).collect());
        let situation = Situation {
            dossier: DossierId(1),
            profil: "62",
            sous_commission,
            service,
            parties: &parties,
            nommes: nommes.as_ref(),
        };
        let supplee = Supplee { id: absente.id, nom: absente.nom.clone(), au: date(2026, 12, 1) };
        let les_deux = Agent { suppleances: vec![supplee], ..suppleante.clone() };
        let seule = suppleante.peut_lire(&situation).is_ok();
        let l_autre = absente.peut_lire(&situation).is_ok();
        prop_assert_eq!(les_deux.peut_lire(&situation).is_ok(), seule || l_autre);
        for acte in ["contact", "alerte", "cdp", "decision_cfp", "acces_restreint"] {
            let ecrit = les_deux.peut_consigner(&situation, acte);
            let permis = suppleante.peut_consigner(&situation, acte).is_ok()
                || absente.peut_consigner(&situation, acte).is_ok();
            prop_assert_eq!(ecrit.is_ok(), permis, "{}", acte);
            if let Ok(ecriture) = ecrit {
                let plume = ecriture.plume();
                prop_assert_eq!(plume.agent, suppleante.id);
                prop_assert_eq!(plume.pour, (!seule).then_some(absente.id));
            }
        }
    }
}

#[test]
fn un_responsable_ne_tient_que_des_comptes_de_son_organisme_sans_un_droit_de_plus() {
    for role in Role::TOUS {
        let chef = Agent { responsable: true, ..agent(role) };
        let siens = chef.role.missions_a_confier();
        for autre in Role::TOUS {
            let collegue = Agent { id: AgentId(8), ..agent(autre) };
            let tient = chef.tient_le_compte(&collegue).is_some();
            let meme_territoire = role == autre || role == Role::SecretariatCentral;
            let permis = role == Role::Administrateur || siens.contains(&autre) && meme_territoire;
            assert_eq!(tient, permis, "{role:?} tient {autre:?}");
            if role != Role::Administrateur {
                let ailleurs = Agent { organisme: "Autre".to_owned(), ..collegue.clone() };
                assert!(chef.tient_le_compte(&ailleurs).is_none(), "{role:?}");
                let autre_profil = Agent { profil: "75".to_owned(), ..collegue.clone() };
                assert!(chef.tient_le_compte(&autre_profil).is_none(), "{role:?}");
                let pair = Agent { responsable: true, ..collegue };
                assert!(chef.tient_le_compte(&pair).is_none(), "{role:?}");
                assert!(chef.tient_le_compte(&chef).is_none(), "{role:?}");
                assert!(agent(role).repond_de_comptes().is_err(), "{role:?}");
            }
        }
        for sensible in [Role::Administrateur, Role::Dpo, Role::Lecteur] {
            assert!(!siens.contains(&sensible), "{role:?}");
        }
    }
}

#[test]
fn un_responsable_borne_a_un_territoire_n_en_confie_pas_un_plus_grand() {
    let greffe = |sous_commission: Option<&str>, id| Agent {
        id: AgentId(id),
        sous_commission: sous_commission.map(str::to_owned),
        ..agent(Role::Greffe)
    };
    let chef = Agent { responsable: true, ..greffe(Some("lens"), 7) };
    assert!(chef.tient_le_compte(&greffe(Some("lens"), 8)).is_some());
    assert!(chef.tient_le_compte(&greffe(None, 8)).is_none(), "tout le profil serait plus");
    assert!(chef.tient_le_compte(&greffe(Some("arras"), 8)).is_none());
    let communes = |codes: &[&str], id| Agent {
        id: AgentId(id),
        communes: codes.iter().map(|c| (*c).to_owned()).collect(),
        ..agent(Role::Ccas)
    };
    let chef = Agent { responsable: true, ..communes(&["62498"], 7) };
    assert!(chef.tient_le_compte(&communes(&["62498"], 8)).is_some());
    assert!(chef.tient_le_compte(&communes(&["62498", "62041"], 8)).is_none());
}
