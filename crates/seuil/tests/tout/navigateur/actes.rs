//! Consigner chaque acte, le lire dans le dossier, le corriger.

use ccapex::acte::gabarit::{Champ, GABARITS, Genre};
use epreuves::navigateur::{self, Page};
use fantoccini::Locator;

use super::pages::regarder;
use super::{Demo, attribut, consigner, ouvrir_un_dossier, remplir_le_jour, sur_chaque_base, voir};

const ENTREE: &str = "\u{e007}";
const TABULATION: &str = "\u{e004}";
const HISTOIRE: &str = "section[aria-labelledby=actes]";
const ENSUITE: &str = "section[aria-labelledby=avenir]";
const CONSIGNER: &str = "#acte .fr-btns-group button";

/// Un dossier neuf, ouvert devant le secrétariat.
async fn au_secretariat(demo: &Demo, page: &Page, locataire: &str) -> String {
    demo.connecter(page, "central").await;
    let dossier = ouvrir_un_dossier(page, locataire).await;
    page.aller(&demo.url(&dossier)).await;
    voir(page, "h1", locataire).await;
    dossier
}

/// Sur un moteur : les gestes qui suivent se font sur les deux, et les histoires au hasard de `usages`
/// y tirent dans tout le catalogue.
#[tokio::test]
async fn chaque_acte_se_consigne_par_son_formulaire_et_se_lit_dans_l_histoire() {
    let demo = Demo::embarquee();
    let page = navigateur::ouvrir().await;
    let dossier = au_secretariat(demo, &page, "LENGLET").await;
    for gabarit in GABARITS {
        // Les rubriques du diagnostic s'écrivent à sa page ; un accès restreint à d'autres se refuse.
        if ["dsf_redige", "acces_restreint"].contains(&gabarit.nom) {
            continue;
        }
        page.aller(&demo.url(&format!("{dossier}/consigner/{}", gabarit.nom))).await;
        voir(&page, "h1", gabarit.libelle).await;
        remplir_le_jour(&page, "#champ-date", "2026-10-09").await;
        let note = format!("Essai de l'acte {}.", gabarit.nom);
        for champ in gabarit.tous_les_champs() {
            remplir(&page, champ, &note).await;
        }
        page.cliquer(CONSIGNER).await;
        let titre = voir(&page, ".fr-alert__title", gabarit.libelle).await;
        assert!(titre.ends_with(": consigné"), "{} : {titre}", gabarit.nom);
        let titres = titres_de_ce_qui_dit(&page, &note).await;
        assert!(titres.iter().any(|t| t == gabarit.libelle), "{} : {titres:?}", gabarit.nom);
    }
    assert_eq!(page.erreurs_console().await, Vec::<String>::new());
}

/// Les titres des actes de l'histoire où ce texte se lit.
async fn titres_de_ce_qui_dit(page: &Page, texte: &str) -> Vec<String> {
    let lus = page
        .executer(&format!(
            "return [...document.querySelectorAll(`{HISTOIRE} .chrono__titre`)].filter(titre => \
             titre.closest('li').innerText.includes({texte:?})).map(titre => titre.innerText)"
        ))
        .await;
    lus.as_array().into_iter().flatten().filter_map(|t| t.as_str().map(str::to_owned)).collect()
}

/// Une réponse juste à ce champ, comme une personne la donnerait.
async fn remplir(page: &Page, champ: &Champ, texte: &str) {
    let vers = format!("#champ-{}", champ.nom);
    match champ.genre {
        Genre::Texte => page.remplir(&vers, texte).await,
        Genre::Montant => page.remplir(&vers, "1 234,56").await,
        Genre::Nombre { min, max } => page.remplir(&vers, &6.clamp(min, max).to_string()).await,
        Genre::Jour => remplir_le_jour(page, &vers, "2026-12-11").await,
        Genre::OuiNon => page.cliquer(&format!("{vers}-oui")).await,
        Genre::Choix(_) | Genre::Code | Genre::Codes => repondre(page, champ.nom).await,
    }
}

/// La première réponse que la page propose : dans une liste, à cocher, ou à taper.
async fn repondre(page: &Page, nom: &str) {
    let liste = format!("select[name='{nom}']");
    let cases = format!("input[name='{nom}']:not([value='']):not([type=text])");
    if let Some(code) = attribut(page, &format!("{liste} option:not([value=''])"), "value").await {
        page.choisir(&liste, &code).await;
    } else if attribut(page, &cases, "id").await.is_some() {
        page.cliquer(&cases).await;
    } else {
        page.remplir(&format!("#champ-{nom}"), "essai").await;
    }
}

#[tokio::test]
async fn un_acte_irregulier_dit_le_texte_le_motif_et_ce_qui_en_suit() {
    sur_chaque_base(async |demo| {
        let page = navigateur::ouvrir().await;
        let dossier = au_secretariat(demo, &page, "DHAINAUT").await;
        // Douze jours après un commandement qui en demande quarante-deux.
        page.aller(&demo.url(&format!("{dossier}/consigner/assignation"))).await;
        remplir_le_jour(&page, "#champ-date", "2026-09-21").await;
        remplir_le_jour(&page, "#champ-date_audience", "2026-12-11").await;
        page.cliquer(CONSIGNER).await;
        voir(&page, ".fr-alert__title", "Assignation du 21/09/2026 : consigné").await;
        let annonce = page.texte(".fr-alert--warning").await;
        for attendu in ["Irrégularité.", "commandement", "Ce qui en suit.", "Prochaine étape."] {
            assert!(annonce.contains(attendu), "« {attendu} » manque : {annonce}");
        }
        let regle = attribut(&page, ".fr-alert--warning a", "href").await.unwrap_or_default();
        assert!(regle.starts_with("/regles/"), "{regle}");
        page.aller(&demo.url(&dossier)).await;
        let histoire = page.texte(&format!("{HISTOIRE} .irregularite")).await;
        assert!(histoire.contains("Ce qui en suit"), "{histoire}");
        page.cliquer(&format!("{HISTOIRE} .irregularite a")).await;
        voir(&page, "h1", "").await;
        assert!(page.adresse().await.contains("/regles/"), "{}", page.adresse().await);
    })
    .await;
}

#[tokio::test]
async fn un_formulaire_refuse_garde_ce_qui_est_tape_et_dit_quoi_faire() {
    let page = navigateur::ouvrir().await;
    let demo = Demo::embarquee();
    let dossier = au_secretariat(demo, &page, "COUSTENOBLE").await;
    page.aller(&demo.url(&format!("{dossier}/consigner/plan_apurement"))).await;
    remplir_le_jour(&page, "#champ-date", "2026-10-09").await;
    page.remplir("#champ-mensualite", "beaucoup").await;
    page.choisir("#champ-origine", "caf").await;
    page.remplir("#champ-note", "Accord verbal.").await;
    page.cliquer(CONSIGNER).await;
    let erreurs = voir(&page, "#erreurs", "L'acte n'est pas encore consigné").await;
    assert!(erreurs.contains("« beaucoup » n'est pas une somme. Écrivez-la"), "{erreurs}");
    assert!(erreurs.contains("Sans ce nombre"), "{erreurs}");
    voir(&page, "#erreur-mensualite", "1 234,56").await;
    for (champ, garde) in [("mensualite", "beaucoup"), ("date", "2026-10-09")] {
        let valeur = attribut(&page, &format!("#champ-{champ}"), "value").await;
        assert_eq!(valeur.as_deref(), Some(garde), "{champ}");
    }
    assert_eq!(page.texte("#champ-origine option:checked").await, "Caf");
    assert_eq!(page.texte("#champ-note").await, "Accord verbal.");
    let defauts = regarder(&page, "central-acte-refuse").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));

    page.taille(1280, 900).await;
    page.remplir("#champ-mensualite", "85,50").await;
    page.remplir("#champ-echeances", "24").await;
    page.cliquer(CONSIGNER).await;
    voir(&page, ".fr-alert__title", "Plan d'apurement du 09/10/2026 : consigné").await;
    voir(&page, "section[aria-labelledby=dette]", "24 mensualités de 85,50").await;
}

#[tokio::test]
async fn un_plan_montre_ses_mensualites_et_chacune_se_note_sur_place() {
    let page = navigateur::ouvrir().await;
    let demo = Demo::embarquee();
    let dossier = au_secretariat(demo, &page, "VANDAMME").await;
    let plan = "date=2026-09-15&mensualite=50&echeances=6&origine=bailleur";
    consigner(&page, &dossier, "plan_apurement", plan).await;
    page.aller(&demo.url(&dossier)).await;
    let premiere = "section[aria-labelledby=dette] tbody tr:nth-child(1)";
    voir(&page, premiere, "À noter").await;
    page.cliquer(&format!("{premiere} button[value=manquee]")).await;
    voir(&page, ".fr-alert__title", "Mensualité du plan").await;
    voir(&page, premiere, "Manquée").await;
    let compte = page.texte("section[aria-labelledby=dette]").await;
    assert!(compte.contains("1 manquée"), "{compte}");
    let defauts = regarder(&page, "central-dossier-plan").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

#[tokio::test]
async fn un_acte_corrige_reste_lisible_et_tout_se_recalcule_sans_lui() {
    sur_chaque_base(async |demo| {
        let page = navigateur::ouvrir().await;
        let dossier = au_secretariat(demo, &page, "BRASSART").await;
        let avant = page.texte(".dossier-tete").await;
        let attendait = page.texte(ENSUITE).await;
        consigner(&page, &dossier, "depart", "date=2026-10-09").await;
        page.aller(&demo.url(&dossier)).await;
        voir(&page, ".dossier-tete", "Ménage parti").await;
        assert_ne!(page.texte(ENSUITE).await, attendait, "le départ change ce qui vient");

        page.cliquer(&format!("{HISTOIRE} a[href*='/rectifier/']")).await;
        voir(&page, "h1", "Corriger un acte").await;
        voir(&page, "main form h2", "Départ du ménage, 09/10/2026").await;
        page.cliquer("main form button").await;
        voir(&page, "#erreur-motif", "Dites ce qui était faux").await;
        page.remplir("#champ-motif", "Le voisin est parti, pas ce ménage.").await;
        page.cliquer("main form button").await;
        voir(&page, ".fr-alert__title", "Départ du ménage du 09/10/2026 : annulé").await;
        let annule = voir(&page, ".chrono--annule", "Départ du ménage").await;
        assert!(annule.contains("Le voisin est parti"), "{annule}");
        assert_eq!(page.texte(".dossier-tete").await, avant, "le stade d'avant revient");
        assert_eq!(page.texte(ENSUITE).await, attendait, "ce qui venait revient");
    })
    .await;
}

#[tokio::test]
async fn un_acte_se_cherche_se_remplit_et_s_envoie_au_clavier() {
    let page = navigateur::ouvrir().await;
    let demo = Demo::embarquee();
    let dossier = au_secretariat(demo, &page, "LECOMTE").await;
    page.aller(&demo.url(&format!("{dossier}/consigner"))).await;
    tabuler_jusqu_a(&page, "return document.activeElement.id === 'filtre'").await;
    page.taper("renonc").await;
    voir(&page, "#filtre-compte", "1").await;
    tabuler_jusqu_a(
        &page,
        "return (document.activeElement.pathname || '').endsWith('/consigner/renonciation')",
    )
    .await;
    page.taper(ENTREE).await;
    voir(&page, "h1", "Renonciation du bailleur").await;
    tabuler_jusqu_a(&page, "return document.activeElement.id === 'champ-date'").await;
    page.taper("09092026").await;
    tabuler_jusqu_a(&page, "return document.activeElement.id === 'champ-note'").await;
    page.taper("Par courriel.").await;
    tabuler_jusqu_a(&page, "return document.activeElement.textContent.trim() === 'Consigner'")
        .await;
    page.taper(ENTREE).await;
    voir(&page, ".fr-alert__title", "Renonciation du bailleur du 09/09/2026 : consigné").await;
}

/// Avance de champ en champ jusqu'à celui que le script reconnaît ; son focus se voit.
async fn tabuler_jusqu_a(page: &Page, script: &str) {
    for _ in 0..80 {
        page.taper(TABULATION).await;
        if page.executer(script).await.as_bool() == Some(true) {
            let contour =
                page.executer("return getComputedStyle(document.activeElement).outlineStyle").await;
            assert_ne!(contour, "none", "le focus ne se voit pas : {script}");
            return;
        }
    }
    panic!("jamais atteint au clavier : {script}");
}

#[tokio::test]
async fn sans_script_un_acte_se_choisit_se_consigne_et_se_corrige() {
    let page = navigateur::ouvrir_sans_javascript().await;
    let demo = Demo::embarquee();
    let dossier = au_secretariat(demo, &page, "MAHIEU").await;
    page.aller(&demo.url(&format!("{dossier}/consigner"))).await;
    page.cliquer("#actes a[href$='/consigner/dette']").await;
    voir(&page, "h1", "Décompte de la dette").await;
    remplir_le_jour(&page, "#champ-date", "2026-10-09").await;
    page.remplir("#champ-montant", "0").await;
    page.cliquer(CONSIGNER).await;
    voir(&page, ".fr-alert__title", "consigné").await;
    voir(&page, "section[aria-labelledby=dette]", "Réglée le 09/10/2026").await;
    page.cliquer(&format!("{HISTOIRE} a[href*='/rectifier/']")).await;
    page.remplir("#champ-motif", "Chèque sans provision.").await;
    page.cliquer("main form button").await;
    voir(&page, ".chrono--annule", "Décompte de la dette").await;
}

#[tokio::test]
async fn une_demande_de_concours_se_suit_du_depot_a_la_decision() {
    sur_chaque_base(async |demo| {
        let page = navigateur::ouvrir().await;
        let dossier = au_secretariat(demo, &page, "FOURNIER").await;
        for (acte, champs) in [
            ("assignation", "date=2026-10-26&date_audience=2026-10-30"),
            ("decision", "date=2026-11-02&issue=resiliation"),
            ("signification_jugement", "date=2026-11-04"),
            ("cql", "date=2026-11-05&date_notification_prefet=2026-11-05"),
        ] {
            consigner(&page, &dossier, acte, champs).await;
        }
        deposer_la_demande(demo, &page, &dossier).await;
        instruire(&page).await;
        decider(demo, &page, &dossier).await;
    })
    .await;
}

async fn deposer_la_demande(demo: &Demo, page: &Page, dossier: &str) {
    page.aller(&demo.url(dossier)).await;
    page.cliquer(".prochaine a[href$='/force-publique']").await;
    voir(page, "h1", "Concours de la force publique").await;
    voir(page, "section[aria-labelledby=delai]", "Aucune demande").await;
    page.cliquer("section[aria-labelledby=delai] a").await;
    remplir_le_jour(page, "#champ-date", "2026-11-09").await;
    page.cliquer(CONSIGNER).await;
    // Le délai pour quitter les lieux court encore : la demande est enregistrée, et dite irrégulière.
    voir(page, ".fr-alert--warning", "Ce qui en suit.").await;
    voir(page, ".dossier-tete", "oncours").await;
    page.aller(&demo.url(&format!("{dossier}/force-publique"))).await;
    let delai = voir(page, "section[aria-labelledby=delai]", "09/01/2027").await;
    assert!(delai.contains("Demandé le 09/11/2026"), "{delai}");
    page.cliquer("section[aria-labelledby=delai] summary").await;
    voir(page, "section[aria-labelledby=delai]", "R. 153-1").await;
}

async fn instruire(page: &Page) {
    for (piece, avis, dit) in [
        ("avis_maire", "favorable", "favorable"),
        ("entretien_derniere_chance", "fait", "fait"),
        ("renseignement_police", "reserve", "réservé"),
        ("enquete_sociale", "fait", "fait"),
        ("place_siao", "trouve", "trouvé"),
    ] {
        let bloc = format!("#piece-{piece}");
        voir(page, &bloc, "Manque").await;
        page.cliquer(&format!("{bloc} summary")).await;
        remplir_le_jour(page, &format!("{bloc} input[name=date]"), "2026-11-16").await;
        let choix = format!("{bloc} select[name=avis]");
        if attribut(page, &choix, "id").await.is_some() {
            page.choisir(&choix, avis).await;
        } else {
            page.cliquer(&format!("{bloc} input[value={avis}]")).await;
        }
        page.cliquer(&format!("{bloc} button")).await;
        voir(page, ".fr-alert__title", "consigné").await;
        let recue = voir(page, &bloc, "Reçu").await;
        assert!(recue.contains("16/11/2026") && recue.contains(dit), "{recue}");
    }
    let restent = page.textes("section[aria-labelledby=pieces-cfp] .fr-badge--warning").await;
    assert_eq!(restent, Vec::<String>::new(), "toutes les pièces sont là");
}

async fn decider(demo: &Demo, page: &Page, dossier: &str) {
    let decision = "section[aria-labelledby=decision]";
    let envoyer = format!("{decision} .fr-btns-group button:not([formaction])");
    page.cliquer(&envoyer).await;
    let erreurs = voir(page, "#erreurs", "La décision n'est pas encore consignée").await;
    for attendu in ["Une décision a un auteur", "se motive", "c'est une personne qui décide"] {
        assert!(erreurs.contains(attendu), "« {attendu} » manque : {erreurs}");
    }
    page.cliquer(&format!("{decision} input[value=refus]")).await;
    remplir_le_jour(page, &format!("{decision} input[name=date]"), "2026-11-20").await;
    page.remplir(&format!("{decision} input[name=decideur]"), "la sous-préfète de Lens").await;
    let motif = "Relogement attendu au 1er décembre.";
    page.remplir(&format!("{decision} textarea[name=motif]"), motif).await;
    page.cliquer("#champ-confirmation").await;
    page.cliquer(&envoyer).await;
    voir(page, ".fr-alert__title", "Décision sur le concours").await;
    voir(page, decision, "Concours refusé le 20/11/2026").await;
    let periode = voir(page, "section[aria-labelledby=indemnisation]", "court encore").await;
    assert!(periode.contains("Depuis le "), "{periode}");
    let defauts = regarder(page, "central-force-publique-decidee").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
    page.taille(1280, 900).await;
    page.aller(&demo.url(dossier)).await;
    let histoire = voir(page, HISTOIRE, motif).await;
    assert!(histoire.contains("la sous-préfète de Lens"), "{histoire}");
}

#[tokio::test]
async fn les_pages_des_actes_sont_accessibles() {
    let page = navigateur::ouvrir().await;
    let demo = Demo::embarquee();
    let dossier = au_secretariat(demo, &page, "DUMETZ").await;
    consigner(&page, &dossier, "dette", "date=2026-10-09&montant=1800").await;
    let mut defauts = Vec::new();
    for (nom, chemin) in [
        ("choisir", "/consigner"),
        ("acte-audience", "/consigner/audience"),
        ("acte-alerte", "/consigner/alerte"),
        ("acte-assignation", "/consigner/assignation"),
        ("acte-dalo", "/consigner/dalo"),
        ("force-publique-vide", "/force-publique"),
    ] {
        page.taille(1280, 900).await;
        page.aller(&demo.url(&format!("{dossier}{chemin}"))).await;
        defauts.extend(regarder(&page, &format!("central-{nom}")).await);
    }
    page.taille(1280, 900).await;
    page.aller(&demo.url(&dossier)).await;
    page.cliquer(&format!("{HISTOIRE} a[href*='/rectifier/']")).await;
    defauts.extend(regarder(&page, "central-rectifier").await);
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

/// Un dossier de la démonstration à chaque moment qui change ce que sa page montre.
#[tokio::test]
async fn chaque_stade_de_la_demonstration_a_une_page_accessible() {
    let page = navigateur::ouvrir().await;
    let demo = Demo::embarquee();
    demo.connecter(&page, "central").await;
    let mut defauts = Vec::new();
    for stade in [
        "delais_accordes_clause_suspendue",
        "cql_signifie",
        "cfp_demande",
        "cfp_accorde",
        "cfp_refuse",
        "expulsion_realisee",
    ] {
        page.taille(1280, 900).await;
        page.aller(&demo.url(&format!("/dossiers?stade={stade}"))).await;
        page.cliquer("tbody th a").await;
        voir(&page, "#prochaine", "").await;
        tout_ouvrir(&page).await;
        defauts.extend(regarder(&page, &format!("central-{stade}")).await);
        if page.client().find(Locator::Css("a[href$='/force-publique']")).await.is_ok() {
            page.taille(1280, 900).await;
            page.cliquer("a[href$='/force-publique']").await;
            voir(&page, "h1", "Concours").await;
            tout_ouvrir(&page).await;
            defauts.extend(regarder(&page, &format!("central-{stade}-force-publique")).await);
        }
    }
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

/// Ce qui est plié se regarde aussi.
async fn tout_ouvrir(page: &Page) {
    page.executer("document.querySelectorAll('main details').forEach(d => d.open = true)").await;
}
