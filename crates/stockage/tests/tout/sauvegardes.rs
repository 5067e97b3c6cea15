//! Une base sauvegardée en marche se restaure à l'identique, dans l'un ou l'autre moteur.

use stockage::base::Moteur;
use stockage::echec::Echec;
use stockage::piece::{Depose, Garde, PieceADeposer};

use crate::bases::{BaseNeuve, MOTEURS, depot, lecture, neuve, tout};
use crate::situations::{fait, instant, notice, ouvrir};

async fn remplie(moteur: Moteur) -> BaseNeuve {
    use sha2::{Digest, Sha256};
    let base = neuve(moteur).await;
    let octets = vec![b'x'; 3_000_000];
    let piece = PieceADeposer {
        nom: "cdp.csv".to_owned(),
        emetteur: String::new(),
        nature: "cdp".to_owned(),
        empreinte: hex::encode(Sha256::digest(&octets)),
        recu_le: instant(0),
        garde: Garde::Entiere,
    };
    base.stockage.deposer(&depot(), &piece, octets.as_slice()).await.unwrap();
    // Plus qu'une page de chaque table.
    ouvrir(&base.stockage, 1..=2_300).await;
    base.stockage.preparer_depart(1, "a@b.fr", "Objet", "Texte", instant(0)).await.unwrap();
    base
}

#[tokio::test]
async fn une_sauvegarde_se_restaure_d_un_moteur_dans_l_autre() {
    for depuis in MOTEURS {
        let base = remplie(depuis).await;
        let fichier = base.chemin("copie.db");
        base.stockage.sauvegarder(&fichier).await.unwrap();
        // Ce qui s'écrit après la sauvegarde n'y est pas.
        ouvrir(&base.stockage, 2_301..=2_301).await;
        for vers in MOTEURS {
            let cas = format!("{depuis:?} vers {vers:?}");
            let restauree = neuve(vers).await;
            restauree.stockage.restaurer(&fichier).await.unwrap();
            assert!(restauree.stockage.situation("62-2026-002301").await.is_err(), "{cas}");
            let une = lecture(&restauree.stockage, "62-2026-002299").await;
            assert_eq!(restauree.stockage.journal(&une).await.unwrap(), [fait(2_299, 1)], "{cas}");
            let notices = restauree.stockage.notices_du_dossier(&une, &tout()).await.unwrap();
            assert_eq!(notices, [notice(2_299)], "{cas}");
            let piece =
                restauree.stockage.pieces_recentes(&tout(), None, 1).await.unwrap().remove(0);
            let octets = restauree.stockage.octets(&piece).await.unwrap();
            assert!(octets == vec![b'x'; 3_000_000], "{cas}");
            // La copie de la copie est la même base, et les numéros continuent.
            ouvrir(&restauree.stockage, 2_301..=2_301).await;
            assert_eq!(
                restauree.stockage.differences(&base.stockage, 5).await.unwrap(),
                [],
                "{cas}"
            );
            let suivant = restauree.stockage.preparer_depart(1, "a@b.fr", "", "", instant(0)).await;
            assert_eq!(suivant.unwrap(), 2, "{cas}");
            assert!(matches!(
                restauree.stockage.deposer(&depot(), &connue(&piece), b"".as_slice()).await,
                Ok(Depose::Connue(_))
            ));
        }
    }
}

fn connue(piece: &stockage::piece::Piece) -> PieceADeposer {
    PieceADeposer {
        nom: String::new(),
        emetteur: String::new(),
        nature: piece.nature.clone(),
        empreinte: piece.empreinte.clone(),
        recu_le: piece.recu_le,
        garde: Garde::Entiere,
    }
}

#[tokio::test]
async fn une_sauvegarde_n_en_ecrase_pas_une_autre() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let fichier = base.chemin("copie.db");
        std::fs::write(&fichier, "précieux").unwrap();
        let refus = base.stockage.sauvegarder(&fichier).await;
        assert!(matches!(refus, Err(Echec::Refus(_))));
        assert_eq!(std::fs::read_to_string(&fichier).unwrap(), "précieux");
    }
}

#[tokio::test]
async fn une_restauration_refuse_une_base_qui_n_est_pas_vide() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let fichier = base.chemin("copie.db");
        base.stockage.sauvegarder(&fichier).await.unwrap();
        ouvrir(&base.stockage, 1..=1).await;
        let refus = base.stockage.restaurer(&fichier).await.unwrap_err();
        assert!(matches!(&refus, Echec::Refus(m) if m.contains("n'est pas vide")), "{refus}");
    }
}

#[tokio::test]
async fn un_fichier_abime_n_est_pas_restaure_meme_en_partie() {
    for moteur in MOTEURS {
        let base = remplie(Moteur::Sqlite).await;
        let entiere = base.chemin("entiere.db");
        base.stockage.sauvegarder(&entiere).await.unwrap();
        let octets = std::fs::read(&entiere).unwrap();
        let abimees: [(&str, Vec<u8>); 4] = [
            ("vide", vec![]),
            ("autre", b"reference;montant\n1;2\n".repeat(1_000)),
            ("tronquee", octets[..octets.len() / 2].to_vec()),
            ("sans_entete", octets[4_096..].to_vec()),
        ];
        let cible = neuve(moteur).await;
        for (nom, contenu) in abimees {
            let fichier = base.chemin(nom);
            std::fs::write(&fichier, contenu).unwrap();
            let refus = cible.stockage.restaurer(&fichier).await.unwrap_err();
            assert!(matches!(refus, Echec::Refus(_)), "{moteur:?} {nom} : {refus:?}");
        }
        let absente = cible.stockage.restaurer(&base.chemin("absente")).await.unwrap_err();
        assert!(matches!(absente, Echec::Refus(_)), "{absente:?}");
        cible.stockage.restaurer(&entiere).await.unwrap();
    }
}
