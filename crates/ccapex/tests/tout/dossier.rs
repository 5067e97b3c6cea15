//! Étant donné ces faits, quand on relit le journal, alors le dossier en est là.

use std::collections::BTreeSet;

use ccapex::acte::lire::lire;
use ccapex::acte::{Consigne, Quoi};
use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Complement, Courrier, Geste, NoticeRecue, Rapprochement, Rectification};
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::{BailleurType, Contenu, Nature};
use ccapex::procedure::lettres::lettres;
use ccapex::procedure::situation::{Situation, situation};
use ccapex::profil::Profil;
use ccapex::signalement::examen::{Contexte, examiner};
use droit::montant::Montant;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::continuite::faits;

const RECU: Date = date(2026, 10, 5);

pub(crate) fn profil() -> Profil {
    Profil::integre("62").expect("le 62")
}

/// Le commandement d'une famille d'Arras : 1 300 € de dette pour 600 € de loyer.
pub(crate) fn commandement() -> Contenu {
    Contenu {
        date: Some(date(2026, 10, 1)),
        bailleur_type: BailleurType::PersonnePhysique,
        commune: Some("62041".to_owned()),
        date_bail: Some(date(2024, 1, 15)),
        loyer_hors_charges: Some(Montant::euros(600)),
        montant_dette: Some(Montant::euros(1_300)),
        impaye_depuis: Some(date(2026, 9, 1)),
        aide_logement: Some(true),
        nombre_enfants: Some(2),
        ..Contenu::default()
    }
}

/// La notice reçue ce jour-là, jugée par l'examen, avec ses lettres.
pub(crate) fn recue(id: i64, nature: Nature, contenu: Contenu, recue_le: Date) -> NoticeRecue {
    let examen = examiner(nature, &contenu, true, &profil(), recue_le, Contexte::default());
    NoticeRecue {
        notice: NoticeId(id),
        coffre: None,
        nature: Some(nature),
        ouvre: None,
        recue_le,
        emetteur: "selarl lecocq".to_owned(),
        reference: Some("2026-1".to_owned()),
        statut: examen.statut,
        motif: examen.motif.map(str::to_owned),
        corrige: None,
        courriers: lettres(nature, &examen, &profil()).into_iter().map(str::to_owned).collect(),
        jointe_car: vec![],
        contenu,
    }
}

fn notice(id: i64, nature: Nature, contenu: Contenu) -> Acte {
    Acte::NoticeRecue(Box::new(recue(id, nature, contenu, RECU)))
}

fn cdp() -> Acte {
    notice(1, Nature::Cdp, commandement())
}

fn envoi(modele: &str, etape: &str) -> Acte {
    Acte::Courrier(Courrier {
        modele: modele.to_owned(),
        notice: NoticeId(1),
        etape: etape.to_owned(),
        le: date(2026, 10, 7),
    })
}

/// Un acte consigné le jour même.
pub(crate) fn fait(nom: &str, le: Date, champs: Value) -> Acte {
    let champs = champs.as_object().expect("un objet");
    let quoi = lire(nom, champs).unwrap_or_else(|refus| panic!("{nom} : {refus:?}")).quoi;
    Acte::Consigne(Box::new(Consigne { date: le, consigne_le: le, coffre: None, quoi }))
}

fn prise(service: &str, issue: &str) -> Acte {
    fait("prise_en_charge", date(2026, 10, 8), json!({"service": service, "issue": issue}))
}

fn geste(geste: Geste) -> Acte {
    Acte::Rapprochement(Rapprochement {
        geste,
        autre: DossierId(7),
        le: RECU,
        motifs: vec![],
        identite: None,
    })
}

fn annule(rang: i64) -> Acte {
    Acte::Rectification(Rectification {
        annule: rang,
        le: RECU,
        motif: "erreur".to_owned(),
        coffre: None,
    })
}

fn solde(euros: i64) -> Acte {
    let (le, montant) = (date(2026, 10, 20), Montant::euros(euros));
    let quoi = Quoi::Dette { montant };
    Acte::Consigne(Box::new(Consigne { date: le, consigne_le: le, coffre: None, quoi }))
}

fn relu(actes: &[Acte]) -> (Dossier, Situation) {
    let dossier = Dossier::relire(&faits(actes.iter().cloned()));
    let situation = situation(&dossier, &profil(), date(2026, 10, 21));
    (dossier, situation)
}

#[test]
fn une_correction_remplace_la_notice_sa_dette_et_ses_lettres() {
    let corrigee = Contenu {
        date: Some(date(2026, 9, 30)),
        montant_dette: Some(Montant::euros(100)),
        ..commandement()
    };
    let correction =
        NoticeRecue { corrige: Some(NoticeId(1)), ..recue(2, Nature::Cdp, corrigee, RECU) };
    let (dossier, situation) = relu(&[cdp(), Acte::NoticeRecue(Box::new(correction))]);
    assert_eq!(dossier.notices.len(), 2, "l'ancienne reste lisible");
    assert_eq!(dossier.en_vigueur().map(|n| n.notice).collect::<Vec<_>>(), [NoticeId(2)]);
    assert_eq!(
        dossier.dette,
        Some((date(2026, 9, 30), Montant::euros(100))),
        "et non celle, plus tardive, de l'erreur"
    );
    assert_eq!(
        (situation.statut.code(), situation.service.as_str()),
        ("non_eligible", "secretariat")
    );
    assert!(
        dossier.lettres.iter().all(|((de, _), l)| (de.0 == 1) == (l.etape == "annule")),
        "{:?}",
        dossier.lettres
    );
}

#[test]
fn une_lettre_deja_partie_ne_s_annule_pas() {
    let correction =
        NoticeRecue { corrige: Some(NoticeId(1)), ..recue(2, Nature::Cdp, commandement(), RECU) };
    let (dossier, _) = relu(&[
        cdp(),
        envoi("intervention_maire", "envoye"),
        Acte::NoticeRecue(Box::new(correction)),
    ]);
    let partie = &dossier.lettres[&(NoticeId(1), "intervention_maire".to_owned())];
    assert_eq!(partie.etape, "envoye");
}

#[test]
fn un_complement_reprend_le_traitement() {
    let incomplete = Contenu { montant_dette: None, ..commandement() };
    let (_, avant) = relu(&[notice(1, Nature::Cdp, incomplete.clone())]);
    assert_eq!((avant.file, avant.service.as_str()), ("a_completer", "secretariat"));
    let apres = recue(1, Nature::Cdp, commandement(), RECU);
    let complement = Acte::Complement(Box::new(Complement {
        notice: NoticeId(1),
        recu_le: date(2026, 10, 9),
        champs: vec!["montant_dette".to_owned()],
        coffre: None,
        contenu: apres.contenu,
        statut: apres.statut,
        motif: apres.motif,
        courriers: apres.courriers,
    }));
    let (dossier, situation) = relu(&[notice(1, Nature::Cdp, incomplete), complement]);
    assert_eq!(
        (situation.file, situation.service.as_str(), situation.statut.code()),
        ("suivi", "caf", "eligible")
    );
    assert_eq!(dossier.lettres[&(NoticeId(1), "demande_complement".to_owned())].etape, "annule");
    assert_eq!(dossier.lettres_a_envoyer(), 4);
    assert_eq!(dossier.notices[0].jugee_le, date(2026, 10, 9));
}

#[test]
fn joindre_et_separer_se_defont_l_un_l_autre() {
    let autre = BTreeSet::from([DossierId(7)]);
    let (dossier, _) = relu(&[cdp(), geste(Geste::Demande)]);
    assert_eq!(dossier.questions, autre);
    let (dossier, _) = relu(&[cdp(), geste(Geste::Demande), geste(Geste::Joint)]);
    assert_eq!((dossier.joints, dossier.questions.len()), (autre.clone(), 0));
    let (dossier, _) = relu(&[cdp(), geste(Geste::Joint), geste(Geste::Separe)]);
    assert_eq!((dossier.joints.len(), dossier.separes), (0, autre.clone()));
    let (dossier, _) = relu(&[cdp(), geste(Geste::Separe), geste(Geste::Joint)]);
    assert_eq!((dossier.joints, dossier.separes.len()), (autre, 0));
    let (dossier, situation) = relu(&[cdp(), geste(Geste::JointA)]);
    assert_eq!(
        (dossier.joint_a, situation.stade, situation.file),
        (Some(DossierId(7)), "joint", "joint")
    );
    let (dossier, situation) = relu(&[cdp(), geste(Geste::JointA), geste(Geste::Separe)]);
    assert_eq!((dossier.joint_a, situation.stade), (None, "cdp_signifie"));
}

#[test]
fn un_fait_rectifie_ne_compte_plus_sauf_si_la_rectification_l_est_aussi() {
    let (dossier, _) = relu(&[cdp(), solde(0), annule(2)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 1), Montant::euros(1_300))));
    let (dossier, _) = relu(&[cdp(), solde(0), annule(2), annule(3)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 20), Montant::euros(0))));
}

#[test]
fn une_date_a_venir_ne_cache_pas_le_solde() {
    let a_venir = Contenu { date: Some(date(2099, 1, 5)), ..commandement() };
    let (dossier, _) = relu(&[notice(1, Nature::Cdp, a_venir), solde(0)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 20), Montant::euros(0))));
}

#[test]
fn une_personne_confie_le_menage_et_un_refus_le_rend() {
    #[rustfmt::skip]
    let cas = [
        // à qui   réponse     service en charge
        ("msa",    "proposee", "msa"),
        ("msa",    "acceptee", "msa"),
        ("msa",    "refusee",  "caf"),
        ("msa",    "terminee", "caf"),
        ("caf",    "refusee",  "secretariat"),
        ("caf",    "terminee", "secretariat"),
    ];
    for (a_qui, issue, service) in cas {
        let (_, situation) = relu(&[cdp(), prise(a_qui, issue)]);
        assert_eq!(situation.service, service, "{a_qui} {issue}");
    }
}
