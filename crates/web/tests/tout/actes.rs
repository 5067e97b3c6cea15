//! Consigner, se tromper, corriger : depuis la page d'un dossier.

use axum::http::StatusCode;
use ccapex::acte::gabarit::GABARITS;
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Reponse, Service};

const NOTICE: &str = "etude=SCP+des+Essais&locataire_nom=BERTIN&locataire_prenom=Luc&commune=Arras\
                      &code_postal=62000&date_signification=2026-10-12&bailleur_type=personne_physique\
                      &date_bail=2024-09-01&loyer_hors_charges=500&montant_dette=3+000,00\
                      &impaye_depuis=2026-02-01";

async fn poster(service: &Service, qui: &Personne, chemin: &str, champs: &str) -> Reponse {
    service.poste(chemin, &qui.cookie, &format!("jeton={}&{champs}", qui.jeton)).await
}

/// Un dossier ouvert par un commandement, et son adresse.
async fn un_dossier(service: &Service) -> (Personne, String) {
    let centrale = service.personne(Role::SecretariatCentral).await;
    let saisie = poster(service, &centrale, "/saisie/cdp", NOTICE).await;
    let dossier = saisie.entete("location").split('?').next().unwrap_or_default().to_owned();
    assert!(dossier.starts_with("/dossiers/62-"), "{}", saisie.corps);
    (centrale, dossier)
}

#[tokio::test]
async fn chaque_acte_se_choisit_et_a_son_formulaire() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    let choix = service.lis(&format!("{dossier}/consigner"), &centrale.cookie).await;
    assert!(choix.corps.contains(&format!("href=\"{dossier}/diagnostic\"")));
    // Les rubriques du diagnostic s'écrivent à sa page : un formulaire les effacerait.
    let vers = format!("{dossier}/consigner/dsf_redige");
    let coche = poster(&service, &centrale, &vers, "date=01/11/2026&rubriques=menage").await;
    for renvoi in [service.lis(&vers, &centrale.cookie).await, coche] {
        assert_eq!(renvoi.statut, StatusCode::SEE_OTHER);
        assert_eq!(renvoi.entete("location"), format!("{dossier}/diagnostic"));
    }
    for gabarit in GABARITS.iter().filter(|g| g.nom != "dsf_redige") {
        let vers = format!("{dossier}/consigner/{}", gabarit.nom);
        assert!(choix.corps.contains(&format!("href=\"{vers}\"")), "{}", gabarit.nom);
        let page = service.lis(&vers, &centrale.cookie).await;
        assert_eq!(page.statut, StatusCode::OK, "{}", gabarit.nom);
        for champ in gabarit.tous_les_champs() {
            let nom = format!("name=\"{}\"", champ.nom);
            // Une liste à cocher vide n'a pas de case : le territoire n'a pas de critère.
            let vide = champ.nom == "criteres";
            assert!(page.corps.contains(&nom) || vide, "{} : {}", gabarit.nom, champ.nom);
        }
    }
    let inconnu = service.lis(&format!("{dossier}/consigner/exorcisme"), &centrale.cookie).await;
    assert_eq!(inconnu.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn un_acte_consigne_dit_ses_irregularites_et_l_etape_qui_vient() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    // Avant la fin du délai du commandement, un dimanche.
    let suite = poster(
        &service,
        &centrale,
        &format!("{dossier}/consigner/assignation"),
        "date=15/11/2026&date_audience=2027-02-08&reference_acte=A-9&etude=SCP+des+Essais",
    )
    .await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    let page = service.lis(suite.entete("location"), &centrale.cookie).await;
    for attendu in [
        "Assignation du 15/11/2026 : consigné",
        "Irrégularité.",
        "Ce qui en suit.",
        "Prochaine étape.",
        "Frise",
        "Dates à venir",
    ] {
        assert!(page.corps.contains(attendu), "« {attendu} » manque");
    }
}

#[tokio::test]
async fn une_erreur_est_a_cote_de_son_champ_et_ce_qui_est_ecrit_reste() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    #[rustfmt::skip]
    let cas = [
        ("plan_apurement", "date=31/02/2026&mensualite=50&echeances=12",         "erreur-date",       "value=\"31/02/2026\""),
        ("plan_apurement", "date=01/11/2026&mensualite=beaucoup&echeances=12",   "erreur-mensualite", "value=\"beaucoup\""),
        ("plan_apurement", "date=01/11/2026&mensualite=50&echeances=douze",      "erreur-echeances",  "value=\"douze\""),
        ("echeance_plan",  "date=01/11/2026",                                    "erreur-issue",      "value=\"01/11/2026\""),
        ("prise_en_charge","date=01/11/2026&issue=acceptee",                     "erreur-service",    "value=\"acceptee\" checked"),
        ("decision_aide",  "date=01/11/2026&issue=maintien",                     "erreur-motif",      "value=\"maintien\" checked"),
        ("audience",       "date=01/11/2026&locataire_present=peut-etre",        "erreur-locataire_present", "value=\"01/11/2026\""),
    ];
    for (acte, champs, erreur, garde) in cas {
        let page =
            poster(&service, &centrale, &format!("{dossier}/consigner/{acte}"), champs).await;
        assert_eq!(page.statut, StatusCode::OK, "{acte}");
        assert!(page.corps.contains(&format!("id=\"{erreur}\"")), "{acte} : {erreur}");
        assert!(page.corps.contains("n'est pas encore consigné"), "{acte}");
        assert!(page.corps.contains(garde), "{acte} : la saisie est perdue");
    }
}

#[tokio::test]
async fn deux_clics_ne_consignent_qu_une_fois_et_un_acte_annule_reste_lisible() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    let vers = format!("{dossier}/consigner/dette");
    let champs = "date=01/11/2026&montant=2+612,40";
    let premier = poster(&service, &centrale, &vers, champs).await;
    let second = poster(&service, &centrale, &vers, champs).await;
    let fait = premier.entete("location").split("consigne=").nth(1).expect("un fait").to_owned();
    assert!(second.entete("location").ends_with(&format!("deja={fait}")));
    let page = service.lis(&dossier, &centrale.cookie).await;
    assert_eq!(page.corps.matches("Décompte de la dette</p>").count(), 1);

    let corriger = format!("{dossier}/rectifier/{fait}");
    let sans_motif = poster(&service, &centrale, &corriger, "motif=").await;
    assert!(sans_motif.corps.contains("id=\"erreur-motif\""), "{}", sans_motif.corps);
    let annule = poster(&service, &centrale, &corriger, "motif=Mauvais+dossier").await;
    let page = service.lis(annule.entete("location"), &centrale.cookie).await;
    assert!(page.corps.contains("<s>Décompte de la dette</s>"), "{}", page.corps);
    assert!(page.corps.contains("Mauvais dossier"));
}

#[tokio::test]
async fn qui_ne_fait_que_lire_ne_consigne_pas() {
    let service = Service::nouveau().await;
    let (_, dossier) = un_dossier(&service).await;
    let etude = service.personne(Role::CommissaireDeJustice).await;
    let page = service.lis(&dossier, &etude.cookie).await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(!page.corps.contains("/consigner") && !page.corps.contains("/rectifier/"));
    for suite in ["consigner", "consigner/contact", "force-publique", "chronologie"] {
        let refus = service.lis(&format!("{dossier}/{suite}"), &etude.cookie).await;
        assert!(refus.statut.is_client_error(), "{suite} : {}", refus.statut);
    }
    let contact = "date=01/11/2026&mode=visite&issue=joint";
    let refus = poster(&service, &etude, &format!("{dossier}/consigner/contact"), contact).await;
    assert_ne!(refus.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn un_refus_de_concours_se_motive_et_une_personne_le_confirme() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    let demande = format!("{dossier}/consigner/requisition_cfp");
    poster(&service, &centrale, &demande, "date=02/11/2026&reference_acte=C-1").await;
    let page = format!("{dossier}/force-publique");
    let refus = poster(&service, &centrale, &page, "issue=refus&date=20/11/2026").await;
    for erreur in ["erreur-decision-decideur", "erreur-decision-motif", "erreur-confirmation"] {
        assert!(refus.corps.contains(erreur), "« {erreur} » manque");
    }
    let champs =
        "issue=refus&date=20/11/2026&decideur=Le+prefet&motif=Relogement+en+cours&confirmation=oui";
    let suite = poster(&service, &centrale, &page, champs).await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    let suite = service.lis(suite.entete("location"), &centrale.cookie).await;
    assert!(suite.corps.contains("Concours refusé le 20/11/2026"), "{}", suite.corps);
    assert!(suite.corps.contains("Indemnisation du bailleur"));
}

/// La phrase qui suit « Prochaine étape. » dans une page.
fn prochaine_etape(page: &str) -> &str {
    let debut = "<strong>Prochaine étape.</strong> ";
    let suite = page.split_once(debut).map_or("", |(_, suite)| suite);
    let phrase = suite.split_once('<').map_or("", |(phrase, _)| phrase).trim();
    phrase.strip_prefix("Toujours : ").unwrap_or(phrase)
}

#[tokio::test]
async fn ce_qui_suivra_un_acte_est_dit_sans_rien_ecrire_puis_arrive() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    for (acte, champs, annonce) in [
        ("contact", "date=16/11/2026&mode=visite&issue=joint", "lundi 16 novembre 2026"),
        ("plan_apurement", "date=17/11/2026&mensualite=100&echeances=12", "Commence : "),
        (
            "assignation",
            "date=15/11/2026&date_audience=2027-02-08&reference_acte=A-9&etude=SCP+des+Essais",
            "Irrégularité.",
        ),
    ] {
        let avant = service.lis(&dossier, &centrale.cookie).await.corps;
        let vers = format!("{dossier}/consigner/{acte}");
        let apercu = poster(&service, &centrale, &format!("{vers}/apercu"), champs).await;
        assert_eq!(apercu.statut, StatusCode::OK, "{acte} : {}", apercu.corps);
        assert!(apercu.corps.contains(annonce), "{acte} : {}", apercu.corps);
        let sans_script = format!("{champs}&geste=apercevoir");
        let page = poster(&service, &centrale, &vers, &sans_script).await;
        assert!(page.corps.contains(apercu.corps.trim()), "{acte} : {}", page.corps);
        let apres = service.lis(&dossier, &centrale.cookie).await.corps;
        assert_eq!(avant, apres, "{acte} : regarder n'écrit rien");
        let suite = poster(&service, &centrale, &vers, champs).await;
        assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{acte} : {}", suite.corps);
        let page = service.lis(suite.entete("location"), &centrale.cookie).await;
        assert!(!prochaine_etape(&page.corps).is_empty(), "{acte}");
        assert_eq!(prochaine_etape(&apercu.corps), prochaine_etape(&page.corps), "{acte}");
        let encore = poster(&service, &centrale, &format!("{vers}/apercu"), champs).await;
        assert!(encore.corps.contains("déjà consigné"), "{acte} : {}", encore.corps);
    }
}

#[tokio::test]
async fn ce_qui_suivra_dit_ce_qui_manque_et_rien_de_plus_a_qui_n_y_a_pas_droit() {
    let service = Service::nouveau().await;
    let (centrale, dossier) = un_dossier(&service).await;
    let vers = format!("{dossier}/consigner/plan_apurement/apercu");
    let vide = poster(&service, &centrale, &vers, "").await;
    assert!(vide.corps.contains("Il manque encore"), "{}", vide.corps);
    let champs = "date=17/11/2026&mensualite=100&echeances=12";
    for (role, statut) in [
        (Role::CommissaireDeJustice, StatusCode::FORBIDDEN),
        (Role::Administrateur, StatusCode::FORBIDDEN),
    ] {
        let autre = service.personne(role).await;
        let refuse = poster(&service, &autre, &vers, champs).await;
        assert_eq!(refuse.statut, statut, "{} : {}", role.code(), refuse.corps);
    }
    let absent = vers.replace("/62-2026-", "/62-2025-");
    let refuse = poster(&service, &centrale, &absent, champs).await;
    assert_eq!(refuse.statut, StatusCode::NOT_FOUND, "{}", refuse.corps);
}
