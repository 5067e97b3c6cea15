//! Qui lit, écrit, dépose et administre.

use std::collections::BTreeSet;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::{Portee, Refus, Situation, Vue};
use ccapex::partenaires::partie::{Parties, Pourquoi, ajouter};
use proptest::prelude::*;

use crate::droits::table::{actes, agent, agent as table_agent, cas};

fn parties(nom: &str) -> Parties {
    let mut parties = Parties::new();
    ajouter(&mut parties, format!("emetteur:{nom}"), Pourquoi::AEnvoye);
    parties
}

#[test]
fn on_n_ecrit_que_ce_qu_on_lit() {
    for role in Role::TOUS {
        let agent = agent(role);
        for cas in cas(role) {
            let situation = cas.situation();
            let lecture = agent.peut_lire(&situation);
            let tient = agent.peut_ecrire(&situation);
            assert!(tient.is_err() || lecture.as_ref().is_ok_and(|l| l.portee() == Portee::Entier));
            for (acte, _) in actes() {
                match agent.peut_consigner(&situation, acte) {
                    Ok(ecriture) => {
                        assert!(lecture.is_ok() && role.consigne(acte), "{role:?} {acte}");
                        assert_eq!(
                            (ecriture.dossier(), ecriture.agent()),
                            (situation.dossier, agent.id)
                        );
                    }
                    // Hors du périmètre, le dossier n'existe pas : ce n'est pas « interdit ».
                    Err(refus) => assert_eq!(refus == Refus::Introuvable, lecture.is_err()),
                }
            }
        }
    }
}

#[test]
fn une_part_ne_complete_ni_ne_rapproche_et_le_diagnostic_s_y_ecrit_sur_mandat() {
    let caf = agent(Role::OrganismePayeur);
    let partie = |raison| {
        let mut parties = Parties::new();
        ajouter(&mut parties, "caf", raison);
        parties
    };
    let (alertee, mandatee) = (partie(Pourquoi::Alerte), partie(Pourquoi::Mandat));
    let situation = |parties| Situation {
        dossier: DossierId(1),
        profil: "62",
        sous_commission: "lens",
        service: "departement",
        parties,
        nommes: None,
    };
    assert!(caf.peut_consigner(&situation(&alertee), "alerte_reponse").is_ok());
    assert!(caf.peut_consigner(&situation(&alertee), "complement").is_err());
    assert!(caf.peut_consigner(&situation(&alertee), "dsf_redige").is_err());
    assert!(caf.peut_consigner(&situation(&mandatee), "dsf_redige").is_ok());
    assert!(caf.peut_ecrire(&situation(&mandatee)).is_err());
}

#[test]
fn une_etude_complete_ses_notices_et_nul_autre_organisme_celles_d_autrui() {
    let (sienne, autre) = ("organisme exemple", "scp ailleurs");
    for role in Role::TOUS {
        let agent = agent(role);
        for emetteur in [sienne, autre] {
            let parties = parties(emetteur);
            let ou = |nommes| Situation {
                dossier: DossierId(1),
                profil: "62",
                sous_commission: "lens",
                service: "adil",
                parties: &parties,
                nommes,
            };
            let attendu = role.est_un_secretariat()
                || (role == Role::CommissaireDeJustice && emetteur == sienne);
            let complete = agent.peut_completer(&ou(None), emetteur);
            assert_eq!(complete.is_ok(), attendu, "{role:?} {emetteur} {complete:?}");
            // Restreint à d'autres, le dossier n'existe plus pour elle.
            let a_d_autres = BTreeSet::from(["compte:1".to_owned()]);
            assert!(agent.peut_completer(&ou(Some(&a_d_autres)), emetteur).is_err(), "{role:?}");
        }
    }
}

#[test]
fn deposer_et_administrer_sont_des_missions_distinctes() {
    for role in Role::TOUS {
        let secretariat = role.est_un_secretariat();
        let muet = matches!(
            role,
            Role::Administrateur | Role::Dpo | Role::Lecteur | Role::MembreDeCommission
        );
        let depose = (!muet).then(|| (!secretariat).then_some("Organisme Exemple"));
        let (administre, files) = (role == Role::Administrateur, secretariat);
        let agent = agent(role);
        let depot = agent.peut_deposer();
        assert_eq!(depot.as_ref().ok().map(|d| d.emetteur()), depose, "{role:?}");
        assert_eq!(agent.peut_administrer().is_ok(), administre, "{role:?}");
        assert_eq!(agent.tient_le_secretariat(), files, "{role:?}");
        for refus in [depot.err(), agent.peut_administrer().err()].into_iter().flatten() {
            let message = refus.to_string();
            assert!(message.contains(role.libelle()) && message.contains("Demandez"), "{message}");
        }
    }
}

#[test]
fn un_compte_sans_territoire_ni_service_ne_voit_rien() {
    let parties = parties("");
    let vide = Situation {
        dossier: DossierId(1),
        profil: "62",
        sous_commission: "",
        service: "",
        parties: &parties,
        nommes: None,
    };
    for role in Role::TOUS.into_iter().filter(|role| *role != Role::SecretariatCentral) {
        let agent = Agent {
            sous_commission: None,
            service: None,
            communes: vec![],
            organisme: " ".to_owned(),
            ..agent(role)
        };
        assert_eq!(agent.peut_lire(&vide), Err(Refus::Introuvable), "{role:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5_000) })]

    #[test]
    fn qui_peut_lire_un_dossier_l_a_dans_ses_listes(
        role in prop::sample::select(Role::TOUS.to_vec()),
        profil in prop::sample::select(vec!["62", "75"]),
        sous_commission in prop::sample::select(vec!["lens", "arras", ""]),
        service in prop::sample::select(vec!["caf", "departement", "secretariat", ""]),
        cles in prop::collection::btree_set(
            prop::sample::select(vec![
                "emetteur:organisme exemple", "emetteur:selarl lecocq", "fsl", "siao", "caf", "greffe",
                "ccas:62498", "ccas:62041", "mairie:62498", "bailleur:organisme exemple",
                "force_publique", "police", "commission", "comed", "banque_de_france", "adil",
            ]),
            0..5,
        ),
    ) {
        let agent = agent(role);
        let parties: Parties =
            cles.iter().map(|c| ((*c).to_owned(), BTreeSet::from([Pourquoi::Alerte]))).collect();
        let situation =
            Situation { dossier: DossierId(1), profil, sous_commission, service, parties: &parties, nommes: None };
        let perimetre = agent.perimetre();
        // Ce que le SQL des listes écrit, mot pour mot.
        let ici = perimetre.sous_commission().is_none_or(|code| code == sous_commission);
        let partie = perimetre.parties().iter().any(|cle| parties.contains_key(cle));
        let dans_ses_listes = perimetre.profil() == profil && match perimetre.vue() {
            Vue::Profil => true,
            Vue::SousCommission(code) => code == sous_commission,
            Vue::Service(code) => code == service || partie,
            Vue::Parties => ici && partie,
            Vue::Chiffres => false,
        };
        prop_assert_eq!(agent.peut_lire(&situation).is_ok(), dans_ses_listes);
        let entiers = perimetre.en_entier().portee(&situation);
        prop_assert!(entiers.is_none_or(|portee| portee == Portee::Entier));
    }
}

/// Restreindre retire un dossier à tous, sauf à ceux qu'on nomme, et n'ajoute rien à personne.
#[test]
fn un_acces_restreint_ne_laisse_que_les_personnes_nommees_qui_voyaient_deja_le_dossier() {
    let parties = parties("");
    let agent = |role, id, service: Option<&str>| Agent {
        id: AgentId(id),
        service: service.map(str::to_owned),
        ..table_agent(role)
    };
    let lens = agent(Role::SecretariatSousCommission, 3, None);
    let centrale = agent(Role::SecretariatCentral, 4, None);
    let caf = agent(Role::OrganismePayeur, 5, Some("caf"));
    let msa = agent(Role::OrganismePayeur, 6, Some("msa"));
    let programme = Agent::programme("62");
    #[rustfmt::skip]
    let cas: [(&[&str], [bool; 5]); 6] = [
        // nommés                  lens   centrale caf    msa    programme
        (&["compte:3"],           [true,  false,   false, false, true]),
        (&["secretariat"],        [false, true,    false, false, true]),
        (&["secretariat:lens"],   [true,  false,   false, false, true]),
        (&["caf", "compte:4"],    [false, true,    true,  false, true]),
        (&["compte:6", "msa"],    [false, false,   false, false, true]),
        (&[],                     [false, false,   false, false, true]),
    ];
    for (nommes, attendus) in cas {
        let nommes: BTreeSet<String> = nommes.iter().map(|n| (*n).to_owned()).collect();
        let situation = Situation {
            dossier: DossierId(1),
            profil: "62",
            sous_commission: "lens",
            service: "caf",
            parties: &parties,
            nommes: Some(&nommes),
        };
        let lisent =
            [&lens, &centrale, &caf, &msa, &programme].map(|a| a.peut_lire(&situation).is_ok());
        assert_eq!(lisent, attendus, "{nommes:?}");
    }
}

/// Un accès exceptionnel lève la restriction, et rien d'autre : on lit, on note un contact.
#[test]
fn un_acces_exceptionnel_ne_leve_que_la_restriction() {
    let parties = parties("");
    let nommes = BTreeSet::from(["secretariat".to_owned()]);
    let caf = Agent {
        id: AgentId(5),
        service: Some("caf".to_owned()),
        ..table_agent(Role::OrganismePayeur)
    };
    let restreint = |service| Situation {
        dossier: DossierId(1),
        profil: "62",
        sous_commission: "lens",
        service,
        parties: &parties,
        nommes: Some(&nommes),
    };
    let (ici, ailleurs) = (restreint("caf"), restreint("departement"));
    assert_eq!(caf.peut_lire(&ici), Err(Refus::Introuvable));
    assert!(caf.lirait_par_exception(&ici).is_ok());
    assert_eq!(caf.lirait_par_exception(&ailleurs), Err(Refus::Introuvable));

    let pendant = Agent { exceptions: BTreeSet::from([DossierId(1)]), ..caf.clone() };
    assert!(pendant.peut_lire(&ici).is_ok() && pendant.lit_par_exception(&ici));
    assert_eq!(pendant.peut_lire(&ailleurs), Err(Refus::Introuvable));
    assert_eq!(pendant.peut_ecrire(&ici), Err(Refus::ParException));
    assert_eq!(pendant.peut_consigner(&ici, "dette"), Err(Refus::ParException));
    assert!(pendant.peut_consigner(&ici, "contact").is_ok());
    assert!(pendant.peut_noter_pour_les_siens(&ici).is_ok());
    let ouvert = Situation { nommes: None, ..ici };
    assert!(
        pendant.peut_consigner(&ouvert, "dette").is_ok(),
        "la restriction levée, sa mission revient"
    );
}
