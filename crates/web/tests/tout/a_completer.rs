//! Les notices à compléter : pourquoi elles attendent, et ce qu'on a demandé à leur émetteur.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Service};
use super::parcours::{ARRAS, SANS_COMMUNE, dossiers, fichier};

async fn avec(lignes: &[&str]) -> (Service, Personne) {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "etude.csv", &fichier(lignes)).await;
    (service, centrale)
}

#[tokio::test]
async fn ce_qui_manque_dit_pourquoi() {
    let dimanche = ARRAS.replace("12/10/2026", "11/10/2026").replace("A-1", "A-7");
    let demain = ARRAS.replace("12/10/2026", "25/11/2026").replace("MORTREUX", "VIART");
    let (service, centrale) = avec(&[&dimanche, &demain.replace("A-1", "A-8")]).await;
    let file = service.lis("/a-completer", &centrale.cookie).await;
    for attendu in ["jour interdit (dimanche)", "écrit « 11/10/2026 »", "après sa réception le"]
    {
        assert!(file.corps.contains(attendu), "« {attendu} » manque : {}", file.corps);
    }
    let page = service.lis("/a-completer/1", &centrale.cookie).await;
    assert!(page.corps.contains("jour interdit (dimanche)"), "{}", page.corps);
    // Un champ qu'on demande n'est pas facultatif.
    let formulaire = page.corps.split("Ce qui manque").nth(1).unwrap_or_default();
    let formulaire = formulaire.split("Demander à l&#39;émetteur").next().unwrap_or_default();
    let formulaire = formulaire.split("Demander à l'émetteur").next().unwrap_or_default();
    assert!(formulaire.contains("name=\"date_signification\""), "{formulaire}");
    assert!(!formulaire.contains("(facultatif)"), "{formulaire}");
}

#[tokio::test]
async fn une_demande_a_l_emetteur_se_relit_se_change_et_laisse_sa_trace() {
    let (service, centrale) = avec(&[SANS_COMMUNE]).await;
    let page = service.lis("/a-completer/1", &centrale.cookie).await;
    for champ in ["name=\"a\"", "name=\"objet\"", "name=\"corps\"", "name=\"avant_le\""] {
        assert!(page.corps.contains(champ), "{champ} : {}", page.corps);
    }
    // Sans adresse, Seuil ne sait pas où écrire, et garde ce qui est écrit.
    let sans =
        "geste=demander_par_seuil&a=&objet=Votre+acte&corps=Quelle+commune+?&avant_le=2026-12-05";
    let refus = service.geste(&centrale, "/a-completer/1", sans).await;
    assert_eq!(refus.statut, StatusCode::OK);
    assert!(refus.corps.contains("id=\"erreur-a\"") && refus.corps.contains("Quelle commune ?"));
    for (a, jour) in [("etude", "2026-12-05"), ("etude@exemple.fr", "2026-11-01"), ("x@y.fr", "")] {
        let corps = format!("geste=demander_par_seuil&a={a}&objet=o&corps=c&avant_le={jour}");
        let refus = service.geste(&centrale, "/a-completer/1", &corps).await;
        assert_eq!(refus.statut, StatusCode::OK, "{a} {jour}");
        assert!(
            refus.corps.contains("La demande n&#39;est pas encore faite")
                || refus.corps.contains("La demande n'est pas encore faite"),
            "{}",
            refus.corps
        );
    }
    let faite = sans.replace("a=&", "a=etude@exemple.fr&");
    let suite = service.geste(&centrale, "/a-completer/1", &faite).await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    let trace = "Demandé le 21/11/2026 à 08\u{a0}h\u{a0}00, à etude@exemple.fr, par Essai secretariat_central";
    let page = service.lis("/a-completer/1?fait=demandee", &centrale.cookie).await;
    for attendu in [
        trace,
        "Réponse attendue avant le 05/12/2026 (dans 14 jours)",
        "Envoi en attente",
        "Quelle commune ?",
    ] {
        assert!(page.corps.contains(attendu), "« {attendu} » manque : {}", page.corps);
    }
    let file = service.lis("/a-completer", &centrale.cookie).await;
    assert!(file.corps.contains(trace), "{}", file.corps);
    let messages = service.lis("/courriers/messages", &centrale.cookie).await;
    assert!(messages.corps.contains("etude@exemple.fr"), "{}", messages.corps);
    assert_eq!(service.courriels().await, ["Quelle commune ?"]);
    // Une autre sous-commission ne voit ni la notice ni la demande.
    let ailleurs = service.personne(Role::SecretariatSousCommission).await;
    let messages = service.lis("/courriers/messages", &ailleurs.cookie).await;
    assert!(!messages.corps.contains("etude@exemple.fr"), "{}", messages.corps);
}

#[tokio::test]
async fn une_demande_faite_soi_meme_se_note_et_propose_ensuite_la_meme_adresse() {
    let autre = SANS_COMMUNE.replace("A-3", "A-9").replace("CARON", "VIART");
    let (service, centrale) = avec(&[SANS_COMMUNE, &autre]).await;
    let corps =
        "geste=demander_note&a=etude@exemple.fr&objet=o&corps=Par+telephone&avant_le=2026-12-05";
    service.geste(&centrale, "/a-completer/1", corps).await;
    assert!(service.courriels().await.is_empty(), "Seuil n'envoie rien");
    let page = service.lis("/a-completer/2", &centrale.cookie).await;
    assert!(page.corps.contains("value=\"etude@exemple.fr\""), "{}", page.corps);
    assert!(!page.corps.contains("Demandé le"), "{}", page.corps);
}

#[tokio::test]
async fn des_colonnes_non_comprises_menent_a_la_page_qui_les_precise() {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let contenu = "Nom du locataire;Commune;Date de signification;Montant de la dette;Loyer hors charges;Sorte;Zone\n\
                   CARON;ARRAS;12/10/2026;3000;500;personne_physique;Nord\n";
    let recu = service.depose(&centrale, "cdp-maison.csv", contenu).await;
    let piece = recu.entete("location").to_owned();
    let resultat = service.lis(&piece, &centrale.cookie).await;
    for attendu in ["2 colonnes non comprises", "CARON"] {
        assert!(resultat.corps.contains(attendu), "« {attendu} » manque : {}", resultat.corps);
    }
    let notice = service.lis("/a-completer/1", &centrale.cookie).await;
    assert!(notice.corps.contains("2 colonnes non comprises"), "{}", notice.corps);
    assert!(notice.corps.contains(&format!("href=\"{piece}/colonnes\"")), "{}", notice.corps);

    // Un exemple à côté de chaque intitulé, et rien de choisi d'avance sans certitude.
    let colonnes = format!("{piece}/colonnes");
    let page = service.lis(&colonnes, &centrale.cookie).await;
    for exemple in ["personne_physique</td>", "Nord</td>", "3000</td>"] {
        assert!(page.corps.contains(exemple), "« {exemple} » manque : {}", page.corps);
    }
    let zone = page.corps.split("value=\"Zone\"").nth(1).and_then(|s| s.split("</select>").next());
    assert!(zone.unwrap_or_default().contains("<option value=\"\" selected>"), "{zone:?}");

    // Le même champ deux fois : c'est dit, le choix reste, et redire confirme.
    let champs = "emetteur=SCP+des+Essais&nature=cdp&entete=Sorte&champ=bailleur_type&entete=Zone&champ=montant_dette";
    let doute = service.geste(&centrale, &colonnes, champs).await;
    assert_eq!(doute.statut, StatusCode::OK);
    assert!(doute.corps.contains("« Montant de la dette » est choisi pour"), "{}", doute.corps);
    assert!(doute.corps.contains("name=\"doublons\" value=\"montant_dette\""), "{}", doute.corps);
    let champs =
        "emetteur=SCP+des+Essais&nature=cdp&entete=Sorte&champ=bailleur_type&entete=Zone&champ=";
    let suite = service.geste(&centrale, &colonnes, champs).await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    // Ce qui a été dit une fois se retrouve, et une colonne laissée de côté ne se compte plus.
    let page = service.lis(&colonnes, &centrale.cookie).await;
    assert!(page.corps.contains("Laissée de côté"), "{}", page.corps);
    let resultat = service.lis(suite.entete("location"), &centrale.cookie).await;
    assert!(!resultat.corps.contains("non comprise"), "{}", resultat.corps);
}

#[tokio::test]
async fn l_accueil_dit_pourquoi_chaque_etape_se_doit() {
    let vieux = ARRAS.replace("12/10/2026", "05/01/2026").replace("03/06/2026", "03/06/2025");
    let (service, centrale) = avec(&[&vieux]).await;
    let accueil = service.lis("/", &centrale.cookie).await;
    let dues = accueil.corps.split("Files de travail").next().unwrap_or_default();
    let dues = dues.split("<tbody>").nth(1).expect("une étape au moins est due");
    let lignes = dues.matches("<tr>").count();
    assert!(lignes > 0 && dues.matches("raison-courte").count() == lignes, "{dues}");
    // La raison est celle que le dossier donne.
    let raison = dues.split("raison-courte\">").nth(1).and_then(|s| s.split('<').next());
    // Le dossier relie ses termes à leur définition : le début suffit.
    let raison = raison.and_then(|r| r.split(',').next()).expect("une raison").to_lowercase();
    let dossier = service.lis("/dossiers/62-2026-000001", &centrale.cookie).await;
    assert!(dossier.corps.to_lowercase().contains(&raison), "{raison} : {}", dossier.corps);
}

#[tokio::test]
async fn l_icone_repond_la_ou_un_navigateur_la_devine() {
    let service = Service::nouveau().await;
    let icone = service.lis("/favicon.ico", "").await;
    assert_eq!(icone.statut, StatusCode::OK);
    assert_eq!(icone.entete("content-type"), "image/svg+xml");
    assert!(service.lis("/connexion", "").await.corps.contains("rel=\"icon\""));
}

#[tokio::test]
async fn un_acte_se_trouve_sous_les_mots_de_tous_les_jours() {
    let (service, centrale) = avec(&[ARRAS]).await;
    let page = service.lis("/dossiers/62-2026-000001/consigner", &centrale.cookie).await;
    let contact = page.corps.split("/consigner/contact\"").last().unwrap_or_default();
    let ligne = contact.split("</li>").next().unwrap_or_default();
    for mot in ["appel", "visite", "mail"] {
        assert!(ligne.contains(mot), "{mot} : {ligne}");
    }
}

#[tokio::test]
async fn les_donnees_d_un_menage_se_remettent_en_pdf_a_qui_les_remet() {
    let (service, centrale) = avec(&[ARRAS]).await;
    let page = service.lis("/registre/62-2026-000001/donnees", &centrale.cookie).await;
    let chemin = "/registre/62-2026-000001/donnees/pdf";
    assert!(page.corps.contains(chemin), "{}", page.corps);
    let pdf = service.lis(chemin, &centrale.cookie).await;
    assert_eq!(pdf.entete("content-type"), "application/pdf", "{}", pdf.corps);
    assert!(pdf.corps.starts_with("%PDF"));
    assert!(pdf.entete("content-disposition").contains("62-2026-000001-donnees.pdf"));
    let arras = service.personne(Role::SecretariatSousCommission).await;
    let refus = service.lis(chemin, &arras.cookie).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN, "{}", refus.corps);
}

#[tokio::test]
async fn une_etude_complete_ses_actes_et_ne_voit_ni_ceux_d_une_autre_ni_ce_qu_on_y_ajoute() {
    let dimanche = ARRAS.replace("12/10/2026", "11/10/2026").replace("A-1", "A-7");
    let d_une_autre = SANS_COMMUNE
        .replace("A-3", "L-9")
        .replace("SCP des Essais", "SCP Ailleurs")
        .replace("CARON", "VIART");
    let (service, centrale) = avec(&[SANS_COMMUNE, &d_une_autre, &dimanche]).await;
    let etude = service.personne(Role::CommissaireDeJustice).await;
    let accueil = service.lis("/", &etude.cookie).await;
    let (avant, _) = accueil.corps.split_once("notices où il manque une information").unwrap();
    let tuile = &avant[avant.rfind("<article").expect("sa tuile")..];
    assert!(tuile.contains(">2<") && tuile.contains("/a-completer"), "deux des siens : {tuile}");
    let file = service.lis("/a-completer", &etude.cookie).await;
    for (reference, vue) in [("A-3", true), ("A-7", true), ("L-9", false)] {
        assert_eq!(file.corps.contains(reference), vue, "{reference} : {}", file.corps);
    }
    assert!(
        !file.corps.contains("Rapprochements"),
        "les files du secrétariat ne sont pas les siennes"
    );

    // Le dossier que son acte a ouvert y mène, pour elle seule.
    let ouverts = dossiers(&service.lis("/dossiers", &etude.cookie).await);
    let page = service.lis(&ouverts[0], &etude.cookie).await;
    assert!(page.corps.contains("href=\"/a-completer/3\""), "{}", page.corps);
    assert!(!page.corps.contains("sans y écrire"), "elle y complète ses actes");
    let page = service.lis(&ouverts[0], &centrale.cookie).await;
    assert!(!page.corps.contains("à votre acte"), "{}", page.corps);

    // Celui d'une autre étude n'existe pas pour elle.
    assert_eq!(service.lis("/a-completer/2", &etude.cookie).await.statut, StatusCode::NOT_FOUND);
    let ecrit = service.geste(&etude, "/a-completer/2", "commune=Arras").await;
    assert_eq!(ecrit.statut, StatusCode::NOT_FOUND);

    // Ce qu'on lui a demandé se lit ; elle ne demande rien à personne.
    let demande = "geste=demander_note&a=&objet=o&corps=Quelle+commune+?&avant_le=2026-12-05";
    service.geste(&centrale, "/a-completer/1", demande).await;
    let page = service.lis("/a-completer/1", &etude.cookie).await;
    assert!(page.corps.contains("Ce qui vous a été demandé"), "{}", page.corps);
    assert!(page.corps.contains("CARON") && !page.corps.contains("name=\"objet\""));
    let refus = service.geste(&etude, "/a-completer/1", demande).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);

    // Sans dossier, puis dans un dossier : le traitement reprend.
    let suite = service.geste(&etude, "/a-completer/1", "commune=Arras&code_postal=62000").await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    let dossier = service.lis(suite.entete("location"), &etude.cookie).await;
    assert!(dossier.corps.contains("Notice complétée"), "{}", dossier.corps);
    let suite = service.geste(&etude, "/a-completer/3", "date_signification=12/10/2026").await;
    assert_eq!(suite.statut, StatusCode::SEE_OTHER, "{}", suite.corps);
    let file = service.lis("/a-completer", &etude.cookie).await;
    assert!(file.corps.contains("Rien à compléter"), "{}", file.corps);

    // Ce que le secrétariat ajoute à l'acte ne lui est pas montré.
    service.geste(&centrale, "/a-completer/3", "date_bail=05/03/2019").await;
    let page = service.lis("/a-completer/3", &centrale.cookie).await;
    assert!(page.corps.contains("05/03/2019"), "{}", page.corps);
    let page = service.lis("/a-completer/3", &etude.cookie).await;
    assert!(!page.corps.contains("05/03/2019") && !page.corps.contains("Ce qui a été reçu"));
}
