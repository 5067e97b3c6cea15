//! Les pièces sont gardées telles que reçues.

use sha2::{Digest, Sha256};
use stockage::base::{Moteur, Stockage};
use stockage::echec::Echec;
use stockage::piece::cles::{Cle, Cles};
use stockage::piece::{Depose, EtatDePiece, Garde, Piece, PieceADeposer};
use stockage::transaction::{Avancement, Lot};

use crate::bases::{MOTEURS, depot, etude, neuve, service, tout};
use crate::situations::instant;

fn a_deposer(octets: &[u8], nature: &str) -> PieceADeposer {
    PieceADeposer {
        nom: "cdp-étude.csv".to_owned(),
        emetteur: "etude 1".to_owned(),
        nature: nature.to_owned(),
        empreinte: hex::encode(Sha256::digest(octets)),
        recu_le: instant(1),
        garde: Garde::Entiere,
    }
}

fn nouvelle(depose: Depose) -> Piece {
    match depose {
        Depose::Nouvelle(piece) => piece,
        Depose::Connue(piece) => panic!("déjà connue : {piece:?}"),
    }
}

#[tokio::test]
async fn une_piece_de_plusieurs_morceaux_ressort_octet_pour_octet() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        for taille in [0_usize, 1, 1 << 20, (1 << 20) + 1, 5_000_000] {
            let octets: Vec<u8> =
                (0..taille).map(|i| u8::try_from(i * 31 % 251).unwrap()).collect();
            let piece = a_deposer(&octets, "cdp");
            let depose = base.stockage.deposer(&depot(), &piece, octets.as_slice()).await.unwrap();
            let piece = nouvelle(depose);
            assert_eq!(piece.taille, i64::try_from(taille).unwrap());
            assert_eq!(piece.etat, EtatDePiece::Recu);
            assert!(base.stockage.octets(&piece).await.unwrap() == octets, "{moteur:?}, {taille}");
        }
    }
}

#[tokio::test]
async fn les_memes_octets_deposes_deux_fois_sont_une_seule_piece() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let octets = b"reference;montant\n1;2\n".as_slice();
        let deposer = async |nature| {
            base.stockage.deposer(&depot(), &a_deposer(octets, nature), octets).await.unwrap()
        };
        let premiere = nouvelle(deposer("cdp").await);
        base.stockage
            .changer_l_etat(&depot(), premiere.id, EtatDePiece::Refuse, "ligne 1", "vide")
            .await
            .unwrap();
        let Depose::Connue(connue) = deposer("cdp").await else { panic!("{moteur:?}") };
        assert_eq!((connue.id, connue.etat), (premiere.id, EtatDePiece::Refuse));
        assert_eq!((connue.endroit.as_str(), connue.motif.as_str()), ("ligne 1", "vide"));
        let autre_nature = nouvelle(deposer("assignation").await);
        assert_ne!(autre_nature.id, premiere.id);
        let recentes = base.stockage.pieces_recentes(&tout(), None, 10).await.unwrap();
        assert_eq!(
            recentes.iter().map(|p| p.id).collect::<Vec<_>>(),
            [autre_nature.id, premiere.id]
        );
    }
}

#[tokio::test]
async fn un_fichier_qui_change_pendant_son_arrivee_n_est_pas_garde() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let piece = a_deposer(b"ce qui est annonce", "cdp");
        let refus = base.stockage.deposer(&depot(), &piece, b"ce qui arrive".as_slice()).await;
        assert!(matches!(refus, Err(Echec::Refus(_))), "{moteur:?}");
        assert_eq!(base.stockage.pieces_recentes(&tout(), None, 10).await.unwrap(), []);
    }
}

#[tokio::test]
async fn une_piece_interrompue_est_a_reprendre_la_ou_elle_en_etait() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let depose =
            base.stockage.deposer(&depot(), &a_deposer(b"x", "cdp"), b"x".as_slice()).await;
        let piece = nouvelle(depose.unwrap());
        for (traitees, etat, reste) in
            [(1_000, EtatDePiece::EnCours, 1), (1_200, EtatDePiece::Termine, 0)]
        {
            let avancement = Avancement { piece: piece.id, traitees, total: Some(1_200), etat };
            let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
            let lot = Lot { avancement: Some(avancement), ..Lot::default() };
            ecriture.inserer(lot).await.unwrap();
            ecriture.valider().await.unwrap();
            let lue = base.stockage.piece(&tout(), piece.id).await.unwrap();
            assert_eq!((lue.traitees, lue.total, lue.etat), (traitees, Some(1_200), etat));
            assert_eq!(base.stockage.pieces_inachevees(&depot()).await.unwrap().len(), reste);
        }
    }
}

#[tokio::test]
async fn une_etude_ne_voit_que_ses_pieces_et_un_service_aucune() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let depose =
            base.stockage.deposer(&depot(), &a_deposer(b"x", "cdp"), b"x".as_slice()).await;
        let piece = nouvelle(depose.unwrap());
        let voit = async |agent: ccapex::partenaires::agent::Agent| {
            let du = agent.perimetre();
            let une = base.stockage.piece(&du, piece.id).await.is_ok();
            let liste = base.stockage.pieces_recentes(&du, None, 10).await.unwrap().len() == 1;
            assert_eq!(une, liste);
            une
        };
        assert!(voit(etude("Étude 1")).await);
        assert!(!voit(etude("Étude 2")).await);
        assert!(!voit(service("caf")).await);
    }
}

/// Un trousseau de ces clés, la dernière devant.
fn trousseau(cles: &[u8]) -> Cles {
    cles.iter().fold(Cles::default(), |trousseau, n| trousseau.avec(Cle::neuve([*n; 32])))
}

#[tokio::test]
async fn une_piece_chiffree_ne_se_lit_qu_avec_sa_cle_et_en_change_sans_se_perdre() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let sans_cle = base.stockage.clone();
        let octets = "Madame DUPIRE Marguerite;Arras\n".repeat(40_000).into_bytes();
        let claire = octets[..100].to_vec();
        let deposer = async |stockage: &Stockage, octets: &[u8]| {
            stockage.deposer(&depot(), &a_deposer(octets, "cdp"), octets).await.map(nouvelle)
        };
        // D'avant les clés : en clair, elle reste lisible.
        let ancienne = deposer(&sans_cle, &claire).await.unwrap();
        let avec = |cles: &[u8]| sans_cle.clone().avec_cles(trousseau(cles));
        let piece = deposer(&avec(&[1]), &octets).await.unwrap();
        assert!(avec(&[1]).octets(&piece).await.unwrap() == octets, "{moteur:?}");
        assert_eq!(avec(&[1]).octets(&ancienne).await.unwrap(), claire);
        let refus = sans_cle.octets(&piece).await.unwrap_err().to_string();
        assert!(refus.contains("--cles") && refus.contains("SEUIL_CLES"), "{refus}");
        assert!(avec(&[2]).octets(&piece).await.is_err(), "une autre clé");
        let refus = deposer(&sans_cle, b"a;b\n1;2\n").await.unwrap_err();
        assert!(matches!(refus, Echec::Refus(_)), "rien ne se garde en clair à côté : {refus}");
        assert_eq!(avec(&[2]).cles_manquantes().await.unwrap().len(), 1);

        assert!(sans_cle.rechiffrer_les_pieces().await.is_err());
        assert_eq!(avec(&[1, 2]).rechiffrer_les_pieces().await.unwrap(), 2);
        assert_eq!(avec(&[1, 2]).rechiffrer_les_pieces().await.unwrap(), 0);
        assert!(avec(&[1]).octets(&piece).await.is_err(), "l'ancienne clé n'ouvre plus rien");
        assert!(avec(&[2]).octets(&piece).await.unwrap() == octets, "{moteur:?}");
        assert_eq!(avec(&[2]).octets(&ancienne).await.unwrap(), claire);
    }
}

#[tokio::test]
async fn rien_d_une_piece_chiffree_ne_se_lit_dans_le_fichier_de_la_base() {
    // En clair, le nom s'y lit : l'essai voit quelque chose.
    for (cles, lisible) in [(trousseau(&[]), true), (trousseau(&[1]), false)] {
        let base = neuve(Moteur::Sqlite).await;
        let stockage = base.stockage.clone().avec_cles(cles);
        let octets = b"Madame DUPIRE Marguerite;Arras\n".as_slice();
        stockage.deposer(&depot(), &a_deposer(octets, "cdp"), octets).await.unwrap();
        stockage.compacter().await.unwrap();
        let fichier = std::fs::read(base.url.chemin().unwrap()).unwrap();
        assert_eq!(fichier.windows(6).any(|f| f == b"DUPIRE"), lisible);
    }
}

#[tokio::test]
async fn d_une_piece_dangereuse_il_ne_reste_que_la_trace() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let stockage = &base.stockage;
        let octets = b"#!/bin/sh\n".as_slice();
        let trace = PieceADeposer { garde: Garde::SaTraceSeule, ..a_deposer(octets, "cdp") };
        let piece = nouvelle(stockage.deposer(&depot(), &trace, octets).await.unwrap());
        assert_eq!((piece.taille, piece.empreinte), (10, trace.empreinte), "{moteur:?}");
        let piece = stockage.piece(&tout(), piece.id).await.unwrap();
        assert!(stockage.octets(&piece).await.unwrap().is_empty());
    }
}
