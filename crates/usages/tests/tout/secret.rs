//! Hors du coffre et des colonnes qui se lisent, aucune identité : ni au journal, ni au registre, ni dans un message.

use std::sync::Arc;

use usages::completer::file::file;
use usages::completer::reprendre::completer;

use crate::appareil::{AUJOURD_HUI, Appareil, central, maintenant};
use crate::brut::TABLES;
use crate::notices::{Ligne, cdp};

/// Un mot qu'aucune règle ne produit : où il se lit, une identité se lit.
const JETON: &str = "zorglub";

/// Où une identité a sa place : le coffre, le fichier tel que reçu, et ce qui se lit dans une liste.
const PERMISES: [(&str, &[&str]); 7] = [
    ("coffre", &["contenu"]),
    ("piece_octets", &["octets"]),
    ("piece", &["nom"]),
    ("vue_dossier", &["nom", "adresse", "mots", "fiche", "termes"]),
    ("vue_terme", &["terme"]),
    ("vue_mot", &["terme"]),
    ("depart", &["a"]),
];

/// Toutes les colonnes qui peuvent nommer quelqu'un le font ; les illisibles aussi.
fn indiscrete(reference: &str) -> Ligne {
    cdp(reference)
        .avec("locataire_nom", "Zorglub")
        .avec("locataire_prenom", "Zorglub")
        .avec("telephone", "zorglub 06")
        .avec("courriel", "zorglub@exemple.invalid")
        .avec("logement_adresse", "12, rue Zorglub")
        .avec("bailleur_nom", "Zorglub père")
        .avec("bailleur_adresse", "1, place Zorglub, 62000 Arras")
}

async fn fuites(a: &Appareil) -> Vec<String> {
    let brut = a.brut().await;
    let mut fuites = Vec::new();
    for table in TABLES {
        let permises = PERMISES.iter().find(|(t, _)| *t == table).map_or(&[][..], |(_, c)| c);
        fuites.extend(
            brut.cellules(table, permises)
                .await
                .into_iter()
                .filter(|c| c.to_lowercase().contains(JETON)),
        );
    }
    fuites
}

async fn aucune_identite_ne_s_ecrit_hors_du_coffre(a: Arc<Appareil>) {
    a.recoit(
        "indiscretes.csv",
        &[
            indiscrete("R-1"),
            indiscrete("R-2")
                .du_menage(1)
                .avec("bailleur_nom", "Zorglub")
                .avec("date_bail", "chez Zorglub"),
            indiscrete("R-3").avec("commune", "Zorglub-les-Bains").sans("code_postal"),
            indiscrete("R-4")
                .avec("montant_dette", "Zorglub doit tout")
                .avec("loyer_hors_charges", "Zorglub"),
            indiscrete("R-5")
                .avec("nombre_enfants", "Zorglub junior")
                .avec("aide_logement", "Zorglub"),
            indiscrete("R-6")
                .avec("bailleur_type", "M. Zorglub")
                .avec("date_signification", "Zorglub"),
            indiscrete("R-7").avec("regime", "Zorglub").avec("occupation", "Zorglub"),
        ],
    )
    .await;
    let octets = br#"[{"nature": "alerte", "reference_acte": "L-1", "date": "2026-11-02", "locataire_nom": "Zorglub",
        "commune": "Lens", "origine": "Zorglub", "code": "Zorglub", "contenu": "Mme Zorglub est venue"},
        {"nature": "assignation", "reference_acte": "L-2", "date_assignation": "2026-11-02", "locataire_nom": "Zorglub",
        "commune": "Lens", "tribunal": "Zorglub", "motif": "Zorglub", "canal": "Zorglub", "date_audience": "Zorglub"}]"#;
    a.depose(&central(), "melees.json", octets.to_vec(), None, None).await.unwrap();
    let attentes = file(&a.maison, &central(), None, 50, AUJOURD_HUI).await.unwrap();
    assert!(attentes.len() >= 2, "{attentes:?}");
    for attente in &attentes {
        let champs = [
            ("commune".to_owned(), "Lens".to_owned()),
            ("telephone".to_owned(), "zorglub".to_owned()),
        ];
        completer(
            &a.maison,
            &central(),
            attente.registre.id,
            &champs.into(),
            AUJOURD_HUI,
            maintenant(),
        )
        .await
        .unwrap();
    }
    assert_eq!(fuites(&a).await, Vec::<String>::new());
    // Le jeton est bien là où il doit être : l'essai regarde quelque chose.
    assert!(
        !a.brut()
            .await
            .textes("SELECT contenu FROM coffre WHERE contenu LIKE '%orglub%'")
            .await
            .is_empty()
    );
}

async fn un_refus_ou_une_panne_ne_cite_personne(a: Arc<Appareil>) {
    a.recoit_une(indiscrete("R-1").avec("bailleur_type", "SCI")).await;
    let attente = file(&a.maison, &central(), None, 50, AUJOURD_HUI).await.unwrap().remove(0);
    let champs = [("date_bail".to_owned(), "chez Zorglub".to_owned())];
    let refus = completer(
        &a.maison,
        &central(),
        attente.registre.id,
        &champs.into(),
        AUJOURD_HUI,
        maintenant(),
    )
    .await
    .unwrap_err();
    assert!(!refus.to_string().to_lowercase().contains(JETON), "{refus}");
    // Une vue perdue, puis vérifiée : le message dit la ligne, pas la personne.
    let brut = a.brut().await;
    brut.executer("DELETE FROM vue_terme").await;
    brut.executer("UPDATE vue_dossier SET nom = 'X', adresse = 'Y'").await;
    let verification = usages::entretien::verifier::verifier(&a.maison).await.unwrap();
    assert!(verification.defauts.len() >= 2);
    assert!(!verification.defauts.join(" ").to_lowercase().contains(JETON), "{verification:?}");
    usages::entretien::reconstruire::reconstruire(&a.maison, None).await.unwrap();
}

sur_les_deux_moteurs!(
    aucune_identite_ne_s_ecrit_hors_du_coffre,
    un_refus_ou_une_panne_ne_cite_personne
);
