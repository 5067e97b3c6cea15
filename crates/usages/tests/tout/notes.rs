//! Les notes réservées : un organisme les lit ; pour tous les autres, rien n'a changé.

use std::sync::Arc;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use serde_json::json;
use stockage::liste::Etendue;
use stockage::liste::ordre::Tri;
use tableur::ecriture::Format;
use usages::actes::demande::Statut;
use usages::changements;
use usages::conservation::personne::donnees;
use usages::dossiers::chercher::chercher;
use usages::dossiers::en_json::en_json;
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::tout;
use usages::echec::Nature;
use usages::formes::Filtre;
use usages::notes::{ecrire, lire};
use usages::registre::consulter::registre;

use crate::appareil::{AUJOURD_HUI, Appareil, central, delegue, etude, exporte, maintenant};
use crate::notices::cdp;
use crate::restreints::{centrale, consigne, lens, service};

/// Tout ce qu'une personne reçoit de Seuil sur ce ménage, hors de la page des notes.
async fn sorties(a: &Appareil, qui: &Agent, dossier: &str) -> Vec<(&'static str, String)> {
    let (maison, jour, instant) = (&a.maison, AUJOURD_HUI, maintenant());
    let ouvert = ouvrir(maison, qui, dossier, jour, instant).await.unwrap();
    let tous = Filtre { etendue: Etendue::Tous, ..tout(Tri::MiseAJour) };
    let trouves = chercher(maison, qui, "zorglub", 10, jour).await.unwrap();
    let export = exporte(a, qui, &tous, Format::Csv).await;
    let mut sorties = vec![
        ("le dossier, son histoire, son journal", format!("{ouvert:?}")),
        ("l'interface de programme", en_json(&ouvert, jour).to_string()),
        (
            "les listes",
            format!("{:?}", lister(maison, qui, &tous, jour).await.unwrap().page.lignes),
        ),
        ("l'export", String::from_utf8_lossy(&export).into_owned()),
        ("la recherche", format!("{:?}", trouves.trouves)),
        ("le flux", format!("{:?}", changements::depuis(maison, qui, 0, 100).await.unwrap())),
    ];
    if qui.controle_les_acces().is_ok() {
        let remises = donnees(maison, qui, dossier, jour, instant).await.unwrap();
        sorties.push(("les données du ménage", format!("{:?}", remises.ouvert)));
    }
    sorties
}

async fn une_note_reservee_n_existe_que_pour_l_organisme_qui_l_ecrit(a: Arc<Appareil>) {
    let dossier = a.recoit_une(cdp("R-1")).await.dossier.unwrap();
    let confie = json!({"dossier": dossier, "acte": "prise_en_charge", "date": "2026-11-10",
        "service": "caf", "issue": "acceptee"});
    assert_eq!(consigne(&a, &central(), confie).await.statut, Statut::Consigne);
    let collegue = Agent { id: AgentId(41), ..service() };
    let mut avant = Vec::new();
    for qui in [&centrale(), &lens(), &service()] {
        avant.push(sorties(&a, qui, &dossier).await);
    }

    let texte = "M. Zorglub refuse que son frère soit prévenu.";
    ecrire(&a.maison, &service(), &dossier, texte, maintenant()).await.unwrap();

    for (qui, combien) in [(service(), 1), (collegue, 1), (centrale(), 0), (lens(), 0)] {
        let (reference, notes) = lire(&a.maison, &qui, &dossier).await.unwrap();
        assert_eq!((reference.as_str(), notes.len()), (dossier.as_str(), combien), "{qui:?}");
        assert!(notes.iter().all(|note| note.texte == texte));
    }
    let dehors = etude("SCP Ailleurs");
    assert_eq!(lire(&a.maison, &dehors, &dossier).await.unwrap_err().nature(), Nature::Introuvable);
    let refus = ecrire(&a.maison, &dehors, &dossier, texte, maintenant()).await.unwrap_err();
    assert_eq!(refus.nature(), Nature::Introuvable);
    let vide = ecrire(&a.maison, &service(), &dossier, "  ", maintenant()).await.unwrap_err();
    assert!(vide.to_string().contains("La note est vide"));

    for (qui, avant) in [&centrale(), &lens(), &service()].into_iter().zip(avant) {
        for ((quoi, avant), (_, apres)) in avant.into_iter().zip(sorties(&a, qui, &dossier).await) {
            assert_eq!(avant, apres, "{quoi} a changé pour {:?}", qui.role);
            assert!(!apres.to_lowercase().contains("zorglub"), "{quoi}");
        }
    }
    let lignes = registre(&a.maison, &delegue(), &dossier).await.unwrap().acces;
    assert!(lignes.iter().any(|l| l.geste == "a écrit pour son organisme"), "{lignes:?}");
}

sur_les_deux_moteurs!(une_note_reservee_n_existe_que_pour_l_organisme_qui_l_ecrit);
