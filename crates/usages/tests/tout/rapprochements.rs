//! Les rapprochements : une question, une réponse, et le retour en arrière.

use std::sync::Arc;

use ccapex::signalement::statut::Statut;
use stockage::courrier::EtatDeCourrier;
use usages::courriers::file::file as courriers;
use usages::courriers::suivre::changer_l_etat;
use usages::dossiers::ouvrir::ouvrir;
use usages::echec::Nature;
use usages::rapprochements::decider::{defaire, joindre, joindre_sous, separer};
use usages::rapprochements::detacher::detacher;
use usages::rapprochements::file::file;
use usages::reception::resultat::Reponse;

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant, sous_commission};
use crate::notices::{assignation, cdp};

/// Le même logement et le même nom, mais ni prénom ni date de naissance : une personne doit trancher.
async fn une_question(a: &Appareil) -> (String, String) {
    let connu = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let douteuse: Reponse = a
        .recoit_une(assignation("A-1").sans("locataire_prenom").sans("locataire_date_naissance"))
        .await;
    assert_eq!(douteuse.rapprochement, Some("a_confirmer"), "{douteuse:?}");
    assert_eq!(douteuse.candidats[0].dossier, connu);
    assert!(!douteuse.candidats[0].motifs.is_empty());
    (douteuse.dossier.unwrap(), connu)
}

async fn une_ressemblance_douteuse_pose_une_question_avec_les_deux_fiches(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let questions = file(&a.maison, &central(), 50).await.unwrap();
    let [question] = questions.as_slice() else { panic!("{questions:?}") };
    assert_eq!(question.dossier.vue.reference, neuf);
    assert_eq!(question.dossier.identite.nom, "Lefèvre");
    let (candidat, motifs) = &question.candidats[0];
    assert_eq!(candidat.vue.reference, connu);
    assert_eq!(candidat.identite.prenom, "Anna");
    assert!(!motifs.is_empty());
    assert_eq!(candidat.actes.len(), 1);
}

async fn joindre_puis_separer_redonne_les_vues_d_avant(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let (agent, m) = (central(), &a.maison);
    separer(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    let avant = a.brut().await.textes(VUES).await;
    joindre(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    a.est_ce_que_dit_son_journal().await;
    let accueil = ouvrir(m, &agent, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(accueil.notices.len(), 2);
    assert_eq!(accueil.joints, std::slice::from_ref(&neuf));
    let rejoint = ouvrir(m, &agent, &neuf, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(rejoint.joint_a.as_deref(), Some(connu.as_str()));
    assert!(rejoint.vue.clos_le.is_some());
    separer(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(a.brut().await.textes(VUES).await, avant);
}

async fn defaire_une_reponse_repose_la_question(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let (agent, m) = (central(), &a.maison);
    let avant = a.brut().await.textes(VUES).await;
    let rien = defaire(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(rien.nature(), Nature::Refus);
    for tour in 0..2 {
        if tour == 0 {
            joindre(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
        } else {
            separer(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
        }
        assert!(file(m, &agent, 50).await.unwrap().is_empty());
        // De l'un ou de l'autre, c'est la même réponse.
        let (un, autre) = if tour == 0 { (&connu, &neuf) } else { (&neuf, &connu) };
        defaire(m, &agent, un, autre, AUJOURD_HUI, maintenant()).await.unwrap();
        a.est_ce_que_dit_son_journal().await;
        assert_eq!(a.brut().await.textes(VUES).await, avant, "{tour}");
        assert_eq!(file(m, &agent, 50).await.unwrap().len(), 1, "{tour}");
    }
}

async fn joindre_garde_le_nom_qu_une_personne_choisit(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let (agent, m) = (central(), &a.maison);
    let paire = (neuf.as_str(), connu.as_str());
    let nom = async || ouvrir(m, &agent, &connu, AUJOURD_HUI, maintenant()).await.unwrap().vue.nom;
    let ancien = nom().await;
    for (choix, attendu) in [(None, "LEFÈVRE"), (Some(connu.as_str()), ancien.as_str())] {
        joindre_sous(m, &agent, paire, choix, AUJOURD_HUI, maintenant()).await.unwrap();
        assert_eq!(nom().await, attendu, "{choix:?}");
        a.est_ce_que_dit_son_journal().await;
        defaire(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
        assert_eq!(nom().await, ancien);
    }
}

/// Ce qu'un dossier montre, sans le rang ni l'instant de son dernier fait.
const VUES: &str = "SELECT reference || '|' || service || '|' || stade || '|' || statut || '|' || etape_regle
    || '|' || nom || '|' || mots || '|' || cles || '|' || fiche || '|' || parties || '|' || questions
    || '|' || courriers || '|' || COALESCE(clos_le, '') || '|' || CAST(COALESCE(dette, 0) AS TEXT)
    FROM vue_dossier ORDER BY reference";

async fn separer_clot_la_question_sans_rien_joindre(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    separer(&a.maison, &central(), &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    assert!(file(&a.maison, &central(), 50).await.unwrap().is_empty());
    let ouvert = ouvrir(&a.maison, &central(), &neuf, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(ouvert.questions[0].0.etat.code(), "ecartee");
}

async fn on_ne_joint_ni_a_soi_meme_ni_deux_fois(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let m = &a.maison;
    let refus =
        joindre(m, &central(), &connu, &connu, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::Refus);
    joindre(m, &central(), &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    for (un, autre) in [(&neuf, &connu), (&connu, &neuf)] {
        let refus = joindre(m, &central(), un, autre, AUJOURD_HUI, maintenant()).await.unwrap_err();
        assert_eq!(refus.nature(), Nature::Refus, "{refus}");
    }
}

/// Une notice jointe à tort à la réception retrouve son dossier ; la joindre à nouveau se peut.
async fn une_notice_jointe_a_tort_se_detache_puis_se_rejoint(a: Arc<Appareil>) {
    let (agent, m) = (central(), &a.maison);
    let connu = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let jointe = a.recoit_une(assignation("A-1")).await;
    assert_eq!(
        (jointe.rapprochement, jointe.dossier.as_deref()),
        (Some("certain"), Some(connu.as_str()))
    );
    let ouvert = ouvrir(m, &agent, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    let notice = ouvert.notices[1].notice.notice;

    let neuf = detacher(m, &agent, &connu, notice, AUJOURD_HUI, maintenant()).await.unwrap();
    a.est_ce_que_dit_son_journal().await;
    for (reference, nature) in [(&connu, "cdp"), (&neuf, "assignation")] {
        let ouvert = ouvrir(m, &agent, reference, AUJOURD_HUI, maintenant()).await.unwrap();
        let natures: Vec<_> = ouvert.dossier.en_vigueur().map(|n| n.nature.code()).collect();
        assert_eq!(natures, [nature], "{reference}");
    }
    let refus = detacher(m, &agent, &connu, notice, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::Refus, "{refus}");

    joindre(m, &agent, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    a.est_ce_que_dit_son_journal().await;
    let ouvert = ouvrir(m, &agent, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    assert_eq!(ouvert.notices.len(), 2);
}

/// Ce qui arrive à un dossier joint se voit là où il est suivi.
async fn un_dossier_joint_se_suit_dans_l_autre(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let m = &a.maison;
    // Le dossier du commandement, avec ses quatre lettres, rejoint celui de l'assignation.
    joindre(m, &central(), &connu, &neuf, AUJOURD_HUI, maintenant()).await.unwrap();
    let lettres = courriers(m, &central(), EtatDeCourrier::Prepare, None, 50).await.unwrap();
    assert_eq!(lettres.len(), 4);
    changer_l_etat(
        m,
        &central(),
        &[lettres[0].courrier.id],
        EtatDeCourrier::Envoye,
        AUJOURD_HUI,
        maintenant(),
    )
    .await
    .unwrap();
    a.est_ce_que_dit_son_journal().await;
    // Une correction du commandement, puis un autre acte du même ménage.
    let corrigee = a.recoit_une(cdp("R-1").avec("montant_dette", "2100")).await;
    assert_eq!(corrigee.statut, Statut::Eligible);
    a.est_ce_que_dit_son_journal().await;
    let suivante = a.recoit_une(assignation("A-2").avec("date_assignation", "18/11/2026")).await;
    assert_eq!(
        suivante.dossier.as_deref(),
        Some(neuf.as_str()),
        "le dossier joint n'est plus candidat"
    );
}

async fn un_rapprochement_reste_dans_le_perimetre(a: Arc<Appareil>) {
    let (neuf, connu) = une_question(&a).await;
    let arras = sous_commission("arras");
    assert!(file(&a.maison, &arras, 50).await.unwrap().is_empty());
    let refus =
        joindre(&a.maison, &arras, &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::Introuvable);
    assert_eq!(file(&a.maison, &sous_commission("lens"), 50).await.unwrap().len(), 1);
}

sur_les_deux_moteurs!(
    une_ressemblance_douteuse_pose_une_question_avec_les_deux_fiches,
    defaire_une_reponse_repose_la_question,
    joindre_garde_le_nom_qu_une_personne_choisit,
    joindre_puis_separer_redonne_les_vues_d_avant,
    separer_clot_la_question_sans_rien_joindre,
    on_ne_joint_ni_a_soi_meme_ni_deux_fois,
    un_dossier_joint_se_suit_dans_l_autre,
    une_notice_jointe_a_tort_se_detache_puis_se_rejoint,
    un_rapprochement_reste_dans_le_perimetre,
);
