//! Des dossiers d'exemple, variés et reproductibles.

use std::collections::BTreeSet;

use ccapex::identifiants::{AgentId, DossierId, NoticeId, PieceId};
use ccapex::partenaires::partie::{Parties, Pourquoi, ajouter};
use jiff::civil::date;
use jiff::{Span, Timestamp};
use stockage::base::Stockage;
use stockage::courrier::{Canal, EtatDeCourrier, VueCourrier};
use stockage::dossier::VueDossier;
use stockage::journal::FaitEcrit;
use stockage::notice::NoticeEcrite;
use stockage::transaction::Lot;

use crate::bases::depot;

pub(crate) fn instant(secondes: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + secondes).unwrap()
}

pub(crate) fn empreinte(n: i64) -> [u8; 16] {
    let mut octets = [7; 16];
    octets[..8].copy_from_slice(&n.to_be_bytes());
    octets
}

pub(crate) fn reference(n: i64) -> String {
    format!("62-2026-{n:06}")
}

/// Le dossier `n` : ses propriétés varient avec `n`, sans hasard.
pub(crate) fn vue(n: i64) -> VueDossier {
    let choix = |liste: &[&str], k: i64| {
        liste[usize::try_from((n * 7 + k).rem_euclid(i64::try_from(liste.len()).unwrap())).unwrap()]
            .to_owned()
    };
    let clos_le = (n % 11 == 10).then(|| date(2026, 11, 20));
    VueDossier {
        id: DossierId(n),
        reference: reference(n),
        profil: if n % 13 == 12 { "75" } else { "62" }.to_owned(),
        sous_commission: choix(&["lens", "arras", "calais"], n / 3),
        service: if n % 29 == 28 {
            String::new()
        } else {
            choix(&["caf", "msa", "departement"], n)
        },
        service_provisoire: n % 5 == 0,
        commune: format!("62{:03}", n % 17),
        stade: choix(&["commandement", "assignation"], n / 2),
        statut: choix(&["eligible", "incomplet", "non_eligible"], n / 5),
        motif: "anciennete".to_owned(),
        file: choix(&["", "", "a_completer", "a_orienter"], n / 7),
        etape_quoi: "Prendre contact avec le ménage".to_owned(),
        etape_qui: "caf".to_owned(),
        etape_avant_le: (n % 19 != 18)
            .then(|| date(2026, 11, 1).saturating_add(Span::new().days(n * 37 % 60))),
        etape_regle: if n % 9 == 4 { "a_examiner" } else { "reponse_du_service" }.to_owned(),
        fin_delai: (n % 4 != 0).then(|| date(2026, 12, 24)),
        nom: format!("NOM{} Prénom{}", n % 23, n % 7),
        adresse: format!("{n} rue des Lilas"),
        dette: (n % 6 != 0).then_some(n * 1_000),
        ouvert_le: date(2026, 10, 1),
        maj_le: instant(n * 53 % 40),
        clos_le,
        questions: i64::from(n % 8 == 3),
        courriers: n % 3,
        parties: parties(n),
        mots: vec![format!("nom{}", n % 23), format!("prenom{}", n % 7)],
        cles: vec![n % 23, -(n % 7) - 1, n * 1_000_003],
        fiche: "{}".to_owned(),
        rang: 1,
        depuis: (n % 3 != 0).then(|| date(2026, 9, 1)),
        issue: if n % 11 == 10 && n % 2 == 0 { "reloge" } else { "" }.to_owned(),
        etats: codes(&["pcs", "treve_active"], n % 4),
        listes: codes(&["non_pris_en_charge", "petite_dette"], n / 2 % 4),
        termes: vec![format!("pnom{}", n % 23), format!("t61234{n:04}")],
        change_le: (n % 7 != 3).then(|| date(2026, 12, 1).saturating_add(Span::new().days(n % 31))),
        audience_le: (clos_le.is_none() && n % 4 == 1)
            .then(|| date(2026, 12, 1).saturating_add(Span::new().days(n % 40))),
        nommes: nommes(n),
    }
}

/// Ceux qui peuvent seuls ouvrir le dossier `n` : la plupart n'ont pas d'accès restreint.
fn nommes(n: i64) -> Option<BTreeSet<String>> {
    let nommes: &[&str] = match n % 17 {
        3 => &["caf", "compte:1"],
        7 => &["secretariat", "emetteur:etude 2"],
        9 => &["secretariat:calais", "fsl", "compte:2"],
        12 => &["compte:99"],
        _ => return None,
    };
    Some(nommes.iter().map(|nom| (*nom).to_owned()).collect())
}

/// Les parties du dossier `n` : l'étude qui l'a signalé, et des organismes alertés.
fn parties(n: i64) -> Parties {
    let mut parties = Parties::new();
    ajouter(&mut parties, format!("emetteur:etude {}", n % 4), Pourquoi::AEnvoye);
    if n % 3 == 1 {
        ajouter(&mut parties, "fsl", Pourquoi::Alerte);
    }
    if n % 6 == 1 {
        ajouter(&mut parties, "fsl", Pourquoi::ARepondre);
    }
    if n % 10 == 2 {
        ajouter(&mut parties, format!("ccas:62{:03}", n % 17), Pourquoi::Lettre);
    }
    if n % 7 == 5 {
        ajouter(&mut parties, "caf", Pourquoi::Alerte);
    }
    if n % 12 == 0 {
        ajouter(&mut parties, "force_publique", Pourquoi::Mission);
    }
    parties
}

/// Ceux de ces codes dont le bit est à un.
fn codes(tous: &[&str], lesquels: i64) -> Vec<String> {
    (0..).zip(tous).filter(|(i, _)| lesquels >> i & 1 == 1).map(|(_, c)| (*c).to_owned()).collect()
}

pub(crate) fn notice(n: i64) -> NoticeEcrite {
    let vue = vue(n);
    NoticeEcrite {
        id: NoticeId(n),
        piece: PieceId(1),
        ordre: n,
        ligne: n + 2,
        feuille: String::new(),
        profil: vue.profil,
        emetteur: format!("etude {}", n % 4),
        nature: "cdp".to_owned(),
        reference: format!("2026-{n}"),
        empreinte: empreinte(n),
        empreinte_reference: (n % 3 != 0).then(|| empreinte(n + 1_000_000)),
        sous_commission: vue.sous_commission,
        statut: if n % 2 == 0 { "eligible" } else { "incomplet" }.to_owned(),
        motif: "anciennete".to_owned(),
        dossier: Some(DossierId(n)),
        rapprochement: "nouveau".to_owned(),
        contenu: format!(r#"{{"n":{n},"texte":"l’étude « é »"}}"#),
        recu_le: instant(n),
    }
}

pub(crate) fn fait(n: i64, rang: i64) -> FaitEcrit {
    FaitEcrit {
        dossier: DossierId(n),
        rang,
        fait: format!("{n}-{rang}"),
        acte: "notice_recue".to_owned(),
        jour: (rang == 1).then(|| date(2026, 11, 3)),
        contenu: "{}".to_owned(),
        agent: AgentId(0),
        ecrit_le: instant(n),
        pour: None,
    }
}

pub(crate) fn courrier(n: i64) -> VueCourrier {
    VueCourrier {
        id: n,
        dossier: Some(DossierId(n)),
        notice: Some(NoticeId(n)),
        modele: "intervention".to_owned(),
        destinataire: if n % 2 == 0 { "emetteur" } else { "locataire" }.to_owned(),
        canal: Canal::Papier,
        etat: if n % 4 == 0 { EtatDeCourrier::Envoye } else { EtatDeCourrier::Prepare },
        prepare_le: instant(n),
        change_le: instant(n),
        detail: String::new(),
    }
}

/// Le lot qui ouvre ces dossiers, chacun avec sa notice, son identité, son fait et sa lettre.
pub(crate) fn ouverture(numeros: impl Iterator<Item = i64> + Clone) -> Lot {
    Lot {
        notices: numeros.clone().map(notice).collect(),
        coffre: numeros.clone().map(|n| (n, format!(r#"{{"nom":"NOM{n}"}}"#))).collect(),
        faits: numeros.clone().map(|n| fait(n, 1)).collect(),
        dossiers: numeros.clone().map(|n| (vue(n), None)).collect(),
        courriers: numeros.map(courrier).collect(),
        ..Lot::default()
    }
}

pub(crate) async fn ouvrir(stockage: &Stockage, numeros: impl Iterator<Item = i64> + Clone) {
    let mut ecriture = stockage.ecriture(&depot()).await.unwrap();
    ecriture.inserer(ouverture(numeros)).await.unwrap();
    ecriture.valider().await.unwrap();
}
