//! Restreindre un dossier, l'ouvrir par exception, l'examiner, y garder une note : les pages.

use axum::http::StatusCode;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use usages::compte::totp::pas;

use super::appareil::{MOT_DE_PASSE, Personne, Reponse, Service};
use super::parcours::{ARRAS, dossiers, fichier};

const RAISON: &str = "raison=L'expulsion+est+demain,+personne+d'autre+ne+repond.";
const FAUSSE: &str = "62-2026-999999";

/// Un dossier confié à la Caf, et ceux qui s'en occupent.
struct Scene {
    service: Service,
    centrale: Personne,
    caf: Personne,
    dpo: Personne,
    reference: String,
}

async fn scene() -> Scene {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let caf = service.personne(Role::OrganismePayeur).await;
    let dpo = service.personne(Role::Dpo).await;
    let depot = service.depose(&centrale, "a.csv", &fichier(&[ARRAS])).await;
    let piece = service.lis(depot.entete("location"), &centrale.cookie).await;
    let reference = dossiers(&piece)[0].trim_start_matches("/dossiers/").to_owned();
    let confier = format!("/dossiers/{reference}/consigner/prise_en_charge");
    let champs = "date=2026-11-12&service=caf&issue=acceptee";
    let fait = service.geste(&centrale, &confier, champs).await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{}", fait.corps);
    Scene { service, centrale, caf, dpo, reference }
}

impl Scene {
    async fn restreint(&self) {
        let acces = format!("/dossiers/{}/acces", self.reference);
        let champs = "motif=violences&comptes=secretariat&confirmer=oui";
        let fait = self.service.geste(&self.centrale, &acces, champs).await;
        assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{}", fait.corps);
    }

    async fn ouvre(&self, qui: &Personne) -> StatusCode {
        self.service.lis(&format!("/dossiers/{}", self.reference), &qui.cookie).await.statut
    }

    /// Demande un accès ; `suite` est ce que la page de confirmation ajoute.
    async fn demande(&self, qui: &Personne, reference: &str, suite: &str) -> Reponse {
        let champs = format!("reference={reference}&motif=danger&{RAISON}{suite}");
        self.service.geste(qui, "/acces-exceptionnel", &champs).await
    }
}

/// Une page, sans la référence qu'elle redit ni le jeton qui change.
fn a_la_reference_pres(page: &Reponse, reference: &str) -> String {
    page.corps.replace(reference, "REF")
}

#[tokio::test]
async fn on_voit_qui_perdrait_un_dossier_avant_de_le_restreindre_puis_on_le_rend() {
    let scene = scene().await;
    let (service, acces) = (&scene.service, format!("/dossiers/{}/acces", scene.reference));
    let page = service.lis(&acces, &scene.centrale.cookie).await;
    assert!(page.corps.contains("Ouvert à chacun selon sa mission"), "{}", page.corps);
    assert!(page.corps.contains("Essai organisme_payeur (organisme_payeur)"));
    assert!(page.corps.contains("le dossier lui est confié"));
    for champs in ["", "motif=violences", "motif=violences&comptes=personne.connue"] {
        let refus = service.geste(&scene.centrale, &acces, champs).await;
        assert!(refus.corps.contains("Rien n'est encore enregistré"), "{champs}");
    }
    let champs = "motif=violences&nommes=secretariat";
    let apercu = service.geste(&scene.centrale, &acces, champs).await;
    let perdent = apercu.corps.split("Le perdront de vue").nth(1).unwrap_or_default();
    let (perdent, gardent) = perdent.split_once("Le garderont").unwrap_or_default();
    assert!(perdent.contains("Essai organisme_payeur"), "{}", apercu.corps);
    assert!(gardent.contains("Essai secretariat_central"), "{}", apercu.corps);
    assert_eq!(scene.ouvre(&scene.caf).await, StatusCode::OK, "rien n'est encore enregistré");

    scene.restreint().await;
    assert_eq!(scene.ouvre(&scene.caf).await, StatusCode::NOT_FOUND);
    let page = service.lis(&acces, &scene.centrale.cookie).await;
    assert!(page.corps.contains("Restreint depuis le 21/11/2026"), "{}", page.corps);
    for (qui, attendu) in [(&scene.caf, StatusCode::NOT_FOUND), (&scene.dpo, StatusCode::NOT_FOUND)]
    {
        assert_eq!(service.lis(&acces, &qui.cookie).await.statut, attendu);
    }
    let rendu = service.geste(&scene.centrale, &acces, "geste=retablir").await;
    assert_eq!(rendu.statut, StatusCode::SEE_OTHER, "{}", rendu.corps);
    assert_eq!(scene.ouvre(&scene.caf).await, StatusCode::OK);
}

#[tokio::test]
async fn un_acces_exceptionnel_se_demande_se_lit_s_examine_et_se_coupe() {
    let scene = scene().await;
    scene.restreint().await;
    let (service, caf, reference) = (&scene.service, &scene.caf, scene.reference.as_str());
    let absent = service.lis(&format!("/dossiers/{reference}"), &caf.cookie).await;
    let faux = service.lis(&format!("/dossiers/{FAUSSE}"), &caf.cookie).await;
    assert_eq!(
        (absent.statut, a_la_reference_pres(&absent, reference)),
        (faux.statut, a_la_reference_pres(&faux, FAUSSE))
    );
    assert!(absent.corps.contains("href=\"/acces-exceptionnel\""));
    let ailleurs = service.lis("/nulle-part", &caf.cookie).await;
    assert!(!ailleurs.corps.contains("/acces-exceptionnel"), "{}", ailleurs.corps);

    let annonce = scene.demande(caf, reference, "").await;
    assert!(annonce.corps.contains("Ce qui suivra si vous confirmez"), "{}", annonce.corps);
    assert!(annonce.corps.contains("22/11/2026 à 08\u{a0}h\u{a0}00"), "{}", annonce.corps);
    assert!(!annonce.corps.contains("MORTREUX"));
    let fausse = scene.demande(caf, FAUSSE, "").await;
    assert_eq!(a_la_reference_pres(&annonce, reference), a_la_reference_pres(&fausse, FAUSSE));
    assert_eq!(scene.ouvre(caf).await, StatusCode::NOT_FOUND, "annoncer n'ouvre rien");
    let court = format!("reference={reference}&motif=danger&raison=vite");
    let court = service.geste(caf, "/acces-exceptionnel", &court).await;
    assert!(court.corps.contains("La raison est trop courte"), "{}", court.corps);

    let ouvert = scene.demande(caf, reference, "&confirmer=oui").await;
    assert_eq!(ouvert.entete("location"), format!("/dossiers/{reference}"), "{}", ouvert.corps);
    let page = service.lis(ouvert.entete("location"), &caf.cookie).await;
    assert!(page.corps.contains("MORTREUX"));
    assert!(page.corps.contains("par un accès exceptionnel"), "{}", page.corps);
    let liste = service.lis("/dossiers", &caf.cookie).await;
    assert!(liste.corps.contains(reference));
    let export = service.lis("/dossiers/export/csv", &caf.cookie).await;
    assert!(export.corps.contains(reference));
    assert_eq!(service.courriels().await.len(), 0, "sans adresse, la page seule prévient");

    // La cloche se recompte après une minute.
    service.passe(2);
    let accueil = service.lis("/regles", &scene.dpo.cookie).await;
    assert!(accueil.corps.contains("1 accès exceptionnel à examiner"), "{}", accueil.corps);
    let page = service.lis("/acces-exceptionnels", &scene.dpo.cookie).await;
    assert!(page.corps.contains(reference) && page.corps.contains("À examiner"));
    let detail = "/acces-exceptionnels?examiner=1";
    let avant = service.lignes_du_registre().await;
    let page = service.lis(detail, &scene.dpo.cookie).await;
    assert!(page.corps.contains("L&#39;expulsion est demain"), "{}", page.corps);
    assert!(page.corps.contains("a ouvert le dossier par un accès exceptionnel"));
    assert!(service.lignes_du_registre().await > avant, "lire la raison s'inscrit");
    for qui in [caf, &scene.centrale] {
        assert_eq!(service.lis(detail, &qui.cookie).await.statut, StatusCode::FORBIDDEN);
    }
    for champs in ["id=1&geste=examiner&avis=justifie", "id=1&geste=finir"] {
        let fait = service.geste(&scene.dpo, "/acces-exceptionnels", champs).await;
        assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{champs}");
    }
    assert_eq!(scene.ouvre(caf).await, StatusCode::NOT_FOUND, "dès la page suivante");
    let page = service.lis(detail, &scene.dpo.cookie).await;
    assert!(page.corps.contains("Justifié") && page.corps.contains("Arrêté avant l&#39;heure"));
    let extrait = service.lis(&format!("/registre/{reference}/extrait"), &scene.dpo.cookie).await;
    assert!(extrait.corps.contains("a ouvert le dossier par un accès exceptionnel"));
    assert!(!extrait.corps.contains("Essai organisme_payeur"), "l'extrait ne nomme personne");
}

#[tokio::test]
async fn un_acces_exceptionnel_finit_de_lui_meme() {
    let scene = scene().await;
    scene.restreint().await;
    let ouvert = scene.demande(&scene.caf, &scene.reference, "&confirmer=oui").await;
    assert_eq!(ouvert.statut, StatusCode::SEE_OTHER, "{}", ouvert.corps);
    assert_eq!(scene.ouvre(&scene.caf).await, StatusCode::OK);
    scene.service.passe(24 * 60);
    let demain = scene.service.connecte(Role::OrganismePayeur.code(), MOT_DE_PASSE).await.cookie();
    let page = scene.service.lis(&format!("/dossiers/{}", scene.reference), &demain).await;
    assert_eq!(page.statut, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn qui_a_un_second_facteur_le_redit_avant_d_ouvrir() {
    let scene = scene().await;
    scene.restreint().await;
    let service = &scene.service;
    let page = service.lis("/connexion/second-facteur", &scene.caf.cookie).await;
    assert_eq!(page.statut, StatusCode::OK, "{}", page.corps);
    let (secret, fait) = service.enrole(&scene.caf.cookie).await;
    let cookie = fait.cookie();
    let jeton = service.lis("/regles", &cookie).await.jeton();
    let caf = Personne { cookie, jeton };
    let annonce = scene.demande(&caf, &scene.reference, "").await;
    assert!(annonce.corps.contains("Code de votre application"), "{}", annonce.corps);
    let faux = scene.demande(&caf, &scene.reference, "&confirmer=oui&code=000000").await;
    assert!(faux.corps.contains("Ce code n&#39;est pas le bon"), "{}", faux.corps);
    assert_eq!(scene.ouvre(&caf).await, StatusCode::NOT_FOUND);
    service.passe(1);
    let code = secret.code(pas(service.secondes()));
    let ouvert =
        scene.demande(&caf, &scene.reference, &format!("&confirmer=oui&code={code}")).await;
    assert_eq!(ouvert.statut, StatusCode::SEE_OTHER, "{}", ouvert.corps);
}

#[tokio::test]
async fn une_note_reservee_se_lit_chez_ceux_qui_l_ecrivent_et_nulle_part_ailleurs() {
    let scene = scene().await;
    let (service, reference) = (&scene.service, &scene.reference);
    let notes = format!("/dossiers/{reference}/notes");
    let vide = service.geste(&scene.caf, &notes, "note=").await;
    assert!(vide.corps.contains("La note est vide"), "{}", vide.corps);
    let fait = service.geste(&scene.caf, &notes, "note=Zorglub+rappelle+mardi").await;
    assert_eq!(fait.statut, StatusCode::SEE_OTHER, "{}", fait.corps);
    let agent = Agent { id: AgentId(0), ..Service::agent(Role::OrganismePayeur) };
    let collegue = service.personne_nommee("collegue", agent).await;
    for qui in [&scene.caf, &collegue] {
        let page = service.lis(&notes, &qui.cookie).await;
        assert!(page.corps.contains("Zorglub rappelle mardi"), "{}", page.corps);
    }
    let ailleurs = [
        notes.clone(),
        format!("/dossiers/{reference}"),
        format!("/dossiers/{reference}/chronologie"),
        format!("/registre/{reference}/donnees"),
        format!("/registre/{reference}/donnees/json"),
        "/recherche?q=Zorglub".to_owned(),
        "/dossiers/export/csv".to_owned(),
        "/notifications".to_owned(),
    ];
    for chemin in ailleurs {
        let page = service.lis(&chemin, &scene.centrale.cookie).await;
        assert_eq!(page.statut, StatusCode::OK, "{chemin}");
        assert!(!page.corps.contains("Zorglub rappelle"), "{chemin}");
    }
}
