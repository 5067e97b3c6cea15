//! Le journal : ce qui est écrit se relit, toujours, et ne nomme personne.

use ccapex::acte::gabarit::{GABARITS, Genre};
use ccapex::acte::lire::lire;
use ccapex::acte::{Consigne, Quoi};
use ccapex::fait::{
    Acte, Complement, Courrier, Geste, NoticeRecue, Rapprochement, Rectification,
    SituationConfirmee,
};
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::{BailleurType, Contenu, Identite, Illisible, Nature, Notice};
use ccapex::signalement::statut::Statut;
use droit::montant::Montant;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Lignes gelées : on en ajoute, on n'en modifie pas.
#[rustfmt::skip]
const GELEES: [(&str, &str); 76] = [
    ("cdp", r#"{"notice":12,"ouvre":"62-2026-000123","recue_le":"2026-11-21","emetteur":"selarl lecocq","reference":"2026-00000","statut":"eligible","motif":"montant","courriers":["intervention_bailleur","intervention_locataire"],"contenu":{"date":"2026-10-01","bailleur_type":"personne_physique","commune":"62041","date_bail":"2024-01-15","loyer_hors_charges":60000,"charges":5000,"montant_dette":130000,"impaye_depuis":"2026-09-01","aide_logement":true,"nombre_adultes":1,"nombre_enfants":2}}"#),
    ("cdp", r#"{"notice":13,"recue_le":"2026-11-21","emetteur":"selarl lecocq","reference":"2026-00000","statut":"incomplet","motif":"date_signification","corrige":12,"jointe_car":["même référence de l'émetteur : c'est une correction"],"contenu":{"commune":"62041","bail_reconduit_le":"2023-01-15","regime":"foyer","occupation":"locataire","illisibles":[{"champ":"date_signification","pourquoi":"ce n'est pas une date"}]}}"#),
    ("assignation", r#"{"notice":14,"coffre":15,"recue_le":"2026-11-21","emetteur":"scp delattre vasseur","statut":"recu","contenu":{"date":"2026-07-18","bailleur_type":"sci_familiale","commune":"62004","date_notification_prefet":"2026-07-18","date_audience":"2026-10-19","motif":"impaye","autres":{"tribunal":"Arras"}}}"#),
    ("saisine_bailleur", r#"{"notice":16,"recue_le":"2026-11-21","emetteur":"office","statut":"recu","contenu":{"date":"2026-11-02","bailleur_type":"bailleur_social","commune":"62041"}}"#),
    ("decision", r#"{"notice":17,"recue_le":"2026-11-21","emetteur":"greffe","statut":"recu","contenu":{"date":"2026-11-02","commune":"62041","autres":{"delais_mois":24,"issue":"delais"}}}"#),
    ("cql", r#"{"notice":18,"recue_le":"2026-11-21","emetteur":"etude","statut":"recu","contenu":{"date":"2026-11-02","commune":"62041"}}"#),
    ("requisition_cfp", r#"{"notice":19,"recue_le":"2026-11-21","emetteur":"etude","statut":"recu","contenu":{"date":"2026-11-02","commune":"62041"}}"#),
    ("signalement_impaye", r#"{"notice":20,"recue_le":"2026-11-21","emetteur":"caf","statut":"recu","contenu":{"date":"2026-11-02","commune":"62041","autres":{"origine":"caf"}}}"#),
    ("alerte", r#"{"notice":21,"recue_le":"2026-11-21","emetteur":"mairie","statut":"hors_champ","motif":"proprietaire_occupant","contenu":{"date":"2026-11-02","commune":"62041","commune_en_doute":"plusieurs","occupation":"proprietaire"}}"#),
    ("complement", r#"{"notice":13,"recu_le":"2026-11-25","champs":["date_signification"],"coffre":22,"contenu":{"date":"2026-10-01","commune":"62041"},"statut":"non_eligible","motif":"seuils_non_atteints","courriers":["ineligibilite_commissaire"]}"#),
    ("rapprochement", r#"{"geste":"demande","autre":4,"le":"2026-11-21","motifs":["même adresse"]}"#),
    ("rapprochement", r#"{"geste":"joint","autre":4,"le":"2026-11-21"}"#),
    ("rapprochement", r#"{"geste":"joint_a","autre":4,"le":"2026-11-21"}"#),
    ("rapprochement", r#"{"geste":"separe","autre":4,"le":"2026-11-21"}"#),
    ("rapprochement", r#"{"geste":"joint","autre":4,"le":"2026-11-21","identite":12}"#),
    ("courrier", r#"{"modele":"intervention_locataire","notice":12,"etape":"envoye","le":"2026-11-23"}"#),
    ("situation_confirmee", r#"{"le":"2026-11-24"}"#),
    ("rectification", r#"{"annule":3,"le":"2026-11-25","motif":"consigné dans le mauvais dossier"}"#),
    ("contact", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","issue":"sans_reponse","mode":"visite"}"#),
    ("parole_menage", r#"{"adhesion":"hesite","coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("prise_en_charge", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","issue":"acceptee","service":"caf"}"#),
    ("prise_en_charge", r#"{"coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","issue":"refusee","service":"caf"}"#),
    ("dispositif", r#"{"code":"fsl","consigne_le":"2026-11-25","date":"2026-11-24","etape":"active"}"#),
    ("mesure_protection", r#"{"coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","nature":"curatelle"}"#),
    ("dette", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","montant":0}"#),
    ("plan_apurement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","echeances":26,"mensualite":5000,"origine":"bailleur"}"#),
    ("echeance_plan", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","issue":"manquee"}"#),
    ("plan_rompu", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("plan_termine", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("pcs", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","duree_mois":24}"#),
    ("pcs_denonce", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("pcs_respecte", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("fsl", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"accord","montant":80000}"#),
    ("surendettement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"suspension_expulsion","jusqu_au":"2028-11-24"}"#),
    ("aide_logement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"suspendue"}"#),
    ("decision_aide", r#"{"coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","issue":"suspension","notifiee_le":"2027-06-01"}"#),
    ("garantie", r#"{"code":"visale","consigne_le":"2026-11-25","date":"2026-11-24","etape":"declaree"}"#),
    ("dsf_demande", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","organisme":"departement"}"#),
    ("dsf_rendez_vous", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","mode":"visite"}"#),
    ("porte_close", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","mode":"visite"}"#),
    ("dsf_redige", r#"{"coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","rubriques":["ressources"]}"#),
    ("dsf_realise", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("dsf_transmis", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","mode":"electronique"}"#),
    ("conge", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","effet_au":"2027-05-31","motif":"vente"}"#),
    ("audience", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","locataire_present":false,"renvoi_au":"2027-01-11"}"#),
    ("signification_jugement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("appel", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("appel", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","issue":"arret_execution"}"#),
    ("decision_jex", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","delai_mois":6}"#),
    ("decision_jex", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","jusqu_au":"2027-05-24"}"#),
    ("desistement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("renonciation", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("tentative_expulsion", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("avis_maire", r#"{"avis":"defavorable","coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("entretien_derniere_chance", r#"{"avis":"absent","consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("renseignement_police", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("enquete_sociale", r#"{"avis":"fait","consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("place_siao", r#"{"avis":"demande","consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("decision_cfp", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","date_effet":"2027-04-01","issue":"accord"}"#),
    ("notification_cfp", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","mode":"courrier"}"#),
    ("expulsion", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","relogement_assure":true,"voie_de_fait":false}"#),
    ("indemnisation", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"demande","montant":450000}"#),
    ("alerte_levee", r#"{"code":"deni","coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","destinataires":["departement"]}"#),
    ("alerte_reponse", r#"{"code":"deni","consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("avis", r#"{"coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","destinataire":"bailleur","seance":"12","secretariat":false}"#),
    ("suite", r#"{"avis":"7","coffre":31,"consigne_le":"2026-11-25","date":"2026-11-24","issue":"non_suivi"}"#),
    ("cas_complexe", r#"{"consigne_le":"2026-11-25","criteres":["troubles"],"date":"2026-11-24","issue":"retenu"}"#),
    ("acces_restreint", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","motif":"violences","nommes":["caf","compte:12"]}"#),
    ("acces_retabli", r#"{"consigne_le":"2026-11-26","date":"2026-11-26"}"#),
    ("dalo", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"prioritaire"}"#),
    ("daho", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","etape":"depose"}"#),
    ("depart", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("nouveau_bail", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","date_bail":"2026-12-01"}"#),
    ("relogement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("hebergement", r#"{"consigne_le":"2026-11-25","date":"2026-11-24"}"#),
    ("issue_menage", r#"{"consigne_le":"2026-11-25","date":"2026-11-24","issue":"relogement"}"#),
];

#[test]
fn les_actes_de_toutes_les_versions_se_relisent() {
    for (nom, ligne) in GELEES {
        let acte =
            Acte::lire(nom, ligne).unwrap_or_else(|illisible| panic!("{ligne} : {illisible}"));
        assert_eq!(acte.nom(), nom, "{ligne}");
        assert_eq!(acte.ecrire(), ligne, "{nom} ne s'écrit plus pareil");
    }
}

#[test]
fn chaque_nature_et_chaque_acte_a_une_ligne_gelee() {
    // Au journal, l'alerte de la charte n'a pas le nom de la notice d'alerte.
    let consignes = GABARITS.iter().map(|g| if g.nom == "alerte" { "alerte_levee" } else { g.nom });
    for nom in Nature::TOUTES.map(Nature::code).into_iter().chain(consignes).chain([
        "complement",
        "rapprochement",
        "courrier",
        "situation_confirmee",
        "rectification",
    ]) {
        assert!(GELEES.iter().any(|(gelee, _)| *gelee == nom), "{nom}");
    }
}

#[test]
fn un_acte_inconnu_ou_tronque_le_dit_et_dit_quoi_faire() {
    for (nom, contenu) in [
        ("expulsion_2031", "{}"),
        ("dette", "{\"date\":\"2026"),
        ("dette", "{}"),
        ("cdp", "{}"),
        ("", ""),
    ] {
        let Err(illisible) = Acte::lire(nom, contenu) else { panic!("{nom} {contenu} se relit") };
        let message = illisible.to_string();
        assert!(
            message.contains(&format!("« {nom} »"))
                && message.contains("Mettez le programme à jour"),
            "{message}"
        );
    }
}

#[test]
fn un_champ_venu_d_une_version_plus_recente_n_empeche_pas_de_relire() {
    let ligne = r#"{"montant":0,"date":"2026-11-24","consigne_le":"2026-11-25","devise":"EUR"}"#;
    assert_eq!(
        Acte::lire("dette", ligne).ok(),
        Some(Acte::Consigne(Box::new(Consigne {
            date: date(2026, 11, 24),
            consigne_le: date(2026, 11, 25),
            coffre: None,
            quoi: Quoi::Dette { montant: Montant::centimes(0) },
        })))
    );
}

/// Un mot qui n'est dans aucune phrase du programme.
const MARQUE: &str = "ZQXJKW";

#[test]
fn le_journal_ne_nomme_jamais_personne() {
    let marque = || MARQUE.to_owned();
    let naissance = date(1987, 6, 5);
    let identite = Identite {
        emetteur: marque(),
        nom: marque(),
        prenom: marque(),
        naissance: Some(naissance),
        telephone: marque(),
        courriel: marque(),
        adresse: marque(),
        code_postal: marque(),
        commune: marque(),
        bailleur_nom: marque(),
        bailleur_adresse: marque(),
        bruts: [(String::from("date_bail"), marque())].into(),
        textes: [(String::from("note"), marque())].into(),
    };
    let notice = Notice {
        nature: Nature::Cdp,
        reference: Some("2026-1".to_owned()),
        emetteur: "etude".to_owned(),
        contenu: Contenu { date: Some(date(2026, 10, 1)), ..Contenu::default() },
        identite,
    };
    // Chaque champ de l'identité porte la marque : un champ ajouté doit l'être ici aussi.
    let coffre = serde_json::to_value(&notice.identite).expect("identité écrite");
    for (champ, valeur) in coffre.as_object().expect("un objet") {
        assert!(
            champ == "naissance" || valeur.to_string().contains(MARQUE),
            "{champ} n'est pas marqué"
        );
    }
    let recue = NoticeRecue {
        notice: NoticeId(1),
        coffre: Some(NoticeId(2)),
        nature: Some(notice.nature),
        ouvre: None,
        recue_le: date(2026, 11, 21),
        emetteur: notice.emetteur.clone(),
        reference: notice.reference.clone(),
        statut: Statut::Eligible,
        motif: None,
        corrige: None,
        courriers: vec![],
        jointe_car: vec![],
        contenu: notice.contenu.clone(),
    };
    let complement = Complement {
        notice: NoticeId(1),
        recu_le: date(2026, 11, 22),
        champs: vec!["locataire_nom".to_owned()],
        coffre: Some(NoticeId(3)),
        contenu: notice.contenu,
        statut: Statut::Eligible,
        motif: None,
        courriers: vec![],
    };
    for acte in [Acte::NoticeRecue(Box::new(recue)), Acte::Complement(Box::new(complement))] {
        let ecrit = acte.ecrire();
        assert!(!ecrit.contains(MARQUE) && !ecrit.contains(&naissance.to_string()), "{ecrit}");
    }
}

pub(crate) fn jours() -> impl Strategy<Value = Date> {
    prop_oneof![
        8 => (0_i64..4_000).prop_map(|jours| date(2016, 1, 1).saturating_add(jours.days())),
        1 => prop::sample::select(vec![date(1900, 1, 1), date(2099, 12, 31), Date::MIN, Date::MAX]),
    ]
}

fn mots(choix: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(choix).prop_map(str::to_owned)
}

fn montants() -> impl Strategy<Value = Montant> {
    prop_oneof![(-1_000_i64..1_000_000), Just(0), Just(i64::MAX), Just(i64::MIN)]
        .prop_map(Montant::centimes)
}

fn contenus() -> impl Strategy<Value = Contenu> {
    let qui = (
        prop::option::of(jours()),
        prop::sample::select(vec![
            BailleurType::PersonnePhysique,
            BailleurType::SciFamiliale,
            BailleurType::PersonneMorale,
            BailleurType::BailleurSocial,
            BailleurType::Ambigu,
            BailleurType::Inconnu,
        ]),
        prop::option::of(mots(&["62041", "62498", "75120", "80021", "67482", "99999", ""])),
        prop::option::of(mots(&["loi_89", "foyer", "sous_location"])),
        prop::option::of(mots(&["locataire", "proprietaire", "sans_titre"])),
        prop::option::of(mots(&["impaye", "troubles", "autre"])),
    );
    let combien = (
        prop::option::of(montants()),
        prop::option::of(montants()),
        prop::option::of(any::<bool>()),
        prop::option::of(0_u16..9),
    );
    let quand = (
        prop::option::of(jours()),
        prop::option::of(jours()),
        prop::option::of(jours()),
        prop::option::of(jours()),
        prop::option::of(jours()),
        any::<bool>(),
    );
    (qui, combien, quand).prop_map(|(qui, combien, quand)| Contenu {
        date: qui.0,
        bailleur_type: qui.1,
        commune: qui.2,
        regime: qui.3,
        occupation: qui.4,
        motif: qui.5,
        loyer_hors_charges: combien.0,
        montant_dette: combien.1,
        aide_logement: combien.2,
        nombre_enfants: combien.3,
        impaye_depuis: quand.0,
        date_bail: quand.1,
        bail_reconduit_le: quand.2,
        date_audience: quand.3,
        date_notification_prefet: quand.4,
        illisibles: if quand.5 {
            vec![Illisible { champ: "date_bail".to_owned(), pourquoi: "illisible".to_owned() }]
        } else {
            vec![]
        },
        ..Contenu::default()
    })
}

fn statuts() -> impl Strategy<Value = Statut> {
    prop::sample::select(Statut::TOUS.to_vec())
}

fn lettres() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        mots(&[
            "intervention_bailleur",
            "intervention_locataire",
            "demande_complement",
            "ineligibilite_commissaire",
        ]),
        0..3,
    )
}

/// Une valeur au hasard pour un champ d'acte, parfois absente quand elle peut l'être.
fn valeur(genre: Genre, hasard: u64, jour: Date) -> Value {
    match genre {
        Genre::Jour => Value::from(jour.to_string()),
        Genre::Montant => Value::from(hasard % 400_000),
        Genre::Nombre { min, max } => {
            let etendue = u64::from(max.min(40) - min) + 1;
            Value::from(u64::from(min) + hasard % etendue)
        }
        Genre::OuiNon => Value::from(hasard.is_multiple_of(2)),
        Genre::Choix(choix) => {
            let rang = usize::try_from(hasard % choix.len() as u64).expect("un rang");
            Value::from(choix[rang].0)
        }
        Genre::Code => Value::from(CODES[usize::try_from(hasard % 7).expect("un rang")]),
        Genre::Codes => Value::from(vec![CODES[usize::try_from(hasard % 7).expect("un rang")]]),
        Genre::Texte => Value::from("une phrase"),
    }
}

/// Des services du profil, d'autres non, des identifiants de faits : les renvois se rencontrent.
const CODES: [&str; 7] = ["caf", "departement", "msa", "bailleur", "fsl", "2", "4"];

/// Un acte du catalogue, n'importe lequel, lu comme d'un formulaire.
pub(crate) fn consignes() -> impl Strategy<Value = Consigne> {
    let hasards = prop::collection::vec((any::<u64>(), any::<bool>(), jours()), 4);
    (prop::sample::select(GABARITS), jours(), jours(), hasards).prop_map(
        |(gabarit, date, consigne_le, hasards)| {
            let champs = gabarit
                .champs
                .iter()
                .zip(&hasards)
                .filter(|(champ, (_, garde, _))| champ.obligatoire || *garde)
                .map(|(champ, (hasard, _, jour))| {
                    (champ.nom.to_owned(), valeur(champ.genre, *hasard, *jour))
                })
                .collect();
            let mut lu = lire(gabarit.nom, &champs);
            if lu.is_err() {
                // Le seul acte qui demande l'un ou l'autre de deux champs facultatifs.
                lu = lire("decision_jex", &Map::from_iter([("delai_mois".to_owned(), 6.into())]));
            }
            let lu = lu.unwrap_or_else(|refus| panic!("{} : {refus:?}", gabarit.nom));
            let coffre = (!lu.textes.is_empty()).then_some(NoticeId(31));
            Consigne { date, consigne_le, coffre, quoi: lu.quoi }
        },
    )
}

/// Un acte au hasard. Peu de notices et de dossiers : les renvois se rencontrent.
pub(crate) fn actes() -> impl Strategy<Value = Acte> {
    let notices = || (1_i64..6).prop_map(NoticeId);
    let dossiers = || (1_i64..4).prop_map(DossierId);
    prop_oneof![
        4 => notices_recues().boxed().prop_map(|recue| Acte::NoticeRecue(Box::new(recue))),
        2 => (notices(), jours(), contenus(), statuts(), lettres()).prop_map(|(notice, recu_le, contenu, statut, courriers)| {
            Acte::Complement(Box::new(Complement {
                notice, recu_le, champs: vec![], coffre: None, contenu, statut, motif: None, courriers,
            }))
        }),
        2 => (
            prop::sample::select(vec![Geste::Demande, Geste::Joint, Geste::JointA, Geste::Separe]), dossiers(), jours(),
        ).prop_map(|(geste, autre, le)| Acte::Rapprochement(Rapprochement { geste, autre, le, motifs: vec![], identite: None })),
        2 => (
            mots(&["intervention_locataire", "demande_complement"]), notices(),
            mots(&["prepare", "envoye", "imprime", "repondu", "retourne", "echec"]), jours(),
        ).prop_map(|(modele, notice, etape, le)| Acte::Courrier(Courrier { modele, notice, etape, le })),
        12 => consignes().boxed().prop_map(|consigne| Acte::Consigne(Box::new(consigne))),
        1 => jours().prop_map(|le| Acte::SituationConfirmee(SituationConfirmee { le })),
        1 => (1_i64..12, jours()).prop_map(|(annule, le)| {
            Acte::Rectification(Rectification { annule, le, motif: "erreur".to_owned(), coffre: None })
        }),
    ]
}

pub(crate) fn notices_recues() -> impl Strategy<Value = NoticeRecue> {
    let qui = (
        (1_i64..6).prop_map(NoticeId),
        prop::sample::select(Nature::TOUTES.to_vec()),
        jours(),
        statuts(),
    );
    let suite = (prop::option::of((1_i64..6).prop_map(NoticeId)), lettres(), contenus());
    (qui, suite).prop_map(|((notice, nature, recue_le, statut), (corrige, courriers, contenu))| {
        NoticeRecue {
            notice,
            coffre: None,
            nature: Some(nature),
            ouvre: None,
            recue_le,
            emetteur: "etude".to_owned(),
            reference: None,
            statut,
            motif: None,
            corrige,
            courriers,
            jointe_car: vec![],
            contenu,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

    #[test]
    fn ce_qui_est_ecrit_se_relit_tel_quel(acte in actes()) {
        let relu = Acte::lire(acte.nom(), &acte.ecrire());
        prop_assert_eq!(relu.ok(), Some(acte));
    }
}
