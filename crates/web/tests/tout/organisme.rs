//! Répondre des comptes de son organisme, et revoir ceux qui ne servent plus.

use axum::http::StatusCode;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use stockage::compte::Compte;
use stockage::revue::Decision;
use usages::compte::regles::sensible;

use super::appareil::{AUJOURD_HUI, MOT_DE_PASSE, Personne, Service};

/// La personne qui répond de son organisme : le compte n° 1.
async fn chef(service: &Service, role: Role) -> Personne {
    let agent = Agent { responsable: true, ..Service::agent(role) };
    service.personne_nommee("chef", agent).await
}

/// Un compte ouvert ce jour-là, jamais servi.
async fn ancien(service: &Service, identifiant: &str, agent: Agent, cree_le: &str) -> AgentId {
    let compte = Compte {
        agent: Agent { nom: identifiant.to_owned(), ..agent },
        identifiant: identifiant.to_owned(),
        secret: "$argon2id$…".to_owned(),
        actif: true,
        cree_le: cree_le.parse().expect("instant"),
        echecs: 0,
        dernier_echec: None,
        fin: None,
    };
    service.stockage.creer_compte(&compte).await.expect("compte")
}

const AVANT: &str = "2026-10-01T08:00:00Z";

#[tokio::test]
async fn un_responsable_invite_dans_son_organisme_sa_mission_et_son_territoire() {
    let service = Service::nouveau().await;
    let chef = chef(&service, Role::OrganismePayeur).await;
    assert!(service.lis("/", &chef.cookie).await.corps.contains("/mon-organisme"));
    let page = service.lis("/mon-organisme", &chef.cookie).await;
    assert!(page.corps.contains("Comptes de mon organisme"), "{}", page.corps);
    let corps = "nom=DURAND+Lea&courriel=lea.durand@exemple.fr&organisme=Autre&service=msa&responsable=oui&profil=75";
    let invitee = service.geste(&chef, "/mon-organisme", corps).await;
    assert!(invitee.corps.contains("Invitation prête"), "{}", invitee.corps);
    assert!(!invitee.corps.contains("/invitation/"), "aucun lien ne se montre");
    let ouvert = service.stockage.compte_par_identifiant("lea.durand@exemple.fr").await;
    let agent = ouvert.expect("base").expect("un compte").agent;
    assert_eq!((agent.organisme.as_str(), agent.profil.as_str()), ("SCP des Essais", "62"));
    assert_eq!((agent.role, agent.service.as_deref()), (Role::OrganismePayeur, Some("caf")));
    assert!(!agent.responsable, "la marque ne se donne pas d'ici");
    for role in ["administrateur", "secretariat_central", "service_social", "dpo"] {
        let corps = format!("nom=X&courriel=x@exemple.fr&role={role}");
        let refus = service.geste(&chef, "/mon-organisme", &corps).await;
        assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{role}");
        assert!(
            refus.corps.contains("pas de celles de votre organisme"),
            "{role} : {}",
            refus.corps
        );
    }
    let encore = service.geste(&chef, "/mon-organisme/2", "geste=inviter").await;
    assert!(encore.corps.contains("Invitation renvoyée"), "{}", encore.corps);
    let annulee = service.geste(&chef, "/mon-organisme/2", "geste=annuler").await;
    assert!(annulee.corps.contains("Invitation annulée"), "{}", annulee.corps);
    for geste in ["lien", "secret", "facteur", "reactiver"] {
        let refus = service.geste(&chef, "/mon-organisme/2", &format!("geste={geste}")).await;
        assert_eq!(refus.statut, StatusCode::BAD_REQUEST, "{geste}");
    }
}

#[tokio::test]
async fn un_responsable_n_atteint_ni_un_autre_organisme_ni_un_compte_qui_a_plus_de_droits() {
    let service = Service::nouveau().await;
    let chef = chef(&service, Role::OrganismePayeur).await;
    let siens = Service::agent(Role::OrganismePayeur);
    let msa = Agent { service: Some("msa".to_owned()), ..siens.clone() };
    let ailleurs = Agent { organisme: "Autre Caf".to_owned(), ..siens.clone() };
    let pair = Agent { responsable: true, ..siens.clone() };
    for (identifiant, agent, montre) in [
        ("msa", msa, true),
        ("pair", pair, true),
        ("camille.c", ailleurs, false),
        ("camille.a", Service::agent(Role::Administrateur), false),
        ("camille.b", Service::agent(Role::SecretariatCentral), false),
    ] {
        let id = ancien(&service, identifiant, agent, AVANT).await;
        for chemin in ["/mon-organisme", "/comptes/a-revoir"] {
            for geste in ["fermer", "inviter", "annuler", "confirmer", "fin"] {
                if (chemin == "/mon-organisme") == matches!(geste, "confirmer" | "fin") {
                    continue;
                }
                let corps = format!("geste={geste}");
                let refus = service.geste(&chef, &format!("{chemin}/{id}"), &corps).await;
                assert_eq!(refus.statut, StatusCode::NOT_FOUND, "{identifiant} {geste}");
            }
            let page = service.lis(chemin, &chef.cookie).await;
            assert_eq!(page.corps.contains(identifiant), montre, "{chemin} {identifiant}");
        }
        let suppleances = service.lis(&format!("/suppleances/{id}"), &chef.cookie).await;
        assert_eq!(suppleances.statut, StatusCode::NOT_FOUND, "{identifiant}");
        assert!(service.stockage.compte(id).await.expect("compte").actif);
    }
    assert_eq!(service.lis("/comptes", &chef.cookie).await.statut, StatusCode::FORBIDDEN);
    assert_eq!(service.lis("/comptes/cles", &chef.cookie).await.statut, StatusCode::FORBIDDEN);
    let soi = service.geste(&chef, "/mon-organisme/1", "geste=fermer").await;
    assert!(soi.corps.contains("Votre propre compte"), "{}", soi.corps);
}

#[tokio::test]
async fn sans_la_marque_la_page_d_un_organisme_ne_s_ouvre_pas_et_l_administration_seule_la_donne() {
    let service = Service::nouveau().await;
    let caf = service.personne(Role::OrganismePayeur).await;
    for chemin in ["/mon-organisme", "/comptes/a-revoir"] {
        assert_eq!(service.lis(chemin, &caf.cookie).await.statut, StatusCode::FORBIDDEN);
    }
    let corps = "nom=X&courriel=x@exemple.fr";
    let refus = service.geste(&caf, "/mon-organisme", corps).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
    let admin = service.personne(Role::Administrateur).await;
    let donnee = service.geste(&admin, "/comptes/1", "geste=repondre").await;
    assert!(donnee.corps.contains("répond de son organisme"), "{}", donnee.corps);
    assert_eq!(service.lis("/mon-organisme", &caf.cookie).await.statut, StatusCode::OK);
    let inutile = service.geste(&admin, "/comptes/2", "geste=repondre").await;
    assert!(inutile.corps.contains("Rien n&#39;a changé"), "{}", inutile.corps);
    service.geste(&admin, "/comptes/1", "geste=ne_plus_repondre").await;
    assert_eq!(service.lis("/mon-organisme", &caf.cookie).await.statut, StatusCode::FORBIDDEN);
    let chef = Agent { responsable: true, ..Service::agent(Role::Ccas) };
    assert!(sensible(&chef) && !sensible(&Service::agent(Role::Ccas)), "deux facteurs à qui ouvre");
}

#[tokio::test]
async fn un_compte_a_revoir_dit_pourquoi_se_confirme_ou_se_ferme_et_garde_qui_en_a_decide() {
    let service = Service::nouveau().await;
    let admin = service.personne(Role::Administrateur).await;
    let vide = service.lis("/comptes/a-revoir", &admin.cookie).await;
    assert!(vide.corps.contains("Aucun compte à revoir"), "{}", vide.corps);
    let caf = Service::agent(Role::OrganismePayeur);
    let oublie = ancien(&service, "oublie", caf.clone(), AVANT).await;
    let vieux = ancien(&service, "vieux", caf.clone(), "2026-01-05T08:00:00Z").await;
    let perdu = Agent { service: Some("disparu".to_owned()), ..caf };
    let perdu = ancien(&service, "perdu", perdu, "2026-11-20T08:00:00Z").await;
    let page = service.lis("/comptes/a-revoir", &admin.cookie).await;
    for dit in [
        "3 comptes à revoir",
        "Ouvert le 01/10/2026, jamais servi",
        "Revue attendue depuis le 05/07/2026",
        "n&#39;existe plus au profil",
    ] {
        assert!(page.corps.contains(dit), "{dit} : {}", page.corps);
    }
    let decide = async |id: AgentId, geste: &str| {
        let chemin = format!("/comptes/a-revoir/{id}");
        service.geste(&admin, &chemin, &format!("geste={geste}")).await
    };
    let confirme = decide(oublie, "confirmer").await;
    assert!(confirme.corps.contains("Il revient ici le 21/05/2027"), "{}", confirme.corps);
    assert!(confirme.corps.contains("2 comptes à revoir"), "{}", confirme.corps);
    let garde = decide(perdu, "confirmer").await;
    assert!(garde.corps.contains("Revu le 21/11/2026 par Essai administrateur"));
    assert!(
        garde.corps.contains("n&#39;existe plus au profil"),
        "une mission sans objet ne se tait pas"
    );
    let ferme = decide(vieux, "fin").await;
    assert!(ferme.corps.contains("Compte fermé"), "{}", ferme.corps);
    assert!(!service.stockage.compte(vieux).await.expect("compte").actif);
    let revues = service.stockage.dernieres_revues().await.expect("base");
    assert_eq!((revues[&vieux].decision, revues[&vieux].par), (Decision::Ferme, AgentId(1)));
    assert_eq!((revues[&oublie].decision, revues[&oublie].le), (Decision::Confirme, AUJOURD_HUI));
    let gestes = service.gestes("oublie").await;
    assert_eq!(gestes, [("revu".to_owned(), 1)]);
    let soi = decide(AgentId(1), "confirmer").await;
    assert_eq!(soi.statut, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        service.connecte("vieux", MOT_DE_PASSE).await.statut,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
