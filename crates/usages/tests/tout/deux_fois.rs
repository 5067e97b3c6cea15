//! Le même fichier deux fois, en parallèle, ou coupé au milieu : chaque ligne une fois.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use ccapex::signalement::statut::Statut;
use stockage::base::{Moteur, Stockage};
use usages::dossiers::ouvrir::ouvrir;
use usages::maison::Maison;
use usages::reception::resultat::Reponse;
use usages::reception::{Fichier, recevoir};

use crate::appareil::{AUJOURD_HUI, Appareil, central, exemple, maintenant, profil_avec_mairies};
use crate::notices::{beaucoup, cdp, csv, json};

fn dossiers(reponses: &[Reponse]) -> Vec<Option<String>> {
    reponses.iter().map(|r| r.dossier.clone()).collect()
}

fn tous_doublons(reponses: &[Reponse]) -> bool {
    reponses.iter().all(|r| r.statut == Statut::Doublon)
}

async fn le_meme_fichier_deux_fois_ne_change_rien(a: Arc<Appareil>) {
    let nom = "cdp-etude.csv";
    let (_, premieres) = a.depose(&central(), nom, exemple(nom), None, None).await.unwrap();
    let (comptes, vues) =
        (a.brut().await.comptes().await, a.maison.stockage.empreinte_des_vues().await.unwrap());
    let (_, secondes) = a.depose(&central(), nom, exemple(nom), None, None).await.unwrap();
    assert_eq!(premieres.len(), 85);
    assert!(tous_doublons(&secondes), "{secondes:?}");
    assert_eq!(dossiers(&secondes), dossiers(&premieres));
    assert_eq!(a.brut().await.comptes().await, comptes);
    assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), vues);
}

async fn les_memes_lignes_dans_un_autre_fichier_sont_des_doublons(a: Arc<Appareil>) {
    let lignes = [cdp("R-1"), cdp("R-2").du_menage(1), cdp("R-3").du_menage(2).a_arras()];
    let premieres = a.recoit("lundi.csv", &lignes).await;
    assert!(premieres.iter().all(|r| r.statut == Statut::Eligible), "{premieres:?}");
    let journal = a.brut().await.compter("journal").await;
    let (_, secondes) =
        a.depose(&central(), "mardi.json", json(&lignes), None, None).await.unwrap();
    assert!(tous_doublons(&secondes), "{secondes:?}");
    assert_eq!(dossiers(&secondes), dossiers(&premieres));
    // D'autres lignes, des capitales, un autre ordre : les mêmes notices, et une neuve.
    let melees = [
        cdp("R-9").du_menage(3),
        lignes[2].clone().avec("locataire_nom", "MARCHAND").avec("commune", "ARRAS CEDEX"),
        lignes[0].clone().avec("date_signification", "2026-10-05"),
    ];
    let troisiemes = a.recoit("mercredi.csv", &melees).await;
    let statuts: Vec<Statut> = troisiemes.iter().map(|r| r.statut).collect();
    assert_eq!(statuts, [Statut::Eligible, Statut::Doublon, Statut::Doublon]);
    assert_eq!(troisiemes[1].dossier, premieres[2].dossier);
    let brut = a.brut().await;
    assert_eq!(brut.compter("notice").await, 4);
    assert_eq!(brut.compter("notice_doublon").await, 5);
    assert_eq!(brut.compter("journal").await, journal + 1);
}

async fn une_ligne_repetee_dans_son_fichier_est_un_doublon(a: Arc<Appareil>) {
    let reponses = a.recoit("repetee.csv", &[cdp("R-1"), cdp("R-1"), cdp("R-1")]).await;
    assert_eq!(reponses[0].statut, Statut::Eligible);
    assert!(tous_doublons(&reponses[1..]));
    assert_eq!(reponses[2].dossier, reponses[0].dossier);
    assert_eq!(a.brut().await.compter("notice").await, 1);
}

async fn la_meme_reference_avec_un_autre_contenu_est_une_correction(a: Arc<Appareil>) {
    let premiere = a.recoit_une(cdp("R-1")).await;
    let corrigee = a
        .recoit_une(cdp("R-1").avec("montant_dette", "600").avec("impaye_depuis", "01/09/2026"))
        .await;
    assert_eq!(corrigee.dossier, premiere.dossier);
    assert_eq!(corrigee.statut, Statut::NonEligible);
    let reference = premiere.dossier.unwrap();
    let ouvert =
        ouvrir(&a.maison, &central(), &reference, AUJOURD_HUI, maintenant()).await.unwrap();
    let corrigees: Vec<bool> = ouvert.dossier.notices.iter().map(|n| n.corrigee).collect();
    assert_eq!(corrigees, [true, false]);
    assert_eq!(ouvert.vue.dette, Some(60_000));
    assert_eq!(ouvert.situation.statut, Statut::NonEligible);
    // Les quatre lettres de la première n'ont plus lieu d'être ; celles de la seconde attendent.
    let etats: Vec<(&str, &str)> =
        ouvert.courriers.iter().map(|c| (c.modele.as_str(), c.etat.code())).collect();
    assert_eq!(etats.iter().filter(|(_, etat)| *etat == "annule").count(), 4, "{etats:?}");
    assert!(etats.contains(&("ineligibilite_commissaire", "prepare")), "{etats:?}");
    // La même correction, encore : rien.
    let encore = a
        .recoit_une(cdp("R-1").avec("montant_dette", "600").avec("impaye_depuis", "01/09/2026"))
        .await;
    assert_eq!(encore.statut, Statut::Doublon);
    // Et la première version, de nouveau : un doublon, pas une correction de la correction.
    assert_eq!(a.recoit_une(cdp("R-1").avec("nombre_adultes", "1")).await.statut, Statut::Doublon);
}

fn fichier(octets: Vec<u8>) -> Fichier {
    Fichier {
        nom: "gros.csv".to_owned(),
        octets: octets.into(),
        nature: None,
        emetteur: "Dépôt".to_owned(),
        correspondance: None,
    }
}

async fn tout_recevoir(maison: Maison, fichier: Fichier) -> Vec<Reponse> {
    let depot = central().peut_deposer().unwrap();
    let mut reponses = Vec::new();
    recevoir(&maison, &depot, fichier, AUJOURD_HUI, maintenant(), |lot| reponses.extend(lot))
        .await
        .unwrap();
    reponses
}

/// Un second programme, avec ses propres connexions.
async fn autre_programme(a: &Appareil) -> Maison {
    match a.maison.stockage.moteur() {
        Moteur::Sqlite => {
            let stockage = Stockage::ouvrir(&a.url).await.unwrap();
            Maison::avec_profils(stockage, vec![profil_avec_mairies()]).unwrap()
        }
        Moteur::Postgres => a.maison.clone(),
    }
}

async fn deux_receptions_en_parallele_du_meme_fichier_l_inscrivent_une_fois(a: Arc<Appareil>) {
    let mut lignes = beaucoup(1_300);
    // Une ligne répétée : les deux réceptions la diront en double.
    lignes.push(lignes[3].clone());
    let octets = csv(&lignes);
    let autre = autre_programme(&a).await;
    let une = tokio::spawn(tout_recevoir(a.maison.clone(), fichier(octets.clone())));
    let deux = tokio::spawn(tout_recevoir(autre, fichier(octets)));
    let (une, deux) = (une.await.unwrap(), deux.await.unwrap());
    assert_eq!(une.len(), 1_301);
    assert_eq!(dossiers(&une), dossiers(&deux));
    let brut = a.brut().await;
    assert_eq!(brut.compter("notice").await, 1_300);
    assert_eq!(brut.compter("notice_doublon").await, 1);
    assert_eq!(brut.compter("piece").await, 1);
}

async fn une_reception_coupee_puis_reprise_inscrit_chaque_ligne_une_fois(a: Arc<Appareil>) {
    let mut lignes = beaucoup(2_100);
    lignes.push(lignes[0].clone());
    let octets = csv(&lignes);
    // La première s'arrête après son premier lot.
    let (maison, coupe) = (a.maison.clone(), fichier(octets.clone()));
    let coupee = tokio::spawn(async move {
        let depot = central().peut_deposer().unwrap();
        recevoir(&maison, &depot, coupe, AUJOURD_HUI, maintenant(), |_| panic!("coupure voulue"))
            .await
            .map(drop)
    });
    assert!(coupee.await.unwrap_err().is_panic());
    let ecrites = a.brut().await.compter("notice").await;
    assert!((1..2_100).contains(&ecrites), "{ecrites}");
    // Les suivantes s'arrêtent n'importe où.
    for attente in [5, 40, 150] {
        let en_cours = tokio::spawn(tout_recevoir(a.maison.clone(), fichier(octets.clone())));
        tokio::time::sleep(Duration::from_millis(attente)).await;
        en_cours.abort();
        assert!(en_cours.await.is_ok() || a.brut().await.compter("notice").await <= 2_100);
    }
    let reprises = tout_recevoir(a.maison.clone(), fichier(octets.clone())).await;
    assert_eq!(reprises.len(), 2_101);
    let brut = a.brut().await;
    assert_eq!(brut.compter("notice").await, 2_100);
    assert_eq!(brut.compter("notice_doublon").await, 1);
    assert_eq!(brut.compter("coffre").await, 2_100);
    let distincts: BTreeSet<String> =
        brut.textes("SELECT CAST(ordre AS TEXT) FROM notice").await.into_iter().collect();
    assert_eq!(distincts.len(), 2_100);
    // La pièce est finie : la redéposer ne dit plus que des doublons, et n'écrit rien.
    let comptes = brut.comptes().await;
    let encore = tout_recevoir(a.maison.clone(), fichier(octets)).await;
    assert!(tous_doublons(&encore));
    assert_eq!(dossiers(&encore), dossiers(&reprises));
    assert_eq!(brut.comptes().await, comptes);
}

sur_les_deux_moteurs!(
    le_meme_fichier_deux_fois_ne_change_rien,
    les_memes_lignes_dans_un_autre_fichier_sont_des_doublons,
    une_ligne_repetee_dans_son_fichier_est_un_doublon,
    la_meme_reference_avec_un_autre_contenu_est_une_correction,
    deux_receptions_en_parallele_du_meme_fichier_l_inscrivent_une_fois,
    une_reception_coupee_puis_reprise_inscrit_chaque_ligne_une_fois,
);
