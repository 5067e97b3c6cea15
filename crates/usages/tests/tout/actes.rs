//! Consigner un acte : ce qui s'écrit, ce qui se refuse, ce qui ne s'écrit qu'une fois.

use std::sync::Arc;

use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use serde_json::{Value, json};
use usages::actes::consigner::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::actes::fichier::Suite;
use usages::actes::rectifier::rectifier;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};

use crate::appareil::{
    AUJOURD_HUI, Appareil, administrateur, caf, central, etude, lecteur, maintenant,
};
use crate::notices::cdp;

impl Appareil {
    async fn demande(&self, agent: &Agent, objet: Value) -> Reponse {
        let Value::Object(objet) = objet else { panic!("un objet") };
        match Demande::de_objet(objet) {
            Ok(demande) => {
                consigner(&self.maison, agent, &demande, AUJOURD_HUI, maintenant()).await.unwrap()
            }
            Err(refus) => panic!("{refus:?}"),
        }
    }

    /// Consigne, et attend que ce soit écrit.
    async fn ecrit(&self, objet: Value) -> Reponse {
        let reponse = self.demande(&central(), objet.clone()).await;
        assert_eq!(reponse.statut, Statut::Consigne, "{objet} : {}", reponse.en_mots());
        reponse
    }

    async fn ouvre(&self, reference: &str) -> DossierOuvert {
        ouvrir(&self.maison, &central(), reference, AUJOURD_HUI, maintenant()).await.unwrap()
    }

    async fn un_dossier(&self) -> String {
        self.recoit_une(cdp("C-1")).await.dossier.unwrap()
    }
}

fn menage() -> Value {
    json!({
        "locataire_nom": "Maréchal", "locataire_prenom": "Inès",
        "locataire_date_naissance": "1990-02-11", "logement_adresse": "4, rue du Temple",
        "code_postal": "62400", "commune": "Béthune", "bailleur_type": "personne_physique",
        "date_bail": "2021-06-01", "loyer_hors_charges": 50000
    })
}

async fn un_acte_va_au_journal_et_ses_textes_au_coffre(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let reponse = a
        .ecrit(json!({"dossier": dossier, "acte": "parole_menage", "date": "2026-11-12",
            "adhesion": "oui", "parole": "Marguerite Dupire l'aide à payer."}))
        .await;
    let fait = reponse.id.unwrap();
    let ouvert = a.ouvre(&dossier).await;
    assert_eq!(ouvert.textes[&fait]["parole"], "Marguerite Dupire l'aide à payer.");
    let journal = a.brut().await.textes("SELECT contenu FROM journal").await;
    assert!(journal.iter().all(|ecrit| !ecrit.contains("Dupire")), "un texte libre est au journal");
}

async fn une_notice_consignee_entre_au_registre_et_herite_du_dossier(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let reponse = a
        .ecrit(json!({"dossier": dossier, "acte": "assignation", "date": "2026-11-17",
            "date_audience": "2027-02-16", "date_notification_prefet": "2026-11-18",
            "tribunal": "Lens", "montant_dette": 290000}))
        .await;
    assert_eq!(reponse.dossier.as_deref(), Some(dossier.as_str()));
    assert!(
        reponse.anomalies.iter().any(|x| x.regle == "delai_commandement_de_payer"),
        "deux mois depuis le 5 octobre : {:?}",
        reponse.anomalies
    );
    let ouvert = a.ouvre(&dossier).await;
    let assignation = ouvert.notices.last().unwrap();
    assert_eq!(assignation.notice.fait, reponse.id.unwrap());
    assert_eq!(assignation.identite.nom, "Lefèvre");
    assert_eq!(assignation.notice.contenu.date_bail, Some(Date::constant(2019, 3, 1)));
    assert!(assignation.piece.is_some(), "une notice consignée a sa pièce");
    assert_eq!(ouvert.situation.stade, "assignation_delivree");
}

async fn le_meme_acte_deux_fois_ne_s_ecrit_qu_une_fois(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let actes = [
        json!({"dossier": dossier, "acte": "audience", "date": "2026-11-10", "locataire_present": true}),
        json!({"dossier": dossier, "acte": "contact", "date": "2026-11-10", "mode": "visite", "issue": "joint", "note": "Vu."}),
        json!({"dossier": dossier, "acte": "decision", "date": "2026-11-12", "issue": "delais", "delais_mois": 12}),
        json!({"dossier": dossier, "acte": "courrier", "date": "2026-11-13", "modele": "intervention", "destinataire": "locataire", "etape": "envoye"}),
        json!({"dossier": dossier, "acte": "courrier", "date": "2026-11-13", "modele": "rappel_du_fsl", "destinataire": "locataire", "etape": "prepare"}),
        json!({"dossier": dossier, "acte": "complement", "telephone": "0321000000"}),
        json!({"menage": menage(), "acte": "cdp", "date": "2026-10-06", "montant_dette": 150000}),
        json!({"menage": menage(), "acte": "dalo", "date": "2026-11-02", "etape": "depose"}),
    ];
    let mut premieres = Vec::new();
    for acte in &actes {
        premieres.push(a.ecrit(acte.clone()).await);
    }
    let avant = a.maison.stockage.empreinte_des_vues().await.unwrap();
    let faits = a.brut().await.compter("journal").await;
    for (acte, premiere) in actes.iter().zip(&premieres) {
        let seconde = a.demande(&central(), acte.clone()).await;
        assert_eq!(seconde.statut, Statut::Doublon, "{acte} : {}", seconde.en_mots());
        assert_eq!((&seconde.id, &seconde.dossier), (&premiere.id, &premiere.dossier), "{acte}");
    }
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), avant);
    assert_eq!(a.brut().await.compter("journal").await, faits);
}

async fn un_menage_ouvre_un_dossier_ou_rejoint_le_sien(a: Arc<Appareil>) {
    let ouvert = a
        .ecrit(json!({"menage": menage(), "acte": "dalo", "date": "2026-11-02", "etape": "depose"}))
        .await;
    let suite = a.ecrit(json!({"menage": menage(), "acte": "contact", "date": "2026-11-05", "mode": "visite", "issue": "joint"})).await;
    let cql = a.ecrit(json!({"menage": menage(), "acte": "cql", "date": "2026-11-06", "date_notification_prefet": "2026-11-06"})).await;
    assert_eq!(ouvert.dossier, suite.dossier);
    assert_eq!(ouvert.dossier, cql.dossier);
    let dossier = a.ouvre(&ouvert.dossier.unwrap()).await;
    assert_eq!(dossier.vue.nom, "MARÉCHAL Inès");
    assert_eq!(dossier.notices.len(), 2, "une alerte l'ouvre, le commandement le suit");
    assert_eq!(dossier.situation.stade, "cql_signifie");
}

async fn ce_qui_est_a_corriger_se_dit_et_rien_ne_s_ecrit(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let avant = a.maison.stockage.empreinte_des_vues().await.unwrap();
    #[rustfmt::skip]
    let cas = [
        (json!({"dossier": dossier, "acte": "exorcisme", "date": "2026-11-01"}),                              "n'est pas un acte connu"),
        (json!({"dossier": dossier, "acte": "audiance", "date": "2026-11-01"}),                               "« audience »"),
        (json!({"dossier": dossier, "acte": "audience"}),                                                     "Il manque « date »"),
        (json!({"dossier": dossier, "acte": "audience", "date": "2026-02-30"}),                               "n'est pas une date possible"),
        (json!({"dossier": dossier, "acte": "audience", "date": "30/10/2026"}),                               "AAAA-MM-JJ"),
        (json!({"dossier": dossier, "acte": "audience", "date": "2026-11-01", "avocat": "Me X"}),             "n'a pas de champ « avocat »"),
        (json!({"dossier": dossier, "acte": "plan_apurement", "date": "2026-11-01", "mensualite": 5000}),     "Il manque « echeances »"),
        (json!({"dossier": dossier, "acte": "decision", "date": "2026-11-01"}),                               "Il manque « issue »"),
        (json!({"dossier": dossier, "acte": "decision", "date": "2026-11-01", "issue": "peut-être"}),         "« issue » ne se lit pas"),
        (json!({"dossier": dossier, "acte": "cql", "date": "2026-11-01", "montant_dette": "1 200 €"}),        "centimes"),
        (json!({"dossier": dossier, "acte": "signalement_impaye", "date": "2026-11-01"}),                     "Il manque « origine »"),
        (json!({"dossier": dossier, "acte": "assignation", "date": "2026-11-02", "date_assignation": "2026-11-03"}), "laquelle"),
        (json!({"dossier": "62-2026-999999", "acte": "audience", "date": "2026-11-01"}),                      "n'existe pas"),
        (json!({"dossier": "62-2026-999999", "acte": "cql", "date": "2026-11-01"}),                           "n'existe pas"),
        (json!({"acte": "audience", "date": "2026-11-01"}),                                                   "Il manque « dossier »"),
        (json!({"acte": "cdp", "date": "2026-11-01"}),                                                        "Il manque « dossier »"),
        (json!({"menage": {"commune": "Lens"}, "acte": "cdp", "date": "2026-11-01"}),                         "nom du locataire"),
        (json!({"menage": {"locataire_nom": "Roy", "commune": "Lille"}, "acte": "fsl", "etape": "depose", "date": "2026-11-01"}), "Lille"),
        (json!({"menage": {"locataire_nom": "Roy", "prenom": "A"}, "acte": "fsl", "etape": "depose", "date": "2026-11-01"}), "« prenom »"),
        (json!({"dossier": dossier, "acte": "rectification", "annule": "9.9", "motif": "erreur"}),            "n'est pas dans le journal"),
        (json!({"dossier": dossier, "acte": "rectification", "annule": "1.1", "motif": "erreur"}),            "seule notice"),
        (json!({"dossier": dossier, "acte": "rapprochement", "geste": "joint", "autre": dossier}),            "même dossier"),
        (json!({"dossier": dossier, "acte": "courrier", "modele": "intervention", "destinataire": "locataire", "etape": "perdu"}), "perdu"),
        (json!({"dossier": dossier, "acte": "complement"}),                                                   "ne dit rien"),
        (json!({"dossier": dossier, "acte": "alerte", "date": "2026-11-01", "code": "inconnu"}),              "« code » ne se lit pas"),
    ];
    for (acte, dit) in cas {
        let reponse = a.demande(&central(), acte.clone()).await;
        assert_eq!(reponse.statut, Statut::Refuse, "{acte}");
        assert!(reponse.en_mots().contains(dit), "{acte} : {}", reponse.en_mots());
    }
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), avant);
}

async fn chacun_ne_consigne_que_ce_que_sa_mission_comprend(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let contact = json!({"dossier": dossier, "acte": "contact", "date": "2026-11-10", "mode": "visite", "issue": "joint"});
    let cfp = json!({"dossier": dossier, "acte": "decision_cfp", "date": "2026-11-10", "issue": "accord"});
    let assignation = json!({"dossier": dossier, "acte": "assignation", "date": "2026-11-17"});
    #[rustfmt::skip]
    let cas = [
        (caf(),                     &contact,     true),
        (caf(),                     &cfp,         false),
        (etude("SELARL Lecocq"),    &contact,     false),
        (etude("SELARL Lecocq"),    &assignation, true),
        (etude("SCP Inconnue"),     &assignation, false),
        (lecteur(),                 &contact,     false),
        (administrateur(),          &contact,     false),
    ];
    for (agent, acte, permis) in cas {
        let reponse = a.demande(&agent, acte.clone()).await;
        let attendu = if permis { Statut::Consigne } else { Statut::Refuse };
        assert_eq!(reponse.statut, attendu, "{} {acte} : {}", agent.organisme, reponse.en_mots());
    }
}

async fn une_rectification_annule_puis_se_laisse_annuler(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let acte = json!({"dossier": dossier, "acte": "assignation", "date": "2026-11-17", "date_audience": "2027-02-16"});
    let assignation = a.ecrit(acte.clone()).await.id.unwrap();
    let annule = async |fait: &str| {
        rectifier(
            &a.maison,
            &central(),
            &dossier,
            fait,
            "Erreur de Paul Rémy.",
            AUJOURD_HUI,
            maintenant(),
        )
        .await
        .unwrap()
    };
    let rectification = annule(&assignation).await;
    assert_eq!(rectification.statut, Statut::Consigne, "{}", rectification.en_mots());
    let ouvert = a.ouvre(&dossier).await;
    assert_eq!(ouvert.situation.stade, "cdp_signifie");
    let rectification = rectification.id.unwrap();
    assert_eq!(ouvert.textes[&rectification]["motif"], "Erreur de Paul Rémy.");
    assert_eq!(annule(&assignation).await.statut, Statut::Doublon);

    let de_nouveau = a.ecrit(acte.clone()).await;
    assert_ne!(de_nouveau.id.as_ref(), Some(&assignation), "un fait annulé se consigne de nouveau");
    assert_eq!(a.ouvre(&dossier).await.situation.stade, "assignation_delivree");
    assert_eq!(a.demande(&central(), acte).await.statut, Statut::Doublon);

    assert_eq!(annule(&de_nouveau.id.unwrap()).await.statut, Statut::Consigne);
    assert_eq!(annule(&rectification).await.statut, Statut::Consigne);
    assert_eq!(a.ouvre(&dossier).await.situation.stade, "assignation_delivree");
}

async fn un_complement_va_a_la_notice_qui_le_demande(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("C-1").avec("date_bail", "")).await.dossier.unwrap();
    assert_eq!(a.ouvre(&dossier).await.situation.fin_delai, None);
    a.ecrit(json!({"dossier": dossier, "acte": "assignation", "date": "2026-11-17"})).await;
    a.ecrit(json!({"dossier": dossier, "acte": "complement", "date_bail": "2019-03-01"})).await;
    let ouvert = a.ouvre(&dossier).await;
    assert_eq!(ouvert.notices[0].notice.contenu.date_bail, Some(Date::constant(2019, 3, 1)));
}

async fn deux_personnes_ecrivent_en_meme_temps_et_rien_ne_se_perd(a: Arc<Appareil>) {
    let dossier = a.un_dossier().await;
    let ecritures: Vec<_> = (1..=6)
        .map(|jour| {
            let (a, dossier) = (Arc::clone(&a), dossier.clone());
            tokio::spawn(async move {
                a.ecrit(json!({"dossier": dossier, "acte": "contact", "date": format!("2026-11-0{jour}"),
                    "mode": "visite", "issue": "sans_reponse"}))
                .await
            })
        })
        .collect();
    for ecriture in ecritures {
        ecriture.await.unwrap();
    }
    assert_eq!(a.ouvre(&dossier).await.dossier.actes.len(), 6);
}

async fn une_ligne_illisible_n_arrete_pas_les_suivantes(a: Arc<Appareil>) {
    let menage = menage();
    let fichier = [
        format!(
            "{{\"menage\": {menage}, \"acte\": \"fsl\", \"date\": \"2026-11-02\", \"etape\": \"depose\"}}"
        ),
        String::new(),
        "{ceci n'est pas du JSON".to_owned(),
        "[1, 2]".to_owned(),
        r#"{"dossier": "@3", "acte": "depart", "date": "2026-11-03"}"#.to_owned(),
        r#"{"dossier": "@1", "acte": "depart", "date": "2026-11-03"}"#.to_owned(),
        r#"{"dossier": "@1", "acte": "rectification", "annule": "@6", "motif": "erreur"}"#
            .to_owned(),
    ];
    let mut suite = Suite::default();
    let mut statuts = Vec::new();
    for (numero, ligne) in (1..).zip(&fichier) {
        let lue = suite
            .consigner(&a.maison, &central(), numero, ligne, AUJOURD_HUI, maintenant())
            .await
            .unwrap();
        statuts.push(lue.map(|l| (l.ligne, l.reponse.statut)));
    }
    use Statut::{Consigne, Refuse};
    assert_eq!(
        statuts,
        [
            Some((1, Consigne)),
            None,
            Some((3, Refuse)),
            Some((4, Refuse)),
            Some((5, Refuse)),
            Some((6, Consigne)),
            Some((7, Consigne)),
        ]
    );
}

sur_les_deux_moteurs!(
    un_acte_va_au_journal_et_ses_textes_au_coffre,
    une_notice_consignee_entre_au_registre_et_herite_du_dossier,
    le_meme_acte_deux_fois_ne_s_ecrit_qu_une_fois,
    un_menage_ouvre_un_dossier_ou_rejoint_le_sien,
    ce_qui_est_a_corriger_se_dit_et_rien_ne_s_ecrit,
    chacun_ne_consigne_que_ce_que_sa_mission_comprend,
    une_rectification_annule_puis_se_laisse_annuler,
    un_complement_va_a_la_notice_qui_le_demande,
    deux_personnes_ecrivent_en_meme_temps_et_rien_ne_se_perd,
    une_ligne_illisible_n_arrete_pas_les_suivantes,
);
