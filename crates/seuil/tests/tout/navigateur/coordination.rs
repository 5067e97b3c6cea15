//! Agir à plusieurs : une alerte d'un compte à l'autre, une prise en charge, un cas complexe, une
//! répartition à l'essai.

use epreuves::navigateur::{self, Page};

use super::http::poster;
use super::pages::regarder;
use super::{Demo, attribut, consigner, ouvrir_un_dossier, sur_chaque_base, voir};

const REFUS: &str = "#erreurs";
const FAIT: &str = ".fr-alert__title";
const REPONSE: &str = "form[action*='/alertes/']";

/// Une personne connectée, dans son propre navigateur.
async fn en_tant_que(demo: &Demo, identifiant: &str) -> Page {
    let page = navigateur::ouvrir().await;
    demo.connecter(&page, identifiant).await;
    page
}

/// Le secrétariat, et un dossier neuf que ce service a reçu.
async fn dossier_confie(demo: &Demo, locataire: &str, service: &str) -> (Page, String) {
    let central = en_tant_que(demo, "central").await;
    let dossier = ouvrir_un_dossier(&central, locataire).await;
    central.aller(&demo.url(&dossier)).await;
    voir(&central, "h1", locataire).await;
    let propose = format!("date=2026-11-20&service={service}&issue=proposee");
    consigner(&central, &dossier, "prise_en_charge", &propose).await;
    (central, dossier)
}

fn reference(dossier: &str) -> &str {
    dossier.trim_start_matches("/dossiers/")
}

async fn sans_defaut(page: &Page, nom: &str) {
    let defauts = regarder(page, nom).await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
    page.taille(1280, 900).await;
}

#[tokio::test]
async fn une_alerte_part_d_un_compte_et_un_autre_y_repond() {
    sur_chaque_base(async |demo| {
        let (_, dossier) = dossier_confie(demo, "VERHAEGHE", "departement").await;
        let departement = en_tant_que(demo, "departement").await;
        departement.aller(&demo.url(&format!("{dossier}/alertes"))).await;
        voir(&departement, "#moments", "Lever une alerte").await;
        sans_defaut(&departement, "alertes-du-dossier").await;
        let moment = demo.url(&format!("{dossier}/alertes?moment=suspension_aide"));
        departement.aller(&moment).await;
        departement.cliquer("#champ-destinataires-caf").await;
        departement.cliquer("#lever button").await;
        voir(&departement, REFUS, "Dites ce qui se passe").await;
        departement.remplir("#lever textarea", "Les droits sont-ils encore ouverts ?").await;
        sans_defaut(&departement, "alertes-lever").await;
        departement.cliquer("#lever button").await;
        voir(&departement, FAIT, "Alerte levée").await;

        let caf = en_tant_que(demo, "caf").await;
        caf.aller(&demo.url("/alertes")).await;
        voir(&caf, "tbody", reference(&dossier)).await;
        sans_defaut(&caf, "alertes-pour-la-caf").await;
        caf.aller(&demo.url(&dossier)).await;
        let part = voir(&caf, "main", "Votre part de ce dossier").await;
        assert!(part.contains("votre réponse est attendue") && !part.contains("Frise"), "{part}");
        sans_defaut(&caf, "dossier-part").await;
        caf.aller(&demo.url(&format!("{dossier}/alertes"))).await;
        let recue = voir(&caf, "main", "Les droits sont-ils encore ouverts ?").await;
        assert!(recue.contains("non le dossier"), "{recue}");
        sans_defaut(&caf, "alertes-recues").await;
        caf.remplir(&format!("{REPONSE} textarea"), "Oui, jusqu'en mars.").await;
        caf.cliquer(&format!("{REPONSE} button")).await;
        voir(&caf, FAIT, "Réponse notée").await;
        assert!(!caf.texte("main").await.contains(reference(&dossier)), "elle a quitté sa file");

        departement.aller(&demo.url(&format!("{dossier}/alertes"))).await;
        let lue = voir(&departement, "main", "Oui, jusqu'en mars.").await;
        assert!(lue.contains("Répondu le 21/11/2026"), "{lue}");
    })
    .await;
}

#[tokio::test]
async fn une_alerte_sans_reponse_revient_au_secretariat() {
    sur_chaque_base(async |demo| {
        let (central, dossier) = dossier_confie(demo, "CARPENTIER", "caf").await;
        consigner(&central, &dossier, "porte_close", "date=2026-11-02").await;
        central.aller(&demo.url("/alertes?quelles=retard")).await;
        voir(&central, "tbody", "").await;
        sans_defaut(&central, "alertes-en-retard").await;
        central.aller(&demo.url(&format!("{dossier}/alertes"))).await;
        let alerte = voir(&central, "main", "Portes closes au diagnostic").await;
        assert!(alerte.contains("Sans réponse : revient à « Secrétariat"), "{alerte}");
        let cases = central.textes(&format!("{REPONSE} .choix label")).await;
        assert_eq!(cases.len(), 3, "il répond pour chacun de ceux qui se taisent : {cases:?}");
        for rang in 1..=cases.len() {
            let case = format!("{REPONSE} .choix label:nth-child({rang}) input");
            if attribut(&central, &case, "checked").await.is_none() {
                central.cliquer(&case).await;
            }
        }
        let texte = format!("{REPONSE} textarea");
        central.remplir(&texte, "Visite avec le CCAS prévue.").await;
        central.cliquer(&format!("{REPONSE} button")).await;
        voir(&central, FAIT, "Réponse notée").await;
        let repondue = central.texte("main").await;
        assert!(!repondue.contains("Sans réponse : revient"), "{repondue}");
    })
    .await;
}

#[tokio::test]
async fn un_service_accepte_un_menage_et_en_refuse_un_autre() {
    sur_chaque_base(async |demo| {
        let (_, accepte) = dossier_confie(demo, "HANNEBICQ", "msa").await;
        let (central, refuse) = dossier_confie(demo, "QUESTE", "msa").await;
        let msa = en_tant_que(demo, "msa").await;
        msa.aller(&demo.url("/prises-en-charge")).await;
        let file = voir(&msa, "tbody", reference(&refuse)).await;
        assert!(file.contains("proposé par le secrétariat le 20/11/2026"), "{file}");
        sans_defaut(&msa, "prises-en-charge").await;
        let accepter = format!("form[action='{accepte}/prise-en-charge'] button");
        msa.cliquer(&accepter).await;
        voir(&msa, FAIT, "Ménage accepté").await;
        assert!(!msa.texte("tbody").await.contains(reference(&accepte)));

        msa.aller(&demo.url(&format!("{refuse}/prise-en-charge"))).await;
        msa.cliquer("#champ-issue-refusee").await;
        msa.cliquer("#decision button").await;
        voir(&msa, REFUS, "Un refus sans motif").await;
        sans_defaut(&msa, "prise-en-charge-refus").await;
        msa.remplir("#champ-motif", "Le ménage relève du régime général.").await;
        msa.cliquer("#decision button").await;
        voir(&msa, FAIT, "Refus noté").await;

        central.aller(&demo.url("/cellule-technique/a-reattribuer")).await;
        voir(&central, "caption", "sans prise en charge").await;
        sans_defaut(&central, "cellule-a-reattribuer").await;
        central.aller(&demo.url(&format!("{refuse}/prise-en-charge"))).await;
        voir(&central, "main", "Le ménage relève du régime général.").await;
        central.choisir("#champ-service", "departement").await;
        central.cliquer("#decision button").await;
        voir(&central, FAIT, "Ménage proposé").await;
        let departement = en_tant_que(demo, "departement").await;
        departement.aller(&demo.url(&refuse)).await;
        voir(&departement, "h1", "QUESTE").await;
    })
    .await;
}

#[tokio::test]
async fn un_cas_complexe_propose_se_decide_avec_un_motif() {
    sur_chaque_base(async |demo| {
        let (central, dossier) = dossier_confie(demo, "DELATTRE", "caf").await;
        for jour in ["2026-11-09", "2026-11-12"] {
            consigner(&central, &dossier, "porte_close", &format!("date={jour}")).await;
        }
        central.aller(&demo.url("/cellule-technique")).await;
        voir(&central, "caption", "proposé").await;
        sans_defaut(&central, "cellule-cas-complexes").await;
        central.aller(&demo.url(&format!("{dossier}/cas-complexe"))).await;
        voir(&central, "main", "Ménage qui ne répond jamais").await;
        central.cliquer("#decision button").await;
        let refus = voir(&central, REFUS, "").await;
        assert!(refus.contains("La décision manque") && refus.contains("Sans motif"), "{refus}");
        sans_defaut(&central, "cas-complexe-refus").await;
        central.cliquer("#champ-issue-retenu").await;
        central.remplir("#champ-motif", "Deux visites, personne ne le connaît.").await;
        central.cliquer("#decision button").await;
        voir(&central, FAIT, "Décision enregistrée").await;
        central.aller(&demo.url("/dossiers?liste=complexe_retenu&q=DELATTRE")).await;
        voir(&central, "tbody", reference(&dossier)).await;
    })
    .await;
}

#[tokio::test]
async fn une_repartition_s_essaie_avant_d_etre_adoptee() {
    sur_chaque_base(async |demo| {
        let central = en_tant_que(demo, "central").await;
        central.aller(&demo.url("/cellule-technique/simulation")).await;
        voir(&central, "main", "La répartition à essayer").await;
        sans_defaut(&central, "simulation").await;
        central.choisir("select[name=service-1]", "caf").await;
        central.cliquer("form.fr-card button").await;
        let apres = voir(&central, "section[aria-labelledby=resultat]", "Avant").await;
        assert!(apres.contains("ouverts depuis le 21/11/2025"), "{apres}");
        assert!(apres.contains("Dossiers qui changeraient de service"), "{apres}");
        sans_defaut(&central, "simulation-resultat").await;
        let table = attribut(&central, "input[name=table]", "value").await.expect("une table");
        let jeton = attribut(&central, "main input[name=jeton]", "value").await.expect("un jeton");
        let table: String = table.bytes().map(|octet| format!("%{octet:02X}")).collect();
        let envoi = format!("jeton={jeton}&geste=fichier&table={table}");
        let fichier = poster(&central, "/cellule-technique/simulation", &envoi).await;
        assert!(fichier.entetes.contains("content-type: text/csv"), "{}", fichier.entetes);
        assert!(fichier.debut().contains("Service de la table essayée"), "{}", fichier.debut());

        let caf = en_tant_que(demo, "caf").await;
        caf.aller(&demo.url("/cellule-technique/simulation")).await;
        voir(&caf, "main", "de tenir la cellule technique").await;
    })
    .await;
}
