//! Les lettres au secrétariat : les retrouver, dire ce qu'elles deviennent, le défaire.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::{Personne, Reponse, Service};
use super::parcours::{ARRAS, LENS, fichier};

/// Les numéros des lettres de la page, dans l'ordre.
fn lettres(page: &Reponse) -> Vec<String> {
    let debuts = page.corps.split("name=\"lettre\" value=\"").skip(1);
    // Le bandeau porte aussi des numéros : seules les cases comptent.
    let cases = debuts.filter(|suite| suite.split('>').next().is_some_and(|b| b.contains("id=")));
    cases.filter_map(|s| s.split('"').next().map(str::to_owned)).collect()
}

async fn secretariat() -> (Service, Personne) {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    service.depose(&centrale, "etude.csv", &fichier(&[ARRAS, LENS])).await;
    (service, centrale)
}

fn coches(ids: &[String]) -> String {
    ids.iter().map(|id| format!("&lettre={id}")).collect()
}

#[tokio::test]
async fn chaque_lettre_nomme_qui_la_recoit_et_chaque_onglet_dit_combien() {
    let (service, centrale) = secretariat().await;
    let page = service.lis("/courriers", &centrale.cookie).await;
    for nom in ["VASSEUR Henri", "MORTREUX Aline", "BERTIN Marc", "Lens"] {
        assert!(page.corps.contains(nom), "« {nom} » manque : {}", page.corps);
    }
    let toutes = lettres(&page);
    let compte = format!("À envoyer <span class=\"compte\">{}</span>", toutes.len());
    assert!(page.corps.contains(&compte), "{compte} : {}", page.corps);
    // L'onglet compte ce qu'il ouvrira, filtres compris.
    let maires = service.lis("/courriers?a=maire", &centrale.cookie).await;
    assert_eq!(lettres(&maires).len(), 2);
    assert!(maires.corps.contains("À envoyer <span class=\"compte\">2</span>"), "{}", maires.corps);
    assert!(maires.corps.contains("Retirer le filtre </span>Les maires"));
    let semaine = service.lis("/courriers?quand=semaine", &centrale.cookie).await;
    assert_eq!(lettres(&semaine), toutes);
    let avant = service.lis("/courriers?quand=derniere", &centrale.cookie).await;
    assert!(avant.corps.contains("Aucune lettre avec ces filtres"), "{}", avant.corps);
    assert!(avant.corps.contains("href=\"/courriers\">Retirer les filtres"), "{}", avant.corps);
}

#[tokio::test]
async fn noter_envoyee_se_defait_du_bandeau_comme_de_la_ligne() {
    let (service, centrale) = secretariat().await;
    let toutes = lettres(&service.lis("/courriers", &centrale.cookie).await);
    let corps = format!("geste=envoye&suite=/courriers{}", coches(&toutes[..2]));
    let note = service.geste(&centrale, "/courriers", &corps).await;
    assert_eq!(note.statut, StatusCode::SEE_OTHER, "{}", note.corps);
    let bandeau = service.lis(note.entete("location"), &centrale.cookie).await;
    assert!(bandeau.corps.contains("2 lettres notées envoyées"), "{}", bandeau.corps);
    assert!(bandeau.corps.contains("Annuler ce geste"));
    assert_eq!(lettres(&bandeau).len(), toutes.len() - 2);
    // Le bandeau rend les deux.
    let corps = format!("geste=annuler&de=envoye&suite=/courriers{}", coches(&toutes[..2]));
    let defait = service.geste(&centrale, "/courriers", &corps).await;
    assert!(defait.corps.contains("2 gestes défaits"), "{}", defait.corps);
    assert_eq!(lettres(&defait), toutes);
    // Le même bandeau, resté ouvert ailleurs, ne défait pas autre chose.
    let encore = service.geste(&centrale, "/courriers", &corps).await;
    assert!(encore.corps.contains("Son état a changé depuis"), "{}", encore.corps);
    // De la ligne, sans toucher à ce qui est coché ailleurs.
    let corps = format!("geste=imprime&suite=/courriers{}", coches(&toutes[..3]));
    service.geste(&centrale, "/courriers", &corps).await;
    let corps = format!(
        "defaire={}&de=imprime&suite=/courriers?etat=imprime{}",
        toutes[0],
        coches(&toutes[1..3])
    );
    let une = service.geste(&centrale, "/courriers", &corps).await;
    assert!(une.corps.contains("1 geste défait"), "{}", une.corps);
    assert_eq!(lettres(&une), &toutes[1..3]);
}

#[tokio::test]
async fn une_relance_preparee_par_erreur_se_defait() {
    let (service, centrale) = secretariat().await;
    let bailleurs = lettres(&service.lis("/courriers?a=bailleur", &centrale.cookie).await);
    let une = coches(&bailleurs[..1]);
    service.geste(&centrale, "/courriers", &format!("geste=envoye{une}")).await;
    let relance = service.geste(&centrale, "/courriers", &format!("geste=relancer{une}")).await;
    let bandeau = service.lis(relance.entete("location"), &centrale.cookie).await;
    assert!(bandeau.corps.contains("Relance du bailleur"), "{}", bandeau.corps);
    let preparee = relance.entete("location").split("lettres=").nth(1).unwrap_or_default();
    let corps = format!("geste=annuler&de=prepare&lettre={preparee}");
    let defait = service.geste(&centrale, "/courriers", &corps).await;
    assert!(defait.corps.contains("1 geste défait"), "{}", defait.corps);
    assert!(!defait.corps.contains("Relance du bailleur"), "{}", defait.corps);
    // Une lettre née de la notice ne se défait pas ainsi.
    let corps = format!("geste=annuler&de=prepare{}", coches(&bailleurs[1..]));
    let refus = service.geste(&centrale, "/courriers", &corps).await;
    assert!(refus.corps.contains("réception de la notice"), "{}", refus.corps);
}

#[tokio::test]
async fn sans_rien_de_coche_la_page_le_dit_et_garde_ses_filtres() {
    let (service, centrale) = secretariat().await;
    for geste in ["ouvrir", "envoye", "courriel"] {
        let corps = format!("geste={geste}&suite=%2Fcourriers%3Fa%3Dmaire");
        let page = service.geste(&centrale, "/courriers", &corps).await;
        assert_eq!(page.statut, StatusCode::OK, "{geste}");
        assert!(page.corps.contains("Aucune lettre n&#39;est cochée"), "{geste} : {}", page.corps);
        assert!(page.corps.contains("Cochez les lettres"), "{geste}");
        assert_eq!(lettres(&page).len(), 2, "{geste} : les filtres restent");
    }
}

#[tokio::test]
async fn un_refus_laisse_cochees_les_lettres_qui_restent() {
    let (service, centrale) = secretariat().await;
    let toutes = lettres(&service.lis("/courriers", &centrale.cookie).await);
    let corps = format!("geste=courriel&suite=/courriers{}", coches(&toutes[..3]));
    let page = service.geste(&centrale, "/courriers", &corps).await;
    assert!(page.corps.contains("imprimez la lettre"), "{}", page.corps);
    for id in &toutes[..3] {
        let case = format!("id=\"lettre-{id}\" checked");
        assert!(page.corps.contains(&case), "{case} : {}", page.corps);
    }
    let quatrieme = format!("id=\"lettre-{}\" checked", toutes[3]);
    assert!(!page.corps.contains(&quatrieme));
}
