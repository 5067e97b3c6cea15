//! Les lettres : lesquelles, à qui, dans quel état, et lues par qui.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::Statut;
use stockage::courrier::EtatDeCourrier;
use stockage::depart::EtatDeDepart;
use usages::courriers::annuler::{Annulation, annuler};
use usages::courriers::file::{boite_de_depart, file};
use usages::courriers::pdf::{courriel, liasse, pdf};
use usages::courriers::suivre::{changer_l_etat, envoyer_par_courriel, relancer};
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::echec::Nature;

use crate::appareil::{AUJOURD_HUI, Appareil, central, etude, maintenant, sous_commission};
use crate::notices::{Ligne, assignation, cdp};

async fn ouvert(a: &Appareil, agent: &Agent, reference: &str) -> DossierOuvert {
    ouvrir(&a.maison, agent, reference, AUJOURD_HUI, maintenant()).await.unwrap()
}

async fn note(a: &Appareil, courriers: &[i64], etat: EtatDeCourrier) {
    changer_l_etat(&a.maison, &central(), courriers, etat, AUJOURD_HUI, maintenant())
        .await
        .unwrap();
}

/// Le numéro de la lettre de ce modèle, dans ce dossier.
async fn lettre(a: &Appareil, reference: &str, modele: &str) -> i64 {
    let ouvert = ouvert(a, &central(), reference).await;
    ouvert.courriers.iter().find(|c| c.modele == modele).unwrap_or_else(|| panic!("{modele}")).id
}

fn non_eligible(reference: &str) -> Ligne {
    cdp(reference).avec("montant_dette", "600").avec("impaye_depuis", "01/09/2026")
}

const INTERVENTIONS: [&str; 4] =
    ["intervention_bailleur", "intervention_ccas", "intervention_locataire", "intervention_maire"];

async fn chaque_reponse_prepare_ses_lettres(a: Arc<Appareil>) {
    #[rustfmt::skip]
    let cas: [(&str, Ligne, Statut, &[&str]); 6] = [
        ("éligible",               cdp("R-1"),                                                        Statut::Eligible,    &INTERVENTIONS),
        ("non éligible",           non_eligible("R-2").du_menage(1),                                  Statut::NonEligible, &["ineligibilite_commissaire", "sensibilisation_locataire"]),
        ("incomplète",             cdp("R-3").du_menage(2).avec("bailleur_type", "SCI"),              Statut::Incomplet,   &["demande_complement"]),
        ("bailleur social",        cdp("R-4").du_menage(3).avec("bailleur_type", "bailleur_social"),  Statut::HorsChamp,   &["hors_champ_commissaire", "sensibilisation_locataire"]),
        ("acte de plus d'un an",   cdp("R-5").du_menage(4).avec("date_signification", "06/10/2025").avec("impaye_depuis", "05/01/2025"), Statut::Eligible, &[]),
        ("assignation",            assignation("A-1").du_menage(5),                                   Statut::Recu,        &[]),
    ];
    for (libelle, ligne, statut, attendues) in cas {
        let reponse = a.recoit_une(ligne).await;
        assert_eq!(reponse.statut, statut, "{libelle} : {reponse:?}");
        let dossier = ouvert(&a, &central(), &reponse.dossier.unwrap()).await;
        let mut modeles: Vec<&str> = dossier.courriers.iter().map(|c| c.modele.as_str()).collect();
        modeles.sort_unstable();
        assert_eq!(modeles, attendues, "{libelle}");
        for courrier in &dossier.courriers {
            let pdf = pdf(&a.maison, &central(), courrier.id).await.unwrap();
            assert!(pdf.octets.starts_with(b"%PDF-"), "{libelle} : {}", courrier.modele);
            assert!(pdf.nom.contains(&dossier.vue.reference), "{}", pdf.nom);
        }
    }
}

async fn une_liasse_reunit_des_lettres_et_refuse_de_n_en_avoir_aucune(a: Arc<Appareil>) {
    a.recoit("deux.csv", &[cdp("R-1"), cdp("R-2").du_menage(1)]).await;
    let lettres = file(&a.maison, &central(), EtatDeCourrier::Prepare, None, 50).await.unwrap();
    let numeros: Vec<i64> = lettres.iter().map(|l| l.courrier.id).collect();
    assert_eq!(numeros.len(), 8);
    let reunies = liasse(&a.maison, &central(), &numeros).await.unwrap();
    assert!(reunies.octets.starts_with(b"%PDF-"));
    let une = liasse(&a.maison, &central(), &numeros[..1]).await.unwrap();
    assert!(reunies.octets.len() > une.octets.len());
    let vide = liasse(&a.maison, &central(), &[]).await.unwrap_err();
    assert_eq!(vide.nature(), Nature::Refus);
    // La même liasse, les mêmes octets.
    assert_eq!(liasse(&a.maison, &central(), &numeros).await.unwrap().octets, reunies.octets);
}

async fn une_lettre_passe_d_un_etat_a_l_autre_puis_se_relance(a: Arc<Appareil>) {
    let reference = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let bailleur = lettre(&a, &reference, "intervention_bailleur").await;
    let trop_tot =
        relancer(&a.maison, &central(), bailleur, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(trop_tot.nature(), Nature::Refus);
    note(&a, &[bailleur], EtatDeCourrier::Imprime).await;
    note(&a, &[bailleur], EtatDeCourrier::Envoye).await;
    a.est_ce_que_dit_son_journal().await;
    relancer(&a.maison, &central(), bailleur, AUJOURD_HUI, maintenant()).await.unwrap();
    let relance = lettre(&a, &reference, "relance_bailleur").await;
    assert!(pdf(&a.maison, &central(), relance).await.unwrap().octets.starts_with(b"%PDF-"));
    note(&a, &[bailleur], EtatDeCourrier::Repondu).await;
    let apres =
        relancer(&a.maison, &central(), bailleur, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(apres.nature(), Nature::Refus);
    let dossier = ouvert(&a, &central(), &reference).await;
    let etat =
        |modele: &str| dossier.courriers.iter().find(|c| c.modele == modele).map(|c| c.etat.code());
    assert_eq!(etat("intervention_bailleur"), Some("repondu"));
    assert_eq!(etat("relance_bailleur"), Some("prepare"));
    // Une ligne de journal par changement : notice, imprimée, envoyée, relance, répondue.
    assert_eq!(dossier.journal.len(), 5);
    assert_eq!(dossier.vue.courriers, 4);
}

async fn un_courriel_n_attend_que_pour_qui_a_une_adresse(a: Arc<Appareil>) {
    let lens = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let arras = a.recoit_une(cdp("R-2").du_menage(1).a_arras()).await.dossier.unwrap();
    for (dossier, modele) in [(&lens, "intervention_bailleur"), (&arras, "intervention_maire")] {
        let papier = lettre(&a, dossier, modele).await;
        let refus =
            envoyer_par_courriel(&a.maison, &central(), papier, AUJOURD_HUI, maintenant()).await;
        assert_eq!(refus.unwrap_err().nature(), Nature::Refus, "{modele}");
    }
    let maire = lettre(&a, &lens, "intervention_maire").await;
    envoyer_par_courriel(&a.maison, &central(), maire, AUJOURD_HUI, maintenant()).await.unwrap();
    let departs =
        boite_de_depart(&a.maison, &central(), EtatDeDepart::EnAttente, 50).await.unwrap();
    let [depart] = departs.as_slice() else { panic!("{departs:?}") };
    assert_eq!(depart.a, "logement@lens.invalid");
    for tu in ["2 000", "Lefèvre", "LEFÈVRE", "64, boulevard"] {
        assert!(
            !depart.corps.contains(tu) && !depart.objet.contains(tu),
            "{tu} : {}",
            depart.corps
        );
    }
    let arras = sous_commission("arras");
    assert!(
        boite_de_depart(&a.maison, &arras, EtatDeDepart::EnAttente, 50).await.unwrap().is_empty()
    );
}

async fn un_etat_note_par_erreur_se_defait_et_son_courriel_ne_part_pas(a: Arc<Appareil>) {
    let lens = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let maire = lettre(&a, &lens, "intervention_maire").await;
    envoyer_par_courriel(&a.maison, &central(), maire, AUJOURD_HUI, maintenant()).await.unwrap();
    let defaire = async |agent: &Agent, etat| {
        annuler(&a.maison, agent, &[maire], etat, AUJOURD_HUI, maintenant()).await.unwrap()
    };
    let faite = Annulation { defaites: vec![maire], laissees: vec![] };
    assert_eq!(defaire(&central(), EtatDeCourrier::Envoye).await, faite);
    a.est_ce_que_dit_son_journal().await;
    let attendent = EtatDeDepart::EnAttente;
    assert!(boite_de_depart(&a.maison, &central(), attendent, 9).await.unwrap().is_empty());
    assert!(a.maison.stockage.prendre_depart(maintenant()).await.unwrap().is_none());
    // Défaite, elle n'a plus d'état à défaire, et s'envoie de nouveau.
    assert_eq!(defaire(&central(), EtatDeCourrier::Envoye).await.laissees.len(), 1);
    envoyer_par_courriel(&a.maison, &central(), maire, AUJOURD_HUI, maintenant()).await.unwrap();
    // Un courriel que le programme a pris n'est plus à nous.
    assert!(a.maison.stockage.prendre_depart(maintenant()).await.unwrap().is_some());
    assert_eq!(defaire(&central(), EtatDeCourrier::Envoye).await.laissees.len(), 1);
    let dossier = ouvert(&a, &central(), &lens).await;
    let vue = dossier.courriers.iter().find(|c| c.id == maire).unwrap();
    assert_eq!(vue.etat, EtatDeCourrier::Envoye);
    let hors = sous_commission("arras");
    let refus =
        annuler(&a.maison, &hors, &[maire], EtatDeCourrier::Envoye, AUJOURD_HUI, maintenant())
            .await;
    assert_eq!(refus.unwrap_err().nature(), Nature::Introuvable);
}

async fn une_etude_ne_lit_que_les_reponses_qui_lui_sont_faites(a: Arc<Appareil>) {
    let reference = a.recoit_une(non_eligible("R-1")).await.dossier.unwrap();
    // Une seconde étude signifie au même ménage un acte, à compléter.
    let autre = a
        .recoit_une(
            cdp("S-1")
                .avec("etude", "SCP Hanot Bécu")
                .avec("date_signification", "12/10/2026")
                .avec("bailleur_type", "SCI"),
        )
        .await;
    assert_eq!(autre.dossier.as_deref(), Some(reference.as_str()));
    let refusee = lettre(&a, &reference, "ineligibilite_commissaire").await;
    let question = lettre(&a, &reference, "demande_complement").await;
    let sensibilisation = lettre(&a, &reference, "sensibilisation_locataire").await;
    let (lecocq, hanot) = (etude("SELARL Lecocq"), etude("SCP Hanot-Bécu"));
    for (lectrice, sienne, interdites) in [
        (&lecocq, refusee, [question, sensibilisation]),
        (&hanot, question, [refusee, sensibilisation]),
    ] {
        assert!(pdf(&a.maison, lectrice, sienne).await.is_ok(), "{}", lectrice.organisme);
        for interdite in interdites {
            for echec in [
                pdf(&a.maison, lectrice, interdite).await.unwrap_err(),
                courriel(&a.maison, lectrice, interdite).await.unwrap_err(),
                liasse(&a.maison, lectrice, &[interdite]).await.unwrap_err(),
            ] {
                assert_eq!(echec.nature(), Nature::Introuvable, "{}", lectrice.organisme);
            }
        }
        let vues: Vec<i64> =
            ouvert(&a, lectrice, &reference).await.courriers.iter().map(|c| c.id).collect();
        assert_eq!(vues, [sienne], "{}", lectrice.organisme);
        assert!(
            file(&a.maison, lectrice, EtatDeCourrier::Prepare, None, 50).await.unwrap().is_empty()
        );
    }
}

/// Le texte d'un PDF, lu par un autre programme, sur une ligne.
fn texte(octets: &[u8]) -> String {
    let dossier = epreuves::Dossier::neuf("lettre");
    let chemin = dossier.chemin().join("lettre.pdf");
    std::fs::write(&chemin, octets).unwrap();
    let sortie = std::process::Command::new("pdftotext").arg(&chemin).arg("-").output();
    let sortie = sortie
        .unwrap_or_else(|e| panic!("pdftotext ne se lance pas ({e}) : lancez scripts/essais."));
    let lu = String::from_utf8(sortie.stdout).unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    lu.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ce qu'une lettre tait, par familles.
type Tus = Vec<&'static [&'static str]>;

/// Un ménage dont on sait tout : chaque lettre tait ce que son destinataire n'a pas à savoir.
async fn chaque_lettre_tait_ce_que_son_destinataire_n_a_pas_a_savoir(a: Arc<Appareil>) {
    let tout_dit = |ligne: Ligne| {
        ligne
            .avec("telephone", "06 12 34 56 78")
            .avec("courriel", "anna@exemple.invalid")
            .avec("nombre_enfants", "7")
            .avec("loyer_hors_charges", "512,34")
            .avec("charges", "61,27")
    };
    let eligible = tout_dit(cdp("R-1")).avec("montant_dette", "2345,67");
    let non_eligible = tout_dit(non_eligible("R-2")).du_menage(1).avec("montant_dette", "613,57");
    const PERSONNEL: [&str; 6] =
        ["06 12 34 56 78", "anna@", "enfant", "12/03/1984", "12 mars 1984", "1988"];
    const SOMMES: [&str; 6] = ["2 345", "2345", "512", "61,27", "613,57", "€"];
    const AIDE: [&str; 4] = ["Caf ", "CAF", "allocation", "aide au logement"];
    #[rustfmt::skip]
    let cas: [(&Ligne, &str, &[&str], Tus); 5] = [
        (&eligible,     "intervention_bailleur",     &["LEFÈVRE Anna", "64, boulevard Lemoine", "Franck Wagner"], vec![&PERSONNEL, &AIDE, &["512", "61,27"]]),
        (&eligible,     "intervention_maire",        &["LEFÈVRE Anna", "64, boulevard Lemoine", "Mairie de Lens"], vec![&PERSONNEL, &AIDE, &SOMMES, &["Wagner"]]),
        (&eligible,     "intervention_ccas",         &["LEFÈVRE Anna", "64, boulevard Lemoine", "CCAS de Lens"],   vec![&PERSONNEL, &AIDE, &SOMMES, &["Wagner"]]),
        (&eligible,     "intervention_locataire",    &["LEFÈVRE Anna", "64, boulevard Lemoine"],                   vec![&["06 12 34", "anna@"]]),
        (&non_eligible, "ineligibilite_commissaire", &["SELARL Lecocq", "R-2", "613,57", "512,34"],                vec![&PERSONNEL, &AIDE, &["61,27"]]),
    ];
    for (ligne, modele, dits, tus) in cas {
        let reponse = a.recoit_une(ligne.clone()).await;
        let numero = lettre(&a, &reponse.dossier.unwrap(), modele).await;
        let lettre = texte(&pdf(&a.maison, &central(), numero).await.unwrap().octets);
        let courriel = courriel(&a.maison, &central(), numero).await.unwrap();
        for dit in dits {
            assert!(lettre.contains(dit), "{modele} ne dit pas « {dit} » : {lettre}");
        }
        for tu in tus.into_iter().flatten() {
            assert!(!lettre.contains(tu), "{modele} dit « {tu} » : {lettre}");
            assert!(!courriel.corps.contains(tu), "{modele}, par courriel, dit « {tu} »");
        }
    }
}

sur_les_deux_moteurs!(
    chaque_lettre_tait_ce_que_son_destinataire_n_a_pas_a_savoir,
    chaque_reponse_prepare_ses_lettres,
    une_liasse_reunit_des_lettres_et_refuse_de_n_en_avoir_aucune,
    une_lettre_passe_d_un_etat_a_l_autre_puis_se_relance,
    un_courriel_n_attend_que_pour_qui_a_une_adresse,
    un_etat_note_par_erreur_se_defait_et_son_courriel_ne_part_pas,
    une_etude_ne_lit_que_les_reponses_qui_lui_sont_faites,
);
