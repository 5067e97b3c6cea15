//! Qui lit, écrit, dépose et administre.

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::{Portee, Refus, Situation, Vue, liste_des_alertes};
use proptest::prelude::*;

fn agent(role: Role) -> Agent {
    Agent {
        id: AgentId(7),
        nom: "Camille Exemple".to_owned(),
        organisme: "SCP Delattre & Vasseur".to_owned(),
        role,
        profil: "62".to_owned(),
        sous_commission: (role == Role::SecretariatSousCommission).then(|| "lens".to_owned()),
        service: match role {
            Role::ServiceSocial => Some("departement".to_owned()),
            Role::OrganismePayeur => Some("caf".to_owned()),
            Role::Administrateur
            | Role::SecretariatCentral
            | Role::SecretariatSousCommission
            | Role::CommissaireDeJustice
            | Role::Lecteur => None,
        },
    }
}

#[test]
fn chacun_ne_lit_et_n_ecrit_que_dans_son_perimetre() {
    let (sienne, autre) =
        (vec!["scp delattre vasseur".to_owned()], vec!["selarl lecocq".to_owned()]);
    // Un dossier de Lens confié à la Caf et signalé par l'étude ; d'Arras, au Département, par une
    // autre étude ; le même que le premier, mais à Paris.
    let lens = Situation {
        dossier: DossierId(1),
        profil: "62",
        sous_commission: "lens",
        service: "caf",
        emetteurs: &sienne,
        listes: &[],
    };
    let arras = Situation {
        dossier: DossierId(2),
        profil: "62",
        sous_commission: "arras",
        service: "departement",
        emetteurs: &autre,
        listes: &[],
    };
    let paris = Situation { dossier: DossierId(3), profil: "75", ..lens };
    #[rustfmt::skip]
    let cas = [
        // rôle                            Lens      Arras     Paris   (l : lit, e : écrit, s : ses notices seulement)
        (Role::Administrateur,            ["-",      "-",      "-"]),
        (Role::SecretariatCentral,        ["le",     "le",     "-"]),
        (Role::SecretariatSousCommission, ["le",     "-",      "-"]),
        (Role::ServiceSocial,             ["-",      "le",     "-"]),
        (Role::OrganismePayeur,           ["le",     "-",      "-"]),
        (Role::CommissaireDeJustice,      ["s",      "-",      "-"]),
        (Role::Lecteur,                   ["-",      "-",      "-"]),
    ];
    assert_eq!(cas.map(|(role, _)| role), Role::TOUS, "chaque rôle a sa ligne, dans l'ordre");
    for (role, attendus) in cas {
        let agent = agent(role);
        for (situation, attendu) in [lens, arras, paris].iter().zip(attendus) {
            let lecture = agent.peut_lire(situation);
            let lu = match &lecture {
                Ok(lecture) if lecture.portee() == Portee::SesNotices => "s",
                Ok(_) => "l",
                Err(_) => "-",
            };
            let ecrit = agent.peut_ecrire(situation);
            let droits = format!("{lu}{}", if ecrit.is_ok() { "e" } else { "" });
            assert_eq!(droits, attendu, "{role:?}, {situation:?}");
            match ecrit {
                Ok(ecriture) => assert_eq!(
                    (ecriture.dossier(), ecriture.agent()),
                    (situation.dossier, AgentId(7))
                ),
                // Hors du périmètre, le dossier n'existe pas : ce n'est pas « interdit ».
                Err(refus) => assert_eq!(refus == Refus::Introuvable, lecture.is_err(), "{role:?}"),
            }
        }
    }
}

#[test]
fn deposer_et_administrer_sont_des_missions_distinctes() {
    let etude = Some("SCP Delattre & Vasseur");
    #[rustfmt::skip]
    let cas = [
        // rôle                            dépose, et au nom de qui   administre  tient les files
        (Role::Administrateur,            None,                       true,       false),
        (Role::SecretariatCentral,        Some(None),                 false,      true),
        (Role::SecretariatSousCommission, Some(None),                 false,      true),
        (Role::ServiceSocial,             Some(etude),                false,      false),
        (Role::OrganismePayeur,           Some(etude),                false,      false),
        (Role::CommissaireDeJustice,      Some(etude),                false,      false),
        (Role::Lecteur,                   None,                       false,      false),
    ];
    assert_eq!(cas.map(|(role, ..)| role), Role::TOUS);
    for (role, depose, administre, files) in cas {
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
fn qui_est_alerte_repond_sans_lire_le_dossier_d_un_autre() {
    let alertes = [liste_des_alertes("caf")];
    let arras = Situation {
        dossier: DossierId(2),
        profil: "62",
        sous_commission: "arras",
        service: "departement",
        emetteurs: &[],
        listes: &alertes,
    };
    let ailleurs = Situation { profil: "75", ..arras };
    let (caf, departement) = (agent(Role::OrganismePayeur), agent(Role::ServiceSocial));
    assert_eq!(caf.peut_lire(&arras), Err(Refus::Introuvable));
    assert_eq!(caf.peut_ecrire(&arras), Err(Refus::Introuvable));
    let (lecture, _) = caf.peut_repondre(&arras).expect("une alerte l'attend");
    assert_eq!(lecture.portee(), Portee::SesAlertes);
    assert_eq!(caf.peut_repondre(&ailleurs), Err(Refus::Introuvable));
    let calme = Situation { listes: &[], ..arras };
    assert_eq!(caf.peut_repondre(&calme), Err(Refus::Introuvable));
    let (lecture, _) = departement.peut_repondre(&calme).expect("il suit ce ménage");
    assert_eq!(lecture.portee(), Portee::Entier);
    for role in [Role::Administrateur, Role::Lecteur, Role::CommissaireDeJustice] {
        assert!(agent(role).peut_repondre(&arras).is_err(), "{role:?}");
    }
}

#[test]
fn un_compte_sans_territoire_ni_service_ne_voit_rien() {
    let sans_nom = vec![String::new()];
    let vide = Situation {
        dossier: DossierId(1),
        profil: "62",
        sous_commission: "",
        service: "",
        emetteurs: &sans_nom,
        listes: &[],
    };
    for role in [
        Role::SecretariatSousCommission,
        Role::ServiceSocial,
        Role::OrganismePayeur,
        Role::CommissaireDeJustice,
    ] {
        let agent = Agent {
            sous_commission: None,
            service: None,
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
        emetteur in prop::sample::select(vec!["scp delattre vasseur", "selarl lecocq", ""]),
    ) {
        let agent = agent(role);
        let emetteurs = [emetteur.to_owned()];
        let situation = Situation { dossier: DossierId(1), profil, sous_commission, service, emetteurs: &emetteurs, listes: &[] };
        let perimetre = agent.perimetre();
        let dans_ses_listes = perimetre.profil() == profil && match perimetre.vue() {
            Vue::Profil => true,
            Vue::SousCommission(code) => code == sous_commission,
            Vue::Service(code) => code == service,
            Vue::Emetteur(nom) => nom == emetteur,
            Vue::Alerte(_) | Vue::Chiffres => false,
        };
        prop_assert_eq!(agent.peut_lire(&situation).is_ok(), dans_ses_listes);
        prop_assert!(agent.peut_ecrire(&situation).is_err() || agent.peut_lire(&situation).is_ok());
    }
}
