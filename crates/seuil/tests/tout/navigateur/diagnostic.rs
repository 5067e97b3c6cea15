//! Le diagnostic du mandat à l'envoi, ce que dit le ménage, et les pages publiques qui l'informent.

use ccapex::cours::etat::Stade;
use ccapex::diagnostic::{Champ, Exigence, Genre, RUBRIQUES};
use epreuves::navigateur::{self, Page};

use super::http::{lire, poster};
use super::{Demo, attribut, consigner, ouvrir_un_dossier, remplir_le_jour, sur_chaque_base, voir};

/// Un téléphone, une tablette, un poste de travail.
const LARGEURS: [u64; 3] = [375, 768, 1440];

const ASSIGNATION: &str = "date=2026-10-09&date_notification_prefet=2026-10-12\
     &date_audience=2026-12-18&tribunal=Lens";

/// Un dossier neuf, assigné pour le 18 décembre, ouvert devant le secrétariat.
async fn assigne(demo: &Demo, page: &Page, locataire: &str) -> String {
    demo.connecter(page, "central").await;
    let dossier = ouvrir_un_dossier(page, locataire).await;
    page.aller(&demo.url(&dossier)).await;
    consigner(page, &dossier, "assignation", ASSIGNATION).await;
    dossier
}

/// La page ouverte se lit à chaque largeur, sans violation.
async fn regarder(page: &Page, nom: &str) {
    for largeur in LARGEURS {
        page.taille(largeur, 900).await;
        page.pas_de_defilement_horizontal().await;
        page.sans_violation().await;
        page.capture(&format!("{nom}-{largeur}")).await;
    }
    page.taille(1280, 900).await;
}

/// Déplie une étape du diagnostic, si elle ne l'est pas.
async fn deplier(page: &Page, acte: &str) {
    let etape = format!("details:has(input[value={acte}])");
    voir(page, &etape, "").await;
    if attribut(page, &etape, "open").await.is_none() {
        page.cliquer(&format!("{etape} > summary")).await;
    }
}

async fn noter(page: &Page, acte: &str) {
    page.cliquer(&format!("details:has(input[value={acte}]) button")).await;
}

#[tokio::test]
async fn un_diagnostic_va_du_mandat_a_l_envoi_et_sa_preuve() {
    sur_chaque_base(async |demo| {
        let page = navigateur::ouvrir().await;
        let dossier = assigne(demo, &page, "DELVAL").await;
        let reference = dossier.rsplit('/').next().unwrap_or_default().to_owned();

        // L'audience approche, personne n'a joint le ménage : la liste le dit, la feuille s'imprime.
        page.aller(&demo.url("/diagnostics")).await;
        voir(&page, "table", "DELVAL").await;
        regarder(&page, "diagnostics").await;
        let jeton = attribut(&page, "main input[name=jeton]", "value").await.expect("un jeton");
        let choix = format!("jeton={jeton}&jour=2026-11-24&dossier={reference}");
        let feuille = poster(&page, "/diagnostics", &choix).await;
        assert!(feuille.corps.starts_with(b"%PDF"), "{}", feuille.debut());

        let suivi = demo.url(&format!("{dossier}/diagnostic"));
        page.aller(&suivi).await;
        deplier(&page, "dsf_demande").await;
        remplir_le_jour(&page, "#champ-dsf_demande-date", "2026-11-02").await;
        page.choisir("#champ-dsf_demande-organisme", "departement").await;
        page.remplir("#champ-dsf_demande-travailleur", "Jeanne Delattre").await;
        noter(&page, "dsf_demande").await;
        voir(&page, ".fr-alert__title", "Mandat enregistré").await;
        voir(&page, "section[aria-labelledby=histoire]", "Jeanne Delattre").await;

        deplier(&page, "dsf_rendez_vous").await;
        remplir_le_jour(&page, "#champ-dsf_rendez_vous-date", "2026-11-12").await;
        page.choisir("#champ-dsf_rendez_vous-mode", "courrier").await;
        noter(&page, "dsf_rendez_vous").await;
        voir(&page, ".fr-alert__title", "Entretien enregistré").await;
        voir(&page, "section[aria-labelledby=delais]", "Proposé le").await;

        deplier(&page, "porte_close").await;
        remplir_le_jour(&page, "#champ-porte_close-date", "2026-11-12").await;
        page.choisir("#champ-porte_close-mode", "visite").await;
        noter(&page, "porte_close").await;
        voir(&page, ".fr-alert__title", "Tentative enregistrée").await;
        voir(&page, "section[aria-labelledby=histoire]", "tentative n° 1").await;
        regarder(&page, "diagnostic-en-cours").await;

        ecrire_au_fil(demo, &page, &dossier).await;
        deux_onglets(demo, &page, &dossier).await;
        ecrire_tout(demo, &page, &dossier).await;

        page.aller(&suivi).await;
        voir(&page, "section[aria-labelledby=manques]", "le diagnostic peut partir").await;
        let pdf = lire(&page, &format!("{dossier}/diagnostic/pdf")).await;
        assert!(pdf.corps.starts_with(b"%PDF"), "{}", pdf.debut());

        deplier(&page, "dsf_realise").await;
        noter(&page, "dsf_realise").await;
        voir(&page, ".fr-alert__title", "Diagnostic terminé").await;
        deplier(&page, "dsf_transmis").await;
        page.choisir("#champ-dsf_transmis-mode", "electronique").await;
        page.cliquer("#champ-dsf_transmis-destinataires-commission").await;
        noter(&page, "dsf_transmis").await;
        voir(&page, "#erreurs", "au juge et à la commission").await;
        page.cliquer("#champ-dsf_transmis-destinataires-commission").await;
        page.remplir("#champ-dsf_transmis-note", "AR du greffe n° 12").await;
        noter(&page, "dsf_transmis").await;
        voir(&page, ".fr-alert__title", "Envoi enregistré").await;
        let preuve = voir(&page, "section[aria-labelledby=envoi]", "Dans le délai").await;
        for attendu in ["21/11/2026", "Le juge, La commission", "AR du greffe n° 12", "Acte n°"] {
            assert!(preuve.contains(attendu), "{attendu} : {preuve}");
        }
        let envoye = lire(&page, &format!("{dossier}/diagnostic/pdf-envoye")).await;
        assert!(envoye.corps.starts_with(b"%PDF"), "{}", envoye.debut());
        regarder(&page, "diagnostic-envoye").await;
        assert_eq!(page.erreurs_console().await, Vec::<String>::new());
    })
    .await;
}

/// Une rubrique se garde toute seule, et se retrouve sans qu'on ait cliqué.
async fn ecrire_au_fil(demo: &Demo, page: &Page, dossier: &str) {
    let dette = demo.url(&format!("{dossier}/diagnostic/dette"));
    page.aller(&dette).await;
    page.remplir("#champ-causes", "Perte d'emploi en mai.").await;
    let dit = voir(page, "[data-etat]", "Enregistré à").await;
    assert!(dit.contains('h'), "{dit}");
    regarder(page, "diagnostic-rubrique").await;
    page.aller(&dette).await;
    assert_eq!(valeur(page, "causes").await, "Perte d'emploi en mai.");
}

/// Deux onglets sur la même rubrique : chaque champ garde ce qu'on y a écrit, et un même champ
/// écrit deux fois montre les deux textes.
async fn deux_onglets(demo: &Demo, page: &Page, dossier: &str) {
    let dette = demo.url(&format!("{dossier}/diagnostic/dette"));
    let autre = navigateur::ouvrir().await;
    demo.connecter(&autre, "lens").await;
    autre.aller(&dette).await;
    page.aller(&dette).await;

    autre.remplir("#champ-montant", "2 600").await;
    voir(&autre, "[data-etat]", "Enregistré à").await;
    page.remplir("#champ-causes", "Perte d'emploi en mai, puis maladie.").await;
    voir(page, "[data-etat]", "Enregistré à").await;
    autre.remplir("#champ-causes", "Séparation.").await;
    voir(&autre, "[data-etat]", "quelqu'un a changé").await;
    autre.cliquer("button[value=fin]").await;
    let deux = voir(&autre, "#erreur-causes", "puis maladie").await;
    assert!(deux.contains("gardez-le ou complétez-le"), "{deux}");
    assert_eq!(valeur(&autre, "causes").await, "Séparation.");
    assert_eq!(valeur(&autre, "montant").await, "2600,00");
    regarder(&autre, "diagnostic-deux-textes").await;
    autre.remplir("#champ-causes", "Perte d'emploi, maladie, séparation.").await;
    autre.cliquer("button[value=fin]").await;
    voir(&autre, ".fr-alert__title", "Rubriques enregistrées").await;
    page.aller(&dette).await;
    assert_eq!(valeur(page, "causes").await, "Perte d'emploi, maladie, séparation.");
    assert_eq!(valeur(page, "montant").await, "2600,00");
}

/// Ce que contient un champ de la page.
async fn valeur(page: &Page, champ: &str) -> String {
    let script = format!("return document.getElementById('champ-{champ}').value");
    page.executer(&script).await.as_str().unwrap_or_default().to_owned()
}

/// Écrit tout ce que le formulaire demande, de rubrique en rubrique.
async fn ecrire_tout(demo: &Demo, page: &Page, dossier: &str) {
    let premiere = RUBRIQUES.first().expect("une rubrique").code;
    page.aller(&demo.url(&format!("{dossier}/diagnostic/{premiere}"))).await;
    for (rang, rubrique) in RUBRIQUES.iter().enumerate() {
        voir(page, "h1", rubrique.titre).await;
        let exiges = rubrique
            .champs
            .iter()
            .filter(|c| matches!(c.exigence, Exigence::Toujours | Exigence::SiRencontre));
        for champ in exiges {
            if rubrique.code != "dette" || valeur(page, champ.code).await.is_empty() {
                remplir(page, champ).await;
            }
        }
        if rubrique.code.starts_with("observations_") {
            page.remplir("#champ-texte", "Demande à rester dans le logement.").await;
        }
        let derniere = rang + 1 == RUBRIQUES.len();
        page.cliquer(&format!("button[value={}]", if derniere { "fin" } else { "suite" })).await;
    }
    voir(page, ".fr-alert__title", "Rubriques enregistrées").await;
}

async fn remplir(page: &Page, champ: &Champ) {
    let vers = format!("#champ-{}", champ.code);
    match champ.genre {
        Genre::Ligne => page.remplir(&vers, "Précision").await,
        Genre::Texte => page.remplir(&vers, "Ce qu'il faut en savoir.").await,
        Genre::Montant => page.remplir(&vers, "1 234,56").await,
        Genre::Nombre { .. } => page.remplir(&vers, "2").await,
        Genre::Jour => remplir_le_jour(page, &vers, "2026-11-19").await,
        Genre::OuiNon => page.cliquer(&format!("{vers}-oui")).await,
        Genre::Choix(choix) => page.choisir(&vers, choix[0].0).await,
    }
}

#[tokio::test]
async fn sans_script_une_rubrique_s_enregistre_et_une_feuille_de_route_se_choisit() {
    let demo = Demo::embarquee();
    let page = navigateur::ouvrir_sans_javascript().await;
    let dossier = assigne(demo, &page, "HOCQUET").await;
    page.aller(&demo.url(&format!("{dossier}/diagnostic/dette"))).await;
    page.remplir("#champ-causes", "Séparation.").await;
    page.cliquer("button[value=suite]").await;
    voir(&page, "h1", "Les dispositifs mobilisés").await;
    page.aller(&demo.url(&format!("{dossier}/diagnostic/dette"))).await;
    assert_eq!(page.texte("#champ-causes").await, "Séparation.");

    page.aller(&demo.url("/diagnostics")).await;
    page.cliquer("main form button").await;
    voir(&page, "#erreurs", "Aucun dossier n'est choisi").await;
}

#[tokio::test]
async fn ce_que_dit_le_menage_se_note_et_la_lettre_de_son_etape_se_prepare() {
    sur_chaque_base(async |demo| {
        let page = navigateur::ouvrir().await;
        let dossier = assigne(demo, &page, "WATTEBLED").await;
        page.aller(&demo.url(&format!("{dossier}/menage"))).await;
        voir(&page, "h1", "Vous êtes convoqué devant le juge").await;
        voir(&page, "section[aria-labelledby=quand]", "18 décembre 2026").await;
        page.cliquer("#parole form button").await;
        voir(&page, "#erreurs", "Rien n'est dit").await;
        page.cliquer("#champ-adhesion-oui").await;
        page.remplir("#champ-parole", "Je veux rester, je reprends le loyer.").await;
        page.cliquer("#parole form button").await;
        voir(&page, ".fr-alert__title", "C'est noté").await;
        voir(&page, "#parole", "Je veux rester").await;

        page.cliquer("button[value=assignation_delivree]").await;
        voir(&page, ".fr-alert__title", "Lettre préparée").await;
        let lettre = "section[aria-labelledby=donner] a[href$='/pdf']";
        let vers = attribut(&page, lettre, "href").await.expect("la lettre");
        let pdf = lire(&page, &vers).await;
        assert!(pdf.corps.starts_with(b"%PDF"), "{}", pdf.debut());
        assert!(attribut(&page, "button[value=assignation_delivree]", "name").await.is_none());
        regarder(&page, "menage").await;
        assert_eq!(page.erreurs_console().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn chaque_etape_se_lit_sans_compte_et_sans_aucune_donnee() {
    let demo = Demo::embarquee();
    let page = navigateur::ouvrir().await;
    page.aller(&demo.url("/information")).await;
    voir(&page, "h1", "où en êtes-vous").await;
    regarder(&page, "information").await;
    for stade in Stade::TOUS {
        page.aller(&demo.url(&format!("/information/{}", stade.code()))).await;
        voir(&page, "section[aria-labelledby=faire]", "").await;
        page.sans_violation().await;
    }
    page.aller(&demo.url("/information/assignation_delivree")).await;
    page.choisir("#departement", "62").await;
    page.cliquer(".filtres button").await;
    voir(&page, ".a-lire", "Adresses : Pas-de-Calais").await;
    regarder(&page, "information-etape").await;
    assert_eq!(page.erreurs_console().await, Vec::<String>::new());
}
