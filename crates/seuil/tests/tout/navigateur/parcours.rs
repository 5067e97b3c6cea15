//! Ce qu'une personne vient faire, du début à la fin.

use std::fs;

use epreuves::Dossier;
use epreuves::navigateur::{self, Page};

use fantoccini::Locator;

use super::http::{lire, poster};
use super::{attribut, connecter, exemple, remplir_le_jour, secret, url, voir};

pub(super) const TABULATION: &str = "\u{e004}";
pub(super) const ENTREE: &str = "\u{e007}";

#[tokio::test]
async fn on_se_connecte_apres_une_faute_puis_on_se_deconnecte() {
    let page = navigateur::ouvrir().await;
    page.aller(&url("/dossiers?q=lens")).await;
    voir(&page, "h1", "Se connecter").await;
    page.remplir("#identifiant", "msa").await;
    page.remplir("#secret", "pas-celui-la").await;
    page.cliquer("main button").await;
    voir(&page, "#erreur-connexion", "mot de passe").await;

    page.remplir("#secret", &secret("msa")).await;
    page.cliquer("main button").await;
    voir(&page, "h1", "Dossiers").await;
    assert!(page.adresse().await.ends_with("/dossiers?q=lens"));

    page.cliquer(".fr-header__tools button").await;
    voir(&page, "h1", "Se connecter").await;
    page.aller(&url("/dossiers")).await;
    voir(&page, "h1", "Se connecter").await;
}

#[tokio::test]
async fn la_connexion_et_la_recherche_se_font_au_clavier() {
    let page = navigateur::ouvrir().await;
    page.aller(&url("/connexion")).await;
    tabuler_jusqu_a(&page, "identifiant").await;
    page.taper("lens").await;
    tabuler_jusqu_a(&page, "secret").await;
    page.taper(&secret("lens")).await;
    page.taper(ENTREE).await;
    voir(&page, ".fr-header__user", "").await;

    page.aller(&url("/dossiers")).await;
    tabuler_jusqu_a(&page, "q").await;
    page.taper("zzzzzz").await;
    page.taper(ENTREE).await;
    voir(&page, ".fr-tags-group", "").await;
    assert!(page.adresse().await.contains("q=zzzzzz"), "{}", page.adresse().await);
}

/// Avance de champ en champ : il est atteint, et son focus se voit.
pub(super) async fn tabuler_jusqu_a(page: &Page, id: &str) {
    for _ in 0..40 {
        page.taper(TABULATION).await;
        if page.executer("return document.activeElement.id").await == id {
            let contour =
                page.executer("return getComputedStyle(document.activeElement).outlineStyle").await;
            assert_ne!(contour, "none", "le focus de {id} ne se voit pas");
            return;
        }
    }
    panic!("le champ {id} ne s'atteint pas au clavier");
}

#[tokio::test]
async fn plusieurs_fichiers_deposes_repondent_chacun_ligne_a_ligne() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    page.aller(&url("/reception")).await;
    for nom in
        ["variantes/cdp-fins-de-ligne-lf.csv", "variantes/cql.csv", "variantes/refus/vide.csv"]
    {
        page.deposer_fichier("#fichiers", &exemple(nom)).await;
    }
    assert_eq!(page.textes("[data-fichiers] li").await.len(), 3, "les fichiers choisis se voient");
    page.cliquer("[data-depot] button").await;
    voir(&page, ".fr-alert", "").await;
    let messages = page.textes(".fr-alert").await.join("\n");
    assert!(messages.contains("2 fichiers reçus"), "{messages}");
    assert!(messages.contains("1 fichier refusé"), "{messages}");

    let lignes = ouvrir_la_piece(&page, "cdp-fins-de-ligne-lf.csv").await;
    assert_eq!(
        lignes,
        ["V-0001 LEROUGE Maëlys", "V-0002 D'HAUCOURT Noël", "V-0003 BŒUF Zoé"]
            .map(|r| format!("{r} Commandement de payer"))
    );
    let reponses = page.textes("tbody tr td:nth-child(3)").await;
    assert!(reponses.iter().all(|r| !r.is_empty()), "{reponses:?}");
    page.aller(&url("/reception")).await;
    assert_eq!(ouvrir_la_piece(&page, "cql.csv").await.len(), 2);
    page.aller(&url("/reception")).await;
    assert!(ouvrir_la_piece(&page, "vide.csv").await.is_empty());
    voir(&page, ".fr-alert", "refusé en entier").await;
    assert_eq!(page.erreurs_console().await, Vec::<String>::new());
}

/// Ouvre un fichier reçu et rend la référence de chaque ligne, avec son ménage et sa nature.
async fn ouvrir_la_piece(page: &Page, nom: &str) -> Vec<String> {
    let noms = page.textes("tbody th a").await;
    let rang = noms.iter().position(|n| n == nom).expect("le fichier est dans la liste");
    page.cliquer(&format!("tbody tr:nth-child({}) th a", rang + 1)).await;
    voir(page, "h1", nom).await;
    page.textes("tbody th").await.iter().map(|t| t.replace('\n', " ")).collect()
}

#[tokio::test]
async fn une_notice_inutilisable_se_complete_et_quitte_la_file() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    let vers = completer_une_date(&page).await;
    page.aller(&url("/a-completer")).await;
    let restes = page.client().find_all(Locator::Css("tbody td a")).await;
    for lien in restes.expect("la file se lit") {
        let autre = lien.attr("href").await.expect("un lien").unwrap_or_default();
        assert_ne!(autre, vers, "la notice complétée est encore dans la file");
    }
}

/// Complète la dernière notice à qui il manque la date de son commandement.
/// Rend son adresse.
pub(super) async fn completer_une_date(page: &Page) -> String {
    page.aller(&url("/a-completer")).await;
    let manques = page.textes("tbody tr td:nth-child(4)").await;
    let rang = manques
        .iter()
        // Ce qui manque, puis pourquoi : rien d'autre n'est à donner.
        .rposition(|m| m.starts_with("Date de signification") && m.lines().count() == 2)
        .expect("une notice sans date dans les exemples");
    let lien = format!("tbody tr:nth-child({}) td a", rang + 1);
    let vers = attribut(page, &lien, "href").await.expect("le lien de la notice");
    page.cliquer(&lien).await;
    let champ = "#champ-date_signification";
    remplir_le_jour(page, champ, "2026-09-09").await;
    page.cliquer("main form[action^='/a-completer'] button").await;
    voir(page, ".fr-alert", "Notice complétée").await;
    vers
}

#[tokio::test]
async fn une_notice_se_saisit_apres_une_erreur_nommee() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    saisir_une_notice(&page, "M-0001").await;
}

/// Saisit un commandement, d'abord avec une somme illisible, puis juste.
pub(super) async fn saisir_une_notice(page: &Page, reference: &str) {
    page.aller(&url("/saisie/cdp")).await;
    for (champ, valeur) in [
        ("reference_acte", reference),
        ("locataire_nom", "VERMEULEN"),
        ("locataire_prenom", "Odile"),
        ("logement_adresse", "3 rue du Stade"),
        ("code_postal", "62300"),
        ("commune", "Lens"),
        ("montant_dette", "beaucoup"),
    ] {
        page.remplir(&format!("#champ-{champ}"), valeur).await;
    }
    let date = "#champ-date_signification";
    remplir_le_jour(page, date, "2026-09-09").await;
    page.choisir("#champ-bailleur_type", "personne_physique").await;
    page.cliquer("main form button").await;
    voir(page, "#erreur-montant_dette", "").await;
    voir(page, "#erreurs", "dette").await;
    let garde = attribut(page, "#champ-locataire_nom", "value").await;
    assert_eq!(garde.as_deref(), Some("VERMEULEN"), "la saisie n'est pas perdue");

    page.remplir("#champ-montant_dette", "2 450,50").await;
    page.cliquer("main form button").await;
    voir(page, ".fr-alert__title", "Notice enregistrée").await;
    voir(page, "h1", "VERMEULEN").await;
}

#[tokio::test]
async fn un_rapprochement_douteux_se_joint_puis_se_separe() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    let dossier = Dossier::neuf("homonymes");
    let entetes = "N° acte;Étude;Date du CDP;Qualité du bailleur;Bailleur;NOM locataire;Prénom locataire;Né(e) le;Adresse du logement;CP;Ville;Dette locative (€);Impayé depuis le";
    let suite = "62000;ARRAS;2315,80;01/07/2025";
    let lignes = [
        format!(
            "R-1;SCP Test;15/01/2026;particulier;Aurélie Tanchon;QUENEHEN;Maryvonne;28/09/1981;12 rue des Tilleuls;{suite}"
        ),
        format!(
            "R-2;SCP Test;16/03/2026;particulier;Paul Wacquez;QUENEHEN;Maryvonne;28/09/1981;45 boulevard Faidherbe;{suite}"
        ),
    ];
    let fichier = dossier.chemin().join("homonymes.csv");
    fs::write(&fichier, format!("{entetes}\n{}\n", lignes.join("\n"))).expect("le fichier s'écrit");
    page.aller(&url("/reception")).await;
    page.deposer_fichier("#fichiers", &fichier).await;
    page.cliquer("[data-depot] button").await;
    voir(&page, "h1", "homonymes.csv").await;

    page.aller(&url("/rapprochements")).await;
    voir(&page, "main .fr-card h2", "").await;
    let menages = page.textes("main .fr-card h2").await;
    let rang = menages.iter().position(|m| m.contains("QUENEHEN")).expect("le doute est posé") + 1;
    let question = format!("section[aria-labelledby=question-{rang}]");
    page.capture("central-rapprochements-1280").await;
    page.sans_violation().await;
    page.taille(320, 900).await;
    page.pas_de_defilement_horizontal().await;
    page.capture("central-rapprochements-320").await;
    page.taille(1280, 900).await;

    page.cliquer(&format!("{question} button[value=joint]")).await;
    voir(&page, ".fr-alert__title", "Dossiers joints").await;
    page.cliquer(".fr-alert a").await;
    let histoire = voir(&page, "section[aria-labelledby=actes]", "15/01/2026").await;
    assert!(histoire.contains("16/03/2026"), "{histoire}");
    page.cliquer("form[action$='/separer'] button").await;
    voir(&page, ".fr-alert", "se suit de son côté").await;
    let histoire = page.texte("section[aria-labelledby=actes]").await;
    assert_ne!(histoire.contains("15/01/2026"), histoire.contains("16/03/2026"), "{histoire}");
}

#[tokio::test]
async fn une_lettre_s_ouvre_puis_part_seule_ou_dans_une_liasse() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    page.aller(&url("/courriers")).await;
    let pdf = attribut(&page, "tbody tr:first-child th a", "href").await.expect("un PDF");
    let lettre = lire(&page, &pdf).await;
    assert!(lettre.entetes.contains("content-type: application/pdf"), "{}", lettre.entetes);
    assert!(lettre.corps.starts_with(b"%PDF"), "{}", lettre.debut());

    let jeton = attribut(&page, "main input[name=jeton]", "value").await.expect("un jeton");
    let mut numeros = Vec::new();
    for rang in [1, 2, 3] {
        let case = format!("tbody tr:nth-child({rang}) input[name=lettre]");
        numeros.push(attribut(&page, &case, "value").await.expect("une lettre"));
    }
    let choisies: String = numeros.iter().map(|n| format!("&lettre={n}")).collect();
    let liasse =
        poster(&page, "/courriers", &format!("jeton={jeton}&geste=ouvrir{choisies}")).await;
    assert!(liasse.corps.starts_with(b"%PDF"), "{}", liasse.debut());
    assert!(liasse.corps.len() > lettre.corps.len(), "la liasse tient plusieurs lettres");
    let sans_jeton = poster(&page, "/courriers", &format!("geste=envoye{choisies}")).await;
    assert!(!sans_jeton.entetes.starts_with("http/1.0 303"), "{}", sans_jeton.entetes);

    page.cliquer(&format!("#lettre-{}", numeros[0])).await;
    page.cliquer("button[name=geste][value=envoye]").await;
    voir(&page, ".fr-alert__title", "1 lettre").await;
    page.aller(&url("/courriers?etat=envoye")).await;
    page.texte(&format!("#lettre-{}", numeros[0])).await;
    page.aller(&url("/courriers")).await;
    assert!(attribut(&page, &format!("#lettre-{}", numeros[0]), "id").await.is_none());
}

#[tokio::test]
async fn la_liste_filtree_s_exporte_telle_qu_elle_est_montree() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "lens").await;
    page.aller(&url("/dossiers?stade=assignation_delivree")).await;
    let vers = attribut(&page, "a[href*='/export/csv']", "href").await.expect("un export");
    assert!(vers.contains("stade=assignation_delivree"), "{vers}");
    let export = lire(&page, &vers).await;
    assert!(export.entetes.contains("content-type: text/csv"), "{}", export.entetes);
    let lignes = String::from_utf8_lossy(&export.corps).lines().count() - 1;
    let montre = page.texte(".barre h2").await;
    assert_eq!(montre, format!("{lignes} dossiers"));
}

#[tokio::test]
async fn les_regles_se_lisent_a_une_autre_date_et_se_calculent() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "pilotage").await;
    page.aller(&url("/regles/delai_commandement_de_payer")).await;
    let versions = page.textes("tbody tr td:nth-child(2)").await.join(" | ");
    assert!(versions.contains("6 semaines") && versions.contains("2 mois"), "{versions}");
    page.aller(&url("/regles?q=commandement_de_payer")).await;
    let aujourd_hui = page.texte("tbody").await;
    page.aller(&url("/regles?q=commandement_de_payer&au=2020-03-02")).await;
    assert_ne!(page.texte("tbody").await, aujourd_hui, "la règle de 2020 est celle d'aujourd'hui");
}
