//! Alertes, cas complexes, listes et simulations, sur des histoires qu'un juriste peut lire.

mod alertes;
mod complexite;
mod listes;
mod profil;
mod simulation;

use droit::montant::Montant;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::acte::codes::{IssueDAccueil, IssueDePriseEnCharge, ModeDeContact};
use crate::acte::{Consigne, Diagnostic, Quoi};
use crate::cours::Cours;
use crate::cours::horloge::Horloge;
use crate::dossier::{Dossier, Suivie};
use crate::fait::{Acte, Fait};
use crate::identifiants::{AgentId, NoticeId};
use crate::notice::{Contenu, Nature};
use crate::profil::Profil;
use crate::signalement::statut::Statut;

fn pas_de_calais() -> Profil {
    Profil::integre("62").expect("le profil du 62 se lit")
}

fn le(mois: i8, jour: i8) -> Date {
    date(2026, mois, jour)
}

/// Un dossier d'Arras : des actes consignés le jour même, dans l'ordre donné.
fn histoire(actes: &[(Date, Quoi)]) -> Dossier {
    let mut dossier = Dossier::default();
    for (rang, (jour, quoi)) in (1..).zip(actes) {
        let (date, quoi) = (*jour, quoi.clone());
        dossier.evolue(&Fait {
            id: format!("fait-{rang}"),
            rang: 100 + rang,
            agent: AgentId(1),
            pour: None,
            ecrit_le: Timestamp::UNIX_EPOCH,
            acte: Acte::Consigne(Box::new(Consigne {
                date,
                consigne_le: date,
                coffre: None,
                quoi,
            })),
        });
    }
    dossier
}

/// Ajoute une notice reçue le jour de son acte.
fn avec(mut dossier: Dossier, nature: Nature, jour: Date, contenu: Contenu) -> Dossier {
    let rang = i64::try_from(dossier.notices.len()).expect("peu de notices") + 1;
    dossier.notices.push(Suivie {
        fait: format!("notice-{rang}"),
        rang,
        notice: NoticeId(rang),
        coffre: NoticeId(rang),
        nature,
        recue_le: jour,
        jugee_le: jour,
        emetteur: "selarl lecocq".to_owned(),
        reference: None,
        statut: Statut::Recu,
        motif: None,
        contenu: Contenu { date: Some(jour), commune: Some("62041".to_owned()), ..contenu },
        jointe_car: vec![],
        corrigee: false,
    });
    dossier
}

fn assigne(dossier: Dossier, jour: Date, audience: Date) -> Dossier {
    let contenu = Contenu { date_audience: Some(audience), ..Contenu::default() };
    avec(dossier, Nature::Assignation, jour, contenu)
}

fn cours<'a>(dossier: &'a Dossier, horloge: &Horloge) -> Cours<'a> {
    Cours::de(dossier, 3, horloge)
}

fn contact(issue: IssueDAccueil) -> Quoi {
    Quoi::Contact { mode: ModeDeContact::Telephone, issue }
}

fn porte_close() -> Quoi {
    Quoi::PorteClose(Diagnostic::default())
}

fn prise(service: &str, issue: IssueDePriseEnCharge) -> Quoi {
    Quoi::PriseEnCharge { service: service.to_owned(), issue }
}

fn dette(euros: i64) -> Quoi {
    Quoi::Dette { montant: Montant::euros(euros) }
}
