//! La file « à compléter » : rien n'y manque, rien n'en sort en silence.

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::identifiants::NoticeId;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::Statut;
use usages::completer::demander::{Ecrite, demander, faites, proposee};
use usages::completer::file::{Attente, file, une};
use usages::completer::reprendre::{Reprise, completer};
use usages::courriers::expedier::{Expediteur, expedier_un};
use usages::courriers::file::boite_de_depart;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::echec::{Echec, Nature};
use usages::formes::{EtatDeDepart, Voie};
use usages::rapprochements::decider::joindre;

use crate::appareil::{AUJOURD_HUI, Appareil, central, etude, maintenant, sous_commission};
use crate::notices::cdp;

async fn en_attente(a: &Appareil, agent: &Agent) -> Vec<Attente> {
    file(&a.maison, agent, None, 100, AUJOURD_HUI).await.unwrap()
}

async fn complete(
    a: &Appareil,
    notice: NoticeId,
    champs: &[(&str, &str)],
) -> Result<Reprise, Echec> {
    let champs: BTreeMap<String, String> =
        champs.iter().map(|(champ, texte)| ((*champ).to_owned(), (*texte).to_owned())).collect();
    completer(&a.maison, &central(), notice, &champs, AUJOURD_HUI, maintenant()).await
}

async fn ouvert(a: &Appareil, reference: &str) -> DossierOuvert {
    ouvrir(&a.maison, &central(), reference, AUJOURD_HUI, maintenant()).await.unwrap()
}

fn champs(attente: &Attente) -> Vec<&'static str> {
    attente.manques.iter().map(|m| m.champ).collect()
}

fn lettres(ouvert: &DossierOuvert) -> Vec<(&str, &str)> {
    ouvert.courriers.iter().map(|c| (c.modele.as_str(), c.etat.code())).collect()
}

async fn une_notice_incomplete_attend_avec_sa_question_puis_reprend(a: Arc<Appareil>) {
    let recue = a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    assert_eq!((recue.statut, recue.motif.as_deref()), (Statut::Incomplet, Some("bailleur_type")));
    let reference = recue.dossier.unwrap();
    let attentes = en_attente(&a, &central()).await;
    let [attente] = attentes.as_slice() else { panic!("{attentes:?}") };
    assert_eq!(champs(attente), ["bailleur_type"]);
    assert_eq!(attente.dossier.as_deref(), Some(reference.as_str()));
    for attendu in ["R-1", "qualité du bailleur", "quatrième degré"] {
        assert!(attente.courriel.corps.contains(attendu), "{attendu} : {}", attente.courriel.corps);
    }
    assert_eq!(lettres(&ouvert(&a, &reference).await), [("demande_complement", "prepare")]);

    let reprise =
        complete(&a, attente.registre.id, &[("bailleur_type", "SCI familiale")]).await.unwrap();
    assert_eq!(reprise.statut, Statut::Eligible);
    assert_eq!(reprise.dossier.as_deref(), Some(reference.as_str()));
    assert!(en_attente(&a, &central()).await.is_empty());
    let ouvert = ouvert(&a, &reference).await;
    assert_eq!(ouvert.vue.service, "caf");
    let mut lettres = lettres(&ouvert);
    lettres.sort_unstable();
    assert_eq!(
        lettres,
        [
            ("demande_complement", "annule"),
            ("intervention_bailleur", "prepare"),
            ("intervention_ccas", "prepare"),
            ("intervention_locataire", "prepare"),
            ("intervention_maire", "prepare"),
        ]
    );
    // Le journal dit quand, et par quoi, la notice est sortie de la file.
    assert_eq!(ouvert.journal.len(), 2);
    assert_eq!(ouvert.journal[1].acte.nom(), "complement");
}

async fn une_notice_sans_commune_attend_sans_dossier_puis_en_ouvre_un(a: Arc<Appareil>) {
    let recue = a
        .recoit_une(cdp("R-1").avec("commune", "Saint-Machin-les-Bains").sans("code_postal"))
        .await;
    assert_eq!((recue.statut, recue.motif.as_deref()), (Statut::Incomplet, Some("commune")));
    assert_eq!(recue.dossier, None);
    let attentes = en_attente(&a, &central()).await;
    let [attente] = attentes.as_slice() else { panic!("{attentes:?}") };
    assert_eq!(champs(attente), ["commune"]);
    assert_eq!(attente.manques[0].ecrit, "Saint-Machin-les-Bains");
    assert_eq!(attente.dossier, None);
    assert!(attente.courriel.corps.contains("commune du logement"), "{}", attente.courriel.corps);

    let reprise =
        complete(&a, attente.registre.id, &[("commune", "Lens"), ("code_postal", "62300")])
            .await
            .unwrap();
    assert_eq!(reprise.statut, Statut::Eligible);
    let reference = reprise.dossier.unwrap();
    assert!(en_attente(&a, &central()).await.is_empty());
    let ouvert = ouvert(&a, &reference).await;
    assert_eq!((ouvert.vue.sous_commission.as_str(), ouvert.vue.service.as_str()), ("lens", "caf"));
    assert_eq!(ouvert.vue.nom, "LEFÈVRE Anna");
    assert_eq!(ouvert.courriers.len(), 4);
}

async fn une_notice_sans_commune_rejoint_le_dossier_de_son_menage(a: Arc<Appareil>) {
    let connu = a.recoit_une(cdp("R-1")).await.dossier;
    a.recoit_une(
        cdp("R-2").avec("date_signification", "12/10/2026").sans("commune").sans("code_postal"),
    )
    .await;
    let attentes = en_attente(&a, &central()).await;
    let reprise = complete(&a, attentes[0].registre.id, &[("commune", "LENS")]).await.unwrap();
    assert_eq!(reprise.dossier, connu);
    assert_eq!(a.brut().await.compter("vue_dossier").await, 1);
}

async fn une_notice_sans_nom_completee_a_demi_reste_dans_la_file(a: Arc<Appareil>) {
    a.recoit_une(cdp("R-1").sans("locataire_nom").sans("date_signification")).await;
    let attentes = en_attente(&a, &central()).await;
    assert_eq!(champs(&attentes[0]), ["locataire_nom", "date_signification"]);
    let notice = attentes[0].registre.id;
    let reprise = complete(&a, notice, &[("date_signification", "05/10/2026")]).await.unwrap();
    assert_eq!(
        (reprise.statut, reprise.motif.as_deref()),
        (Statut::Incomplet, Some("locataire_nom"))
    );
    let attentes = en_attente(&a, &central()).await;
    assert_eq!(champs(&attentes[0]), ["locataire_nom"], "ce qui a été répondu n'est plus demandé");
    let reprise = complete(&a, notice, &[("locataire_nom", "Lefèvre")]).await.unwrap();
    assert_eq!(reprise.statut, Statut::Eligible);
    assert!(reprise.dossier.is_some());
}

async fn des_valeurs_illisibles_sont_refusees_ensemble_et_rien_ne_s_ecrit(a: Arc<Appareil>) {
    a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    let notice = en_attente(&a, &central()).await[0].registre.id;
    let comptes = a.brut().await.comptes().await;
    let refus = complete(
        &a,
        notice,
        &[
            ("date_bail", "le jour d'avant"),
            ("montant_dette", "-12"),
            ("couleur", "bleu"),
            ("bailleur_type", "SCI familiale"),
        ],
    )
    .await
    .unwrap_err();
    assert_eq!(refus.nature(), Nature::Refus);
    for attendu in ["bail", "dette", "couleur"] {
        assert!(refus.to_string().to_lowercase().contains(attendu), "{attendu} : {refus}");
    }
    assert!(complete(&a, notice, &[]).await.is_err());
    assert!(complete(&a, notice, &[("date_bail", "")]).await.is_err());
    assert_eq!(a.brut().await.comptes().await, comptes);
    assert_eq!(en_attente(&a, &central()).await.len(), 1);
}

async fn une_correction_sort_de_la_file_la_notice_qu_elle_remplace(a: Arc<Appareil>) {
    let incomplete = a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    let orpheline = a.recoit_une(cdp("R-2").du_menage(1).sans("commune").sans("code_postal")).await;
    assert_eq!(orpheline.dossier, None);
    assert_eq!(en_attente(&a, &central()).await.len(), 2);
    let a_l_ecran: Vec<_> =
        en_attente(&a, &central()).await.iter().map(|attente| attente.registre.id).collect();
    let corrigee = a.recoit_une(cdp("R-1")).await;
    assert_eq!(corrigee.dossier, incomplete.dossier);
    let situee = a.recoit_une(cdp("R-2").du_menage(1)).await;
    assert_eq!(situee.statut, Statut::Eligible);
    assert!(en_attente(&a, &central()).await.is_empty(), "la question n'a plus d'objet");
    // Une page restée ouverte ne double pas les actes.
    for notice in a_l_ecran {
        let refus = complete(&a, notice, &[("commune", "Lens")]).await.unwrap_err();
        assert!(refus.to_string().contains("remplacée par une autre"), "{refus}");
    }
    // Elles ne sont pas effacées : le registre les garde, et dit qu'elles sont remplacées.
    let brut = a.brut().await;
    assert_eq!(brut.compter("notice").await, 4);
    assert_eq!(brut.compter("notice WHERE motif = 'corrigee'").await, 2);
}

async fn la_file_d_une_sous_commission_n_a_que_ses_notices(a: Arc<Appareil>) {
    a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    a.recoit_une(cdp("R-2").du_menage(1).a_arras().avec("bailleur_type", "SCI")).await;
    let lens = en_attente(&a, &sous_commission("lens")).await;
    assert_eq!(lens.len(), 1);
    assert_eq!(lens[0].registre.reference, "R-1");
    let arras = en_attente(&a, &sous_commission("arras")).await;
    let cachee = une(&a.maison, &sous_commission("lens"), arras[0].registre.id, AUJOURD_HUI).await;
    assert_eq!(cachee.unwrap_err().nature(), Nature::Introuvable);
}

async fn completer_est_inscrit_au_registre_des_acces(a: Arc<Appareil>) {
    a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    let notice = en_attente(&a, &central()).await[0].registre.id;
    complete(&a, notice, &[("bailleur_type", "SCI familiale")]).await.unwrap();
    let gestes = a.brut().await.textes("SELECT geste FROM acces WHERE agent = 1").await;
    assert!(gestes.contains(&"completer".to_owned()), "{gestes:?}");
}

async fn une_demande_se_garde_part_et_note_la_lettre_qui_la_disait(a: Arc<Appareil>) {
    let recue = a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    let reference = recue.dossier.unwrap();
    let notice = en_attente(&a, &central()).await[0].registre.id;
    let proposition = async || proposee(&a.maison, &central(), notice, AUJOURD_HUI).await;
    let ecrite = proposition().await.unwrap();
    assert_eq!(ecrite.a, "");
    assert!(ecrite.avant_le.unwrap() > AUJOURD_HUI && !ecrite.corps.is_empty());
    let envoyer = async |ecrite: &Ecrite, voie| {
        demander(&a.maison, &central(), notice, ecrite, voie, AUJOURD_HUI, maintenant()).await
    };
    let defauts = envoyer(&ecrite, Voie::Seuil).await.unwrap().unwrap_err();
    assert_eq!(defauts.keys().collect::<Vec<_>>(), [&"a"]);
    assert!(faites(&a.maison, &central(), &[notice]).await.unwrap().is_empty());
    let ecrite = Ecrite { a: "etude@exemple.fr".to_owned(), ..ecrite };
    envoyer(&ecrite, Voie::Seuil).await.unwrap().unwrap();
    assert_eq!(lettres(&ouvert(&a, &reference).await), [("demande_complement", "envoye")]);
    a.est_ce_que_dit_son_journal().await;
    // Une seconde, faite autrement : les deux se relisent, et la lettre partie ne repart pas.
    let sans_adresse = Ecrite { a: String::new(), ..ecrite.clone() };
    envoyer(&sans_adresse, Voie::Personne).await.unwrap().unwrap();
    let traces = faites(&a.maison, &central(), &[notice]).await.unwrap();
    let [premiere, seconde] = traces.as_slice() else { panic!("{traces:?}") };
    assert_eq!(
        (premiere.a.as_str(), premiere.depart),
        ("etude@exemple.fr", Some(EtatDeDepart::EnAttente))
    );
    assert_eq!((seconde.a.as_str(), seconde.depart), ("", None));
    assert_eq!(proposition().await.unwrap().a, "etude@exemple.fr");
    // Hors du périmètre, ni la notice, ni ses demandes, ni leur courriel.
    let arras = sous_commission("arras");
    assert!(faites(&a.maison, &arras, &[notice]).await.unwrap().is_empty());
    let attendent = EtatDeDepart::EnAttente;
    assert_eq!(boite_de_depart(&a.maison, &central(), attendent, 9).await.unwrap().len(), 1);
    assert!(boite_de_depart(&a.maison, &arras, attendent, 9).await.unwrap().is_empty());
    let refus =
        demander(&a.maison, &arras, notice, &ecrite, Voie::Seuil, AUJOURD_HUI, maintenant()).await;
    assert_eq!(refus.unwrap_err().nature(), Nature::Introuvable);
}

async fn une_demande_qui_ne_part_pas_rend_sa_lettre_a_envoyer(a: Arc<Appareil>) {
    let recue = a.recoit_une(cdp("R-1").avec("bailleur_type", "SCI")).await;
    let reference = recue.dossier.unwrap();
    let notice = en_attente(&a, &central()).await[0].registre.id;
    let ecrite = proposee(&a.maison, &central(), notice, AUJOURD_HUI).await.unwrap();
    let ecrite = Ecrite { a: "etude@exemple.fr".to_owned(), ..ecrite };
    demander(&a.maison, &central(), notice, &ecrite, Voie::Seuil, AUJOURD_HUI, maintenant())
        .await
        .unwrap()
        .unwrap();
    // Personne n'écoute sur ce port.
    let muet = Expediteur::new("smtp://127.0.0.1:9", "ccapex@exemple.fr", "https://seuil.invalid");
    let (muet, hasard) = (muet.unwrap(), [7; 32]);
    assert!(expedier_un(&a.maison, &muet, AUJOURD_HUI, maintenant(), hasard).await.unwrap());
    assert!(!expedier_un(&a.maison, &muet, AUJOURD_HUI, maintenant(), hasard).await.unwrap());
    let traces = faites(&a.maison, &central(), &[notice]).await.unwrap();
    assert_eq!(traces[0].depart, Some(EtatDeDepart::Echec));
    assert_eq!(lettres(&ouvert(&a, &reference).await), [("demande_complement", "echec")]);
    a.est_ce_que_dit_son_journal().await;
}

async fn ce_qui_se_demandera_ensuite_se_demande_d_une_fois(a: Arc<Appareil>) {
    a.recoit_une(cdp("R-1").sans("commune").sans("code_postal").sans("date_bail")).await;
    let attente = en_attente(&a, &central()).await.remove(0);
    let demandes: Vec<(&str, bool)> =
        attente.manques.iter().map(|m| (m.champ, m.ensuite)).collect();
    assert_eq!(demandes, [("commune", false), ("date_bail", true)]);
    assert!(attente.courriel.corps.contains("demandée ensuite"), "{}", attente.courriel.corps);
    let notice = attente.registre.id;
    let champs = [("commune", "Lens"), ("code_postal", "62300"), ("date_bail", "05/03/2019")];
    let reprise = complete(&a, notice, &champs).await.unwrap();
    assert!(reprise.dossier.is_some());
    assert!(en_attente(&a, &central()).await.is_empty());
    let dossier = ouvert(&a, &reprise.dossier.unwrap()).await;
    assert!(dossier.situation.a_completer.is_empty(), "{:?}", dossier.situation.a_completer);
}

async fn une_etude_complete_sa_notice_meme_dans_un_dossier_joint_a_celui_d_une_autre(
    a: Arc<Appareil>,
) {
    let connu = a.recoit_une(cdp("R-1").avec("etude", "SCP Ailleurs")).await.dossier.unwrap();
    let sienne = cdp("R-2").du_menage(1).avec("etude", "SCP Hanot").avec("bailleur_type", "SCI");
    let neuf = a.recoit_une(sienne).await.dossier.unwrap();
    joindre(&a.maison, &central(), &neuf, &connu, AUJOURD_HUI, maintenant()).await.unwrap();
    let (hanot, ailleurs) = (etude("SCP Hanot"), etude("SCP Ailleurs"));
    let notice = en_attente(&a, &hanot).await[0].registre.id;
    assert!(en_attente(&a, &ailleurs).await.is_empty());
    let champs = BTreeMap::from([("bailleur_type".to_owned(), "SCI familiale".to_owned())]);
    let completer = async |qui: &Agent| {
        completer(&a.maison, qui, notice, &champs, AUJOURD_HUI, maintenant()).await
    };
    assert_eq!(completer(&ailleurs).await.unwrap_err().nature(), Nature::Introuvable);
    assert_eq!(completer(&hanot).await.unwrap().statut, Statut::Eligible);
    assert!(en_attente(&a, &central()).await.is_empty());
    a.est_ce_que_dit_son_journal().await;
}

async fn chaque_manque_a_sa_raison_a_lui(a: Arc<Appareil>) {
    // Le seuil d'ancienneté s'éprouve et n'est pas atteint ; celui de la dette ne peut pas l'être.
    let sans_dette = cdp("R-1").avec("impaye_depuis", "15/09/2026").sans("montant_dette");
    let dimanche = cdp("R-2").du_menage(1).avec("date_signification", "11/10/2026");
    let demain = cdp("R-3").du_menage(2).avec("date_signification", "25/11/2026");
    for ligne in [sans_dette, dimanche, demain] {
        a.recoit_une(ligne).await;
    }
    let attentes = en_attente(&a, &central()).await;
    let dits: Vec<(&str, &str)> =
        attentes.iter().flat_map(|t| &t.manques).map(|m| (m.champ, m.pourquoi.as_str())).collect();
    for (champ, dit) in [
        ("montant_dette", "dette inconnue"),
        ("date_signification", "jour interdit (dimanche)"),
        ("date_signification", "après sa réception"),
    ] {
        assert!(
            dits.iter().any(|(c, p)| *c == champ && p.contains(dit)),
            "{champ} {dit} : {dits:?}"
        );
    }
    assert_eq!(dits.len(), 3, "{dits:?}");
}

sur_les_deux_moteurs!(
    une_etude_complete_sa_notice_meme_dans_un_dossier_joint_a_celui_d_une_autre,
    une_demande_qui_ne_part_pas_rend_sa_lettre_a_envoyer,
    ce_qui_se_demandera_ensuite_se_demande_d_une_fois,
    chaque_manque_a_sa_raison_a_lui,
    une_demande_se_garde_part_et_note_la_lettre_qui_la_disait,
    une_notice_incomplete_attend_avec_sa_question_puis_reprend,
    une_notice_sans_commune_attend_sans_dossier_puis_en_ouvre_un,
    une_notice_sans_commune_rejoint_le_dossier_de_son_menage,
    une_notice_sans_nom_completee_a_demi_reste_dans_la_file,
    des_valeurs_illisibles_sont_refusees_ensemble_et_rien_ne_s_ecrit,
    une_correction_sort_de_la_file_la_notice_qu_elle_remplace,
    la_file_d_une_sous_commission_n_a_que_ses_notices,
    completer_est_inscrit_au_registre_des_acces,
);
