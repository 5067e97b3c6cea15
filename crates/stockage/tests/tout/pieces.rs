//! Les pièces sont gardées telles que reçues.

use sha2::{Digest, Sha256};
use stockage::echec::Echec;
use stockage::piece::{Depose, EtatDePiece, Piece, PieceADeposer};
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
