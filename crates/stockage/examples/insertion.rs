//! Mesure l'écriture de dossiers neufs, par lots, et le temps des pages sur la base obtenue.
//!
//! `cargo run --release -p stockage --example insertion -- NOMBRE LOT [URL]`

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Instant;

use ccapex::identifiants::{AgentId, DossierId, NoticeId, PieceId};
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::partie::{Parties, Pourquoi};
use jiff::Timestamp;
use jiff::civil::date;
use stockage::base::{Stockage, UrlDeBase};
use stockage::courrier::{Canal, EtatDeCourrier, VueCourrier};
use stockage::dossier::VueDossier;
use stockage::echec::Echec;
use stockage::journal::FaitEcrit;
use stockage::liste::ordre::Tri;
use stockage::liste::{Etendue, File, Filtre};
use stockage::notice::NoticeEcrite;
use stockage::transaction::Lot;

#[tokio::main]
async fn main() -> Result<(), Echec> {
    let mut arguments = std::env::args().skip(1);
    let nombre: i64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let taille: i64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let stockage = match arguments.next() {
        Some(url) => Stockage::ouvrir(&url.parse::<UrlDeBase>()?).await?,
        None => Stockage::ephemere().await?,
    };
    let mut sortie = std::io::stdout();
    let agent = Agent::programme("62");
    let depot = agent.peut_deposer().map_err(|e| Echec::Refus(e.to_string()))?;
    let (debut, mut palier) = (Instant::now(), Instant::now());
    for ecrits in (1..).map(|i| i * taille).take_while(|n| *n <= nombre) {
        let mut ecriture = stockage.ecriture(&depot).await?;
        let dossier = ecriture.numeroter("dossier", taille).await?;
        let notice = ecriture.numeroter("notice", taille).await?;
        let courrier = ecriture.numeroter("courrier", taille * 3).await?;
        ecriture.inserer(lot(dossier, notice, courrier, taille)).await?;
        ecriture.valider().await?;
        if ecrits % (nombre / 10).max(taille) == 0 {
            let duree = palier.elapsed().as_millis().max(1);
            let ecrits_du_palier = u128::from((nombre / 10).max(taille).unsigned_abs());
            writeln!(
                sortie,
                "{ecrits} dossiers, {}/s sur ce palier",
                ecrits_du_palier * 1_000 / duree
            )?;
            palier = Instant::now();
        }
    }
    writeln!(sortie, "{nombre} dossiers en {} ms", debut.elapsed().as_millis())?;
    lire(&stockage, &mut sortie).await
}

/// Les pages d'un secrétariat et de sa sous-commission la plus petite.
async fn lire(stockage: &Stockage, sortie: &mut impl Write) -> Result<(), Echec> {
    let central = Agent::programme("62").perimetre();
    let calais = Agent {
        role: Role::SecretariatSousCommission,
        sous_commission: Some("calais".to_owned()),
        ..Agent::programme("62")
    }
    .perimetre();
    let etude = Agent {
        role: Role::CommissaireDeJustice,
        organisme: "etude 7".to_owned(),
        ..Agent::programme("62")
    }
    .perimetre();
    let filtre = Filtre {
        etendue: Etendue::Ouverts,
        file: None,
        sous_commission: vec![],
        service: vec![],
        statut: vec![],
        stade: vec![],
        etat: None,
        liste: None,
        commune: vec![],
        texte: None,
        echeance_avant: None,
        echeance_apres: None,
        qui: vec![],
        a_repondre: false,
        references: vec![],
        sens: stockage::liste::ordre::Sens::Naturel,
        tri: Tri::Echeance,
        apres: None,
        limite: 50,
    };
    let texte = |t: &str| Some(t.to_owned());
    let un = |t: &str| vec![t.to_owned()];
    let cas = [
        ("toute la liste", &central, filtre.clone()),
        ("une sous-commission", &calais, filtre.clone()),
        ("un service", &central, Filtre { service: un("msa"), ..filtre.clone() }),
        ("sous-commission et service", &calais, Filtre { service: un("msa"), ..filtre.clone() }),
        ("un statut rare", &central, Filtre { statut: un("hors_champ"), ..filtre.clone() }),
        ("un statut absent", &central, Filtre { statut: un("rien"), ..filtre.clone() }),
        ("une commune", &calais, Filtre { commune: un("62017"), ..filtre.clone() }),
        ("à compléter", &calais, Filtre { file: Some(File::ACompleter), ..filtre.clone() }),
        ("à orienter", &central, Filtre { file: Some(File::AOrienter), ..filtre.clone() }),
        ("sans étape", &central, Filtre { file: Some(File::SansEtape), ..filtre.clone() }),
        (
            "une liste rare",
            &central,
            Filtre { liste: texte("audience_proche_sans_contact"), ..filtre.clone() },
        ),
        ("par mise à jour", &calais, Filtre { tri: Tri::MiseAJour, ..filtre.clone() }),
        ("un nom", &central, Filtre { texte: texte("nom17"), ..filtre.clone() }),
        ("nom et prénom", &calais, Filtre { texte: texte("nom17 prenom3"), ..filtre.clone() }),
        ("une lettre", &central, Filtre { texte: texte("n"), ..filtre.clone() }),
        ("une référence", &central, Filtre { texte: texte("62-2026-000123"), ..filtre.clone() }),
        ("une étude", &etude, filtre.clone()),
    ];
    for (nom, perimetre, filtre) in &cas {
        stockage.liste(perimetre, filtre).await?;
        let debut = Instant::now();
        let page = stockage.liste(perimetre, filtre).await?;
        let liste = debut.elapsed();
        let debut = Instant::now();
        let compte = stockage.compter(perimetre, filtre).await?;
        let n = page.lignes.len();
        writeln!(sortie, "{nom} : {n} lignes en {liste:?}, {compte:?} en {:?}", debut.elapsed())?;
    }
    for (nom, perimetre) in [("central", &central), ("calais", &calais), ("étude", &etude)] {
        let debut = Instant::now();
        stockage.compteurs(perimetre, date(2026, 11, 21), date(2026, 11, 29)).await?;
        writeln!(sortie, "accueil {nom} : {:?}", debut.elapsed())?;
    }
    let debut = Instant::now();
    let prepares = stockage::courrier::filtre::Filtre::de(EtatDeCourrier::Prepare);
    let lettres = stockage.courriers(&calais, &prepares, None, 50).await?;
    writeln!(sortie, "{} courriers en {:?}", lettres.len(), debut.elapsed())?;
    Ok(())
}

/// Des dossiers neufs, de la forme que donne la réception d'un commandement de payer.
fn lot(dossier: i64, notice: i64, courrier: i64, taille: i64) -> Lot {
    let mut lot = Lot::default();
    let recu_le: Timestamp = Timestamp::UNIX_EPOCH;
    for i in 0..taille {
        let (id, n) = (DossierId(dossier + i), dossier + i);
        let (hasard, autre) = (melange(n), melange(n + 1_000_000_000));
        let sous_commission =
            ["lens", "lens", "bethune", "arras", "boulogne", "saint-omer", "montreuil", "calais"]
                [indice(hasard, 8)];
        let service = ["departement", "departement", "caf", "caf", "caf", "msa"][indice(autre, 6)];
        let statut = if n % 997 == 0 { "hors_champ" } else { "eligible" };
        let echeance =
            date(2026, 1, 1).saturating_add(jiff::Span::new().days(hasard.rem_euclid(400)));
        let (mut empreinte, mut reference) = ([0; 16], [0; 16]);
        empreinte[..8].copy_from_slice(&hasard.to_be_bytes());
        empreinte[8..].copy_from_slice(&autre.to_be_bytes());
        reference[..8].copy_from_slice(&autre.to_be_bytes());
        reference[8..].copy_from_slice(&hasard.to_be_bytes());
        lot.notices.push(NoticeEcrite {
            id: NoticeId(notice + i),
            piece: PieceId(1),
            ordre: n,
            ligne: n + 2,
            feuille: String::new(),
            profil: "62".to_owned(),
            emetteur: format!("etude {}", n % 200),
            nature: "cdp".to_owned(),
            reference: format!("2026-{n:08}"),
            empreinte,
            empreinte_reference: Some(reference),
            sous_commission: sous_commission.to_owned(),
            statut: statut.to_owned(),
            motif: "anciennete".to_owned(),
            dossier: Some(id),
            rapprochement: "nouveau".to_owned(),
            contenu: "x".repeat(500),
            recu_le,
        });
        lot.coffre.push((notice + i, "y".repeat(250)));
        for rang in 1..=(1 + n % 2) {
            lot.faits.push(FaitEcrit {
                dossier: id,
                rang,
                fait: format!("{n}-{rang}"),
                acte: "notice_recue".to_owned(),
                jour: Some(echeance),
                contenu: "z".repeat(400),
                agent: AgentId(0),
                ecrit_le: recu_le,
                pour: None,
            });
        }
        for k in 0..(2 + n % 2) {
            lot.courriers.push(VueCourrier {
                id: courrier + i * 3 + k,
                dossier: Some(id),
                notice: Some(NoticeId(notice + i)),
                modele: "intervention".to_owned(),
                destinataire: "locataire".to_owned(),
                canal: Canal::Papier,
                etat: EtatDeCourrier::Prepare,
                prepare_le: recu_le,
                change_le: recu_le,
                detail: String::new(),
            });
        }
        let vue = VueDossier {
            id,
            reference: format!("62-2026-{n:06}"),
            profil: "62".to_owned(),
            sous_commission: sous_commission.to_owned(),
            service: service.to_owned(),
            service_provisoire: n % 5 == 0,
            commune: format!("62{:03}", autre.rem_euclid(890)),
            stade: "commandement".to_owned(),
            statut: statut.to_owned(),
            motif: "anciennete".to_owned(),
            file: if n % 20 == 0 { "a_completer".to_owned() } else { String::new() },
            etape_quoi: "Prendre contact avec le ménage".to_owned(),
            etape_qui: service.to_owned(),
            etape_avant_le: Some(echeance),
            etape_regle: "reponse_du_service".to_owned(),
            fin_delai: Some(echeance),
            nom: format!("NOM{} Prénom{}", hasard.rem_euclid(800), autre.rem_euclid(300)),
            adresse: format!("{} rue des Lilas 62000 ARRAS", n % 300),
            dette: Some(hasard.rem_euclid(900_000)),
            ouvert_le: date(2026, 11, 21),
            maj_le: recu_le,
            clos_le: None,
            questions: 0,
            courriers: 2,
            parties: Parties::from([(
                format!("emetteur:etude {}", n % 200),
                BTreeSet::from([Pourquoi::AEnvoye]),
            )]),
            mots: vec![
                format!("nom{}", hasard.rem_euclid(800)),
                format!("prenom{}", autre.rem_euclid(300)),
                format!("autre{}", autre.rem_euclid(5_000)),
            ],
            cles: (0..4).map(|k| melange(n * 4 + k)).collect(),
            fiche: "w".repeat(300),
            rang: 1 + n % 2,
            depuis: None,
            issue: String::new(),
            etats: vec![],
            listes: if n % 50 == 0 {
                vec!["audience_proche_sans_contact".to_owned()]
            } else {
                vec![]
            },
            termes: vec![],
            change_le: Some(echeance),
            audience_le: (n % 3 == 0).then_some(echeance),
            nommes: None,
        };
        lot.dossiers.push((vue, None));
    }
    lot
}

fn indice(hasard: i64, taille: i64) -> usize {
    usize::try_from(hasard.rem_euclid(taille)).unwrap_or_default()
}

/// Un nombre qui a l'air tiré au sort, le même à chaque fois.
fn melange(n: i64) -> i64 {
    let mut x = n.wrapping_mul(-7_046_029_254_386_353_131);
    x ^= x >> 29;
    x = x.wrapping_mul(-4_658_895_280_553_007_687);
    x ^ (x >> 32)
}
