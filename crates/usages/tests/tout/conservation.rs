//! La conservation : deux avis datés, puis l'identité part. Après chaque essai, la base est vérifiée et refaite.

use std::sync::Arc;

use ccapex::conservation::Sujet;
use ccapex::identifiants::{NoticeId, PieceId};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use stockage::base::Moteur;
use stockage::liste::{Etendue, Filtre};
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Statut};
use usages::completer::demander::{Ecrite, demander};
use usages::conservation::appliquer::{Faite, appliquer, purger_les_acces};
use usages::conservation::demander::{Decision, decider};
use usages::conservation::personne::donnees;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::echeances::tout;
use usages::echec::{Echec, Nature};
use usages::entretien::verifier::verifier;
use usages::formes::{Tri, Voie};
use usages::notes::ecrire;
use usages::reception::registre::octets;
use usages::registre::consulter::registre;

use crate::appareil::{AUJOURD_HUI, Appareil, caf, central, delegue, maintenant};
use crate::brut::TABLES;
use crate::notices::cdp;

impl Appareil {
    async fn note(&self, dossier: &str, acte: Value) {
        let Value::Object(mut objet) = acte else { panic!("un acte est un objet") };
        objet.insert("dossier".to_owned(), json!(dossier));
        let demande = Demande::de_objet(objet).unwrap();
        let reponse =
            consigner(&self.maison, &central(), &demande, AUJOURD_HUI, maintenant()).await.unwrap();
        assert_eq!(reponse.statut, Statut::Consigne, "{}", reponse.en_mots());
    }

    /// Un dossier clos hier : le ménage est maintenu dans son logement.
    async fn clos(&self) -> String {
        let dossier = self.recoit_une(cdp("C-1")).await.dossier.unwrap();
        let parole = "Marguerite Dupire l'aide à payer.";
        self.note(
            &dossier,
            json!({"acte": "parole_menage", "date": "2026-11-12", "adhesion": "oui", "parole": parole}),
        )
        .await;
        let reserve = "Marguerite Dupire rappelle mardi.";
        ecrire(&self.maison, &central(), &dossier, reserve, maintenant()).await.unwrap();
        let issue = json!({"acte": "issue_menage", "date": "2026-11-20", "issue": "maintien"});
        self.note(&dossier, issue).await;
        dossier
    }

    async fn nuit(&self, jour: Date) -> Faite {
        let profil = self.maison.profil("62").unwrap();
        let faite = appliquer(&self.maison, &profil, jour, maintenant()).await.unwrap();
        self.est_ce_que_dit_son_journal().await;
        let encore = appliquer(&self.maison, &profil, jour, maintenant()).await.unwrap();
        assert_eq!(encore, Faite::default(), "la même nuit deux fois, le {jour}");
        faite
    }

    /// Ce qui a été fait de ce dossier : le geste, le jour, l'échéance annoncée.
    async fn gestes(&self, dossier: &str) -> Vec<(String, Date, Date)> {
        let id = self.vu(dossier).await.vue.id.0;
        let traces =
            self.maison.stockage.traces_de_conservation(Sujet::Dossier, &[id]).await.unwrap();
        let siennes = traces.into_values().flatten();
        siennes.map(|t| (t.geste, t.jour, t.echeance)).collect()
    }

    async fn vu(&self, dossier: &str) -> DossierOuvert {
        ouvrir(&self.maison, &central(), dossier, AUJOURD_HUI, maintenant()).await.unwrap()
    }

    async fn decide(&self, dossier: &str, decision: Decision, motif: &str) -> Result<Date, Echec> {
        let (jour, instant) = (AUJOURD_HUI, maintenant());
        decider(&self.maison, &central(), dossier, decision, motif, jour, instant).await
    }

    /// Combien de dossiers clos répondent à ce nom.
    async fn trouves(&self, nom: &str) -> usize {
        let filtre =
            Filtre { texte: Some(nom.to_owned()), etendue: Etendue::Tous, ..tout(Tri::Echeance) };
        let liste = lister(&self.maison, &central(), &filtre, AUJOURD_HUI).await.unwrap();
        liste.page.lignes.len()
    }
}

fn geste(geste: &str, jour: Date, echeance: Date) -> (String, Date, Date) {
    (geste.to_owned(), jour, echeance)
}

async fn deux_avis_puis_l_identite_part_et_l_histoire_reste(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    let avant = a.vu(&dossier).await;
    assert!(!avant.vue.nom.is_empty() && avant.efface.is_none());
    let nom = avant.vue.nom.split(' ').next().unwrap().to_lowercase();
    assert_eq!(a.trouves(&nom).await, 1);
    // Clos le 20 novembre 2026, maintenu : gardé deux ans, prévenu soixante et quinze jours avant.
    let fin = date(2028, 11, 20);
    a.nuit(date(2028, 9, 20)).await;
    assert_eq!(a.gestes(&dossier).await, []);
    a.nuit(date(2028, 9, 21)).await;
    assert_eq!(a.gestes(&dossier).await, [geste("premier_avis", date(2028, 9, 21), fin)]);
    a.nuit(date(2028, 11, 4)).await;
    a.nuit(date(2028, 11, 5)).await;
    assert_eq!(a.gestes(&dossier).await[1..], [geste("second_avis", date(2028, 11, 5), fin)]);
    a.nuit(date(2028, 11, 19)).await;
    assert_eq!(a.vu(&dossier).await.vue.nom, avant.vue.nom, "la veille, tout est encore là");
    let faite = a.nuit(fin).await;
    assert_eq!(faite.dossiers, 1);
    assert_eq!(a.gestes(&dossier).await[2..], [geste("effacer", fin, fin)]);
    let apres = a.vu(&dossier).await;
    let (le, motif) = apres.efface.clone().unwrap();
    assert_eq!((le, motif.as_str()), (fin, "2 ans après la clôture"));
    assert_eq!((apres.vue.nom.as_str(), apres.textes.len()), ("", 0));
    assert_eq!((apres.vue.issue.as_str(), apres.journal.len()), ("maintien", avant.journal.len()));
    assert_eq!(a.trouves(&nom).await, 0);
    let coffre = a.brut().await.textes("SELECT COALESCE(contenu, '') AS contenu FROM coffre").await;
    assert!(coffre.iter().all(String::is_empty), "{coffre:?}");
    let acces = registre(&a.maison, &delegue(), &dossier).await.unwrap().acces;
    assert!(acces.iter().any(|l| l.geste == "a effacé l'identité du ménage"), "{acces:?}");
}

async fn une_veille_en_retard_donne_quand_meme_les_deux_avis_et_leur_temps(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    for (jour, attendus) in [
        (date(2030, 1, 1), 1),
        (date(2030, 2, 14), 1),
        (date(2030, 2, 15), 2),
        (date(2030, 3, 1), 2),
        (date(2030, 3, 2), 3),
    ] {
        a.nuit(jour).await;
        assert_eq!(a.gestes(&dossier).await.len(), attendus, "{jour}");
    }
    assert!(a.vu(&dossier).await.efface.is_some());
}

async fn une_demande_d_effacement_se_motive_s_annonce_et_s_execute_en_un_mois(a: Arc<Appareil>) {
    let ouvert = a.recoit_une(cdp("C-9")).await.dossier.unwrap();
    let refus = a.decide(&ouvert, Decision::Effacer, "lettre du ménage").await.unwrap_err();
    assert!(refus.to_string().contains("art. 17"), "{refus}");
    let issue = json!({"acte": "issue_menage", "date": "2026-11-20", "issue": "relogement"});
    a.note(&ouvert, issue).await;
    let refus = a.decide(&ouvert, Decision::Effacer, "  ").await.unwrap_err();
    assert!(refus.to_string().contains("La raison manque"), "{refus}");
    let fin = a.decide(&ouvert, Decision::Effacer, "lettre du ménage").await.unwrap();
    assert_eq!(fin, date(2026, 12, 21));
    a.nuit(date(2026, 12, 5)).await;
    a.nuit(date(2026, 12, 6)).await;
    a.nuit(date(2026, 12, 20)).await;
    assert!(a.vu(&ouvert).await.efface.is_none());
    a.nuit(fin).await;
    let gestes: Vec<String> = a.gestes(&ouvert).await.into_iter().map(|g| g.0).collect();
    assert_eq!(gestes, ["demander", "second_avis", "effacer"]);
    let (_, motif) = a.vu(&ouvert).await.efface.unwrap();
    assert_eq!(motif, "demande d'effacement : lettre du ménage");
}

async fn un_report_recommence_les_deux_avis(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    a.nuit(date(2028, 9, 21)).await;
    let trop_tot = Decision::Prolonger(date(2027, 1, 1));
    assert!(a.decide(&dossier, trop_tot, "recours").await.is_err());
    let au = date(2029, 6, 30);
    a.decide(&dossier, Decision::Prolonger(au), "recours indemnitaire").await.unwrap();
    a.nuit(date(2028, 11, 20)).await;
    assert!(a.vu(&dossier).await.efface.is_none());
    a.nuit(date(2029, 5, 1)).await;
    a.nuit(date(2029, 6, 15)).await;
    a.nuit(au).await;
    let gestes: Vec<String> = a.gestes(&dossier).await.into_iter().map(|g| g.0).collect();
    assert_eq!(gestes, ["premier_avis", "prolonger", "premier_avis", "second_avis", "effacer"]);
}

async fn un_dossier_joint_s_efface_avec_celui_ou_il_est_suivi(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    let autre = a.recoit_une(cdp("C-2").du_menage(1)).await.dossier.unwrap();
    assert_ne!(autre, dossier);
    let joint =
        json!({"acte": "rapprochement", "date": "2026-11-20", "geste": "joint", "autre": autre});
    a.note(&dossier, joint).await;
    let issue = json!({"acte": "issue_menage", "date": "2026-11-21", "issue": "maintien"});
    a.note(&dossier, issue).await;
    for jour in [date(2028, 9, 22), date(2028, 11, 6), date(2028, 11, 21)] {
        a.nuit(jour).await;
    }
    for reference in [&dossier, &autre] {
        assert_eq!(a.vu(reference).await.vue.nom, "", "{reference}");
    }
}

async fn un_fichier_et_une_notice_seule_finissent_aussi(a: Arc<Appareil>) {
    // Sans commune lisible, la notice n'ouvre pas de dossier.
    let seule = a.recoit_une(cdp("C-3").avec("commune", "").avec("code_postal", "")).await;
    assert_eq!(seule.dossier, None);
    for jour in [date(2027, 9, 22), date(2027, 11, 6)] {
        a.nuit(jour).await;
    }
    let gardee = octets(&a.maison, &central(), PieceId(1)).await.unwrap();
    assert!(!gardee.1.is_empty());
    let faite = a.nuit(date(2027, 11, 21)).await;
    assert_eq!((faite.notices, faite.pieces), (1, 1));
    let refus = octets(&a.maison, &central(), PieceId(1)).await.unwrap_err();
    assert!(refus.to_string().contains("n'est plus gardé"), "{refus}");
    let coffre = a.brut().await.textes("SELECT COALESCE(contenu, '') AS contenu FROM coffre").await;
    assert_eq!(coffre, [""]);
}

async fn ce_qu_on_remet_au_menage_dit_tout_et_ne_nomme_aucun_agent(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    let remises =
        donnees(&a.maison, &central(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap();
    let json = remises.en_json();
    let nom = a.vu(&dossier).await.notices[0].identite.nom.clone();
    assert_eq!(json["notices"][0]["identite"]["nom"], json!(nom));
    assert!(json["textes"].to_string().contains("Marguerite Dupire"));
    assert!(!json["acces"].as_array().unwrap().is_empty());
    assert!(remises.acces.iter().all(|ligne| ligne.nom.is_empty()));
    let refus = donnees(&a.maison, &caf(), &dossier, AUJOURD_HUI, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::HorsMission);
}

async fn les_lignes_du_registre_partent_au_bout_d_un_an_et_la_chaine_se_verifie(a: Arc<Appareil>) {
    let dossier = a.clos().await;
    a.vu(&dossier).await;
    let lignes = async || a.maison.stockage.chaine_des_acces().await.unwrap().lignes;
    let avant = lignes().await;
    assert_eq!(purger_les_acces(&a.maison, date(2027, 11, 20), maintenant()).await.unwrap(), 0);
    assert_eq!(lignes().await, avant);
    let purgees = purger_les_acces(&a.maison, date(2027, 11, 22), maintenant()).await.unwrap();
    assert_eq!((purgees, lignes().await), (avant, 1), "il reste la ligne qui dit la purge");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verifier_la_base_dit_quelle_ligne_du_registre_a_ete_retiree_ou_changee() {
    for moteur in [Moteur::Sqlite, Moteur::Postgres] {
        une_ligne_touchee_se_nomme(&Appareil::neuf(moteur).await).await;
    }
}

async fn une_ligne_touchee_se_nomme(a: &Appareil) {
    let dossier = a.clos().await;
    for _ in 0..3 {
        a.vu(&dossier).await;
    }
    let brut = a.brut().await;
    let derniere = brut.compter("acces").await;
    let defauts = async || verifier(&a.maison).await.unwrap().defauts;
    assert_eq!(defauts().await, [""; 0]);
    brut.executer(&format!("DELETE FROM acces WHERE id = {}", derniere - 1)).await;
    let retiree = format!("Registre des accès : la ligne {} manque.", derniere - 1);
    assert_eq!(defauts().await, std::slice::from_ref(&retiree));
    brut.executer(match a.maison.stockage.moteur() {
        Moteur::Sqlite => "DROP TRIGGER acces_sans_modification",
        Moteur::Postgres => "DROP TRIGGER acces_sans_modification ON acces",
    })
    .await;
    brut.executer(&format!("UPDATE acces SET agent = 9 WHERE id = {}", derniere - 2)).await;
    let trouves = defauts().await;
    let changee = format!("Registre des accès : la ligne {} ", derniere - 2);
    assert!(trouves[0].starts_with(&changee) && trouves[1] == retiree, "{trouves:?}");
}

async fn apres_l_effacement_le_nom_n_est_nulle_part_et_les_chiffres_restent(a: Arc<Appareil>) {
    const JETON: &str = "zorglub";
    let notice = cdp("C-7")
        .avec("locataire_nom", "Zorglub")
        .avec("logement_adresse", "12, rue Zorglub")
        .avec("courriel", "zorglub@exemple.invalid");
    let reponses = a.recoit("zorglub.csv", &[notice]).await;
    let dossier = reponses[0].dossier.clone().unwrap();
    let parole = "Zorglub dit qu'il paiera.";
    a.note(
        &dossier,
        json!({"acte": "parole_menage", "date": "2026-11-12", "adhesion": "oui", "parole": parole}),
    )
    .await;
    let issue = json!({"acte": "issue_menage", "date": "2026-11-20", "issue": "maintien"});
    a.note(&dossier, issue).await;
    // Une demande à l'émetteur nomme parfois le ménage, dans sa trace et dans son courriel.
    let demande = Ecrite {
        a: "zorglub@exemple.fr".to_owned(),
        objet: "M. Zorglub".to_owned(),
        corps: "Où habite M. Zorglub ?".to_owned(),
        avant_le: Some(AUJOURD_HUI),
    };
    let (notice, voie) = (NoticeId(1), Voie::Seuil);
    demander(&a.maison, &central(), notice, &demande, voie, AUJOURD_HUI, maintenant())
        .await
        .unwrap()
        .unwrap();
    let brut = a.brut().await;
    let mut nommees = 0;
    for table in TABLES {
        let cellules = brut.cellules(table, &["octets"]).await;
        nommees += cellules.iter().filter(|c| c.to_lowercase().contains(JETON)).count();
    }
    assert!(nommees > 3, "l'essai regarde quelque chose : {nommees}");
    for jour in [date(2027, 9, 22), date(2027, 11, 6), date(2027, 11, 21), date(2028, 9, 21)] {
        a.nuit(jour).await;
    }
    a.nuit(date(2028, 11, 5)).await;
    let chiffres = "SELECT compteur || ' ' || jour || ' ' || CAST(n AS TEXT) FROM vue_compte WHERE n <> 0 ORDER BY 1";
    let avant = brut.textes(chiffres).await;
    assert!(!avant.is_empty());
    assert_eq!(a.nuit(date(2028, 11, 20)).await.dossiers, 1);
    assert_eq!(brut.textes(chiffres).await, avant);
    for table in TABLES {
        for cellule in brut.cellules(table, &[]).await {
            assert!(!cellule.to_lowercase().contains(JETON), "{cellule}");
        }
    }
    let Some(chemin) = a.url.chemin() else { return };
    // Ni dans une page libre, ni dans le journal du fichier.
    a.maison.stockage.compacter().await.unwrap();
    for suffixe in ["", "-wal"] {
        let octets = std::fs::read(format!("{}{suffixe}", chemin.display())).unwrap_or_default();
        let texte = String::from_utf8_lossy(&octets).to_lowercase();
        assert!(suffixe == "-wal" || texte.contains("maintien"), "le fichier se lit");
        assert!(!texte.contains(JETON), "le nom reste dans le fichier de la base{suffixe}");
    }
}

sur_les_deux_moteurs!(
    apres_l_effacement_le_nom_n_est_nulle_part_et_les_chiffres_restent,
    deux_avis_puis_l_identite_part_et_l_histoire_reste,
    une_veille_en_retard_donne_quand_meme_les_deux_avis_et_leur_temps,
    une_demande_d_effacement_se_motive_s_annonce_et_s_execute_en_un_mois,
    un_report_recommence_les_deux_avis,
    un_dossier_joint_s_efface_avec_celui_ou_il_est_suivi,
    un_fichier_et_une_notice_seule_finissent_aussi,
    ce_qu_on_remet_au_menage_dit_tout_et_ne_nomme_aucun_agent,
    les_lignes_du_registre_partent_au_bout_d_un_an_et_la_chaine_se_verifie,
);
